import { type Cell, type CellRef, type Heading } from './report.js';

/** A number of people or events, and the log events behind it. */
export function count(value: number, events: Iterable<string> = []): Cell {
  return { value, kind: 'count', events: [...new Set(events)] };
}

/** Something that somebody did, or that was said of them. */
interface Deed {
  readonly offender: string;
  readonly by: readonly string[];
}

/** A number of deeds, with how many people they are of: a few people's are hidden with them. */
export function countOfDeeds(deeds: readonly Deed[]): Cell {
  const people = new Set(deeds.map(({ offender }) => offender)).size;
  return {
    ...count(
      deeds.length,
      deeds.flatMap(({ by }) => by),
    ),
    people,
  };
}

/** There is nothing to say. */
export const nothing: Cell = { value: null, kind: 'text', events: [] };

/** The change from one cell to another in per cent of the first; nothing where that is 0. */
export function change(
  [from, to]: readonly [CellRef, CellRef],
  [before, after]: readonly [number, number],
  decimals: number,
): Cell {
  const value = before === 0 ? null : ((after - before) * 100) / before;
  return { value, kind: 'percent', decimals, of: [from, to], events: [] };
}

/** One cell in per cent of another; nothing where that is 0. */
export function share(
  [part, whole]: readonly [CellRef, CellRef],
  [some, all]: readonly [number, number],
  decimals: number,
): Cell {
  return {
    value: all === 0 ? null : (some * 100) / all,
    kind: 'percent',
    decimals,
    of: [part, whole],
    events: [],
  };
}

/** The cells of a table, row by row. */
export function cellsOf(
  rows: readonly Heading[],
  columns: readonly Heading[],
  cell: (row: string, column: string) => Cell,
): readonly (readonly Cell[])[] {
  return rows.map((row) => columns.map((column) => cell(row.key, column.key)));
}

/** The values in order of their texts, each once. */
export function inOrder(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].toSorted((one, other) => (one < other ? -1 : 1));
}
