import { cellsOf, count } from './counted-cells.js';
import { endOfDay, printedDay, quarterDays } from './day.js';
import { type PersonHistory } from './history.js';
import { custodyAt, levelAt } from './person-history-at.js';
import { type Cell, type Report, type ReportQuestion, type Table } from './report.js';

const rows = [
  { key: 'community', label: 'Community Priority' },
  { key: 'custody', label: 'Custody Priority' },
  { key: 'total', label: 'Priority total managed' },
] as const;

/** People managed as Priority, in the community and in custody, at the end of the first day of each quarter and of the last day. */
export function spread(histories: readonly PersonHistory[], question: ReportQuestion): Report {
  const columns = quarterDays(question).map((key) => ({ key, label: printedDay(key) }));
  const table: Table = {
    id: 'spread',
    title: 'Caseload spread (Priority)',
    note: 'At the end of each day. In custody: received into prison and not released; temporary absence, court and transfer are custody still.',
    of: 'Priority',
    columns,
    rows,
    cells: cellsOf(rows, columns, (row, day) => cellOf(histories, row, endOfDay(day))),
    sums: columns.map(({ key }) => ({
      total: `total/${key}`,
      parts: [`community/${key}`, `custody/${key}`],
    })),
    chart: 'lines',
    shows: 'aggregate',
  };
  return { name: 'spread', title: 'Community and custody', question, tables: [table] };
}

function cellOf(histories: readonly PersonHistory[], row: string, at: number): Cell {
  const people = histories.flatMap((history) => {
    const [level, custody] = [levelAt(history, at), custodyAt(history, at)];
    const isHere = row === 'total' || (row === 'custody') === (custody !== null);
    return level?.value === 'Priority' && isHere ? [[...level.by, ...(custody?.by ?? [])]] : [];
  });
  return count(people.length, people.flat());
}
