import { describe, expect, it } from '@jest/globals';
import { entryOf } from '../../contract/catalogue/catalogue.js';
import { readFact } from '../../testing/casework.js';
import { type ReadFact } from '../casework/read-fact.js';
import { dataQualityReport } from './data-quality.js';
import { contradictionsIn } from './data-quality-contradictions.js';
import { expectedFields } from './data-quality-fields.js';
import { followUps } from './data-quality-follow-up.js';
import { type FeedReceipt } from './feeds.js';
import { historyOf } from './history.js';
import { cellAt, type ReportQuestion } from './report.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';

const question: ReportQuestion = { at: '2025-03-31', from: '2025-03-01', to: '2025-03-31', knownAt: null };
const rulesOf = (...facts: readonly ReadFact[]) =>
  contradictionsIn(historyOf('sam', facts)).map(({ rule, by }) => [rule, ...by]);

describe('facts contradict', () => {
  const born = (id: string, dateOfBirth: string) =>
    readFact(id, 'police.iom.flag.set', '2025-03-03T10:00:00Z', { dateOfBirth });
  const placed = (id: string, arrivedOn: string, placementRef: string) =>
    readFact(id, 'housing.placement.started', arrivedOn, { arrivedOn, placementRef });
  const departed = (departedOn: string, placementRef: string) =>
    readFact(`left-${placementRef}`, 'housing.placement.ended', departedOn, { departedOn, placementRef });
  const test = (more: object) =>
    readFact('test', 'police.drugTest.performed', '2025-03-03T20:00:00Z', {
      ...{
        basis: 'arrest',
        sampleTakenAt: '2025-03-03T20:00:00Z',
        result: 'negative',
        triggerOffence: '028/01',
      },
      ...more,
    });
  const returned = (recallType: string, expectedRelease?: string) =>
    readFact('returned', 'probation.recall.returnedToCustody', '2025-03-01', {
      ...{ recallType, returnToCustodyDate: '2025-03-01', expectedRelease },
    });

  it('in dates of birth, but not a month with a day in it', () => {
    expect(rulesOf(born('a', '1990-04-17'), born('b', '1990-04'))).toEqual([]);
    expect(rulesOf(born('a', '1990-04-17'), born('b', '1990-05-17'))).toEqual([['born-disagrees', 'a', 'b']]);
  });

  it('when somebody is released who was never received', () => {
    const received = readFact('in', 'prison.received', '2025-01-01T10:00:00Z', { reason: 'ADMISSION' });
    const released = readFact('out', 'prison.released', '2025-03-01T10:00:00Z', { reason: 'RELEASED' });
    expect(rulesOf(released)).toEqual([['released-never-received', 'out']]);
    expect(rulesOf(received, released)).toEqual([]);
  });

  it('the law of a recall', () => {
    expect(rulesOf(returned('FTR_28', '2025-03-28'))).toEqual([]);
    expect(rulesOf(returned('FTR_28', '2025-03-29'))).toEqual([['recall-release-differs', 'returned']]);
    expect(rulesOf(returned('FTR_56', '2025-04-25'))).toEqual([['no-such-recall', 'returned']]);
    expect(rulesOf(returned('LR'))).toEqual([]);
  });

  it('the law of the day on which a recall was decided, not of the return', () => {
    const decided = (decidedOn: string) =>
      readFact('decided', 'probation.recall.decided', decidedOn, { recallType: 'FTR_56', decidedOn });
    const back = readFact('back', 'probation.recall.returnedToCustody', '2026-04-10', {
      returnToCustodyDate: '2026-04-10',
      expectedRelease: '2026-06-04',
    });
    expect(rulesOf(decided('2026-03-30'), back)).toEqual([['no-such-recall', 'back']]);
    expect(rulesOf(decided('2026-03-31'), back)).toEqual([]);
  });

  it('the law on drug tests', () => {
    expect(rulesOf(born('a', '2008-01-01'), test({}))).toEqual([['drug-test-unlawful', 'test']]);
    expect(rulesOf(born('a', '1990-04-17'), test({}))).toEqual([]);
    expect(rulesOf(test({ triggerOffence: undefined }))).toEqual([['drug-test-unlawful', 'test']]);
  });

  it('when somebody lives in two placements at once', () => {
    const [one, two] = [placed('a', '2025-01-01', 'P1'), placed('b', '2025-02-01', 'P2')];
    expect(rulesOf(one, two)).toEqual([['placements-overlap', 'a', 'b']]);
    expect(rulesOf(one, departed('2025-02-01', 'P1'), two)).toEqual([]);
    expect(rulesOf(one, departed('2025-02-02', 'P1'), two)).toHaveLength(1);
  });
});

describe('an event that protects the public', () => {
  const recall = readFact('recall', 'probation.recall.decided', '2025-03-03', { recallType: 'LR' });
  const at = Date.parse('2025-04-15T00:00:00Z');

  it('is followed up in time, or is not', () => {
    const back = (on: string) => readFact('back', 'probation.recall.returnedToCustody', on);
    const isFollowed = (...facts: readonly ReadFact[]) =>
      followUps(historyOf('sam', facts), at).map((each) => each.isFollowed);
    expect(isFollowed(recall, back('2025-03-03'))).toEqual([true]);
    expect(isFollowed(recall, back('2025-03-31'))).toEqual([true]);
    expect(isFollowed(recall, back('2025-04-01'))).toEqual([false]);
    expect(isFollowed(recall)).toEqual([false]);
  });

  it('is asked about when its days are over', () => {
    expect(followUps(historyOf('sam', [recall]), Date.parse('2025-03-20T00:00:00Z'))).toEqual([]);
  });
});

