import { stringify } from 'csv-stringify/sync';
import { type PrintedReport, shown } from './printed.js';

const headings = ['report', 'at', 'from', 'to', 'known', 'table', 'row', 'column', 'value', 'kind'] as const;

/**
 * A report as CSV (RFC 4180), one line for each cell of each table, so that a program reads every report alike: what was
 * asked, the keys of table, row and column, and the value, rounded, or its mark. Text that a spreadsheet would run as a
 * formula is preceded by an apostrophe. Ends with a line break.
 */
export function asCsv({ name, question, tables }: PrintedReport): string {
  const { at, from, to, knownAt } = question;
  const known = knownAt === null ? '' : new Date(knownAt).toISOString();
  const lines = tables.flatMap(({ id, rows, columns, cells }) =>
    rows.flatMap((row, r) =>
      columns.flatMap((column, c) => {
        const cell = cells[r]?.[c];
        return cell === undefined
          ? []
          : [[name, at, from, to, known, id, row.key, column.key, shown(cell), cell.kind]];
      }),
    ),
  );
  return stringify([[...headings], ...lines], { escape_formulas: true, quoted_match: /[\r\n]/ });
}
