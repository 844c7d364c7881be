import { type AgreementVersion } from '../../agreement/agreement.js';
import { versionKey, versions } from '../../agreement/register.js';
import { textIn, textsIn } from '../../casework/read-data.js';
import { happening, standing } from '../../governance/governance.js';
import { isWithin } from '../day.js';
import { DAY, type Ground, isInForce, toldBy } from './ground.js';
import {
  acts,
  type ElementResult,
  facts,
  type Item,
  measured,
  outside,
  resultOf,
  sortedDeeds,
} from './result.js';

/** 2.1: agencies share what a profile of threats is drawn from, and the profile was put to somebody in the period. */
export function localProfile(ground: Ground): ElementResult {
  const sources = [...new Set(ground.receipts.map(({ agency }) => agency))].filter(
    (agency) => toldBy(ground, agency).length > 0,
  );
  const offending = ground.histories.filter(({ offences }) =>
    offences.some(({ committed }) => isWithin(ground.span, committed)),
  );
  return resultOf('2.1', [
    measured({
      what: 'agencies that shared in the period',
      unit: 'agencies',
      missing: 'too few agencies share what a profile is drawn from',
      least: ground.thresholds.profileSources,
      good: sources.map((each) =>
        facts(
          toldBy(ground, each)
            .slice(0, 1)
            .map(({ id }) => id),
        ),
      ),
    }),
    measured({
      what: 'people with an offence in the period, from whom the profile is drawn',
      unit: 'people',
      missing: 'no offence of the period is recorded',
      good: offending.map(({ offences }) =>
        facts(offences.filter(({ committed }) => isWithin(ground.span, committed)).flatMap(({ by }) => by)),
      ),
    }),
    timesReceived(ground, 'profile'),
  ]);
}

/** Receipts of one report in the period. */
export function timesReceived({ governance, span }: Ground, report: string) {
  const received = happening(governance, 'reportReceived', span.from, span.to);
  return measured({
    what: `times that the report ${report} was received in the period`,
    unit: 'acts',
    missing: `nobody received the report ${report} in the period`,
    good: received.filter(({ value }) => value.report === report).map((each) => acts([each])),
  });
}

/** 2.2: priorities are adopted, the Community Safety Partnership's among them, and local selections rest on them. */
export function localPriorities({ governance, histories, moment, span }: Ground): ElementResult {
  const adopted = standing(governance, 'priorityAdopted', moment);
  const flex = histories
    .flatMap((history) => history.case.selections.map((each) => ({ ...each, offender: history.offender })))
    .filter(({ cohort, at }) => cohort === 'Flex' && isWithin(span, at));
  const isFounded = ({ priorityRef, at }: (typeof flex)[number]): boolean =>
    standing(governance, 'priorityAdopted', at).some(({ value }) => value.priority === priorityRef);
  return resultOf('2.2', [
    measured({
      what: 'priorities of the Community Safety Partnership in place',
      unit: 'acts',
      missing: 'no priority of the Community Safety Partnership is adopted',
      good: adopted.filter(({ value }) => value.source === 'CSP').map((each) => acts([each])),
    }),
    measured({
      what: 'selections at local discretion in the period that name a priority then in place',
      unit: 'facts',
      missing: 'selections at local discretion rest on no priority, or there were none',
      ...sortedDeeds(
        flex,
        isFounded,
        ({ by }) => facts(by),
        ({ offender }) => offender,
      ),
    }),
  ]);
}

/** 2.3: the Police and Crime Commissioner and other leaders received reports in the period. */
export function leadersInvolved({ governance, span, thresholds }: Ground): ElementResult {
  const { agendaReceiver, otherLeaders } = thresholds;
  const received = happening(governance, 'reportReceived', span.from, span.to);
  const by = Map.groupBy(received, ({ value }) => String(value.receiver));
  const others = [...by.keys()].filter((each) => each !== agendaReceiver);
  return resultOf('2.3', [
    measured({
      what: 'reports that the Police and Crime Commissioner received in the period',
      unit: 'acts',
      missing: 'the Police and Crime Commissioner received no report in the period',
      good: (by.get(agendaReceiver) ?? []).map((each) => acts([each])),
    }),
    measured({
      what: 'kinds of other leaders that received a report in the period',
      unit: 'subjects',
      missing: 'no other leader received a report in the period',
      least: otherLeaders,
      good: others.map((each) => acts(by.get(each) ?? [])),
    }),
  ]);
}

/** 2.4: nothing in the log says whether the community finds the approach relevant: documents only. */
export function relevantToCommunity({ governance, moment }: Ground): ElementResult {
  const documents = standing(governance, 'documentSigned', moment)
    .map(({ value }) => value)
    .filter(({ covers }) => covers.includes('communication'));
  const refs = documents.map(({ link, hash, document }) => link ?? hash ?? document);
  return outside(
    '2.4',
    'the system cannot know this; documents on communication are named where there are any',
    [...new Set(refs)].map((ref) => ({ kind: 'document', ref })),
  );
}

/** 2.5: agreements cover other areas, and handovers across the border are accepted in time under one in force. */
export function crossBorder(ground: Ground): ElementResult {
  const { agreements, histories, moment, span, thresholds } = ground;
  const covering = agreements.filter(({ document }) =>
    document.clauses.some(({ conditions }) => conditions?.areas !== undefined),
  );
  const offered = histories
    .flatMap((history) => history.case.borderHandovers.map((handover) => ({ handover, history })))
    .filter(({ handover }) => isWithin(span, handover.at));
  const late = (at: number): number => at + thresholds.handoverWithinDays * DAY;
  const due = offered.filter(({ handover: { at, acceptedAt } }) => acceptedAt !== null || late(at) <= moment);
  const isDone = ({ handover, history }: (typeof offered)[number]): boolean =>
    handover.acceptedAt !== null &&
    handover.acceptedAt <= late(handover.at) &&
    reliedOn(history.facts, handover.id).some((named) =>
      isGoverning(ground, named, handover.acceptedAt ?? 0),
    );
  return resultOf('2.5', [
    measured({
      what: 'agreements in force that say which area they govern',
      unit: 'agreements',
      missing: 'no agreement in force says which area it governs',
      good: covering.map((each): Item => [{ kind: 'agreement', ref: versionKey(each) }]),
    }),
    measured({
      what: 'cross-border handovers accepted in time under an agreement in force',
      unit: 'facts',
      missing: 'handovers were late or named no agreement in force',
      least: 0,
      ...sortedDeeds(
        due,
        isDone,
        ({ handover }) => facts(handover.by),
        ({ history }) => history.offender,
      ),
    }),
  ]);
}

type Facts = Ground['histories'][number]['facts'];

function reliedOn(all: Facts, handoverId: string): readonly string[] {
  return all
    .filter(
      ({ type, data }) => type.startsWith('hub.crossBorder.') && textIn(data, 'handoverId') === handoverId,
    )
    .flatMap(({ data }) => textsIn(data, 'agreements'));
}

function isGoverning({ register }: Ground, named: string, at: number): boolean {
  return versions(register).some((version) => isNamed(version, named) && isInForce(version, at));
}

/** As the catalogue names a version, or as clauses do. */
function isNamed(version: AgreementVersion, named: string): boolean {
  const { reference, version: number } = version.document;
  return named === `${reference}@${number}` || named === versionKey(version);
}
