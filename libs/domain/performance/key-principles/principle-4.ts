import { agencyOf } from '../../../contract/agency.js';
import { continuity } from '../../casework/continuity.js';
import { textIn } from '../../casework/read-data.js';
import { beganAt, type ReadFact } from '../../casework/read-fact.js';
import { isWithin, type Span } from '../day.js';
import { type PersonHistory } from '../history.js';
import { DAY, type Ground, managedBy, managedPeople, managedSpans } from './ground.js';
import {
  type ElementResult,
  facts,
  type Measure,
  measured,
  resultOf,
  sorted,
  sortedDeeds,
} from './result.js';
import { lengthOf, spansOf, within } from './spans.js';

const MINUTE = 60_000;

/** A need as it was first identified, and what was done on its pathway from then on. */
interface Need {
  readonly offender: string;
  readonly pathway: string;
  readonly at: number;
  readonly by: readonly string[];
  readonly interventions: PersonHistory['case']['interventions'];
}

function needsOf({ offender, case: { assessments, interventions } }: PersonHistory): readonly Need[] {
  const identified = assessments.flatMap(({ at, by, scores }) =>
    scores.filter(({ needIdentified }) => needIdentified).map(({ pathway }) => ({ pathway, at, by })),
  );
  const first = [...Map.groupBy(identified, ({ pathway }) => pathway).values()].flatMap((each) =>
    each.slice(0, 1),
  );
  return first.map((need) => ({
    ...need,
    offender,
    interventions: interventions.filter(({ pathway }) => pathway === need.pathway),
  }));
}

/** 4.1: needs identified in the period were referred and met by an intervention in time. */
export function timelyInterventions({ histories, moment, span, thresholds }: Ground): ElementResult {
  const { referralWithinDays, startWithinDays, timelyShare } = thresholds;
  const needs = histories.flatMap(needsOf).filter(({ at }) => isWithin(span, at));
  const timely = (within: number, stepOf: (each: Need['interventions'][number]) => number | null) => {
    const isDone = ({ at, interventions }: Need): boolean =>
      interventions.some((each) => isInTime(stepOf(each), each.completedAt, at, within));
    const due = needs.filter((need) => isDone(need) || need.at + within * DAY <= moment);
    return sortedDeeds(
      due,
      isDone,
      ({ by, interventions }) => facts([...by, ...interventions.flatMap((each) => each.by)]),
      ({ offender }) => offender,
    );
  };
  return resultOf('4.1', [
    measured({
      what: `needs identified in the period and referred within ${referralWithinDays} days`,
      unit: 'facts',
      missing: 'needs are referred too late, or none was identified',
      share: timelyShare,
      ...timely(referralWithinDays, ({ referredAt, startedAt }) => referredAt ?? startedAt),
    }),
    measured({
      what: `needs identified in the period and met by an intervention within ${startWithinDays} days`,
      unit: 'facts',
      missing: 'interventions start too late, or no need was identified',
      share: timelyShare,
      ...timely(startWithinDays, ({ startedAt }) => startedAt),
    }),
  ]);
}

/** A step by its last day, of an intervention that was not over when the need was identified. */
function isInTime(
  step: number | null,
  completedAt: number | null,
  identified: number,
  days: number,
): boolean {
  return (
    step !== null && step <= identified + days * DAY && (completedAt === null || completedAt > identified)
  );
}

/** 4.2: whoever is managed has exactly one lead professional at every moment of the period. */
export function leadProfessional({ histories, past }: Ground): ElementResult {
  const managed = histories
    .map((history) => ({ history, ...faultsOf(history, past) }))
    .filter(({ time }) => time > 0);
  const itemOf = ({ history }: (typeof managed)[number]) =>
    facts([...managedBy(history), ...history.case.leads.flatMap(({ by }) => by)]);
  const total = sum(managed.map(({ time }) => time));
  return resultOf('4.2', [
    measured({
      what: 'people managed in the period with a lead professional throughout',
      unit: 'people',
      missing: 'for some managed time there is no lead professional, or nobody is managed',
      ...sorted(managed, ({ gaps }) => gaps === 0, itemOf),
    }),
    measured({
      what: 'people managed in the period with never more than one lead professional',
      unit: 'people',
      missing: 'for some managed time there are several lead professionals, or nobody is managed',
      ...sorted(managed, ({ overlaps }) => overlaps === 0, itemOf),
    }),
    minutes('managed minutes without a lead professional', sum(managed.map(({ gaps }) => gaps)), total, 0),
    minutes(
      'managed minutes with several lead professionals',
      sum(managed.map(({ overlaps }) => overlaps)),
      total,
      1,
    ),
  ]);
}

