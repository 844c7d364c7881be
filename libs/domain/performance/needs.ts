import { type Assessment } from '../casework/case.js';
import { cellsOf, count } from './counted-cells.js';
import { endOfDay, isWithin, printedDay, type Span, spanOf } from './day.js';
import { type PersonHistory } from './history.js';
import { pathways } from './needs-pathways.js';
import { type SequenceRule, sequenceRuleOn } from './needs-rules.js';
import { type Cell, type Report, type ReportQuestion, type Table } from './report.js';

const DAY = 86_400_000;

/** The assessments of one person that belong together, the first one on entry. */
type Sequence = readonly Assessment[];

/**
 * Needs on the seven pathways of those who were assessed on entry within the period and then at every interval of the
 * rule: on entry, and how those needs went on. The Justice Star is counted apart; its scores are never converted.
 */
export function needs(
  histories: readonly PersonHistory[],
  question: ReportQuestion,
  rule: SequenceRule = sequenceRuleOn(question.to),
): Report {
  const sample = histories.flatMap((history) => sequenceOf(history, question, rule) ?? []);
  const sequences = sample.map(({ sequence }) => sequence);
  return {
    name: 'needs',
    title: 'Needs on entry, and progress',
    question,
    tables: [entryTable(sequences, rule), progressTable(sequences, rule), starTable(histories, question)],
  };
}

/** Undefined where the first assessment ever was not within the period, or a later one is missing by the end of `at`. */
function sequenceOf(
  { case: { assessments } }: PersonHistory,
  question: ReportQuestion,
  rule: SequenceRule,
): { readonly sequence: Sequence } | undefined {
  const known = assessments.filter(
    ({ instrument, at }) => instrument === rule.instrument && at <= endOfDay(question.at),
  );
  const [first] = known;
  if (first === undefined || !isWithin(spanOf(question), first.at)) return undefined;
  const found = Array.from({ length: rule.assessments }, (_, nth) =>
    dueOf(known, monthsAfter(first.at, nth * rule.monthsApart), rule),
  );
  const sequence = found.filter((each) => each !== undefined);
  return new Set(sequence).size === rule.assessments ? { sequence } : undefined;
}

/** The assessment nearest to its due day, within the tolerance. */
function dueOf(
  known: readonly Assessment[],
  due: number,
  { tolerance }: SequenceRule,
): Assessment | undefined {
  const away = ({ at }: Assessment): number => Math.abs(at - due);
  const [nearest] = known.toSorted((one, other) => away(one) - away(other));
  return nearest !== undefined && away(nearest) <= tolerance * DAY ? nearest : undefined;
}

function monthsAfter(at: number, months: number): number {
  return new Date(at).setUTCMonth(new Date(at).getUTCMonth() + months);
}

interface Scored {
  /** How many people were assessed. */
  readonly people: number;
  readonly scores: readonly number[];
  readonly identified: number;
  readonly events: readonly string[];
}

function scoredOn(pathway: string, assessments: readonly Assessment[]): Scored {
  const own = assessments.flatMap(({ scores }) => scores.filter((each) => each.pathway === pathway));
  return {
    people: assessments.length,
    scores: own.flatMap(({ scored, score }) => (scored && score !== null ? [score] : [])),
    identified: own.filter(({ needIdentified }) => needIdentified).length,
    events: assessments.flatMap(({ by }) => by),
  };
}

const entryRows = [
  { key: 'all', label: 'Total number of assessments' },
  { key: 'scored', label: 'Number of assessments in each need area' },
  { key: 'mean-all', label: 'Average needs score (whole group)' },
  { key: 'mean-scored', label: 'Average needs score (when scored)' },
  { key: 'identified', label: 'Percentage of sample with need area identified' },
] as const;

