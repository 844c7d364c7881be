import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Cell, type CellRef, type Report, type Sum, type Table } from './report.js';
import { suppress, type SuppressedTable } from './suppress.js';
import { type SuppressionRule, suppressionRuleAt } from './suppress-rules.js';

const rule: SuppressionRule = {
  version: 1,
  from: '2000-01-01',
  smallestShown: 5,
  source: 'test',
  verified: true,
};
const question = { at: '2016-03-31', from: '2015-04-01', to: '2016-03-31', knownAt: null };

let serial = 0;
const count = (value: number): Cell => ({ value, kind: 'count', events: [`e${(serial += 1)}`] });

function reportOf(...tables: readonly Table[]): Report {
  return { name: 'sample', title: 'Sample', question, tables };
}

function tableOf(
  cells: readonly (readonly Cell[])[],
  sums: readonly Sum[] = [],
  more: Partial<Table> = {},
): Table {
  const headings = (length: number, name: string) =>
    Array.from({ length }, (_, index) => ({ key: `${name}${index}`, label: `${name} ${index}` }));
  return {
    id: 'sample',
    title: 'Sample',
    note: '',
    of: 'row',
    rows: headings(cells.length, 'r'),
    columns: headings(cells[0]?.length ?? 0, 'c'),
    cells,
    sums,
    chart: null,
    shows: 'aggregate',
    ...more,
  };
}

/** A row of parts with their total at the end. */
function totalled(...parts: readonly number[]): Table {
  const total = parts.reduce((sum, each) => sum + each, 0);
  const refs = parts.map((_, index): CellRef => `r0/c${index}`);
  return tableOf([[...parts, total].map(count)], [{ total: `r0/c${parts.length}`, parts: refs }]);
}

function seen(table: Table): readonly (readonly (number | string | null)[])[] {
  const [shown] = suppress(reportOf(table), rule).tables;
  return (shown?.cells ?? []).map((row) => row.map(({ value, isHidden }) => (isHidden ? 'c' : value)));
}

describe('small counts', () => {
  it('from 1 to 4 are hidden, 0 and 5 are shown', () => {
    expect(seen(tableOf([[0, 1, 2, 3, 4, 5].map(count)]))).toEqual([[0, 'c', 'c', 'c', 'c', 5]]);
  });

  it('take another with them that would give them away: the smallest that does it', () => {
    expect(seen(totalled(2, 9, 30, 0))).toEqual([['c', 'c', 30, 0, 41]]);
  });

  it('take more with them where two that add up to little are both known', () => {
    expect(seen(totalled(1, 1, 20))).toEqual([['c', 'c', 'c', 22]]);
    expect(seen(totalled(2, 3, 20))).toEqual([['c', 'c', 20, 25]]);
    expect(seen(totalled(4, 4, 20))).toEqual([['c', 'c', 20, 28]]);
  });

  it('take the total with them where nothing else is left', () => {
    expect(seen(totalled(3, 0, 0))).toEqual([['c', 0, 0, 'c']]);
    expect(seen(totalled(2, 9))).toEqual([['c', 'c', 11]]);
    expect(seen(totalled(1, 2))).toEqual([['c', 'c', 'c']]);
  });

  it('take the same figure with them, wherever else it stands', () => {
    const figure = (value: number, ...events: readonly string[]): Cell => ({ value, kind: 'count', events });
    const sums: readonly Sum[] = [{ total: 'r0/c2', parts: ['r0/c0', 'r0/c1'] }];
    const one = tableOf([[figure(1, 'a'), figure(2, 'b', 'c'), figure(3, 'a', 'b', 'c')]], sums);
    const many = ['d', 'e', 'f', 'g', 'h', 'i'];
    const first = tableOf([[figure(2, 'a', 'b'), figure(6, ...many), figure(8, 'a', 'b', ...many)]], sums);
    const again = tableOf([[figure(6, ...many), figure(6, 'a', 'j'), figure(8, 'a', 'b', ...many)]], [], {
      id: 'again',
    });
    const { tables } = suppress(reportOf(one, first, again), rule);
    expect(tables.map(({ cells }) => cells.flat().map(({ isHidden }) => isHidden))).toEqual([
      [true, true, true],
      [true, true, false],
      [true, false, false],
    ]);
  });

  it('of events are hidden where few people are behind them', () => {
    const offences = (value: number, people: number): Cell => ({ ...count(value), people });
    expect(seen(tableOf([[offences(12, 2), offences(12, 5), offences(0, 2)]]))).toEqual([['c', 12, 0]]);
  });

  it('are hidden in a table by area as the areas and both totals want it', () => {
    const [rows, columns] = [3, 4];
    const values = [
      [13, 26, 2, 41],
      [3, 11, 0, 14],
      [16, 37, 2, 55],
    ];
    const table = tableOf(
      values.map((row) => row.map(count)),
      crossSums(rows, columns),
    );
    const shown = seen(table);
    expect(shown[0]?.[2]).toBe('c');
    expect(shown[1]).toEqual(['c', 'c', 0, 14]);
    expect(shown[2]?.[2]).toBe('c');
    expect(shown.flat().filter((each) => each === 'c').length).toBe(7);
  });
});

