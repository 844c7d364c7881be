import { type ReassessmentRule, rulesAt, type SilenceRule, silenceRules } from '../silence/silence-rules.js';
import { nextAssessment } from '../silence/reassessment.js';
import { endOfDayAfter, type Expectation } from '../silence/silence.js';
import {
  ALL,
  sumsToAll,
  countOf,
  heading,
  percentOf,
  someOf,
  tableOf,
  textCell,
  levelRowOf,
  levelRows,
} from './table.js';
import { endOfDay } from './day.js';
import { type PersonHistory } from './history.js';
import { type Cell, type Report, type ReportQuestion, type Table } from './report.js';

interface Due extends Expectation {
  readonly person: PersonHistory;
  readonly level: string;
  readonly isAssessed: boolean;
  readonly isOverdue: boolean;
}

const columns = [
  heading('managed', 'managed'),
  heading('assessed', 'ever assessed'),
  heading('overdue', 'overdue'),
  heading('overdue-percent', '% overdue'),
];

/**
 * Needs are assessed anew three months after the last time: at the end of the day `at`, of the people then managed, who is
 * due and who overdue, by level. Overdue is who was not assessed by the end of the due day; no days of grace.
 */
export function reassessmentsReport(
  people: readonly PersonHistory[],
  question: ReportQuestion,
  rules: readonly SilenceRule[] = silenceRules,
): Report {
  const at = endOfDay(question.at);
  const rule = rulesAt(at, rules).find(
    (each): each is ReassessmentRule => each.id === 'reassessment-overdue',
  );
  const due = rule === undefined ? [] : people.flatMap((person) => dueOf(person, rule, at) ?? []);
  const tables = [byLevel(due, rule), overdueList(due.filter(({ isOverdue }) => isOverdue))];
  return { name: 'reassessments', title: 'Reassessment of needs', question, tables };
}

function dueOf(person: PersonHistory, rule: ReassessmentRule, at: number): Due | undefined {
  const next = nextAssessment(person.case, rule, at);
  if (next === undefined) return undefined;
  const isAssessed = person.case.assessments.some((each) => each.at <= at);
  const isOverdue = endOfDayAfter(next.dueOn, 0) <= at;
  return { ...next, person, level: levelRowOf(person, at), isAssessed, isOverdue };
}

function byLevel(due: readonly Due[], rule: ReassessmentRule | undefined): Table {
  const rows = [...levelRows, ALL];
  const cells = rows.map(({ key }) =>
    rowOf(key, key === 'all' ? due : due.filter(({ level }) => level === key)),
  );
  return tableOf({
    id: 'reassessments',
    title: 'Reassessments by level',
    note: `People managed at the end of the day, by their highest level. Due three months after the last assessment, the first within ${rule?.firstWithinMonths ?? 0} month of management beginning (rule version ${rule?.version ?? 'none'}).`,
    of: 'Level',
    columns,
    rows,
    cells,
    sums: [...sumsToAll(columns.slice(0, 3), levelRows), ...someOf(rows, 'managed', ['assessed', 'overdue'])],
    chart: 'bars',
    shows: 'aggregate',
  });
}

function rowOf(key: string, due: readonly Due[]): readonly Cell[] {
  const count = (some: readonly Due[]): Cell => countOf(some.map(({ restsOn }) => ({ by: restsOn })));
  const managed = count(due);
  const overdue = count(due.filter(({ isOverdue }) => isOverdue));
  const percent = percentOf(key, ['overdue', overdue], ['managed', managed]);
  return [managed, count(due.filter(({ isAssessed }) => isAssessed)), overdue, percent];
}

function overdueList(overdue: readonly Due[]): Table {
  const sorted = overdue.toSorted((one, other) =>
    one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0,
  );
  return tableOf({
    id: 'overdue',
    title: 'Overdue, longest first',
    note: 'Due: three months after the last assessment, or the first one after management began.',
    of: 'Person',
    columns: [heading('level', 'level'), heading('due', 'due'), heading('kind', 'which')],
    rows: sorted.map(({ person }) => heading(person.offender)),
    cells: sorted.map(({ level, dueOn, isAssessed, restsOn }) =>
      [level, dueOn, isAssessed ? 'reassessment' : 'first assessment'].map((text) => textCell(text, restsOn)),
    ),
    shows: 'people',
  });
}
