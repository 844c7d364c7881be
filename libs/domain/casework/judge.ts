import { dayOf } from '../agreement/time.js';
import { momentOfDay, monthsAfter } from '../law/calendar-day.js';
import { type Cohort } from './cohort.js';
import {
  type CohortRules,
  type Criterion,
  criterionOf,
  type Parameter,
  type Verdict,
} from './cohort-rules.js';
import { type HomeOfficeCodeOf, indexOffences } from './index-offence.js';
import { endIn, numberIn, recordIn, startIn, textIn } from './read-data.js';
import { beganAt, type ReadFact, standingOf } from './read-fact.js';

/**
 * Judges what the rule asks, by the facts that stand at a moment. Fixed: an index offence of neighbourhood crime, a high
 * risk of reoffending, and a community order or a release from prison on licence. Flex, Free and PPO ask nothing that
 * facts could answer. It decides nothing: a human does (R21).
 */
export function judge(
  { fixed }: CohortRules,
  cohort: Cohort,
  facts: readonly ReadFact[],
  at: number,
  homeOfficeCodeOf: HomeOfficeCodeOf,
): readonly Criterion[] {
  if (cohort !== 'Fixed') return [];
  const standing = standingOf(facts).filter((fact) => beganAt(fact) <= at);
  const since = monthsFrom(at, -12 * fixed.indexOffenceYears.value);
  const soon = monthsFrom(at, fixed.releaseWithinMonths.value);
  const statutory = [...orders(standing, fixed, at), ...licences(standing, at, soon)];
  return [
    criterionOf('neighbourhood-crime-index-offence', indexOffences(standing, since, homeOfficeCodeOf)),
    criterionOf('high-risk-of-reoffending', highRisk(standing, fixed)),
    criterionOf('community-order-or-leaving-prison-on-licence', [
      ...statutory,
      ...releases(standing, at, soon),
    ]),
  ];
}

type Fixed = CohortRules['fixed'];

/** By the newest assessment that holds one of the scores. */
function highRisk(facts: readonly ReadFact[], { highRisk }: Fixed): readonly Verdict[] {
  const thresholds = Object.entries<Parameter<number> | undefined>(highRisk);
  const judged = ofType(facts, 'probation.riskAssessed').flatMap((fact) => {
    const at = startIn(fact.data, 'assessedOn') ?? beganAt(fact);
    const scores = thresholds.flatMap(([name, threshold]) => {
      const score = numberIn(fact.data, name);
      return score === null || threshold === undefined ? [] : [score >= threshold.value];
    });
    return scores.length === 0 ? [] : [{ at, fact: fact.id, isHigh: scores.includes(true) }];
  });
  const newest = judged.toSorted((one, other) => one.at - other.at).at(-1);
  return newest === undefined ? [] : [verdict(newest.fact, newest.isHigh)];
}

function orders(facts: readonly ReadFact[], { orderTypes }: Fixed, at: number): readonly Verdict[] {
  const ends = ofType(facts, 'probation.order.terminated');
  return ofType(facts, 'probation.order.started').flatMap((fact) => {
    const kind = textIn(fact.data, 'orderType');
    if (kind === null || !orderTypes.value.includes(kind)) return [verdict(fact.id, false)];
    const begins = startIn(fact.data, 'startDate') ?? beganAt(fact);
    const isOver = (endIn(fact.data, 'expiryDate') ?? Infinity) <= at;
    const isEnded = ends.some(
      ({ data }) => data['orderType'] === kind && endsAfter(data, 'terminatedOn', begins),
    );
    return [verdict(fact.id, begins <= at && !isOver && !isEnded)];
  });
}

/** A licence that runs, or begins soon; a recall to prison ends it. */
function licences(facts: readonly ReadFact[], at: number, soon: number): readonly Verdict[] {
  const ends = ofType(facts, 'probation.licence.ended');
  const recalls = ofType(facts, 'probation.recall.returnedToCustody');
  return ofType(facts, 'probation.licence.activated').map((fact) => {
    const dates = recordIn(fact.data, 'dates');
    const reference = textIn(fact.data, 'licenceRef');
    const begins = startIn(dates, 'lsd') ?? beganAt(fact);
    const isOver = (endIn(dates, 'led') ?? endIn(dates, 'sed') ?? Infinity) <= at;
    const isEnded =
      recalls.some(({ data }) => endsAfter(data, 'returnToCustodyDate', begins)) ||
      ends.some(
        ({ data }) =>
          (textIn(data, 'licenceRef') ?? reference) === reference && endsAfter(data, 'endedOn', begins),
      );
    return verdict(fact.id, begins < soon && !isOver && !isEnded);
  });
}

/** A release that is planned soon; whether on licence is not known of one that names none. */
function releases(facts: readonly ReadFact[], at: number, soon: number): readonly Verdict[] {
  return ofType(facts, 'prison.releasePlanned').map((fact) => {
    const isAhead = (endIn(fact.data, 'releaseDate') ?? -Infinity) > at;
    const isSoon = isAhead && (startIn(fact.data, 'releaseDate') ?? Infinity) < soon;
    const isDoubtful = isSoon && textIn(fact.data, 'licenceRef') === null;
    return isDoubtful ? { met: 'unknown', fact: fact.id } : verdict(fact.id, isSoon);
  });
}

function endsAfter(data: ReadFact['data'], field: string, begins: number): boolean {
  const end = endIn(data, field);
  return end !== null && end > begins;
}

function verdict(fact: string, isMet: boolean): Verdict {
  return { met: isMet ? 'yes' : 'no', fact };
}

function ofType(facts: readonly ReadFact[], type: string): readonly ReadFact[] {
  return facts.filter((fact) => fact.type === type);
}

/** The start of the day some months from the day of a moment. */
function monthsFrom(at: number, months: number): number {
  return momentOfDay(monthsAfter(dayOf(at), months) ?? '')?.from ?? at;
}
