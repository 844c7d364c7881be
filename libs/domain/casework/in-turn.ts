import { type Held } from './held.js';
import { type Step } from './read-data.js';

/** What each step sets until the next one; a step that sets null ends what held before and begins nothing. */
export function inTurn<V>(steps: readonly Step[], valueOf: (step: Step) => V | null): readonly Held<V>[] {
  return steps.flatMap((step, index) => {
    const value = valueOf(step);
    if (value === null) return [];
    return [{ value, from: step.at, to: steps[index + 1]?.at ?? null, by: [step.id] }];
  });
}
