import { describe, expect, it } from '@jest/globals';
import { type FactMetadata } from '../../contract/fact.js';
import { parseMoment, UNKNOWN_MOMENT } from '../../contract/moment.js';
import {
  feedsByAgency,
  feedsByType,
  latenessOf,
  quantileOf,
  receiptOfFact,
  receiptsPerDay,
} from './feeds.js';

const metadata = (more: Partial<FactMetadata>): FactMetadata => ({
  ...{ offender: 'sam', publisher: 'housing', source: '/housing/test', sourceId: '1', version: 1 },
  ...{ happened: UNKNOWN_MOMENT, recorded: null, received: 0, fields: [], control: {}, handling: null },
  ...{ corrects: null, retracts: null, contentHash: '' },
  ...more,
});
const happened = (text: string) => parseMoment(text) ?? UNKNOWN_MOMENT;
const received = (text: string): number => Date.parse(text);

describe('a receipt', () => {
  it.each([
    [{}, 'told'],
    [{ corrects: 'x' }, 'corrected'],
    [{ retracts: 'x' }, 'retracted'],
  ] as const)('of a fact with %j is %s', (more, kind) => {
    expect(receiptOfFact('id', 'housing.placement.started', metadata(more)).kind).toBe(kind);
  });

  it('is late from the end of what the publisher says, never from an invented hour', () => {
    const late = (time: string, at: string) =>
      latenessOf(
        [receiptOfFact('id', 'x', metadata({ happened: happened(time), received: received(at) }))],
        'received-after-happened',
      ).median;
    expect(late('2025-06-18T10:00:00Z', '2025-06-18T13:00:00Z')).toBe(3);
    expect(late('2025-06-18', '2025-06-19T01:00:00Z')).toBe(2);
    expect(late('2025-06-18', '2025-06-18T12:00:00Z')).toBe(0);
    expect(late('2025-06', '2025-07-01T23:00:00Z')).toBe(24);
  });

  it('without the times says nothing of lateness', () => {
    const receipts = [receiptOfFact('id', 'x', metadata({ received: 1 }))];
    expect(latenessOf(receipts, 'received-after-happened')).toEqual({ median: null, p95: null });
    expect(latenessOf(receipts, 'received-after-recorded')).toEqual({ median: null, p95: null });
  });
});

describe('feeds', () => {
  const told = (publisher: string, type: string, at: string) =>
    receiptOfFact(`${type} ${at}`, type, metadata({ publisher, received: received(at) }));
  const receipts = [
    told('prison', 'prison.released', '2025-03-30T23:30:00Z'),
    told('prison', 'prison.received', '2025-03-30T22:30:00Z'),
    told('housing', 'housing.placement.started', '2025-03-30T12:00:00Z'),
  ];

  it('are one for each agency, and one for each of its types, in the order of receipt', () => {
    expect(feedsByAgency(receipts).map(({ agency, receipts: all }) => [agency, all.length])).toEqual([
      ['housing', 1],
      ['prison', 2],
    ]);
    expect(feedsByType(receipts).map(({ type }) => type)).toEqual([
      'housing.placement.started',
      'prison.received',
      'prison.released',
    ]);
    const [, prison] = feedsByAgency(receipts);
    expect(prison?.receipts.map(({ type }) => type)).toEqual(['prison.received', 'prison.released']);
  });

  it('are counted by days in London', () => {
    const [, prison] = feedsByAgency(receipts);
    expect(receiptsPerDay(prison!)).toEqual([
      { day: '2025-03-30', receipts: 1 },
      { day: '2025-03-31', receipts: 1 },
    ]);
  });

  it.each([
    [[], 0.95, 0],
    [[7], 0.5, 7],
    [[3, 1, 2], 1, 3],
    [Array.from({ length: 100 }, (_, nth) => nth + 1), 0.95, 95],
  ])('of %j the quantile %d is %d', (values, share, expected) => {
    expect(quantileOf(values, share)).toBe(expected);
  });
});