describe('what is left of a whole', () => {
  const some = (part: number, whole: number): Table =>
    tableOf([[part, whole, 60].map(count)], [{ total: 'r0/c1', parts: ['r0/c0'], hasRest: true }]);

  it('is protected though it stands nowhere: all but 3 of 50 tells of 3', () => {
    expect(seen(some(47, 50))).toEqual([['c', 50, 60]]);
    expect(seen(some(46, 51))).toEqual([[46, 51, 60]]);
  });

  it('takes nothing with it where it is large, or nobody is left', () => {
    expect(seen(some(3, 50))).toEqual([['c', 50, 60]]);
    expect(seen(some(50, 50))).toEqual([[50, 50, 60]]);
    expect(seen(some(0, 50))).toEqual([[0, 50, 60]]);
  });
});

describe('rows that are there because of somebody', () => {
  const found = (values: readonly number[]): Table => {
    const total = values.reduce((sum, each) => sum + each, 0);
    const parts = values.map((_, r): CellRef => `r${r}/c0`);
    const cells = [...values, total].map((value) => [count(value)]);
    return tableOf(cells, [{ total: `r${values.length}/c0`, parts }], { areRowsFound: true });
  };
  const rowsOf = (table: Table) => suppress(reportOf(table), rule).tables[0]?.rows.map(({ label }) => label);

  it('become one where their numbers are hidden, the total apart', () => {
    expect(rowsOf(found([30, 3, 9, 4]))).toEqual(['r 0', 'others', 'r 2', 'r 4']);
    expect(seen(found([30, 3, 9, 4]))).toEqual([[30], ['c'], [9], [46]]);
  });

  it('stay as they are where nothing is hidden', () => {
    expect(rowsOf(found([30, 9]))).toEqual(['r 0', 'r 1', 'r 2']);
  });
});

describe('a caseload of small areas', () => {
  it('loses no more than a rectangle for one small area', () => {
    const levels = [
      [18, 38, 38, 38, 18, 16, 37, 60, 0],
      [7, 13, 8, 9, 3, 9, 12, 15, 28],
    ];
    const shown = seen(blocksOf([levels]));
    expect(shown.flat().filter((each) => each === 'c')).toHaveLength(4);
    expect(shown.map((row) => row.at(-1))).toEqual([263, 104, 367]);
  });

  it('keeps the totals of its levels: what cannot be protected by hiding more hides no more', () => {
    const levels = [
      [1, 6, 5, 5, 4, 2, 7, 11, 0],
      [3, 2, 1, 1, 0, 2, 1, 3, 4],
    ];
    const shown = seen(blocksOf([levels]));
    expect(shown.map((row) => row.at(-1))).toEqual([41, 17, 58]);
    expect(shown[2]).toEqual(['c', 8, 6, 6, 'c', 'c', 8, 14, 'c', 58]);
  });
});

