import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { ageHolds } from './age.js';

const at = (text: string): number => DateTime.fromISO(text, { zone: 'Europe/London' }).toMillis();
const holds = (
  born: string | readonly string[],
  range: Parameters<typeof ageHolds>[1],
  when: string,
): boolean => ageHolds([born].flat(), range, at(when), at(when));

describe('an age', () => {
  it.each([
    ['2008-04-29T23:59:59.999', false],
    ['2008-04-30T00:00', true],
  ])(
    'is reached when who was born on the last day of the month has reached it: at %s %s',
    (when, expected) => {
      expect(holds('1990-04', { from: 18 }, when)).toBe(expected);
    },
  );

  it.each([
    ['2008-03-31T23:59:59.999', true],
    ['2008-04-01T00:00', false],
  ])(
    'is passed when who was born on the first day of the month has passed it: at %s %s',
    (when, expected) => {
      expect(holds('1990-04', { to: 17 }, when)).toBe(expected);
    },
  );

  it('is nobody’s in the month in which it may begin', () => {
    expect(holds('1990-04', { from: 18 }, '2008-04-15')).toBe(false);
    expect(holds('1990-04', { to: 17 }, '2008-04-15')).toBe(false);
    expect(holds('1990-04', { from: 17, to: 18 }, '2008-04-15')).toBe(true);
  });

  it.each([
    ['1992-02', '2010-03-01T00:00', true, 'a year without 29 February'],
    ['1992-02', '2010-02-28T23:59', false, 'the day before'],
    ['1992-02', '2012-02-29T00:00', true, 'a leap year', 20],
    ['1992-02', '2012-02-28T23:59', false, 'the day before', 20],
    ['1991-02', '2012-02-28T00:00', true, 'born in no leap year', 21],
    ['1900-02', '1918-02-28T00:00', true, '1900 was no leap year'],
    ['2000-02', '2018-03-01T00:00', true, '2000 was one'],
    ['2000-02', '2018-02-28T23:59', false, '2000 was one'],
  ])(
    'begins on 1 March for who was born on 29 February: %s at %s %s (%s)',
    (born, when, expected, _, age = 18) => {
      expect(holds(born, { from: age }, when)).toBe(expected);
    },
  );

  it('begins with the day in London, in summer an hour before that of UTC', () => {
    expect(ageHolds(['1990-06'], { from: 18 }, Date.UTC(2008, 5, 29, 23), Date.UTC(2008, 5, 29, 23))).toBe(
      true,
    );
    expect(ageHolds(['1990-06'], { from: 18 }, Date.UTC(2008, 5, 29, 23) - 1, Date.UTC(2008, 6, 1))).toBe(
      false,
    );
  });

  it('holds at every moment from the first to the last', () => {
    const between = (range: Parameters<typeof ageHolds>[1]): boolean =>
      ageHolds(['1990-04'], range, at('2008-03-01'), at('2009-03-01'));
    expect(between({ from: 18 })).toBe(false);
    expect(between({ to: 17 })).toBe(false);
    expect(between({ from: 17, to: 18 })).toBe(true);
  });

  it('holds for every claim, and for nobody of whom nothing is known', () => {
    expect(holds(['1990-04', '1990-05'], { from: 18 }, '2008-05-01')).toBe(false);
    expect(holds(['1990-04', '1990-05'], { from: 18 }, '2008-06-01')).toBe(true);
    expect(holds([], {}, '2008-06-01')).toBe(false);
  });

  it.each(['', '1990', '1990-13', '1990-00', 'unknown', '1990-4x'])(
    'does not hold for a month that is none: %j',
    (born) => {
      for (const range of [{ from: 0 }, { to: 120 }, { from: 0, to: 120 }, {}])
        expect(holds(born, range, '2025-01-01')).toBe(false);
    },
  );

  it('is none before the birth', () => {
    expect(holds('2030-04', { to: 17 }, '2025-01-01')).toBe(false);
    expect(holds('1990-04', { from: 10, to: 9 }, '2000-06-01')).toBe(false);
  });

  it('is what counting birthdays says, on any day of the month', () => {
    const day = fc.date({ min: new Date('1930-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    const years = fc.integer({ min: 0, max: 110 });
    fc.assert(
      fc.property(day, day, years, years, (birth, asked, one, other) => {
        const range = { from: Math.min(one, other), to: Math.max(one, other) };
        const born = birth.toISOString().slice(0, 7);
        if (!ageHolds([born], range, asked.getTime(), asked.getTime())) return;
        const now = DateTime.fromJSDate(asked, { zone: 'Europe/London' });
        const date = DateTime.fromISO(birth.toISOString().slice(0, 10), { zone: 'Europe/London' });
        const hasHad = now.month > date.month || (now.month === date.month && now.day >= date.day);
        const age = now.year - date.year - (hasHad ? 0 : 1);
        expect(age).toBeGreaterThanOrEqual(range.from);
        expect(age).toBeLessThanOrEqual(range.to);
      }),
      { numRuns: 2000 },
    );
  });
});
