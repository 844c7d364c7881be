import { type Cell, type CellRef, type Table } from './report.js';

/** A whole minus its parts, as places in a grid: what stands at them adds up. */
export interface GridSum {
  readonly total: number;
  readonly parts: readonly number[];
  readonly hasRest?: true;
}

/**
 * Tables laid out for suppression: cells one after the other, table by table, row by row, and what ties them; after them
 * what is left of wholes whose parts are not all of them, which stands nowhere and which a reader works out.
 */
export interface Grid {
  readonly cells: readonly Cell[];
  /** How many of the cells stand in a table. */
  readonly printed: number;
  readonly sums: readonly GridSum[];
  /** By place: the places that the cell there is derived of. */
  readonly of: readonly (readonly number[])[];
}

/**
 * The grid of all tables of a report. A figure that stands in two tables, told by the same number of the same events, ties its
 * places like a sum of one part. Throws when a table ties a cell that it does not have: nothing of it may be shown.
 */
export function gridOf(tables: readonly Table[]): Grid {
  const parts = tables.reduce<readonly Omit<Grid, 'printed'>[]>(
    (before, table) => [
      ...before,
      gridFrom(
        table,
        before.reduce((sum, { cells }) => sum + cells.length, 0),
      ),
    ],
    [],
  );
  const cells = parts.flatMap((part) => part.cells);
  const sums = parts.flatMap((part) => part.sums);
  const tableOf = parts.flatMap((part, index) => part.cells.map(() => index));
  const of = parts.flatMap((part) => part.of);
  return withRests({
    cells,
    printed: cells.length,
    sums: [...sums, ...sameFigures(cells, tableOf)],
    of,
  });
}

/** What is left can be worked out as long as the whole and its parts are shown. */
function withRests(grid: Grid): Grid {
  const { cells, printed, sums, of } = grid;
  const open = sums.filter(({ hasRest }) => hasRest);
  const rests = open.map(({ total, parts }): Cell => {
    const value = parts.reduce((left, part) => left - numberAt(grid, part), numberAt(grid, total));
    return { value, kind: 'count', events: [] };
  });
  return {
    cells: [...cells, ...rests],
    printed,
    sums: sums.map((sum) => {
      const index = open.indexOf(sum);
      return index < 0 ? sum : { ...sum, parts: [...sum.parts, printed + index] };
    }),
    of: [...of, ...open.map(tiedBy)],
  };
}

function gridFrom(table: Table, first: number): Omit<Grid, 'printed'> {
  const cells = table.cells.flat();
  const place = placesOf(table, first);
  const sums = table.sums.map(({ total, parts, hasRest }) => ({
    ...{ total: place(total), parts: parts.map(place) },
    ...(hasRest && { hasRest }),
  }));
  return {
    cells,
    sums,
    of: cells.map((cell, index) => [...(cell.of ?? []).map(place), ...partsOf(cell, first + index, sums)]),
  };
}

/** A whole that is worked out, such as a cost, is worked out from its parts: weights that are known would give them away. */
function partsOf({ kind }: Cell, at: number, sums: readonly GridSum[]): readonly number[] {
  return kind === 'count' ? [] : sums.flatMap(({ total, parts }) => (total === at ? parts : []));
}

function placesOf({ id, rows, columns }: Table, first: number): (ref: CellRef) => number {
  const places = new Map(
    rows.flatMap((row, r) =>
      columns.map((column, c) => [`${row.key}/${column.key}`, first + r * columns.length + c] as const),
    ),
  );
  return (ref) => {
    const place = places.get(ref);
    if (place === undefined) throw new Error(`the table ${id} has no cell ${ref}`);
    return place;
  };
}

/** Inside one table a reader cannot know that two figures are one. `tableOf`: by place. */
function sameFigures(cells: readonly Cell[], tableOf: readonly number[]): readonly GridSum[] {
  const counts = cells.flatMap((cell, place) =>
    cell.kind === 'count' && cell.value !== 0 && cell.events.length > 0 ? [{ cell, place }] : [],
  );
  const alike = Map.groupBy(counts, ({ cell: { value, events } }) => `${value} ${new Set(events).size}`);
  return [...alike.values()].flatMap((group) =>
    group.flatMap(({ cell, place }, index) => {
      const events = new Set(cell.events);
      const twin = group
        .slice(0, index)
        .find(
          (other) =>
            tableOf[other.place] !== tableOf[place] && other.cell.events.every((event) => events.has(event)),
        );
      return twin === undefined ? [] : [{ total: twin.place, parts: [place] }];
    }),
  );
}

/** Everything that a sum ties. */
export function tiedBy({ total, parts }: GridSum): readonly number[] {
  return [total, ...parts];
}

/** The number at a place; what says nothing counts for nothing. */
export function numberAt({ cells }: Pick<Grid, 'cells'>, place: number): number {
  const value = cells[place]?.value;
  return typeof value === 'number' ? value : 0;
}

/** One sum as a reader knows it: what is hidden, each with its factor, comes to a number that can be worked out. */
export interface Equation {
  /** By place; no factor is 0. */
  readonly factors: ReadonlyMap<number, number>;
  readonly comesTo: number;
}

/** What the sums tell of the cells that are hidden. */
export function equationsOf(grid: Grid, hidden: ReadonlySet<number>): readonly Equation[] {
  return grid.sums
    .map((sum) => {
      const factors = new Map<number, number>();
      let comesTo = 0;
      const take = (place: number, factor: number): void => {
        if (hidden.has(place)) factors.set(place, (factors.get(place) ?? 0) + factor);
        else comesTo -= factor * numberAt(grid, place);
      };
      take(sum.total, -1);
      sum.parts.forEach((part) => take(part, 1));
      return { factors: new Map([...factors].filter(([, factor]) => factor !== 0)), comesTo };
    })
    .filter(({ factors }) => factors.size > 0);
}
