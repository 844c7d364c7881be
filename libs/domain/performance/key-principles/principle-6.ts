import { heldAt } from '../../casework/held.js';
import { isWithin } from '../day.js';
import { type PersonHistory } from '../history.js';
import { type Ground, isManaged } from './ground.js';
import { type ElementResult, facts, measured, resultOf, sorted, sortedDeeds } from './result.js';

/** The end of something, and whether what comes after was planned. */
interface Ending {
  readonly offender: string;
  readonly at: number;
  readonly isPlanned: boolean;
  readonly by: readonly string[];
}

/** 6.1: whoever was deselected, or came to the end of statutory management, has an exit plan or is still managed. */
export function exitStrategies({ histories, span }: Ground): ElementResult {
  const endings = histories.flatMap((history) => [...deselections(history), ...endsOfStatute(history)]);
  return resultOf('6.1', [
    measured({
      what: 'ends of selection or statutory management in the period that rest on an exit plan or went on',
      unit: 'facts',
      missing: 'people leave without an exit plan, or nobody left',
      ...sortedDeeds(
        endings.filter(({ at }) => isWithin(span, at)),
        ({ isPlanned }) => isPlanned,
        ({ by }) => facts(by),
        ({ offender }) => offender,
      ),
    }),
  ]);
}

function deselections({ offender, case: { selections } }: PersonHistory): readonly Ending[] {
  return selections.flatMap(({ ended, by }) =>
    ended === null
      ? []
      : [
          {
            ...{ offender, at: ended.at, by },
            isPlanned: ended.exitPlanId !== null && ended.watchUntil !== null,
          },
        ],
  );
}

function endsOfStatute(history: PersonHistory): readonly Ending[] {
  const { management, exits } = history.case;
  return management.flatMap(({ value, to, by }) => {
    const goesOn = to !== null && heldAt(management, to).some((next) => next.value === 'statutory');
    if (value !== 'statutory' || to === null || goesOn) return [];
    const plans = exits.filter(({ at }) => at <= to);
    const isPlanned = plans.length > 0 || isManaged(history, to);
    const all = [...by, ...plans.flatMap((plan) => plan.by)];
    return [{ offender: history.offender, at: to, isPlanned, by: all }];
  });
}

type Intervention = PersonHistory['case']['interventions'][number];

/** 6.2: people for whom interventions on several pathways are planned get them in the planned order. */
export function sequencedInterventions({ histories, moment, thresholds }: Ground): ElementResult {
  const planned = histories
    .map((history) => history.case.interventions.filter((each) => isPlannedBy(each, moment)))
    .filter((all) => new Set(all.map(({ pathway }) => pathway)).size > 1)
    .filter((all) => all.filter((each) => startOfIntervention(each, moment) < Infinity).length > 1);
  return resultOf('6.2', [
    measured({
      what: 'people with interventions on several pathways that began in the planned order',
      unit: 'people',
      missing: 'interventions begin in another order than planned, or none are planned across pathways',
      share: thresholds.sequenceShare,
      ...sorted(
        planned,
        (all) => isInOrder(all, moment),
        (all) => facts(all.flatMap(({ by }) => by)),
      ),
    }),
  ]);
}

function isPlannedBy({ sequence, plannedAt, pathway }: Intervention, moment: number): boolean {
  return sequence !== null && pathway !== null && plannedAt !== null && plannedAt <= moment;
}

/** What has not begun comes after everything that has. */
function startOfIntervention({ startedAt }: Intervention, moment: number): number {
  return startedAt === null || startedAt > moment ? Infinity : startedAt;
}

function isInOrder(all: readonly Intervention[], moment: number): boolean {
  return all.every((one) =>
    all.every(
      (other) =>
        (one.sequence ?? 0) >= (other.sequence ?? 0) ||
        startOfIntervention(one, moment) <= startOfIntervention(other, moment),
    ),
  );
}
