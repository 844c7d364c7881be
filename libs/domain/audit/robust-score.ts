/** How far a count lies from a history, in a way that single odd days do not sway. */
export interface RobustScore {
  readonly median: number;
  /** Median absolute deviation from the median. */
  readonly deviation: number;
  readonly score: number;
}

/** Makes the deviation of normally distributed figures comparable with a standard deviation. */
const CONSISTENCY = 0.6745;

/** The robust z score of a count (Iglewicz and Hoaglin 1993): a deviation below one counts as one. */
export function robustScore(value: number, history: readonly number[]): RobustScore {
  const median = medianOf(history);
  const deviation = medianOf(history.map((each) => Math.abs(each - median)));
  return { median, deviation, score: (CONSISTENCY * (value - median)) / Math.max(deviation, 1) };
}

/** The median, of an even number the mean of the middle two; 0 of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}
