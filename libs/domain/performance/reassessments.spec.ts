import { expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { historyOf } from './history.js';
import { reassessmentsReport } from './reassessments.js';
import { cellAt, type ReportQuestion } from './report.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';

const question = (at: string): ReportQuestion => ({ at, from: at, to: at, knownAt: null });

const decided = (on: string) =>
  readFact('decided', 'hub.management.decided', `${on}T10:00:00Z`, { levels: ['Enhanced'] });
const assessed = (on: string) =>
  readFact(`assessed-${on}`, 'hub.needs.assessed', on, { instrument: 'LLR', assessedOn: on });

const sam = historyOf('sam', [decided('2025-01-06'), assessed('2025-01-31')]);
const nadia = historyOf('nadia', [decided('2025-04-10')]);
const terry = historyOf('terry', [assessed('2024-01-31')]);

const overdueOn = (at: string) => {
  const report = reassessmentsReport([sam, nadia, terry], question(at));
  const [aggregate, list] = report.tables;
  return {
    row: ['managed', 'assessed', 'overdue'].map((column) => cellAt(aggregate!, `Enhanced/${column}`)?.value),
    events: cellAt(aggregate!, 'Enhanced/overdue')?.events,
    list: list?.rows.map(({ label }, nth) => [label, ...list.cells[nth]!.map(({ value }) => value)]),
  };
};

it('a reassessment is overdue from the day after three months have passed, whatever the length of a month', () => {
  expect(overdueOn('2025-04-30')).toEqual({ row: [2, 1, 0], events: [], list: [] });
  expect(overdueOn('2025-05-01')).toEqual({
    row: [2, 1, 1],
    events: ['assessed-2025-01-31'],
    list: [['sam', 'Enhanced', '2025-04-30', 'reassessment']],
  });
});

it('a first assessment is due within a month of management beginning', () => {
  expect(overdueOn('2025-05-11').list).toContainEqual([
    'nadia',
    'Enhanced',
    '2025-05-10',
    'first assessment',
  ]);
});

it('the board cannot work out that all but two were assessed', () => {
  const people = Array.from({ length: 12 }, (_, nth) =>
    historyOf(`p${nth}`, [decided('2025-01-06'), ...(nth < 10 ? [assessed('2025-01-31')] : [])]),
  );
  const [board] = suppress(
    reassessmentsReport(people, question('2025-02-03')),
    suppressionRuleAt('2025-02-03'),
  ).tables;
  const row = board?.rows.findIndex(({ key }) => key === 'Enhanced') ?? -1;
  const [managed, ever] = board?.cells[row] ?? [];
  expect(managed?.isHidden === true || ever?.isHidden === true).toBe(true);
});
