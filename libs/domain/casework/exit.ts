import { endIn, idIn, numberIn, ofType, type Step, wordIn } from './read-data.js';

export const exitOutcomes = ['ended', 'extended', 'returned'] as const;
export type ExitOutcome = (typeof exitOutcomes)[number];

/** How somebody leaves, planned before they do, and the watch that follows (KP 6.1). */
export interface ExitPlan {
  readonly id: string;
  readonly at: number;
  readonly watchMonths: number | null;
  /** When the watch began; null until a de-selection begins it. */
  readonly watchFrom: number | null;
  /** When the last day of the watch is over, extensions included. */
  readonly watchUntil: number | null;
  readonly completedAt: number | null;
  readonly outcome: ExitOutcome | null;
  readonly by: readonly string[];
}

/** What begins a watch, where it rests on a plan. */
const leaving: ReadonlySet<string> = new Set(['hub.cohort.deselected', 'hub.management.decided']);

export function exitsOf(steps: readonly Step[]): readonly ExitPlan[] {
  return ofType(steps, 'hub.exit.planned').map((planned) => {
    const id = idIn(planned, 'exitPlanId');
    const left = steps.filter((step) => leaving.has(step.type) && step.data['exitPlanRef'] === id);
    const completions = ofType(steps, 'hub.exit.completed').filter(({ data }) => data['exitPlanId'] === id);
    const last = completions.at(-1);
    const outcome = last === undefined ? null : wordIn(last.data, 'outcome', exitOutcomes);
    return {
      ...{ id, at: planned.at, watchMonths: numberIn(planned.data, 'watchMonths') },
      watchFrom: left[0]?.at ?? null,
      watchUntil: latest([...left, ...completions].map(({ data }) => endIn(data, 'watchUntil'))),
      completedAt: last === undefined || outcome === 'extended' ? null : last.at,
      outcome,
      by: [planned, ...left, ...completions].map((step) => step.id),
    };
  });
}

function latest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((each) => each !== null);
  return known.length === 0 ? null : Math.max(...known);
}
