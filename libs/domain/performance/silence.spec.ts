import { expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { type FeedReceipt } from './feeds.js';
import { historyOf } from './history.js';
import { cellAt, type ReportQuestion } from './report.js';
import { silenceReport } from './silence.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';

const question: ReportQuestion = { at: '2025-03-31', from: '2025-03-01', to: '2025-03-31', knownAt: null };

const plan = readFact('plan', 'prison.releasePlanned', '2025-02-20T09:00:00Z', { releaseDate: '2025-03-14' });
const listed = (id: string, hearingDay: string) =>
  readFact(id, 'court.hearing.listed', '2025-03-03T09:00:00Z', { hearingDay, hearingId: id });
const sam = historyOf('sam', [plan, listed('one', '2025-03-10'), listed('two', '2025-03-11')]);

const receipts: readonly FeedReceipt[] = Array.from({ length: 30 }, (_, nth) => ({
  ...{ id: `r${nth}`, agency: 'police', type: 'police.arrest.recorded', kind: 'told' as const },
  ...{ received: Date.UTC(2025, 1, 1 + nth, 12), happened: null, recorded: null },
}));

it('silences stand by rule, as silences and as people, with the facts that raise them', () => {
  const [byRule, people] = silenceReport([sam], [], question).tables;
  const row = (key: string) =>
    ['silences', 'people'].map((column) => cellAt(byRule!, `${key}/${column}`)?.value);
  expect(row('hearing-without-outcome')).toEqual([2, 1]);
  expect(row('release-date-passed')).toEqual([1, 1]);
  expect(row('all')).toEqual([3, 1]);
  expect(cellAt(byRule!, 'hearing-without-outcome/silences')?.events).toEqual(['one', 'two']);
  expect(people?.rows.map(({ label }) => label)).toEqual(['sam', 'sam', 'sam']);
  expect(people?.cells[0]?.map(({ value }) => value)).toEqual([
    'release-date-passed',
    '2025-03-14',
    '2025-03-16',
    'prison.released, prison.releasePlanned, prison.sentenceDates.changed',
  ]);
});

it('a feed that stopped stands with its type, once for the agency and once for the type', () => {
  const feeds = silenceReport([], receipts, question).tables[2];
  expect(feeds?.cells.map((row) => row.map(({ value }) => value))).toEqual([
    ['any', 'feed-silent 1', '2025-03-03', '2025-03-04'],
    ['police.arrest.recorded', 'feed-silent 1', '2025-03-03', '2025-03-04'],
  ]);
});

it('an import is not stale before a day has passed, however much of today is left', () => {
  const [told] = receipts;
  if (told === undefined) throw new Error('the sample has receipts');
  const imported = {
    ...told,
    type: 'police.pncOutcome.imported',
    received: Date.parse('2025-03-30T09:34:00Z'),
  };
  const staleAt = (asked: Partial<ReportQuestion>) =>
    silenceReport([], [imported], { ...question, ...asked }).tables[2]?.rows.length;
  expect(staleAt({ askedAt: Date.parse('2025-03-31T09:00:00Z') })).toBe(0);
  expect(staleAt({ askedAt: Date.parse('2025-03-31T10:00:00Z') })).toBe(1);
  expect(staleAt({ askedAt: Date.parse('2025-06-01T10:00:00Z') })).toBe(1);
  expect(staleAt({})).toBe(1);
});

it('the board sees no person and no small number', () => {
  const { tables } = suppress(silenceReport([sam], receipts, question), suppressionRuleAt(question.at));
  expect(tables.map(({ id }) => id)).toEqual(['silence-by-rule', 'silent-feeds']);
  expect(JSON.stringify(tables)).not.toContain('sam');
  expect(tables[0]?.cells.flat().some(({ value }) => typeof value === 'number' && value > 0)).toBe(false);
});

it('many silences about one person are hidden from the board with that person', () => {
  const hearings = Array.from({ length: 6 }, (_, nth) => listed(`h${nth}`, `2025-03-1${nth}`));
  const report = silenceReport([historyOf('sam', hearings)], [], question);
  expect(cellAt(report.tables[0]!, 'hearing-without-outcome/silences')?.value).toBe(6);
  const [board] = suppress(report, suppressionRuleAt(question.at)).tables;
  expect(board?.cells.flat().some(({ value }) => value === 6)).toBe(false);
});
