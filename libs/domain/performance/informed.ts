import { type Case, type Informed } from '../casework/case.js';
import { managementAt } from '../silence/managed.js';
import {
  ALL,
  sumsToAll,
  countOf,
  heading,
  percentOf,
  tableOf,
  textCell,
  levelRowOf,
  levelRows,
} from './table.js';
import { endOfDay } from './day.js';
import { type PersonHistory } from './history.js';
import { type Cell, type Heading, type Report, type ReportQuestion, type Table } from './report.js';

interface Managed {
  readonly person: PersonHistory;
  readonly level: string;
  /** The newest notice; undefined when there was none. */
  readonly notice: Informed | undefined;
  /** What says so: the notice, or without one what made the person managed. */
  readonly by: readonly string[];
}

const columns = [
  heading('managed', 'managed'),
  heading('informed', 'informed'),
  heading('informed-percent', '% informed'),
  heading('not-informed', 'not informed'),
];

/**
 * Who was told how agencies share what they know (Rec 10, DPA 2018 s.44, R15), of the people managed at the end of the day
 * `at`; and by the newest notice of each: in what format, which language, which version.
 */
export function informedReport(people: readonly PersonHistory[], question: ReportQuestion): Report {
  const at = endOfDay(question.at);
  const managed = people.flatMap((person) => managedOf(person, at) ?? []);
  const told = managed.filter(({ notice }) => notice !== undefined);
  const tables = [
    byLevel(managed),
    byWord('format', 'Format', told, ({ format }) => format),
    byWord('language', 'Language', told, ({ language }) => language),
    byWord('version', 'Version', told, ({ noticeVersion }) => noticeVersion),
    notInformed(managed.filter(({ notice }) => notice === undefined)),
  ];
  return { name: 'informed', title: 'People informed of sharing', question, tables };
}

function managedOf(person: PersonHistory, at: number): Managed | undefined {
  const management = managementAt(person.case, at);
  if (management === undefined) return undefined;
  const notice = newestNotice(person.case, at);
  return { person, level: levelRowOf(person, at), notice, by: notice?.by ?? management.by };
}

function newestNotice({ informed }: Case, at: number): Informed | undefined {
  return informed
    .filter((each) => each.at <= at)
    .reduce<Informed | undefined>(
      (newest, each) => (newest === undefined || each.at >= newest.at ? each : newest),
      undefined,
    );
}

function byLevel(managed: readonly Managed[]): Table {
  const rows = [...levelRows, ALL];
  const cells = rows.map(({ key }) =>
    rowOf(key, key === 'all' ? managed : managed.filter(({ level }) => level === key)),
  );
  return tableOf({
    id: 'informed',
    title: 'Informed of sharing, by level',
    note: 'People managed at the end of the day, by their highest level. Informed: a notice is recorded, of any version.',
    of: 'Level',
    columns,
    rows,
    cells,
    sums: [
      ...sumsToAll(
        columns.filter(({ key }) => key !== 'informed-percent'),
        levelRows,
      ),
      ...rows.map(({ key }) => ({
        total: `${key}/managed` as const,
        parts: [`${key}/informed`, `${key}/not-informed`] as const,
      })),
    ],
    chart: 'bars',
    shows: 'aggregate',
  });
}

function rowOf(key: string, managed: readonly Managed[]): readonly Cell[] {
  const all = countOf(managed);
  const informed = countOf(managed.filter(({ notice }) => notice !== undefined));
  const percent = percentOf(key, ['informed', informed], ['managed', all]);
  return [all, informed, percent, countOf(managed.filter(({ notice }) => notice === undefined))];
}

const NOT_SAID = 'not-said';

function byWord(
  id: string,
  title: string,
  told: readonly Managed[],
  wordOf: (notice: Informed) => string | null,
): Table {
  const groups = Map.groupBy(told, ({ notice }) => (notice && wordOf(notice)) ?? NOT_SAID);
  const words = [...groups.keys()].toSorted();
  const rows: readonly Heading[] = words.map((word) => heading(word, word === NOT_SAID ? 'not said' : word));
  const people = [heading('people', 'people')];
  return tableOf({
    id: `by-${id}`,
    title: `${title} of the newest notice`,
    note: 'People managed at the end of the day who have a notice.',
    of: title,
    columns: people,
    rows: [...rows, ALL],
    areRowsFound: true,
    cells: [...words.map((word) => [countOf(groups.get(word) ?? [])]), [countOf(told)]],
    sums: sumsToAll(people, rows),
    shows: 'aggregate',
  });
}

function notInformed(managed: readonly Managed[]): Table {
  return tableOf({
    id: 'not-informed',
    title: 'Managed and not informed',
    note: 'Sharing that rests on voluntary management does not flow before the person was informed.',
    of: 'Person',
    columns: [heading('level', 'level')],
    rows: managed.map(({ person }) => heading(person.offender)),
    cells: managed.map(({ level, by }) => [textCell(level, by)]),
    shows: 'people',
  });
}
