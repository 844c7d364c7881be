import { cellsOf, change, inOrder } from './counted-cells.js';
import { endOfDay, printedDay } from './day.js';
import { type PersonHistory } from './history.js';
import { countOf } from './table.js';
import { areaAt, levelAt, type ReportedLevel } from './person-history-at.js';
import {
  type Cell,
  type CellRef,
  type Heading,
  type Report,
  type ReportQuestion,
  type Sum,
  type Table,
} from './report.js';

const TOTAL = 'Total';
const CHANGE = '%change';
const NO_AREA = 'none';

/** One person on one day. */
interface Placed {
  readonly day: string;
  readonly level: ReportedLevel;
  readonly area: string;
  readonly by: readonly string[];
}

/**
 * How many people are managed at each level, by area, at the end of the first and of the last day, with the change. The
 * total is that of Priority and Enhanced; Standard, which needs no referral, stands in a table of its own.
 */
export function caseload(histories: readonly PersonHistory[], question: ReportQuestion): Report {
  const placed = [question.from, question.to].flatMap((day) => placedOn(histories, day));
  return {
    name: 'caseload',
    title: 'Caseload by level and area',
    question,
    tables: [
      tableOf('caseload', 'Overall caseload', ['Priority', 'Enhanced'], placed, question),
      tableOf('caseload-standard', 'Caseload of Standard management', ['Standard'], placed, question),
    ],
  };
}

function placedOn(histories: readonly PersonHistory[], day: string): readonly Placed[] {
  const at = endOfDay(day);
  return histories.flatMap((history) => {
    const [level, area] = [levelAt(history, at), areaAt(history, at)];
    if (level === null) return [];
    return [
      { day, level: level.value, area: area?.value ?? NO_AREA, by: [...level.by, ...(area?.by ?? [])] },
    ];
  });
}

function tableOf(
  id: string,
  title: string,
  levels: readonly ReportedLevel[],
  all: readonly Placed[],
  { from, to }: ReportQuestion,
): Table {
  const placed = all.filter(({ level }) => levels.includes(level));
  const groups = levels.length > 1 ? [...levels, TOTAL] : levels;
  const days = from === to ? [from] : [from, to];
  const rows = rowsOf(groups, days);
  const areas = inOrder(placed.map(({ area }) => area));
  const columns = [...areas.map(areaHeading), { key: TOTAL, label: TOTAL }];
  const whole = groups.at(-1) ?? TOTAL;
  const cell = (row: string, column: string): Cell =>
    row === CHANGE
      ? changeIn(placed, [`${whole}/${from}`, `${whole}/${to}`], column)
      : countOf(peopleIn(placed, row, column));
  return {
    id,
    title,
    note: 'People managed at the end of each day, at the highest of their levels, by the area that manages them.',
    of: 'IOM scheme and date',
    columns,
    rows,
    cells: cellsOf(rows, columns, cell),
    sums: [...sumsOfAreas(rows, areas), ...(groups === levels ? [] : sumsOfLevels(levels, days, columns))],
    chart: 'bars',
    shows: 'aggregate',
  };
}

function rowsOf(groups: readonly string[], days: readonly string[]): readonly Heading[] {
  const dated = groups.flatMap((level) =>
    days.map((day) => ({ key: `${level}/${day}`, label: `${level} ${printedDay(day)}` })),
  );
  return [...dated, { key: CHANGE, label: '% change' }];
}

function peopleIn(placed: readonly Placed[], row: string, area: string): readonly Placed[] {
  return placed.filter((each) => (area === TOTAL || each.area === area) && isInRow(each, row));
}

function changeIn(placed: readonly Placed[], [first, last]: readonly [string, string], column: string): Cell {
  const size = (row: string): number => peopleIn(placed, row, column).length;
  return change([`${first}/${column}`, `${last}/${column}`], [size(first), size(last)], 2);
}

function areaHeading(key: string): Heading {
  return { key, label: key === NO_AREA ? 'No area recorded' : key };
}

function isInRow({ level, day }: Placed, row: string): boolean {
  return row === `${level}/${day}` || row === `${TOTAL}/${day}`;
}

function sumsOfAreas(rows: readonly Heading[], areas: readonly string[]): readonly Sum[] {
  return rows
    .filter(({ key }) => key !== CHANGE)
    .map(({ key }) => ({ total: `${key}/${TOTAL}`, parts: areas.map((area): CellRef => `${key}/${area}`) }));
}

function sumsOfLevels(
  levels: readonly string[],
  days: readonly string[],
  columns: readonly Heading[],
): readonly Sum[] {
  return days.flatMap((day) =>
    columns.map(({ key }) => ({
      total: `${TOTAL}/${day}/${key}` as const,
      parts: levels.map((level): CellRef => `${level}/${day}/${key}`),
    })),
  );
}
