import { type CellRef } from '../report.js';
import { type PrintedCell } from './printed-cell.js';
import { type PrintedTable, type Relation } from './printed-document.js';
import { wholeTotals } from './whole-totals.js';

/** One cell that is worked out from others of its table. */
export interface Derived {
  readonly cell: CellRef;
  readonly kind: Relation['kind'];
  readonly operands: readonly CellRef[];
  /** From the operands, in their order; null when it cannot be. */
  readonly work: (values: readonly number[]) => number | null;
}

/** Every cell of a table that a relation says how to work out, in the order of the relations. */
export function derivedCells(
  table: PrintedTable,
  printed: ReadonlyMap<CellRef, PrintedCell>,
): readonly Derived[] {
  return table.relations.flatMap((relation) =>
    concerned(table, relation).map(([row, column]) => derivedCell(relation, table, printed, row, column)),
  );
}

function concerned(table: PrintedTable, relation: Relation): readonly (readonly [string, string])[] {
  const { rows = Object.keys(table.rows), columns = table.columns } = relation;
  return rows.flatMap((row) => columns.map((column) => [row, column] as const));
}

function derivedCell(
  relation: Relation,
  { rows }: PrintedTable,
  printed: ReadonlyMap<CellRef, PrintedCell>,
  row: string,
  column: string,
): Derived {
  const at = (name: string): CellRef => (name in rows ? `${name}/${column}` : `${row}/${name}`);
  const derived = { cell: at(row), kind: relation.kind };
  switch (relation.kind) {
    case 'sum':
      return {
        ...derived,
        operands: relation.of.map(at),
        work: (values) => values.reduce((a, b) => a + b, 0),
      };
    case 'change':
      return { ...derived, operands: [at(relation.from), at(relation.to)], work: changed };
    case 'share':
      return { ...derived, operands: [at(relation.part), at(relation.whole)], work: shared };
    case 'means': {
      const means = relation.rows.flatMap((each) => printed.get(at(each)) ?? []);
      const own = relation.rows.indexOf(row);
      return { ...derived, operands: relation.counts.map(at), work: (counts) => meanOf(means, counts, own) };
    }
  }
}

/** In per cent of the first. */
export function changed([before = 0, after = 0]: readonly number[]): number | null {
  return before === 0 ? null : ((after - before) * 100) / before;
}

function shared([part = 0, whole = 0]: readonly number[]): number | null {
  return whole === 0 ? null : (part * 100) / whole;
}

/** The average that the whole total gives which gives all of them; null where no whole number does. */
function meanOf(means: readonly PrintedCell[], counts: readonly number[], own: number): number | null {
  if (means.length !== counts.length) return null;
  const [total] = wholeTotals(means.map((mean, index) => ({ mean, count: counts[index] ?? 0 })));
  return total === undefined ? null : total / (counts[own] ?? 0);
}