/** The length, in milliseconds within the period, of a person's management, and of its gaps and overlaps of leads. */
function faultsOf(history: PersonHistory, span: Span) {
  const { gaps, overlaps } = continuity(history.case, span.to);
  return {
    time: lengthOf(within(managedSpans(history), span)),
    gaps: lengthOf(within(spansOf(gaps), span)),
    overlaps: lengthOf(within(spansOf(overlaps), span)),
  };
}

function minutes(what: string, counted: number, of: number, about: number): Measure {
  return {
    what,
    unit: 'minutes',
    counted: Math.round(counted / MINUTE),
    of: Math.round(of / MINUTE),
    holds: of > 0 && counted === 0,
    missing: of > 0 ? `there are ${what}` : 'nobody is managed',
    evidence: [],
    about,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((before, each) => before + each, 0);
}

/** 4.3: whoever is managed was told what is on offer and what is shared, in a format and a language on record. */
export function informedPeople(ground: Ground): ElementResult {
  const tellings = ({ case: { informed } }: PersonHistory) =>
    informed.filter(
      ({ at, format, language, told }) =>
        at <= ground.moment && format !== null && language !== null && told.length > 0,
    );
  return resultOf('4.3', [
    measured({
      what: 'managed people who were told, with what, format and language on record',
      unit: 'people',
      missing: 'some managed people were not told, or nobody recorded in which format and language',
      share: ground.thresholds.informedShare,
      ...sorted(
        managedPeople(ground),
        (each) => tellings(each).length > 0,
        (each) => facts([...managedBy(each), ...tellings(each).flatMap(({ by }) => by)]),
      ),
    }),
  ]);
}

/** What tells a failure to engage or comply, and what is done about one. */
const failures: Readonly<Record<string, (fact: ReadFact) => boolean>> = {
  'treatment.attendance.recorded': ({ data }) => textIn(data, 'attendance') === 'missed',
};
const actions: ReadonlySet<string> = new Set([
  'probation.breach.initiated',
  'probation.recall.decided',
  'probation.licence.varied',
  'hub.case.conferenceHeld',
]);

/** 4.4: a failure to engage, of somebody managed, is followed by an action in time. */
export function certainConsequences({ histories, moment, span, thresholds }: Ground): ElementResult {
  const days = thresholds.consequenceWithinDays;
  const found = histories.flatMap((history) =>
    history.facts
      .filter((fact) => failures[fact.type]?.(fact) === true && isWithin(span, beganAt(fact)))
      .filter((fact) => managedSpans(history).some((managed) => isWithin(managed, beganAt(fact))))
      .map((failure) => ({
        offender: history.offender,
        failure,
        following: followingOf(history, beganAt(failure), days),
      })),
  );
  const due = found.filter(
    ({ failure, following }) => following.length > 0 || beganAt(failure) + days * DAY <= moment,
  );
  return resultOf('4.4', [
    measured({
      what: `failures to engage in the period that were acted on within ${days} days`,
      unit: 'facts',
      missing: 'failures to engage are not acted on in time, or none is recorded',
      share: thresholds.consequenceShare,
      ...sortedDeeds(
        due,
        ({ following }) => following.length > 0,
        ({ failure, following }) => facts([failure.id, ...following]),
        ({ offender }) => offender,
      ),
    }),
  ]);
}

function followingOf({ facts: all }: PersonHistory, at: number, days: number): readonly string[] {
  return all
    .filter((fact) => actions.has(fact.type))
    .filter((fact) => at <= beganAt(fact) && beganAt(fact) <= at + days * DAY)
    .map(({ id }) => id);
}

/** 4.5: on the pathways on which people need something, voluntary agencies bound by an agreement provide it. */
export function voluntaryServices({ histories, partners, span, thresholds }: Ground): ElementResult {
  const needed = Map.groupBy(
    histories.flatMap(needsOf).filter(({ at }) => at < span.to),
    ({ pathway }) => pathway,
  );
  const voluntary = partners.filter((each) => thresholds.voluntaryKinds.includes(agencyOf(each)?.kind ?? ''));
  const served = histories
    .flatMap((history) => history.case.interventions)
    .filter(({ provider }) => voluntary.includes(provider ?? ''))
    .filter(({ startedAt, completedAt }) =>
      startedAt === null
        ? false
        : lengthOf(within(spansOf([{ from: startedAt, to: completedAt }]), span)) > 0,
    );
  const on = (pathway: string) => served.filter((each) => each.pathway === pathway);
  return resultOf('4.5', [
    measured({
      what: 'pathways with needs on which a voluntary agency provided something in the period',
      unit: 'pathways',
      missing: 'voluntary agencies serve too few of the pathways on which people need something',
      share: thresholds.voluntaryPathwayShare,
      ...sorted(
        [...needed.keys()],
        (pathway) => on(pathway).length > 0,
        (pathway) => facts(on(pathway).flatMap(({ by }) => by)),
      ),
    }),
  ]);
}
