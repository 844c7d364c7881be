import { expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { historyOf } from './history.js';
import { informedReport } from './informed.js';
import { cellAt } from './report.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';

const decided = (id: string, level: string) =>
  readFact(id, 'hub.management.decided', '2025-01-06T10:00:00Z', { levels: [level] });
const told = (id: string, on: string, more: object = {}) =>
  readFact(id, 'hub.subject.informed', on, { noticeVersion: '2', informedOn: on, ...more });

const sam = historyOf('sam', [
  decided('sam-level', 'Priority'),
  told('sam-1', '2025-01-02', { noticeVersion: '1', format: 'letter', language: 'English' }),
  told('sam-2', '2025-02-02', { format: 'in-person', language: 'Polish' }),
]);
const nadia = historyOf('nadia', [decided('nadia-level', 'Priority'), told('nadia-late', '2025-05-01')]);
const terry = historyOf('terry', [told('terry-1', '2025-01-02')]);

const report = informedReport([sam, nadia, terry], {
  ...{ at: '2025-03-31', from: '2025-03-01', to: '2025-03-31', knownAt: null },
});
const table = (id: string) => report.tables.find((each) => each.id === id)!;

it('managed people are counted by whether they have a notice by the end of the day', () => {
  const row = ['managed', 'informed', 'informed-percent', 'not-informed'] as const;
  expect(row.map((column) => cellAt(table('informed'), `Priority/${column}`)?.value)).toEqual([2, 1, 50, 1]);
  expect(cellAt(table('informed'), 'all/informed')?.events).toEqual(['sam-2']);
  expect(cellAt(table('informed'), 'all/not-informed')?.events).toEqual(['nadia-level']);
});

it('and by the format, language and version of the newest', () => {
  expect(
    ['by-format', 'by-language', 'by-version'].map((id) => table(id).rows.map(({ key }) => key)),
  ).toEqual([
    ['in-person', 'all'],
    ['Polish', 'all'],
    ['2', 'all'],
  ]);
});

it('who was not told is listed for the team', () => {
  expect(table('not-informed')).toMatchObject({ shows: 'people', rows: [{ key: 'nadia' }] });
});

it('the board sees no language that few people speak', () => {
  const inLanguage = (language: string, many: number) =>
    Array.from({ length: many }, (_, nth) =>
      historyOf(`${language}-${nth}`, [
        decided(`level-${language}-${nth}`, 'Priority'),
        told(`told-${language}-${nth}`, '2025-01-02', { format: 'letter', language }),
      ]),
    );
  const people = [...inLanguage('English', 20), ...inLanguage('Polish', 6), ...inLanguage('Cornish', 2)];
  const { tables } = suppress(
    informedReport(people, { at: '2025-03-31', from: '2025-03-01', to: '2025-03-31', knownAt: null }),
    suppressionRuleAt('2025-03-31'),
  );
  const languages = tables.find(({ id }) => id === 'by-language');
  expect(languages?.rows.map(({ label }) => label)).toEqual(['others', 'English', 'All']);
  expect(languages?.cells.flat().map(({ value }) => value)).toEqual([null, 20, 28]);
  expect(JSON.stringify(tables)).not.toContain('Cornish');
});
