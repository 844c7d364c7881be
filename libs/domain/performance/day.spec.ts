import { describe, expect, it } from '@jest/globals';
import {
  dayAfter,
  endOfDay,
  isWithin,
  periodBefore,
  printedDay,
  quarterDays,
  spanOf,
  startOfDay,
} from './day.js';

describe('a day', () => {
  it('begins and ends in London, in summer an hour before that of UTC', () => {
    expect(startOfDay('2016-03-31')).toBe(Date.parse('2016-03-30T23:00:00Z'));
    expect(endOfDay('2016-03-31')).toBe(Date.parse('2016-03-31T23:00:00Z') - 1);
    expect(endOfDay('2016-01-31')).toBe(Date.parse('2016-02-01T00:00:00Z') - 1);
  });

  it.each(['2016-02-30', '2016-02', 'today', '2016-02-01T10:00:00Z', ''])('is not %j', (text) => {
    expect(() => startOfDay(text)).toThrow('calendar date');
  });

  it('is counted on and back over months and leap days', () => {
    expect(dayAfter('2016-02-28', 2)).toBe('2016-03-01');
    expect(dayAfter('2015-03-01', -1)).toBe('2015-02-28');
  });

  it('is printed as it is in Britain', () => {
    expect(printedDay('2016-03-31')).toBe('31/03/2016');
  });
});

describe('a period', () => {
  it('includes both its days', () => {
    const span = spanOf({ from: '2015-04-01', to: '2016-03-31' });
    expect(isWithin(span, startOfDay('2015-04-01'))).toBe(true);
    expect(isWithin(span, endOfDay('2016-03-31'))).toBe(true);
    expect(isWithin(span, startOfDay('2015-04-01') - 1)).toBe(false);
    expect(isWithin(span, endOfDay('2016-03-31') + 1)).toBe(false);
  });

  it('does not end before it begins', () => {
    expect(() => spanOf({ from: '2016-03-31', to: '2016-03-29' })).toThrow('end before it begins');
  });

  it.each([
    ['2015-04-01', '2016-03-31', '2014-04-01', '2015-03-31', 'a year with a leap day is a year'],
    ['2016-03-01', '2016-03-31', '2016-02-01', '2016-02-29', 'a month is a month'],
    ['2016-01-15', '2016-04-14', '2015-10-15', '2016-01-14', 'three months from the middle of one'],
    ['2016-01-01', '2016-01-10', '2015-12-22', '2015-12-31', 'ten days are ten days'],
    ['2016-01-31', '2016-03-30', '2015-12-02', '2016-01-30', 'sixty days from a last day of a month'],
  ])('%s to %s has before it %s to %s: %s', (from, to, first, last) => {
    expect(periodBefore({ from, to })).toEqual({ from: first, to: last });
  });

  it.each([
    ['2015-04-01', '2016-03-31', ['2015-04-01', '2015-07-01', '2015-10-01', '2016-01-01', '2016-03-31']],
    ['2015-11-10', '2016-02-01', ['2015-11-10', '2016-01-01', '2016-02-01']],
    ['2015-01-01', '2015-04-01', ['2015-01-01', '2015-04-01']],
    ['2015-05-05', '2015-05-05', ['2015-05-05']],
  ])('from %s to %s is looked at on its quarter days', (from, to, days) => {
    expect(quarterDays({ from, to })).toEqual(days);
  });
});