it('only fields that the catalogue has, and may be left out, are expected', () => {
  for (const { type, fields } of expectedFields) {
    const { properties = {}, required = [] } = entryOf(type)?.schema ?? {};
    expect([type, fields.filter((field) => !(field in properties))]).toEqual([type, []]);
    expect([type, fields.filter((field) => required.includes(field))]).toEqual([type, []]);
  }
});

describe('the report', () => {
  const placement = readFact('placed', 'housing.placement.started', '2025-03-03', {
    arrivedOn: '2025-03-03',
  });
  const listed = readFact(
    'listed',
    'court.hearing.listed',
    '2025-03-04T10:00:00Z',
    {
      ...{ hearingDay: '2025-03-20', hearingId: 'H', ptiUrn: 'U', hearingType: 'First' },
    },
    { publisher: 'courts' },
  );
  const receiptOf = (id: string, agency: string, more: Partial<FeedReceipt> = {}): FeedReceipt => ({
    ...{ id, agency, type: null, kind: 'told', received: Date.parse('2025-03-03T12:00:00Z') },
    ...{ happened: Date.parse('2025-03-03T10:00:00Z'), recorded: Date.parse('2025-03-03T11:00:00Z') },
    ...more,
  });
  const receipts = [
    receiptOf('placed', 'housing'),
    receiptOf('put-right', 'housing', { kind: 'corrected' }),
    receiptOf('held', 'housing', { kind: 'quarantined', happened: null, recorded: null }),
    receiptOf('listed', 'courts', { kind: 'told', received: Date.parse('2025-03-04T10:00:00Z') }),
    receiptOf('too-late', 'courts', { received: Date.parse('2025-04-01T10:00:00Z') }),
  ];
  const report = dataQualityReport([historyOf('sam', [placement, listed])], receipts, question);
  const table = (id: string) => report.tables.find((each) => each.id === id)!;

  it('counts by agency what was received, incomplete, put right, and held', () => {
    const columns = ['received', 'judged', 'incomplete', 'incomplete-percent', 'corrected', 'quarantined'];
    const row = (key: string) =>
      columns.map((column) => cellAt(table('data-quality'), `${key}/${column}`)?.value);
    expect(row('housing')).toEqual([2, 1, 1, 100, 1, 1]);
    expect(row('courts')).toEqual([1, 1, 0, 0, 0, 0]);
    expect(row('all')).toEqual([3, 2, 1, 50, 1, 1]);
    expect(cellAt(table('data-quality'), 'housing/incomplete')?.events).toEqual(['placed']);
  });

  it('says how late facts come, in hours, corrections left out', () => {
    const cell = (column: string) => cellAt(table('lateness'), `housing/${column}`)?.value;
    expect([
      cell('facts'),
      cell('received-after-happened-median'),
      cell('recorded-after-happened-p95'),
    ]).toEqual([1, 2, 1]);
    expect(cellAt(table('lateness'), 'courts/received-after-happened-median')?.value).toBe(24);
  });

  it('names the field that is missing', () => {
    const cell = (field: string) =>
      cellAt(table('missing-fields'), `housing.placement.started-${field}/missing`)?.value;
    expect([cell('arrivedOn'), cell('placementRef')]).toEqual([0, 1]);
  });

  describe('for the board', () => {
    const many = (
      length: number,
      agency: string,
      offender: (nth: number) => string,
      kind = 'told' as const,
    ) =>
      Array.from({ length }, (_, nth) =>
        receiptOf(`${agency}-${nth}`, agency, { offender: offender(nth), kind }),
      );
    const boardOf = (received: readonly FeedReceipt[]) => {
      const all = suppress(dataQualityReport([], received, question), suppressionRuleAt(question.at));
      return (id: string, row: string, column: string) => {
        const found = all.tables.find((each) => each.id === id)!;
        const [r, c] = [
          found.rows.findIndex(({ key }) => key === row),
          found.columns.findIndex(({ key }) => key === column),
        ];
        return found.cells[r]?.[c];
      };
    };

    it('hides facts of an agency that are all about few people', () => {
      const cell = boardOf([...many(6, 'housing', () => 'sam'), ...many(9, 'courts', (nth) => `p${nth}`)]);
      expect(cell('data-quality', 'housing', 'received')).toMatchObject({ isHidden: true });
      expect(cell('lateness', 'housing', 'facts')).toMatchObject({ isHidden: true });
      expect(cell('lateness', 'housing', 'received-after-happened-median')).toMatchObject({ isHidden: true });
    });

    it('does not let a few corrections be worked out from what was received and what was told', () => {
      const right = many(3, 'courts', (nth) => `q${nth}`).map((each) => ({
        ...each,
        id: `right-${each.id}`,
        kind: 'corrected' as const,
      }));
      const cell = boardOf([...many(60, 'courts', (nth) => `p${nth}`), ...right]);
      expect(cell('data-quality', 'courts', 'corrected')).toMatchObject({ isHidden: true });
      const [received, told, facts] = [
        cell('data-quality', 'courts', 'received'),
        cell('data-quality', 'courts', 'told'),
        cell('lateness', 'courts', 'facts'),
      ];
      expect(received?.isHidden === true || (told?.isHidden === true && facts?.isHidden === true)).toBe(true);
    });
  });
});
