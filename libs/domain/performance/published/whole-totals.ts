import { isAsPrinted, type PrintedCell } from './printed-cell.js';

/** An average as it was printed, and of how many it is. */
export interface PrintedMean {
  readonly mean: PrintedCell;
  readonly count: number;
}

/** Every whole number that, as a total, gives all of these averages as they were printed. */
export function wholeTotals(means: readonly PrintedMean[]): readonly number[] {
  const [first] = means;
  if (first === undefined) return [];
  const near = Math.round(first.mean.value * first.count);
  const margin = Math.ceil(first.count / 10 ** first.mean.decimals) + 1;
  return Array.from({ length: 2 * margin + 1 }, (_, index) => near - margin + index).filter((total) =>
    means.every(({ mean, count }) => isAsPrinted(mean, total / count)),
  );
}
