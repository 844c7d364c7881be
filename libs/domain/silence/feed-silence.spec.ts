import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomFrom } from '../demonstration/random.js';
import { daysAfter, momentOfDay, weekdayOf } from '../law/calendar-day.js';
import { type Feed, feedsByType, type FeedReceipt } from '../performance/feeds.js';
import { quietDays, timeCounted, whenCounted } from './counted-time.js';
import { feedSilences } from './feed-silence.js';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

function receipt(type: string, received: number): FeedReceipt {
  const agency = type.split('.')[0] ?? '';
  return { id: `${type} ${received}`, agency, type, kind: 'told', received, happened: null, recorded: null };
}

const rates = { 'police.arrest.recorded': 12, 'prison.released': 4, 'courts.hearing.listed': 2 };

/** A year of an office that works on weekdays: about so many of each type a day, at any hour of work. */
function steadyYear(seed: number): readonly FeedReceipt[] {
  const random = randomFrom(seed);
  return Array.from({ length: 365 }, (_, nth) => daysAfter('2025-01-01', nth) ?? '')
    .filter((day) => weekdayOf(day) <= 5)
    .flatMap((day) =>
      Object.entries(rates).flatMap(([type, rate]) =>
        Array.from({ length: random.whole(1, 2 * rate - 1) }, () =>
          receipt(type, (momentOfDay(day)?.from ?? 0) + random.whole(8 * 60, 17 * 60) * 60_000),
        ),
      ),
    );
}

const silentAt = (receipts: readonly FeedReceipt[], when: number): readonly (string | null)[] =>
  feedSilences(feedsByType(receipts), when).map(({ type }) => type);

describe('a feed', () => {
  it('that stops for a month is named, and no other, whatever the year was like', () => {
    const types = fc.constantFrom(...Object.keys(rates));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), types, (seed, removed) => {
        const month = [at('2025-11-01'), at('2025-12-01')] as const;
        const receipts = steadyYear(seed).filter(({ received }) => received < month[1]);
        expect(silentAt(receipts, month[1])).toEqual([]);
        const cut = receipts.filter(({ type, received }) => type !== removed || received < month[0]);
        expect(silentAt(cut, month[1])).toEqual([removed]);
      }),
      { numRuns: 10 },
    );
  });

  it('quiet at weekends is never silent before its next receipt, for a quarter with a clock change', () => {
    for (const feed of feedsByType(steadyYear(5)))
      for (const [nth, { received }] of feed.receipts.entries()) {
        const isLong = received - (feed.receipts[nth - 1]?.received ?? received) > 10 * HOUR;
        if (isLong && received > at('2025-09-01') && received < at('2025-12-01'))
          expect(feedSilences([feed], received - 1)).toEqual([]);
      }
  });

  it('is silent from the moment at which twice its longest usual gap is over, weekends not counted', () => {
    const receipts = steadyYear(3).filter(
      ({ type, received }) => type === 'prison.released' && received < at('2025-10-01'),
    );
    const [found] = feedSilences(feedsByType(receipts), at('2026-01-01'));
    const since = found?.since ?? 0;
    expect(silentAt(receipts, since - 1)).toEqual([]);
    expect(silentAt(receipts, since)).toEqual(['prison.released']);
    expect(since).toBeGreaterThan(found?.due ?? Infinity);
    expect(found?.restsOn).toEqual([receipts.toSorted((a, b) => a.received - b.received).at(-1)?.id]);
  });

  it('of too few receipts has no habit', () => {
    const few = Array.from({ length: 19 }, (_, nth) =>
      receipt('health.referral.received', at('2025-01-01') + nth * HOUR),
    );
    expect(silentAt(few, at('2025-12-01'))).toEqual([]);
    expect(
      silentAt([...few, receipt('health.referral.received', at('2025-01-02'))], at('2025-12-01')),
    ).toHaveLength(1);
  });
});

describe('the daily import', () => {
  const imported = (received: string): Feed => ({
    agency: 'police',
    type: 'police.pncOutcome.imported',
    receipts: [receipt('police.pncOutcome.imported', at(received))],
  });

  it('is stale when nothing came for 24 hours, weekends included', () => {
    const feeds = [imported('2025-06-07T06:00:00Z')];
    expect(feedSilences(feeds, at('2025-06-08T05:59:59.999Z'))).toEqual([]);
    expect(feedSilences(feeds, at('2025-06-08T06:00:00Z'))).toMatchObject([
      { rule: 'import-stale', agency: 'police', since: at('2025-06-08T06:00:00Z') },
    ]);
  });
});

describe('time counted', () => {
  const quiet = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }).map((days) => new Set(days));
  const moment = fc.integer({ min: at('2025-01-01'), max: at('2027-12-31') });

  it('goes by so much from one moment to the one at which it has, across clock changes', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 40 * 24 * HOUR }), quiet, (from, time, days) => {
        const to = whenCounted(from, time, days);
        expect(timeCounted(from, to, days)).toBe(time);
        expect(timeCounted(from, to - 1, days)).toBe(time - 1);
      }),
    );
  });

  it('adds up, and is all of the time where no day is quiet', () => {
    fc.assert(
      fc.property(fc.tuple(moment, moment, moment), quiet, (all, days) => {
        const [from, middle, to] = all.toSorted((one, other) => one - other) as [number, number, number];
        expect(timeCounted(from, middle, days) + timeCounted(middle, to, days)).toBe(
          timeCounted(from, to, days),
        );
        expect(timeCounted(from, to, new Set())).toBe(to - from);
      }),
    );
  });

  it('leaves out the days of the week on which nothing is ever received', () => {
    expect([...quietDays([at('2025-06-02T12:00Z'), at('2025-06-06T12:00Z')])]).toEqual([2, 3, 4, 6, 7]);
  });
});
