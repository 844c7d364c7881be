import { roundedHalfUp } from '../report-figure.js';
import { type CellRef } from '../report.js';
import { type PrintedTable } from './printed-document.js';

/** A printed number, with its own precision. */
export interface PrintedCell {
  readonly text: string;
  readonly value: number;
  readonly decimals: number;
}

/** The number in a printed text, `-38.95` or `44%`; undefined when it holds none. */
export function printedCell(text: string): PrintedCell | undefined {
  const [, whole, fraction = ''] = /^(-?\d+)(?:\.(\d+))?%?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { text, value: Number(text.replace('%', '')), decimals: fraction.length };
}

/** Every cell of a table that holds a number. */
export function printedCells({ columns, rows }: PrintedTable): ReadonlyMap<CellRef, PrintedCell> {
  const cells: readonly (readonly [CellRef, PrintedCell | undefined])[] = Object.entries(rows).flatMap(
    ([row, texts]) =>
      columns.map((column, index) => [`${row}/${column}`, printedCell(texts[index] ?? '')] as const),
  );
  return new Map(cells.flatMap(([ref, cell]) => (cell === undefined ? [] : [[ref, cell] as const])));
}

/** A value to so many decimal places, rounded half up, as it would have been printed. */
export function asPrinted(value: number, decimals: number): string {
  return roundedHalfUp(value, decimals).toFixed(decimals);
}

/** Whether a value, rounded half up at the printed precision, is what was printed. */
export function isAsPrinted({ value, decimals }: PrintedCell, recomputed: number): boolean {
  return roundedHalfUp(recomputed, decimals) === value;
}
