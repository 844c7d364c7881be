import { expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { costOfCrime } from './cost-of-crime.js';
import { type CostTable } from './cost-of-crime-tables.js';
import { historyOf, type PersonHistory } from './history.js';
import { type ReportQuestion } from './report.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';

const question: ReportQuestion = { at: '2016-03-31', from: '2015-04-01', to: '2016-03-31', knownAt: null };
const costs: CostTable = {
  ...{ version: 'test', from: '2010-01-01', source: 'test', verified: true },
  costs: [
    { key: 'robbery', label: 'Robbery', classes: ['034'], pounds: 11_000 },
    { key: 'theft', label: 'Theft', classes: ['046'], pounds: 1_000 },
    { key: 'arson', label: 'Arson', classes: ['056'], pounds: 8_000 },
  ],
};

function person(name: string, ...offences: readonly (readonly [string, string])[]): PersonHistory {
  return historyOf(name, [
    readFact(`${name}-level`, 'hub.management.decided', '2014-01-10', {
      levels: ['Priority'],
      decidedBy: 'Chair',
    }),
    ...offences.map(([hoCode, committed], nth) =>
      readFact(`${name}-${nth}`, 'court.outcome.recorded', '2016-05-01', {
        ptiUrn: `${name}-${nth}`,
        offences: [{ hoCode, offenceDates: { from: committed }, adjudication: 'Guilty' }],
      }),
    ),
  ]);
}

const thefts = Array.from({ length: 9 }, (_, nth) =>
  person(`thief-${nth}`, ['046/11', '2014-06-01'], ['046/11', '2015-06-01']),
);
const robbers = Array.from({ length: 6 }, (_, nth) => person(`robber-${nth}`, ['034/01', '2014-06-01']));
const arsonist = person('arsonist', ...Array.from({ length: 6 }, () => ['056/01', '2014-06-01'] as const));

function boardOf(people: readonly PersonHistory[]) {
  const [table] = suppress(costOfCrime(people, question, costs), suppressionRuleAt(question.at)).tables;
  return Object.fromEntries(
    table!.rows.map(({ key }, r) => [
      key,
      table!.cells[r]!.map(({ value, isHidden }) => (isHidden ? 'c' : value)),
    ]),
  );
}

it('the board sees no offences of few people, not in a total of known weights, nor that there were any', () => {
  const board = boardOf([...thefts, ...robbers, arsonist]);
  expect(Object.keys(board)).toEqual(['others', 'theft', 'not-costed', 'total']);
  expect(board['total']?.slice(2)).toEqual(['c', 9_000, 'c']);
  expect(JSON.stringify(board)).not.toMatch(/arson|48000|\b123000\b/);
});
