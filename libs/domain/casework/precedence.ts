import { type Moment } from '../../contract/moment.js';

/** Whether one moment is over before another begins. */
export function surelyPrecedes(one: Moment, other: Moment): boolean {
  return one.from !== null && other.from !== null && one.to <= other.from && one.from < other.from;
}

/** Whether one moment may lie before another; moments that are unknown or the same say nothing of it. */
function mayPrecede(one: Moment, other: Moment): boolean {
  if (one.from === null || other.from === null) return false;
  const isSame = one.from === other.from && one.to === other.to;
  return !isSame && !surelyPrecedes(other, one);
}

/** Of facts that replace one another the last, except that one which surely happened earlier does not replace a later. */
export function newest<F extends { readonly happened: Moment }>(facts: readonly F[]): F | undefined {
  return facts.reduce<F | undefined>(
    (latest, fact) =>
      latest !== undefined && surelyPrecedes(fact.happened, latest.happened) ? latest : fact,
    undefined,
  );
}

/** What a fact does to a list of values that begin and end: it ends some of those that began before it, and adds others. */
export interface Step {
  readonly happened: Moment;
  readonly adds: readonly string[];
  /** Whether it ends a value that began at a moment. */
  readonly ends: (value: string, began: Moment) => boolean;
}

/**
 * What was added and not ended since, each once, sorted. An end ends what came before it; what comes after it, but may
 * have happened before, is ended too, so that a consent which arrives late does not outlive its withdrawal. Where the
 * times do not tell, the order of receipt counts.
 */
export function remaining(steps: readonly Step[]): readonly string[] {
  let held: readonly { readonly value: string; readonly began: Moment }[] = [];
  const before: Step[] = [];
  for (const step of steps) {
    const { happened: began, adds } = step;
    const isEnded = (value: string): boolean =>
      before.some((each) => each.ends(value, began) && mayPrecede(began, each.happened));
    held = held.filter((each) => !step.ends(each.value, each.began));
    held = [...held, ...adds.filter((value) => !isEnded(value)).map((value) => ({ value, began }))];
    before.push(step);
  }
  return [...new Set(held.map(({ value }) => value))].sort();
}
