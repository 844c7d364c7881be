import { AGE_NOT_KNOWN, ageBandsOn } from './age-band.js';
import { cellsOf, change, count, countOfDeeds, inOrder } from './counted-cells.js';
import { type CountingRule, countingRuleOn } from './counting-rules.js';
import { periodBefore, printedDay } from './day.js';
import { type PersonHistory } from './history.js';
import { type Sampled, sampleOf } from './reoffending-sample.js';
import { type Cell, type Heading, type Report, type ReportQuestion, type Sum, type Table } from './report.js';

const OVERALL = 'Overall';
const counts = ['offenders', 'before', 'after'] as const;
type Counted = (typeof counts)[number];

interface Group extends Heading {
  readonly people: readonly Sampled[];
}

/**
 * Offending before and after of those in the community who had offended before, by level, cohort and age on the reporting
 * date. Which offences count says the rule. A person of several cohorts stands in each of them and once in the overall row.
 */
export function reoffending(
  histories: readonly PersonHistory[],
  question: ReportQuestion,
  rule: CountingRule = countingRuleOn(question.to),
): Report {
  const sample = sampleOf(histories, question, rule);
  const table = (id: string, title: string, of: string, groups: readonly Group[]): Table =>
    tableOf({ id, title, of, question, rule }, [...groups, { key: OVERALL, label: OVERALL, people: sample }]);
  return {
    name: 'reoffending',
    title: 'Reoffending before and after',
    question,
    tables: [
      table('reoffending-level', 'Reoffending by level', 'Offender sample', byLevel(sample)),
      table('reoffending-cohort', 'Reoffending by cohort', 'Cohort', byCohort(sample)),
      table('reoffending-age', 'Reoffending by age', 'Age on the reporting date', byAge(sample, question)),
    ],
  };
}

function byLevel(sample: readonly Sampled[]): readonly Group[] {
  const group = (key: Sampled['level'], label: string): Group => ({
    key,
    label,
    people: sample.filter(({ level }) => level === key),
  });
  return [
    group('Priority', 'Priority'),
    group('Enhanced', 'Enhanced'),
    ...[group('cohort', 'In a cohort only')].filter(({ people }) => people.length > 0),
  ];
}

function byCohort(sample: readonly Sampled[]): readonly Group[] {
  const cohorts = inOrder(['Fixed', 'Flex', 'Free', ...sample.flatMap((each) => each.cohorts)]);
  return [
    ...cohorts.map((key) => ({
      key,
      label: key,
      people: sample.filter((each) => each.cohorts.includes(key)),
    })),
    { key: 'none', label: 'In no cohort', people: sample.filter((each) => each.cohorts.length === 0) },
  ];
}

function byAge(sample: readonly Sampled[], { at }: ReportQuestion): readonly Group[] {
  const inBand = (key: string): readonly Sampled[] => sample.filter(({ band }) => band === key);
  const unknown = inBand(AGE_NOT_KNOWN);
  return [
    ...ageBandsOn(at).bands.map(({ key, label }) => ({ key, label, people: inBand(key) })),
    ...(unknown.length > 0 ? [{ key: AGE_NOT_KNOWN, label: 'not known', people: unknown }] : []),
  ];
}

interface Frame extends Pick<Table, 'id' | 'title' | 'of'> {
  readonly question: ReportQuestion;
  readonly rule: CountingRule;
}

function tableOf({ id, title, of, question, rule }: Frame, groups: readonly Group[]): Table {
  const rows = groups.map(({ key, label }) => ({ key, label }));
  const columns = columnsOf(question);
  const cell = (row: string, column: string): Cell => {
    const people = groups.find(({ key }) => key === row)?.people ?? [];
    return column === 'change' ? changeOf(row, people) : countOf(column as Counted, people);
  };
  return {
    id,
    title,
    note: `Offences ${rule.words} (rule ${rule.version}). Sample: in the community at the end of ${printedDay(question.at)}, Priority, Enhanced or in a cohort, with an offence in the time before.`,
    of,
    columns,
    rows,
    cells: cellsOf(rows, columns, cell),
    sums: isPartition(groups) ? counts.map((column) => sumOf(rows, column)) : [],
    chart: 'bars',
    shows: 'aggregate',
  };
}

/** Whether everybody stands in one group beside the overall one: then the groups add up, whether or not they must. */
function isPartition(groups: readonly Group[]): boolean {
  const all = groups.flatMap(({ people }) => people);
  return all.length === 2 * new Set(all).size;
}

function columnsOf({ from, to }: ReportQuestion): readonly Heading[] {
  const before = periodBefore({ from, to });
  const offencesIn = (days: typeof before): string =>
    `Number of offences ${printedDay(days.from)} - ${printedDay(days.to)}`;
  return [
    { key: 'offenders', label: 'Number of offenders' },
    { key: 'before', label: offencesIn(before) },
    { key: 'after', label: offencesIn({ from, to }) },
    { key: 'change', label: 'Overall percentage change' },
  ];
}

function countOf(column: Counted, people: readonly Sampled[]): Cell {
  if (column === 'offenders')
    return count(
      people.length,
      people.flatMap(({ by }) => by),
    );
  return countOfDeeds(people.flatMap((each) => each[column]));
}

function changeOf(row: string, people: readonly Sampled[]): Cell {
  const total = (column: 'before' | 'after'): number =>
    people.reduce((sum, each) => sum + each[column].length, 0);
  return change([`${row}/before`, `${row}/after`], [total('before'), total('after')], 2);
}

function sumOf(rows: readonly Heading[], column: Counted): Sum {
  const parts = rows.filter(({ key }) => key !== OVERALL).map(({ key }) => `${key}/${column}` as const);
  return { total: `${OVERALL}/${column}`, parts };
}