describe('what is derived', () => {
  const change = (of: readonly CellRef[]): Cell => ({ value: 50, kind: 'percent', of, events: [] });

  it('goes with the counts that it is derived of, through others too', () => {
    const through = { ...change(['r0/c2']), kind: 'mean' } as const;
    const table = tableOf([[count(2), count(30), change(['r0/c0', 'r0/c1']), through, change(['r0/c1'])]]);
    expect(seen(table)).toEqual([['c', 30, 'c', 'c', 50]]);
  });

  it('goes with a count that is hidden to protect another, and where it says nothing', () => {
    const { cells, sums } = totalled(2, 9, 30);
    const nothing: Cell = { value: null, kind: 'percent', of: ['r0/c1'], events: [] };
    const table = tableOf([[...(cells[0] ?? []), change(['r0/c1', 'r0/c3']), nothing]], sums);
    expect(seen(table)).toEqual([['c', 'c', 30, 41, 'c', 'c']]);
  });

  it('goes when it rests on few people, on nobody knows how many, or tells of few', () => {
    const of = (people: number | undefined, value: number, kind: Cell['kind'] = 'percent'): Cell => ({
      value,
      kind,
      events: [],
      ...(people !== undefined && { people }),
    });
    expect(
      seen(
        tableOf([
          [of(4, 100), of(5, 100), of(undefined, 7, 'mean'), of(50, 8), of(50, 10), of(50, 94), of(50, 0)],
        ]),
      ),
    ).toEqual([['c', 100, 'c', 'c', 10, 'c', 0]]);
  });

  it('takes the whole that it is a part of with it: known weights would give it away', () => {
    const money = (value: number, of: CellRef): Cell => ({ value, kind: 'money', of: [of], events: [] });
    const { cells, sums } = totalled(2, 9, 30);
    const costs = [money(20, 'r0/c0'), money(90, 'r0/c1'), money(300, 'r0/c2'), money(410, 'r0/c3')];
    const total = { total: 'r1/c3', parts: ['r1/c0', 'r1/c1', 'r1/c2'] } as const;
    expect(seen(tableOf([...cells, costs], [...sums, total]))[1]).toEqual(['c', 'c', 300, 'c']);
  });
});

describe('the view', () => {
  it('leaves out tables of people, and every event', () => {
    const people = tableOf([[count(9)]], [], { id: 'people', shows: 'people' });
    const view = suppress(reportOf(people, tableOf([[count(9)]])), rule);
    expect(view.tables.map(({ id }) => id)).toEqual(['sample']);
    expect(JSON.stringify(view)).not.toContain('events');
  });

  it('is refused where a sum names a cell that is not there', () => {
    expect(() => seen(tableOf([[count(9)]], [{ total: 'r0/c9', parts: ['r0/c0'] }]))).toThrow('r0/c9');
  });

  it('is made under the rule of the day', () => {
    const stricter = { ...rule, version: 2, from: '2026-04-01', smallestShown: 10 };
    expect(suppressionRuleAt('2026-03-31', [rule, stricter]).version).toBe(1);
    expect(suppressionRuleAt('2026-04-01', [rule, stricter]).version).toBe(2);
    expect(() => suppressionRuleAt('1999-12-31')).toThrow('small numbers');
    expect(suppress(reportOf(totalled(9, 30)), stricter).tables[0]?.cells[0]?.[0]?.isHidden).toBe(true);
  });
});

/** Sums of a table with a total in the last column and in the last row. */
function crossSums(rows: number, columns: number, firstRow = 0): readonly Sum[] {
  const ref = (r: number, c: number): CellRef => `r${firstRow + r}/c${c}`;
  const upTo = (length: number) => Array.from({ length }, (_, index) => index);
  return [
    ...upTo(rows).map((r) => ({
      total: ref(r, columns - 1),
      parts: upTo(columns - 1).map((c) => ref(r, c)),
    })),
    ...upTo(columns).map((c) => ({ total: ref(rows - 1, c), parts: upTo(rows - 1).map((r) => ref(r, c)) })),
  ];
}

function withTotals(values: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const rows = values.map((row) => [...row, row.reduce((sum, each) => sum + each, 0)]);
  return [...rows, (rows[0] ?? []).map((_, c) => rows.reduce((sum, row) => sum + (row[c] ?? 0), 0))];
}

/** Blocks, each with its totals, one under the other: the same table at several dates. */
function blocksOf(blocks: readonly (readonly (readonly number[])[])[]): Table {
  const all = blocks.map(withTotals);
  const rows = all[0]?.length ?? 0;
  const columns = all[0]?.[0]?.length ?? 0;
  return tableOf(
    all.flat().map((row) => row.map(count)),
    all.flatMap((_, index) => crossSums(rows, columns, index * rows)),
  );
}

const MOST_GUESSED = 13;

/**
 * The attacker: every world of whole numbers from 1 to `MOST_GUESSED` in the hidden cells that agrees with what is shown,
 * found row by row, keeping the sums of columns. Gives, by place in the block, the values that some world has there.
 */
