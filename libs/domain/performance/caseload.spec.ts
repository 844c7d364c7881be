import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { type ReadFact } from '../casework/read-fact.js';
import { caseload } from './caseload.js';
import { historyOf, type PersonHistory } from './history.js';
import { type Report, type ReportQuestion } from './report.js';
import { spread } from './spread.js';
import { statutoryShare } from './statutory-share.js';

const question: ReportQuestion = { at: '2016-03-31', from: '2015-04-01', to: '2016-03-31', knownAt: null };

const level = (day: string, levels: readonly string[], management?: string) =>
  readFact(`level ${day}`, 'hub.management.decided', day, {
    levels,
    ...(management && { management }),
    decidedBy: 'Chair',
  });
const area = (day: string, name: string) => readFact(`area ${day}`, 'hub.area.assigned', day, { area: name });
const provider = (day: string, name: string) =>
  readFact(`provider ${day}`, 'probation.case.allocated', day, { provider: name, from: day });
const inside = readFact('inside', 'prison.received', '2015-06-30T10:00:00Z', { reason: 'ADMISSION' });

const people = (...all: readonly (readonly ReadFact[])[]): readonly PersonHistory[] =>
  all.map((facts, index) => historyOf(`person-${index}`, facts));

function rowsOf({ tables: [table] }: Report): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    (table?.rows ?? []).map(({ key }, index) => [key, table?.cells[index]?.map(({ value }) => value) ?? []]),
  );
}

describe('the caseload', () => {
  const report = caseload(
    people(
      [level('2015-04-01', ['Priority', 'MAPPA-2']), area('2015-04-01', 'NC'), area('2016-01-01', 'NW')],
      [level('2015-04-02', ['Enhanced']), area('2015-04-02', 'NC')],
      [level('2014-01-01', ['Priority']), level('2016-03-31', [])],
      [level('2014-01-01', ['Standard']), area('2014-01-01', 'NC')],
      [level('2014-01-01', ['MAPPA-3']), area('2014-01-01', 'NC')],
    ),
    question,
  );

  it('is that of the end of each day, by level and area, with the change', () => {
    const [table] = report.tables;
    expect(table?.columns.map(({ key }) => key)).toEqual(['NC', 'NW', 'none', 'Total']);
    expect(rowsOf(report)).toEqual({
      'Priority/2015-04-01': [1, 0, 1, 2],
      'Priority/2016-03-31': [0, 1, 0, 1],
      'Enhanced/2015-04-01': [0, 0, 0, 0],
      'Enhanced/2016-03-31': [1, 0, 0, 1],
      'Total/2015-04-01': [1, 0, 1, 2],
      'Total/2016-03-31': [1, 1, 0, 2],
      '%change': [0, null, -100, 0],
    });
  });

  it('shows Standard management apart', () => {
    expect(rowsOf({ ...report, tables: report.tables.slice(1) })).toEqual({
      'Standard/2015-04-01': [1, 1],
      'Standard/2016-03-31': [1, 1],
      '%change': [0, 0],
    });
  });

  it('names the sums, and the facts behind each count', () => {
    const [table] = report.tables;
    expect(table?.sums).toContainEqual({
      total: 'Total/2016-03-31/NW',
      parts: ['Priority/2016-03-31/NW', 'Enhanced/2016-03-31/NW'],
    });
    expect(table?.sums).toContainEqual({
      total: 'Priority/2015-04-01/Total',
      parts: ['Priority/2015-04-01/NC', 'Priority/2015-04-01/NW', 'Priority/2015-04-01/none'],
    });
    expect(table?.cells[1]?.[1]?.events).toEqual(['level 2015-04-01', 'area 2016-01-01']);
  });
});

describe('a day', () => {
  const evening = (id: string, day: string, levels: readonly string[]) =>
    readFact(id, 'hub.management.decided', `${day}T22:30:00Z`, { levels, decidedBy: 'Chair' });

  it('is shown as it ended, in London: what happens in its evening counts, what happens after midnight does not', () => {
    const all = people(
      [evening('winter', '2016-03-26', ['Priority'])],
      [
        evening('midnight', '2015-04-01', ['Priority']),
        readFact('later', 'hub.area.assigned', '2015-04-01T23:30:00Z', { area: 'NC' }),
      ],
    );
    const days = { ...question, at: '2016-03-26', to: '2016-03-26' };
    expect(rowsOf(caseload(all, days))).toMatchObject({
      'Priority/2015-04-01': [0, 1, 1],
      'Priority/2016-03-26': [1, 1, 2],
    });
    expect(rowsOf(spread(all, days))['total']).toEqual([1, 1, 1, 1, 2]);
    expect(rowsOf(statutoryShare(all, days))['community']?.slice(0, 5)).toEqual([1, 1, 1, 1, 2]);
  });
});

describe('the spread', () => {
  it('is of Priority alone, in and out of custody', () => {
    const report = spread(
      people(
        [level('2015-01-01', ['Priority']), inside],
        [level('2015-07-02', ['Priority'])],
        [level('2015-01-01', ['Enhanced'])],
      ),
      question,
    );
    expect(rowsOf(report)).toEqual({
      community: [1, 0, 1, 1, 1],
      custody: [0, 1, 1, 1, 1],
      total: [1, 1, 2, 2, 2],
    });
  });
});

describe('the statutory share', () => {
  it('goes by the panel’s decision, and by the provider as it was called', () => {
    const report = statutoryShare(
      people(
        [
          level('2015-01-01', ['Priority'], 'statutory'),
          provider('2015-01-01', 'NPS'),
          provider('2015-08-01', 'CRC'),
        ],
        [level('2015-01-01', ['Priority'], 'voluntary'), provider('2015-01-01', 'NPS')],
        [level('2015-01-01', ['Priority'], 'statutory')],
        [level('2015-01-01', ['Priority']), provider('2015-05-05', 'CRC')],
        [level('2015-01-01', ['Priority'], 'statutory'), provider('2015-01-01', 'NPS'), inside],
      ),
      question,
    );
    expect(rowsOf(report)).toEqual({
      community: [5, 4, 4, 4, 4, -20],
      CRC: [0, 1, 2, 2, 2, null],
      NPS: [2, 1, 0, 0, 0, -100],
      'not-recorded': [1, 1, 1, 1, 1, 0],
      statutory: [3, 3, 3, 3, 3, 0],
      voluntary: [2, 1, 1, 1, 1, -50],
      percentage: [60, 75, 75, 75, 75, null],
    });
  });
});
