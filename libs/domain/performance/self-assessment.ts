import { type GovernanceEventOf } from '../governance/act.js';
import { type Governance, standing } from '../governance/governance.js';
import { type ElementNumber, keyElements } from '../governance/key-elements.js';
import { scaleOn } from '../governance/self-assessment-scale.js';
import { type Held } from '../casework/held.js';
import { nothing } from './counted-cells.js';
import { endOfDay } from './day.js';
import {
  type ElementResult,
  groundFor,
  type KeyPrincipleSources,
  keyPrincipleResults,
} from './key-principles.js';
import { heading, textCell } from './table.js';
import { type Cell, type Report, type ReportQuestion, type Table } from './report.js';

type SelfAssessment = Held<GovernanceEventOf<'selfAssessed'>>;

/** What measurement suggests for one statement, for somebody to accept or to change. */
export interface Suggestion {
  readonly element: ElementNumber;
  /** Null where the system cannot know. */
  readonly score: number | null;
  readonly because: string;
  /** Log event ids. */
  readonly evidence: readonly string[];
}

/** A score for every element that is measured, on the scale of a day; none for what is outside the system. */
export function suggestions(results: readonly ElementResult[], day: string): readonly Suggestion[] {
  const { suggested } = scaleOn(day);
  return results.map(({ element, outcome, measure, evidence }) => ({
    element,
    score:
      outcome === 'outside'
        ? null
        : outcome === 'met'
          ? suggested.met
          : evidence.length > 0
            ? suggested.measured
            : suggested.nothing,
    because: measure,
    evidence: evidence.filter(({ kind }) => kind === 'fact' || kind === 'governance').map(({ ref }) => ref),
  }));
}

/** How an element was scored in two self-assessments. */
export interface ElementTrend {
  readonly element: ElementNumber;
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number | null;
}

/** From one self-assessment to another, element by element; of different scales nothing is compared. */
export function trendBetween(before: SelfAssessment, after: SelfAssessment): readonly ElementTrend[] {
  const isComparable = scaleOn(before.value.on).version === scaleOn(after.value.on).version;
  return keyElements.map(({ element }) => {
    const [one, other] = [scoreOf(before, element), scoreOf(after, element)];
    const change = !isComparable || one === null || other === null ? null : other - one;
    return { element, before: one, after: other, change };
  });
}

function scoreOf({ value }: SelfAssessment, element: string): number | null {
  return value.statements.find((each) => each.element === element)?.score ?? null;
}

/** The report `self-assessment`: the newest one beside what measurement suggests, and the trend since the one before. */
export function selfAssessment(sources: KeyPrincipleSources, question: ReportQuestion): Report {
  const { at } = question;
  const suggested = suggestions(keyPrincipleResults(groundFor(sources, question)), at);
  const [before, newest] = lastTwo(sources.governance, endOfDay(at));
  return {
    name: 'self-assessment',
    title: 'Self-assessment by the Key Principles',
    question,
    tables: [statementTable(newest, suggested, at), trendTable(before, newest)],
  };
}

/** By the day they are of; of one day, as recorded. */
function lastTwo(
  governance: Governance,
  at: number,
): readonly [SelfAssessment | undefined, SelfAssessment | undefined] {
  const all = standing(governance, 'selfAssessed', at).toSorted((one, other) => one.from - other.from);
  return [all.at(-2), all.at(-1)];
}

const rows = keyElements.map(({ element, title }) => ({ key: element, label: `${element} ${title}` }));
const form = { of: 'Element', rows, sums: [], chart: null, shows: 'aggregate' } as const;

function statementTable(
  newest: SelfAssessment | undefined,
  suggested: readonly Suggestion[],
  at: string,
): Table {
  const { version, points } = scaleOn(newest?.value.on ?? at);
  const columns = [
    heading('score', 'Score'),
    heading('suggested', 'Suggested by measurement'),
    heading('evidence', 'Evidence'),
    heading('on', 'On'),
    heading('author', 'By'),
    heading('note', 'Note'),
  ];
  return {
    id: 'statements',
    title: newest === undefined ? 'No self-assessment yet' : `Self-assessment of ${newest.value.on}`,
    note: `Scale version ${version}: ${points.map((words, score) => `${score} ${words}`).join(', ')}. What is suggested is for somebody to judge; where the system cannot know, nothing is.`,
    columns,
    cells: keyElements.map(({ element }) => {
      const said = newest?.value.statements.find((each) => each.element === element);
      const suggestion = suggested.find((each) => each.element === element);
      return [
        orNothing(said?.score, newest?.by),
        orNothing(suggestion?.score, suggestion?.evidence),
        ...[said?.evidence, said?.on, said?.author, said?.note].map((each) => orNothing(each)),
      ];
    }),
    ...form,
  };
}

function trendTable(before: SelfAssessment | undefined, newest: SelfAssessment | undefined): Table {
  const trend = before === undefined || newest === undefined ? [] : trendBetween(before, newest);
  const columns = [
    { key: 'before', label: before?.value.on ?? 'Before' },
    { key: 'after', label: newest?.value.on ?? 'After' },
    heading('change', 'Change'),
  ];
  return {
    id: 'trend',
    title: 'Change since the self-assessment before',
    note:
      trend.length === 0
        ? 'There are no two self-assessments to compare.'
        : 'Scores of different scales are not compared.',
    columns,
    cells: keyElements.map(({ element }) => {
      const found = trend.find((each) => each.element === element);
      return [
        orNothing(found?.before, before?.by),
        orNothing(found?.after, newest?.by),
        orNothing(found?.change, [...(before?.by ?? []), ...(newest?.by ?? [])]),
      ];
    }),
    ...form,
  };
}

function orNothing(value: number | string | null | undefined, events: readonly string[] = []): Cell {
  return value == null ? nothing : textCell(String(value), events);
}
