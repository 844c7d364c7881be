import { type Cell } from './report.js';

/**
 * A number with so many decimal places, rounded half up (away from zero, as figures are printed), from its decimal form:
 * 1.005 is 1.01 with two places, although no computer holds 1.005.
 */
export function roundedHalfUp(value: number, decimals: number): number {
  const [digits = '0', exponent = '0'] = Math.abs(value).toPrecision(15).split('e');
  const shifted = Math.floor(Number(`${digits}e${Number(exponent) + decimals}`) + 0.5);
  return shifted === 0 ? 0 : Math.sign(value) * Number(`${shifted}e${-decimals}`);
}

/** The number of a cell as it is printed, at its decimals; null when the cell has none. */
export function printedNumber({ value, decimals = 0 }: Pick<Cell, 'value' | 'decimals'>): number | null {
  return typeof value === 'number' ? roundedHalfUp(value, decimals) : null;
}
