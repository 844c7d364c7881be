import { cellsOf, change, count, inOrder, nothing, share } from './counted-cells.js';
import { endOfDay, printedDay, quarterDays } from './day.js';
import { type PersonHistory } from './history.js';
import { custodyAt, levelAt, statutoryProviderAt } from './person-history-at.js';
import { type Cell, type CellRef, type Report, type ReportQuestion, type Table } from './report.js';

const CHANGE = 'change';
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
  const rows = [
    { key: 'community', label: 'Community Priority' },
    ...providers.map((key) => ({ key, label: labelOf(key) })),
    { key: 'statutory', label: 'Community (statutorily managed)' },
    { key: 'voluntary', label: 'Community (not statutorily managed)' },
    { key: 'percentage', label: 'Percentage statutorily managed' },
  ];
  const columns = [
    ...days.map((key) => ({ key, label: printedDay(key) })),
    { key: CHANGE, label: 'Annual change' },
  ];
  const people = (row: string, day: string): readonly Managed[] =>
    managed.filter((each) => each.day === day && isInRow(each, row));
  const sizes = (one: CellRef, other: CellRef): readonly [number, number] => {
    const size = (ref: CellRef): number =>
      people(ref.slice(0, ref.lastIndexOf('/')), ref.slice(ref.lastIndexOf('/') + 1)).length;
    return [size(one), size(other)];
  };
  const cell = (row: string, column: string): Cell => {
    const refs: readonly [CellRef, CellRef] =
      row === 'percentage'
        ? [`statutory/${column}`, `community/${column}`]
        : [`${row}/${days[0]}`, `${row}/${days.at(-1)}`];
    if (column === CHANGE) return row === 'percentage' ? nothing : change(refs, sizes(...refs), 0);
    if (row === 'percentage') return share(refs, sizes(...refs), 0);
    return counted(people(row, column));
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

function labelOf(provider: string): string {
  return provider === UNNAMED ? 'Provider not recorded' : `${provider} (community) Priority`;
}

function isInRow({ provider }: Managed, row: string): boolean {
  if (row === 'community') return true;
  if (row === 'statutory') return provider !== null;
  return row === 'voluntary' ? provider === null : provider === row;
}

function counted(people: readonly Managed[]): Cell {
  return count(
    people.length,
    people.flatMap(({ by }) => by),
  );
}
