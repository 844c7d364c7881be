/** A time in which an agreement was in force: epoch milliseconds, half open; `to` null while it lasts. */
export interface Interval {
  readonly from: number;
  readonly to: number | null;
}
