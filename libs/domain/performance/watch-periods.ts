import { dayOf } from '../agreement/time.js';
import { type ExitPlan } from '../casework/case.js';
import { countOfDeeds } from './counted-cells.js';
import { ALL, sumsToAll, heading, tableOf, textCell } from './table.js';
import { endOfDay } from './day.js';
import { type PersonHistory } from './history.js';
import { type Report, type ReportQuestion, type Table } from './report.js';

interface Watch {
  readonly offender: string;
  readonly stage: Stage;
  readonly watchUntil: number | null;
  readonly by: readonly string[];
}

const stages = [
  ['planned', 'exit planned, still selected'],
  ['running', 'watch runs'],
  ['overdue', 'watch over, not completed'],
  ['ended', 'completed: ended'],
  ['returned', 'completed: returned to the cohort'],
  ['no-plan', 'deselected without an exit plan'],
] as const;
type Stage = (typeof stages)[number][0];

/** De-selection rests on an exit plan and begins a watch (KP 6.1, R56): how exits stand at the end of the day `at`. */
export function watchPeriodsReport(people: readonly PersonHistory[], question: ReportQuestion): Report {
  const at = endOfDay(question.at);
  const watches = people.flatMap((person) => watchesOf(person, at));
  const tables = [byStage(watches), openWatches(watches)];
  return { name: 'watch-periods', title: 'Exits and watch periods', question, tables };
}

function watchesOf({ offender, case: { exits, selections } }: PersonHistory, at: number): readonly Watch[] {
  const planned = exits
    .filter((exit) => exit.at <= at)
    .map((exit) => ({ offender, stage: stageOf(exit, at), watchUntil: exit.watchUntil, by: exit.by }));
  const unplanned = selections
    .filter(({ ended }) => ended !== null && ended.at <= at && ended.exitPlanId === null)
    .map(({ ended, by }) => ({
      offender,
      stage: 'no-plan' as const,
      watchUntil: ended?.watchUntil ?? null,
      by,
    }));
  return [...planned, ...unplanned];
}

function stageOf({ watchUntil, outcome, completedAt }: ExitPlan, at: number): Stage {
  const isCompleted = completedAt !== null && completedAt <= at;
  if (isCompleted && (outcome === 'ended' || outcome === 'returned')) return outcome;
  if (watchUntil === null) return 'planned';
  return watchUntil <= at ? 'overdue' : 'running';
}

function byStage(watches: readonly Watch[]): Table {
  const columns = [heading('exits', 'exits')];
  const rows = stages.map(([key, label]) => heading(key, label));
  return tableOf({
    id: 'watch-periods',
    title: 'Exits by stage',
    note: 'One exit for each exit plan, and one for each cohort left without a plan. An extended watch runs on.',
    of: 'Stage',
    columns,
    rows: [...rows, ALL],
    cells: [
      ...stages.map(([key]) => [countOfDeeds(watches.filter(({ stage }) => stage === key))]),
      [countOfDeeds(watches)],
    ],
    sums: sumsToAll(columns, rows),
    chart: 'bars',
    shows: 'aggregate',
  });
}

function openWatches(watches: readonly Watch[]): Table {
  const open = watches.filter(
    ({ stage }) => stage === 'running' || stage === 'overdue' || stage === 'no-plan',
  );
  return tableOf({
    id: 'open-watches',
    title: 'Watches that run or are overdue, and exits without a plan',
    note: 'Until: the last day of the watch.',
    of: 'Person',
    columns: [heading('stage', 'stage'), heading('until', 'until')],
    rows: open.map(({ offender }, nth) => heading(`${offender}-${nth}`, offender)),
    cells: open.map(({ stage, watchUntil, by }) =>
      [stage, watchUntil === null ? null : dayOf(watchUntil - 1)].map((text) => textCell(text, by)),
    ),
    shows: 'people',
  });
}
