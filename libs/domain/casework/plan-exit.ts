import { Conflict, Invalid } from '../../contract/failure.js';
import { dayOf } from '../agreement/time.js';
import { monthsAfter } from '../law/calendar-day.js';
import { type CaseworkEvent, type Ground } from './command.js';
import { type CompleteExit, type PlanExit } from './management-command.js';
import { fact, needLater, needNew, needOrder, needPast, needText } from './deciding.js';
import { type ExitPlan } from './exit.js';
import { endIn } from './read-data.js';

interface Known {
  readonly exits: readonly ExitPlan[];
}

const LONGEST = 36;

export function planExit(
  { exits }: Known,
  { exitPlanId, plan, watchMonths, by }: PlanExit,
  ground: Ground,
): readonly CaseworkEvent[] {
  needNew(exitPlanId, exits);
  if (!Number.isInteger(watchMonths) || watchMonths < 1 || watchMonths > LONGEST)
    throw new Invalid('watch-months', `watchMonths must be a whole number from 1 to ${LONGEST}`);
  const planned = { exitPlanId, plan: needText('plan', plan), plannedBy: by.user, watchMonths };
  return [fact('hub.exit.planned', ground, planned)];
}

/**
 * What a de-selection rests on (KP 6.1): a plan that is not completed, and the last day of the watch that begins. Throws
 * `Conflict` `exit-plan-required`.
 */
export function exitOn(
  { exits }: Known,
  exitPlanId: string | null | undefined,
  { at }: Ground,
): { readonly exitPlanRef: string; readonly watchUntil: string | undefined } {
  const plan = exits.find(({ id }) => id === exitPlanId);
  if (plan?.watchMonths == null || plan.outcome !== null)
    throw new Conflict('exit-plan-required', 'a de-selection needs an exit plan that is not completed');
  return { exitPlanRef: plan.id, watchUntil: monthsAfter(dayOf(at), plan.watchMonths) };
}

/** What a human decides about the watch: it ends, lasts longer, or the person comes back. */
export function completeExit(
  { exits }: Known,
  { exitPlanId, completedOn, outcome, watchUntil, by }: CompleteExit,
  ground: Ground,
): readonly CaseworkEvent[] {
  const exit = exits.find(({ id }) => id === exitPlanId);
  if (exit?.watchFrom == null)
    throw new Conflict('exit-not-begun', 'no de-selection rests on such an exit plan');
  if (exit.completedAt !== null) throw new Conflict('exit-completed', 'the exit was completed');
  needOrder('completedOn', needPast('completedOn', completedOn, ground), exit.watchFrom);
  const until = outcome === 'extended' ? { watchUntil: extended(watchUntil, exit, ground) } : {};
  const decided = { exitPlanId, completedOn, outcome, ...until, decidedBy: by.user };
  return [fact('hub.exit.completed', ground, decided, completedOn)];
}

function extended(day: string | null | undefined, exit: ExitPlan, ground: Ground): string {
  const later = needLater('watchUntil', needText('watchUntil', day), ground);
  if ((endIn({ later }, 'later') ?? 0) <= (exit.watchUntil ?? 0))
    throw new Invalid('watchUntil-day', 'watchUntil must be later than the watch ends already');
  return later;
}
