import { cellsOf, change, inOrder, nothing, share } from './counted-cells.js';
import { endOfDay, printedDay, quarterDays } from './day.js';
import { type PersonHistory } from './history.js';
import { custodyAt, levelAt, statutoryProviderAt } from './person-history-at.js';
import { countOf } from './table.js';
import {
  type Cell,
  type CellRef,
  type Heading,
  type Report,
  type ReportQuestion,
  type Table,
} from './report.js';

const CHANGE = 'change';
const PERCENTAGE = 'percentage';
const UNNAMED = 'not-recorded';

/** One person in the community on one day. */
interface Managed {
  readonly day: string;
  /** Null: not by statute. */
  readonly provider: string | null;
  readonly by: readonly string[];
}

/**
 * Of the people managed as Priority in the community, how many are managed by statute, and by which provider of probation
 * as it was called then, at the end of each quarter's first day and of the last day.
 */
export function statutoryShare(histories: readonly PersonHistory[], question: ReportQuestion): Report {
  const days = quarterDays(question);
  const managed = days.flatMap((day) => managedOn(histories, day));
  const table = tableOf(managed, days);
  return { name: 'statutory-share', title: 'Community demand by provider', question, tables: [table] };
}

function managedOn(histories: readonly PersonHistory[], day: string): readonly Managed[] {
  const at = endOfDay(day);
  return histories.flatMap((history) => {
    const level = levelAt(history, at);
    if (level?.value !== 'Priority' || custodyAt(history, at) !== null) return [];
    const statutory = statutoryProviderAt(history, at);
    const provider = statutory === null ? null : (statutory.value ?? UNNAMED);
    return [{ day, provider, by: [...level.by, ...(statutory?.by ?? [])] }];
  });
}

function tableOf(managed: readonly Managed[], days: readonly string[]): Table {
  const providers = inOrder(managed.flatMap(({ provider }) => provider ?? []));
  const rows = rowsOf(providers);
  const columns = [
    ...days.map((key) => ({ key, label: printedDay(key) })),
    { key: CHANGE, label: 'Annual change' },
  ];
  const people = (row: string, day: string): readonly Managed[] =>
    managed.filter((each) => each.day === day && isInRow(each, row));
  const cell = (row: string, column: string): Cell => {
    if (row === PERCENTAGE) return column === CHANGE ? nothing : shareOn(column, people);
    return column === CHANGE ? changeOf(row, days, people) : countOf(people(row, column));
  };
  return {
    id: 'statutory-share',
    title: 'Community demand (Priority)',
    note: 'At the end of each day. By statute: as the panel decided, else as probation allocated; by provider under the name of that day.',
    of: 'Scheme',
    columns,
    rows,
    cells: cellsOf(rows, columns, cell),
    sums: days.flatMap((day) => [
      { total: `community/${day}`, parts: [`statutory/${day}`, `voluntary/${day}`] },
      { total: `statutory/${day}`, parts: providers.map((provider): CellRef => `${provider}/${day}`) },
    ]),
    chart: 'lines',
    shows: 'aggregate',
  };
}

function rowsOf(providers: readonly string[]): readonly Heading[] {
  return [
    { key: 'community', label: 'Community Priority' },
    ...providers.map((key) => ({ key, label: labelOf(key) })),
    { key: 'statutory', label: 'Community (statutorily managed)' },
    { key: 'voluntary', label: 'Community (not statutorily managed)' },
    { key: PERCENTAGE, label: 'Percentage statutorily managed' },
  ];
}

type People = (row: string, day: string) => readonly Managed[];

function shareOn(day: string, people: People): Cell {
  const sizes = [people('statutory', day).length, people('community', day).length] as const;
  return share([`statutory/${day}`, `community/${day}`], sizes, 0);
}

function changeOf(row: string, days: readonly string[], people: People): Cell {
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return change(
    [`${row}/${first}`, `${row}/${last}`],
    [people(row, first).length, people(row, last).length],
    0,
  );
}

function labelOf(provider: string): string {
  return provider === UNNAMED ? 'Provider not recorded' : `${provider} (community) Priority`;
}

function isInRow({ provider }: Managed, row: string): boolean {
  if (row === 'community') return true;
  if (row === 'statutory') return provider !== null;
  return row === 'voluntary' ? provider === null : provider === row;
}
