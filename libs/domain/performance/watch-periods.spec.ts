import { expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { historyOf } from './history.js';
import { cellAt } from './report.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';
import { watchPeriodsReport } from './watch-periods.js';

const selected = readFact('in', 'hub.cohort.selected', '2024-01-08T10:00:00Z', { cohort: 'Flex' });
const planned = readFact('plan', 'hub.exit.planned', '2025-01-06T10:00:00Z', {
  exitPlanId: 'x',
  watchMonths: 3,
});
const left = (more: object = { exitPlanRef: 'x', watchUntil: '2025-04-07' }) =>
  readFact('left', 'hub.cohort.deselected', '2025-01-07T10:00:00Z', { cohort: 'Flex', ...more });
const completed = (on: string, outcome: string) =>
  readFact('done', 'hub.exit.completed', on, { exitPlanId: 'x', completedOn: on, outcome });

const sam = historyOf('sam', [selected, planned, left()]);
const nadia = historyOf('nadia', [selected, planned, left(), completed('2025-04-07', 'returned')]);
const morgan = historyOf('morgan', [selected, planned]);
const carol = historyOf('carol', [selected, left({})]);

const stagesOn = (at: string) => {
  const [table] = watchPeriodsReport([sam, nadia, morgan, carol], {
    at,
    from: at,
    to: at,
    knownAt: null,
  }).tables;
  return Object.fromEntries(table!.rows.map(({ key }) => [key, cellAt(table!, `${key}/exits`)?.value]));
};

it.each([
  ['2025-04-06', { planned: 1, running: 2, overdue: 0, ended: 0, returned: 0, 'no-plan': 1, all: 4 }],
  ['2025-04-07', { planned: 1, running: 1, overdue: 0, ended: 0, returned: 1, 'no-plan': 1, all: 4 }],
  ['2025-04-08', { planned: 1, running: 0, overdue: 1, ended: 0, returned: 1, 'no-plan': 1, all: 4 }],
])('at the end of %s exits stand so: %j', (at, expected) => {
  expect(stagesOn(at)).toEqual(expected);
});

it('many exits of one person are hidden from the board with that person', () => {
  const again = Array.from({ length: 6 }, (_, nth) => [
    readFact(`in-${nth}`, 'hub.cohort.selected', `2024-0${nth + 1}-08T10:00:00Z`, { cohort: 'Flex' }),
    readFact(`out-${nth}`, 'hub.cohort.deselected', `2024-0${nth + 1}-20T10:00:00Z`, { cohort: 'Flex' }),
  ]).flat();
  const at = '2025-04-07';
  const report = watchPeriodsReport([historyOf('sam', again)], { at, from: at, to: at, knownAt: null });
  const [whole] = report.tables;
  expect(cellAt(whole!, 'no-plan/exits')?.value).toBe(6);
  const [board] = suppress(report, suppressionRuleAt(at)).tables;
  expect(board?.cells.flat().some(({ value }) => value === 6)).toBe(false);
});
