import { describe, expect, it } from '@jest/globals';
import { precisionOf, readMomentIn } from './moments.js';

describe('dates and times of extracts', () => {
  it.each([
    ['31/03/2025', ['dd/MM/yyyy'], 'day', '2025-03-31'],
    ['5-Mar-2025', ['d-MMM-yyyy'], 'day', '2025-03-05'],
    ['20250331', ['yyyyMMdd'], 'day', '2025-03-31'],
    ['03/2025', ['MM/yyyy'], 'month', '2025-03'],
    ['30/03/2025 14:05', ['dd/MM/yyyy HH:mm', 'dd/MM/yyyy'], 'instant', '2025-03-30T14:05:00+01:00'],
    ['15/01/2025 14:05', ['dd/MM/yyyy HH:mm'], 'instant', '2025-01-15T14:05:00+00:00'],
    ['15/01/2025', ['dd/MM/yyyy HH:mm', 'dd/MM/yyyy'], 'day', '2025-01-15'],
    ['2025-07-01T23:30:00-05:00', ["yyyy-MM-dd'T'HH:mm:ssZZ"], 'instant', '2025-07-01T23:30:00-05:00'],
  ])('%s is no more precise than its format %j', (text, formats, precision, written) => {
    expect(readMomentIn(text, formats)).toMatchObject({ outcome: 'read', precision, text: written });
  });

  it('takes the day of a time from the calendar of London', () => {
    expect(readMomentIn('2025-07-01T23:30:00Z', ['rfc3339'])).toMatchObject({
      day: '2025-07-02',
    });
  });

  it('keeps both readings of an hour that the clock showed twice', () => {
    expect(readMomentIn('26/10/2025 01:30', ['dd/MM/yyyy HH:mm'])).toMatchObject({
      text: '2025-10-26T01:30:00+01:00',
      again: '2025-10-26T01:30:00+00:00',
    });
    expect(readMomentIn('26/10/2025 02:30', ['dd/MM/yyyy HH:mm'])).toMatchObject({ again: undefined });
  });

  it.each([
    ['30/03/2025 01:30', 'dd/MM/yyyy HH:mm', 'is a time that the clock never showed, as summer time began'],
    ['30/02/2025', 'dd/MM/yyyy', 'is no date or time in the format of the mapping'],
    ['30/03/2025 ', 'MM/dd/yyyy', 'is no date or time in the format of the mapping'],
  ])('%s is not read as %s', (text, format, reason) => {
    expect(readMomentIn(text, [format])).toEqual({ outcome: 'unread', reason });
  });

  it.each([
    ['dd/MM/yyyy', 'day'],
    ['dd/MM/yy', undefined],
    ['yyyy', undefined],
    ['dd/MM/yyyy HH', undefined],
    ['LLLL yyyy', undefined],
    ["yyyy-MM-dd'T'HH:mm:ss'Z'", undefined],
    ['rfc3339', 'instant'],
    ["d MMMM yyyy 'at' HH:mm", 'instant'],
  ])('a format %s is of precision %s', (format, precision) => {
    expect(precisionOf(format)).toBe(precision);
  });
});
