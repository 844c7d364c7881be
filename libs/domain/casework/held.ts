/** Something that held from one moment until another (epoch milliseconds; null: it still does). */
export interface Held<V> {
  readonly value: V;
  readonly from: number;
  readonly to: number | null;
  /** Log event ids of the facts that say so. */
  readonly by: readonly string[];
}

/** What held at a moment, in the order in which it began. */
export function heldAt<V>(all: readonly Held<V>[], at: number): readonly Held<V>[] {
  return all.filter(({ from, to }) => from <= at && (to === null || at < to));
}
