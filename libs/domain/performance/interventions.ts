import { type Intervention } from '../casework/case.js';
import { cellsOf, count, share } from './counted-cells.js';
import { endOfDay, isWithin, printedDay, type Span, spanOf } from './day.js';
import { type PersonHistory } from './history.js';
import { pathways } from './needs-pathways.js';
import { type Cell, type Report, type ReportQuestion, type Table } from './report.js';
import { someOf } from './table.js';

const DAY = 86_400_000;

/** One person's need on one pathway, and when it was answered (epoch milliseconds; null: not by the end of `at`). */
interface Need {
  readonly pathway: string;
  readonly referredAfter: number | null;
  readonly startedAfter: number | null;
  readonly by: readonly string[];
}

const columns = [
  { key: 'identified', label: 'Need identified' },
  { key: 'referred', label: 'Referred' },
  { key: 'referred-share', label: '% referred' },
  { key: 'started', label: 'Started' },
  { key: 'started-share', label: '% started' },
  { key: 'referred-days', label: 'Median days from need to referral' },
  { key: 'started-days', label: 'Median days from referral to start' },
];

/**
 * The gap from need to help, per pathway: people of whom a need was first identified in the period, how many were
 * referred and how many started by the end of `at`, and after how many days (R56, KP 4.1).
 */
export function interventions(histories: readonly PersonHistory[], question: ReportQuestion): Report {
  const needs = histories.flatMap((history) => needsOf(history, question));
  const table: Table = {
    id: 'interventions',
    title: 'From need to intervention',
    note: `Needs first identified from ${printedDay(question.from)} to ${printedDay(question.to)}; referrals and starts by the end of ${printedDay(question.at)}. One person counts once on each pathway.`,
    of: 'Pathway',
    columns,
    rows: pathways,
    cells: cellsOf(pathways, columns, (pathway, column) =>
      cellOf(
        pathway,
        column,
        needs.filter((need) => need.pathway === pathway),
      ),
    ),
    sums: [...someOf(pathways, 'identified', ['referred', 'started'])],
    chart: 'bars',
    shows: 'aggregate',
  };
  return { name: 'interventions', title: 'From need to intervention', question, tables: [table] };
}

function needsOf(
  { case: { assessments, interventions: all } }: PersonHistory,
  question: ReportQuestion,
): readonly Need[] {
  return pathways.flatMap(({ key: pathway }) => {
    const first = assessments.find(({ scores }) =>
      scores.some((each) => each.pathway === pathway && each.needIdentified),
    );
    if (first === undefined || !isWithin(spanOf(question), first.at)) return [];
    const until = { from: first.at, to: endOfDay(question.at) + 1 };
    return [
      {
        pathway,
        ...answerOf(
          all.filter((each) => each.pathway === pathway),
          until,
          first.by,
        ),
      },
    ];
  });
}

function answerOf(own: readonly Intervention[], until: Span, need: readonly string[]): Omit<Need, 'pathway'> {
  const earliest = (field: 'referredAt' | 'startedAt'): Intervention | undefined =>
    own
      .filter((each) => isWithin(until, each[field] ?? NaN))
      .toSorted((one, other) => (one[field] ?? 0) - (other[field] ?? 0))[0];
  const [referred, started] = [earliest('referredAt'), earliest('startedAt')];
  return {
    referredAfter: referred === undefined ? null : (referred.referredAt ?? 0) - until.from,
    startedAfter:
      started === undefined ? null : (started.startedAt ?? 0) - (started.referredAt ?? until.from),
    by: [...need, ...(referred?.by ?? []), ...(started?.by ?? [])],
  };
}

function cellOf(pathway: string, column: string, needs: readonly Need[]): Cell {
  const referred = needs.filter(({ referredAfter }) => referredAfter !== null);
  const started = needs.filter(({ startedAfter }) => startedAfter !== null);
  const people = (some: readonly Need[]): Cell =>
    count(
      some.length,
      some.flatMap(({ by }) => by),
    );
  const shareOf = (part: 'referred' | 'started', some: readonly Need[]): Cell =>
    share([`${pathway}/${part}`, `${pathway}/identified`], [some.length, needs.length], 1);
  switch (column) {
    case 'identified':
      return people(needs);
    case 'referred':
      return people(referred);
    case 'referred-share':
      return shareOf('referred', referred);
    case 'started':
      return people(started);
    case 'started-share':
      return shareOf('started', started);
    case 'referred-days':
      return {
        ...medianDays(referred.map(({ referredAfter }) => referredAfter ?? 0)),
        of: [`${pathway}/referred`],
      };
    default:
      return {
        ...medianDays(started.map(({ startedAfter }) => startedAfter ?? 0)),
        of: [`${pathway}/started`],
      };
  }
}

/** The middle value in days, between the two middle ones of an even number. */
function medianDays(lengths: readonly number[]): Cell {
  const sorted = lengths.toSorted((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  const value = low === undefined || high === undefined ? null : (low + high) / 2 / DAY;
  return { value, kind: 'mean', decimals: 1, people: sorted.length, events: [] };
}