function worldsOf(shown: SuppressedTable['cells']): ReadonlyMap<string, ReadonlySet<number>> {
  const inner = shown.slice(0, -1);
  const totals = shown.at(-1) ?? [];
  const width = totals.length - 1;
  const known = totals.map(({ isHidden, value }) => (isHidden ? null : Number(value)));
  const ways = inner.map((row) => waysOf(row.slice(0, width), row.at(-1)));
  const trace = (way: readonly number[]): readonly number[] => {
    const sum = way.reduce((a, b) => a + b, 0);
    return [...way, sum].map((each, c) => (known[c] === null ? 0 : each));
  };
  const add = (one: readonly number[], other: readonly number[]) =>
    one.map((each, c) => each + (other[c] ?? 0));
  const within = (trail: readonly number[]) => trail.every((each, c) => each <= (known[c] ?? 0));
  const through = (steps: readonly (readonly (readonly number[])[])[]) => {
    const reached: Map<string, readonly number[]>[] = [new Map([['', totals.map(() => 0)]])];
    for (const step of steps) {
      const next = new Map<string, readonly number[]>();
      for (const before of reached.at(-1)?.values() ?? [])
        for (const way of step) {
          const after = add(before, trace(way));
          if (within(after)) next.set(after.join(), after);
        }
      reached.push(next);
    }
    return reached;
  };
  const [before, after] = [through(ways), through([...ways].reverse())];
  const found = new Map<string, Set<number>>();
  ways.forEach((step, r) => {
    const rest = [...(after[ways.length - 1 - r]?.values() ?? [])];
    const ends = new Set(rest.map((each) => each.join()));
    for (const way of step)
      for (const start of before[r]?.values() ?? []) {
        const left = add(start, trace(way)).map((each, c) => (known[c] ?? 0) - each);
        if (ends.has(left.join()))
          [...way, way.reduce((a, b) => a + b, 0)].forEach((each, c) => {
            const key = `${r}/${c}`;
            found.set(key, (found.get(key) ?? new Set()).add(each));
          });
      }
  });
  return found;
}

/** Every way to fill a row. */
function waysOf(
  cells: SuppressedTable['cells'][number],
  total: SuppressedTable['cells'][number][number] | undefined,
): readonly (readonly number[])[] {
  const [first, ...others] = cells;
  if (first === undefined) return total?.isHidden === true || Number(total?.value) === 0 ? [[]] : [];
  const guesses = first.isHidden
    ? Array.from({ length: MOST_GUESSED }, (_, index) => index + 1)
    : [Number(first.value)];
  return guesses.flatMap((guess) => {
    if (total?.isHidden === false && guess > Number(total.value)) return [];
    const left = total?.isHidden === false ? { ...total, value: Number(total.value) - guess } : total;
    return waysOf(others, left).map((way) => [guess, ...way]);
  });
}

const size = fc.constantFrom(0, 0, 1, 2, 3, 4, 5, 7, 9);
const block = (rows: number, columns: number) =>
  fc.array(fc.array(size, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const twoDates = fc
  .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 4 }))
  .filter(([rows, columns]) => rows * columns <= 6)
  .chain(([rows, columns]) => fc.tuple(block(rows, columns), block(rows, columns)));

describe('an attacker who knows the rule, every sum and all that is shown', () => {
  it('cannot rule out any small number for any small count', () => {
    fc.assert(
      fc.property(twoDates, (blocks) => {
        const table = blocksOf(blocks);
        const [view] = suppress(reportOf(table), rule).tables;
        const height = (blocks[0]?.length ?? 0) + 1;
        blocks.forEach((values, index) => {
          const shown = view?.cells.slice(index * height, (index + 1) * height) ?? [];
          const worlds = worldsOf(shown);
          values.forEach((row, r) =>
            row.forEach((value, c) => {
              if (value === 0 || value > 4) return;
              expect(shown[r]?.[c]?.isHidden).toBe(true);
              expect([...(worlds.get(`${r}/${c}`) ?? [])]).toEqual(expect.arrayContaining([1, 2, 3, 4]));
            }),
          );
        });
      }),
      { numRuns: 60 },
    );
  });

  it('sees what is shown unchanged, every zero, and the same each time', () => {
    fc.assert(
      fc.property(twoDates, (blocks) => {
        const table = blocksOf(blocks);
        const [view] = suppress(reportOf(table), rule).tables;
        table.cells.flat().forEach(({ value }, place) => {
          const cell = view?.cells.flat()[place];
          if (cell?.isHidden === false) expect(cell.value).toBe(value);
          else expect([cell?.value, value === 0]).toEqual([null, false]);
        });
        expect(suppress(reportOf(table), rule).tables[0]).toEqual(view);
      }),
      { numRuns: 60 },
    );
  });
});
