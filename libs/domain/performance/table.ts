import { count, share } from './counted-cells.js';
import { levelAt, reportedLevels } from './person-history-at.js';
import { type PersonHistory } from './history.js';
import { type Cell, type CellRef, type Heading, type Sum, type Table } from './report.js';

/** A person or an event that a table counts, with the log event ids that say so. */
export interface Counted {
  readonly by: readonly string[];
}

/** How many, and all that is behind them. */
export function countOf(counted: readonly Counted[]): Cell {
  return count(
    counted.length,
    counted.flatMap(({ by }) => by),
  );
}

/** One column in per cent of another in the same row, to one decimal place, with what is behind it. */
export function percentOf(row: string, part: readonly [string, Cell], whole: readonly [string, Cell]): Cell {
  const refs = [`${row}/${part[0]}`, `${row}/${whole[0]}`] as const;
  const cell = share(refs, [Number(part[1].value), Number(whole[1].value)], 1);
  return { ...cell, events: part[1].events };
}

export function textCell(value: string | null, events: readonly string[] = []): Cell {
  return { value, kind: 'text', events };
}

export function heading(key: string, label: string = key): Heading {
  return { key, label };
}

/** A table without sums or a chart, unless told. */
export function tableOf(
  table: Omit<Table, 'sums' | 'chart'> & Partial<Pick<Table, 'sums' | 'chart'>>,
): Table {
  return { sums: [], chart: null, ...table };
}

/** The row that the others of a table add up to. */
export const ALL: Heading = { key: 'all', label: 'All' };

/** That in each of these columns the rows add up to `ALL`. */
export function sumsToAll(columns: readonly Heading[], rows: readonly Heading[]): readonly Sum[] {
  return columns.map(({ key }) => ({
    total: `${ALL.key}/${key}`,
    parts: rows.map((row): CellRef => `${row.key}/${key}`),
  }));
}

/** That in each row these columns count some of what another counts: who is left can be worked out. */
export function someOf(rows: readonly Heading[], whole: string, parts: readonly string[]): readonly Sum[] {
  return rows.flatMap(({ key }) =>
    parts.map((part) => ({
      total: `${key}/${whole}` as const,
      parts: [`${key}/${part}` as const],
      hasRest: true as const,
    })),
  );
}

const OTHER = 'other';

/** Rows by level, the highest first; who is managed at none of these is managed by MAPPA or in a cohort alone. */
export const levelRows: readonly Heading[] = [
  ...reportedLevels.map((level) => heading(level)),
  heading(OTHER, 'MAPPA or cohort alone'),
];

/** The key of the row of a managed person at a moment, epoch milliseconds. */
export function levelRowOf(person: PersonHistory, at: number): string {
  return levelAt(person, at)?.value ?? OTHER;
}
