import { expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { historyOf } from './history.js';
import { cellAt, type ReportQuestion } from './report.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';
import { selectionsReport, supersededBy } from './selections.js';

const question: ReportQuestion = { at: '2025-03-31', from: '2025-03-01', to: '2025-03-31', knownAt: null };

const selected = (id: string, on: string, cohort: string, more: object = {}) =>
  readFact(id, 'hub.cohort.selected', `${on}T10:00:00Z`, { cohort, decidedBy: 'Panel Chair', ...more });
const outcome = readFact('outcome', 'court.outcome.recorded', '2025-02-01T10:00:00Z');
const corrected = readFact(
  'corrected',
  'court.outcome.recorded',
  '2025-04-01T10:00:00Z',
  {},
  { corrects: 'outcome' },
);

const sam = historyOf('sam', [
  selected('sam-in', '2025-03-03', 'Fixed', {
    criteriaVersion: '2024-01',
    inputs: ['outcome'],
    criteria: [{ criterion: 'high-risk-of-reoffending', met: 'no', evidence: ['outcome'] }],
  }),
]);
const nadia = historyOf('nadia', [
  selected('nadia-in', '2025-03-31', 'Flex', { criteria: [{ criterion: 'local', met: 'unknown' }] }),
  selected('nadia-before', '2025-02-28', 'Free'),
]);

const columns = [
  'selections',
  'criteria-not-met',
  'criteria-unknown',
  'no-inputs',
  'corrected-later',
] as const;
const rowsOf = (report: ReturnType<typeof selectionsReport>, id: string) => {
  const table = report.tables.find((each) => each.id === id)!;
  return table.rows.map(({ key }) => [
    key,
    ...columns.map((column) => cellAt(table, `${key}/${column}`)?.value),
  ]);
};

it('selections of the period stand by cohort and rule version, with what was not met then', () => {
  const report = selectionsReport([sam, nadia], supersededBy([outcome]), question);
  expect(rowsOf(report, 'by-cohort')).toEqual([
    ['Fixed', 1, 1, 0, 0, 0],
    ['Flex', 1, 0, 1, 1, 0],
    ['all', 2, 1, 1, 1, 0],
  ]);
  expect(rowsOf(report, 'by-rule').map(([key]) => key)).toEqual(['2024-01', 'none', 'all']);
});

it('a conviction corrected later shows the selections that it supported, and nothing else', () => {
  const report = selectionsReport([sam, nadia], supersededBy([outcome, corrected]), question);
  const [byCohort, , toReview] = report.tables;
  expect(rowsOf(report, 'by-cohort').map((row) => row.at(-1))).toEqual([1, 0, 1]);
  expect(cellAt(byCohort!, 'Fixed/corrected-later')?.events).toEqual(['sam-in', 'outcome', 'corrected']);
  expect(toReview?.rows.map(({ label }) => label)).toEqual(['sam']);
});

it('many selections of one person are hidden from the board, and so is a rule version of few', () => {
  const often = Array.from({ length: 6 }, (_, nth) => selected(`in-${nth}`, '2025-03-10', 'Free'));
  const report = selectionsReport([historyOf('sam', often)], supersededBy([]), question);
  expect(rowsOf(report, 'by-cohort')[0]?.slice(0, 2)).toEqual(['Free', 6]);
  const [byCohort, byRule] = suppress(report, suppressionRuleAt(question.at)).tables;
  expect(byCohort?.cells[0]?.[0]).toMatchObject({ value: null, isHidden: true });
  expect(byRule?.rows.map(({ label }) => label)).toEqual(['others', 'All']);
});
