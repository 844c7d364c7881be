import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysAfter, momentOfDay, monthsAfter, weekdayOf, workingDaysAfter } from './calendar-day.js';

const HOUR = 3_600_000;
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('days counted in London', () => {
  it.each([
    ['2026-03-28', 1, '2026-03-29'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-10-25', 1, '2026-10-26'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2026-03-31', -31, '2026-02-28'],
  ])('%s and %d is %s', (from, days, to) => {
    expect(daysAfter(from, days)).toBe(to);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2025-11-30', 3, '2026-02-28'],
    ['2025-12-15', 3, '2026-03-15'],
  ])('%s and %d months is %s', (from, months, to) => {
    expect(monthsAfter(from, months)).toBe(to);
  });

  it('are 24 hours long, but 23 when summer time begins and 25 when it ends', () => {
    const hours = (text: string): number => {
      const { from = 0, to = 0 } = momentOfDay(text) ?? {};
      return (to - from) / HOUR;
    };
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map(hours)).toEqual([24, 23, 25]);
  });

  it('go there and back, and each begins where the one before ends', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -2000, max: 2000 }), (from, days) => {
        const to = daysAfter(from, days) ?? '';
        expect(daysAfter(to, -days)).toBe(from);
        expect(momentOfDay(daysAfter(from, 1) ?? '')?.from).toBe(momentOfDay(from)?.to);
        expect((Date.parse(to) - Date.parse(from)) / (24 * HOUR)).toBe(days);
      }),
    );
  });

  it('in months end on the same day of the month, or on the last of a shorter one', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 36 }), (from, months) => {
        const to = monthsAfter(from, months) ?? '';
        const isLast = daysAfter(to, 1)?.endsWith('-01');
        expect(to.slice(8) === from.slice(8) || (isLast && to.slice(8) < from.slice(8))).toBe(true);
      }),
    );
  });

  it.each([
    ['2026-03-06', 5, '2026-03-13'],
    ['2026-03-07', 1, '2026-03-09'],
    ['2026-03-09', 0, '2026-03-09'],
  ])('%s and %d working days is %s', (from, days, to) => {
    expect(workingDaysAfter(from, days)).toBe(to);
  });

  it('end on a working day when working days are counted', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (from, days) => {
        expect(weekdayOf(workingDaysAfter(from, days) ?? '')).toBeLessThanOrEqual(5);
      }),
    );
  });

  it.each(['', '2026-02-30', '2026-02', '2026-02-03T00:00:00Z', 'tomorrow'])('%j is no day', (text) => {
    expect([daysAfter(text, 1), monthsAfter(text, 1), workingDaysAfter(text, 1), momentOfDay(text)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
