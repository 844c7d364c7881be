import { type CellRef, cellAt, type Report } from '../report.js';
import { asPrinted, isAsPrinted, printedCells } from './printed-cell.js';
import { type PrintedDocument } from './printed-document.js';

/** A cell that a report shows otherwise than it was printed. */
export interface Difference {
  readonly table: string;
  readonly cell: CellRef;
  readonly printed: string;
  /** At the printed precision; null where the report has no number there. */
  readonly regenerated: string | null;
}

/** Every printed cell that the reports do not show, to the printed precision, as it was printed. */
export function differencesFrom(
  { tables }: PrintedDocument,
  reports: readonly Report[],
): readonly Difference[] {
  const shown = reports.flatMap((report) => report.tables);
  return tables.flatMap((table) => {
    const own = shown.find(({ id }) => id === table.id);
    return [...printedCells(table)].flatMap(([cell, printed]) => {
      const value = (own && cellAt(own, cell))?.value;
      if (typeof value === 'number' && isAsPrinted(printed, value)) return [];
      const regenerated = typeof value === 'number' ? asPrinted(value, printed.decimals) : null;
      return [{ table: table.id, cell, printed: printed.text, regenerated }];
    });
  });
}
