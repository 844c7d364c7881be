import { AGE_NOT_KNOWN, ageBandOn, ageBandsOn } from './age-band.js';
import { count, inOrder, share } from './counted-cells.js';
import { endOfDay, printedDay } from './day.js';
import { type PersonHistory } from './history.js';
import { pathways } from './needs-pathways.js';
import { areaAt, cohortsAt, levelAt, reportedLevels } from './person-history-at.js';
import { type Heading, type Report, type ReportQuestion, type Sum, type Table } from './report.js';

const TOTAL = 'total';
const NOT_KNOWN = 'not-known';
const columns = [
  { key: 'people', label: 'People' },
  { key: 'share', label: '%' },
];

/** One managed person as the profile sees them. */
interface Profiled {
  readonly level: string;
  readonly cohorts: readonly string[];
  readonly area: string;
  readonly band: string;
  readonly sex: string;
  /** Pathways with a need at the newest assessment that scores pathways. */
  readonly needs: readonly string[];
  readonly by: readonly string[];
}

/** Who is managed at the end of `at`: characteristics and needs, in numbers alone (KP 1.3). */
export function profile(histories: readonly PersonHistory[], question: ReportQuestion): Report {
  const people = histories.flatMap((history) => profiledAt(history, question.at) ?? []);
  const on = `At the end of ${printedDay(question.at)}, people managed at any level or selected for a cohort.`;
  const levels = [...headingsOf(reportedLevels), { key: 'none', label: 'In a cohort only' }];
  const bands = [...ageBandsOn(question.at).bands, { key: AGE_NOT_KNOWN, label: 'not known' }];
  const sexes = headingsOf(['female', 'male', NOT_KNOWN]);
  const areas = headingsOf(inOrder(people.map(({ area }) => area)));
  const cohorts = headingsOf(inOrder(people.flatMap((each) => each.cohorts)));
  return {
    name: 'profile',
    title: 'Who is managed',
    question,
    tables: [
      tableOf('profile-level', 'By level', on, levels, people, ({ level }) => [level]),
      tableOf(
        'profile-cohort',
        'By cohort',
        `${on} One person may be of several.`,
        cohorts,
        people,
        (each) => each.cohorts,
      ),
      tableOf('profile-area', 'By area', on, areas, people, ({ area }) => [area]),
      tableOf('profile-age', 'By age', on, bands, people, ({ band }) => [band]),
      tableOf('profile-sex', 'By sex', on, sexes, people, ({ sex }) => [sex]),
      tableOf(
        'profile-needs',
        'By need',
        `${on} Needs identified at the newest assessment; one person may have several.`,
        pathways,
        people,
        (each) => each.needs,
      ),
    ],
  };
}

function profiledAt(history: PersonHistory, day: string): Profiled | undefined {
  const at = endOfDay(day);
  const [level, cohorts, area] = [levelAt(history, at), cohortsAt(history, at), areaAt(history, at)];
  if (level === null && cohorts.length === 0) return undefined;
  const assessed = history.case.assessments.findLast((each) => each.at <= at && each.scores.length > 0);
  return {
    level: level?.value ?? 'none',
    cohorts: cohorts.map(({ value }) => value),
    area: area?.value ?? NOT_KNOWN,
    band: ageBandOn(ageBandsOn(day), history.born, day),
    sex: history.sex ?? NOT_KNOWN,
    needs: (assessed?.scores ?? []).flatMap(({ pathway, needIdentified }) =>
      needIdentified ? [pathway] : [],
    ),
    by: [
      ...(level?.by ?? []),
      ...cohorts.flatMap(({ by }) => by),
      ...(area?.by ?? []),
      ...(assessed?.by ?? []),
    ],
  };
}

function headingsOf(keys: readonly string[]): readonly Heading[] {
  return keys.map((key) => ({ key, label: key.replace('-', ' ') }));
}

function tableOf(
  id: string,
  title: string,
  note: string,
  groups: readonly Heading[],
  people: readonly Profiled[],
  groupsOf: (person: Profiled) => readonly string[],
): Table {
  const rows = [...groups.map(({ key, label }) => ({ key, label })), { key: TOTAL, label: 'Total' }];
  const cells = rows.map(({ key }) => {
    const own = people.filter((person) => key === TOTAL || groupsOf(person).includes(key));
    const shown = count(
      own.length,
      own.flatMap(({ by }) => by),
    );
    return [shown, share([`${key}/people`, `${TOTAL}/people`], [own.length, people.length], 1)];
  });
  const total = `${TOTAL}/people` as const;
  const parts = groups.map(({ key }) => `${key}/people` as const);
  const isPartition = people.every((person) => groupsOf(person).length < 2);
  const sums: readonly Sum[] = isPartition
    ? [{ total, parts, hasRest: true }]
    : parts.map((part) => ({ total, parts: [part], hasRest: true }));
  return {
    id,
    title,
    note,
    of: title.replace('By ', ''),
    columns,
    rows,
    cells,
    sums,
    chart: 'bars',
    shows: 'aggregate',
  };
}
