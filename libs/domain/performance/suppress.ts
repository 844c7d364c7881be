import { type Cell, type CellRef, type Heading, type Report, type Table } from './report.js';
import { hiddenIn } from './suppress-cells.js';
import { gridOf } from './suppress-grid.js';
import { type SuppressionRule } from './suppress-rules.js';

/** A cell for readers who may learn nothing about anybody: no events, and no value where it is hidden. */
export type SuppressedCell = Pick<Cell, 'value' | 'kind' | 'decimals'> & { readonly isHidden: boolean };

export type SuppressedTable = Omit<Table, 'cells' | 'sums' | 'areRowsFound'> & {
  readonly cells: readonly (readonly SuppressedCell[])[];
};

/** A report of which nobody can be told from: what the board sees. */
export interface SuppressedReport extends Omit<Report, 'tables'> {
  readonly tables: readonly SuppressedTable[];
  readonly rule: SuppressionRule;
}

/**
 * The board's view of a report: small counts hidden under the rule, with everything that would give them away; tables
 * whose rows are people left out; rows that tell of few people by being there folded into one; no events. What is shown is unchanged. The same report gives the same view. Protects by
 * the sums that the tables name, and where a figure stands twice; two reports are protected each by itself.
 */
export function suppress(report: Report, rule: SuppressionRule): SuppressedReport {
  const { name, title, question } = report;
  const aggregates = report.tables.filter(({ shows }) => shows === 'aggregate');
  const hidden = hiddenIn(gridOf(aggregates), rule);
  let first = 0;
  const tables = aggregates.map((table) => {
    const view = suppressed(table, (place) => hidden.has(place), first);
    first += table.cells.flat().length;
    return view;
  });
  return { name, title, question, tables, rule };
}

/** `first`: the place of the table's first cell. */
function suppressed(table: Table, isHidden: (place: number) => boolean, first: number): SuppressedTable {
  const { id, title, note, of, columns, chart, shows } = table;
  const cells = table.cells.map((row, r) =>
    row.map((cell, c) => shownOf(cell, isHidden(first + r * columns.length + c))),
  );
  return { id, title, note, of, columns, ...folded(table, cells), chart, shows };
}

const OTHERS: Heading = { key: 'others', label: 'others' };

/** Of rows that are there because of somebody, those with something hidden become one that hides everything. */
function folded(
  { rows, sums, areRowsFound }: Table,
  cells: SuppressedTable['cells'],
): Pick<SuppressedTable, 'rows' | 'cells'> {
  const isIn = ({ key }: Heading, ref: CellRef): boolean => ref.startsWith(`${key}/`);
  const isTotal = (row: Heading): boolean =>
    sums.some(({ total, parts }) => isIn(row, total) && parts.some((part) => !isIn(row, part)));
  const isRare = (row: Heading, r: number): boolean =>
    areRowsFound === true && !isTotal(row) && (cells[r] ?? []).some(({ isHidden }) => isHidden);
  const first = rows.findIndex(isRare);
  const kept = rows.flatMap((row, r) => (r !== first && isRare(row, r) ? [] : [r]));
  const hidden = (cell: SuppressedCell): SuppressedCell => ({ ...cell, value: null, isHidden: true });
  return {
    rows: kept.flatMap((r) => (r === first ? OTHERS : (rows[r] ?? []))),
    cells: kept.map((r) => (r === first ? (cells[r] ?? []).map(hidden) : (cells[r] ?? []))),
  };
}

function shownOf({ value, kind, decimals }: Cell, isHidden: boolean): SuppressedCell {
  return {
    value: isHidden ? null : value,
    kind,
    ...(decimals !== undefined && { decimals }),
    isHidden,
  };
}
