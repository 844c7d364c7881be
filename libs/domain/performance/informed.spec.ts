import { expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { historyOf } from './history.js';
import { informedReport } from './informed.js';
import { cellAt } from './report.js';

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