function entryTable(sequences: readonly Sequence[], rule: SequenceRule): Table {
  const first = sequences.flatMap(([entry]) => entry ?? []);
  return {
    id: 'needs-entry',
    title: 'Needs on entry',
    note: `People assessed by ${rule.instrument} on entry and ${rule.assessments - 1} times after it, every ${rule.monthsApart} months (rule ${rule.version}). Not scored is not a score of 0.`,
    of: 'First assessment',
    columns: pathways,
    rows: entryRows,
    cells: cellsOf(entryRows, pathways, (row, pathway) => entryCell(row, pathway, scoredOn(pathway, first))),
    sums: pathways.map(({ key }) => ({
      total: `all/${key}` as const,
      parts: [`scored/${key}` as const],
      hasRest: true as const,
    })),
    chart: 'bars',
    shows: 'aggregate',
  };
}

function entryCell(row: string, pathway: string, { people, scores, identified, events }: Scored): Cell {
  const total = scores.reduce((sum, each) => sum + each, 0);
  const [all, scored] = [`all/${pathway}`, `scored/${pathway}`] as const;
  switch (row) {
    case 'all':
      return count(people, events);
    case 'scored':
      return count(scores.length, events);
    case 'mean-all':
      return { ...mean(total, people), of: [all, scored], events };
    case 'mean-scored':
      return { ...mean(total, scores.length), of: [scored], events };
    default:
      return {
        value: people === 0 ? null : (identified * 100) / people,
        kind: 'percent',
        decimals: 2,
        of: [all],
        people,
        events,
      };
  }
}

function mean(total: number, people: number): Pick<Cell, 'value' | 'kind' | 'decimals' | 'people'> {
  return { value: people === 0 ? null : total / people, kind: 'mean', decimals: 2, people };
}

/** How the needs went on: the mean when scored, from the first assessment to the last. */
function progressTable(sequences: readonly Sequence[], rule: SequenceRule): Table {
  const columns = Array.from({ length: rule.assessments }, (_, nth) => ({
    key: String(nth + 1),
    label: nth === 0 ? 'On entry' : `${nth * rule.monthsApart} months`,
  }));
  const cell = (pathway: string, column: string): Cell => {
    const { scores, events } = scoredOn(
      pathway,
      sequences.flatMap((each) => each[Number(column) - 1] ?? []),
    );
    return {
      ...mean(
        scores.reduce((sum, each) => sum + each, 0),
        scores.length,
      ),
      events,
    };
  };
  return {
    id: 'needs-progress',
    title: 'Needs score (when scored) from entry on',
    note: 'The same people as on entry. Each average is of those scored on the pathway at that assessment.',
    of: 'Pathway',
    columns,
    rows: pathways,
    cells: cellsOf(pathways, columns, cell),
    sums: [],
    chart: 'lines',
    shows: 'aggregate',
  };
}

function starTable(histories: readonly PersonHistory[], question: ReportQuestion): Table {
  const period = spanOf(question);
  const columns = [
    { key: 'people', label: 'People' },
    { key: 'completed', label: 'Stars completed' },
  ];
  const rows = [{ key: 'star', label: 'Justice Star' }];
  const completed = histories.map(({ case: { assessments } }) => starsIn(assessments, period));
  const people = completed.filter(({ length }) => length > 0);
  const events = completed.flat().flatMap(({ by }) => by);
  return {
    id: 'needs-stars',
    title: 'Justice Stars completed',
    note: `From ${printedDay(question.from)} to ${printedDay(question.to)}. An instrument of its own, never converted into scores of pathways.`,
    of: 'Instrument',
    columns,
    rows,
    cells: [
      [count(people.length, events), { ...count(completed.flat().length, events), people: people.length }],
    ],
    sums: [],
    chart: null,
    shows: 'aggregate',
  };
}

function starsIn(assessments: readonly Assessment[], period: Span): readonly Assessment[] {
  return assessments.filter(({ instrument, at }) => instrument === 'Justice Star' && isWithin(period, at));
}
