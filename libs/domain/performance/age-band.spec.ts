import { describe, expect, it } from '@jest/globals';
import { AGE_NOT_KNOWN, ageBandOn, ageBandsOn } from './age-band.js';

const band = (born: readonly string[], day = '2016-03-31'): string => ageBandOn(ageBandsOn(day), born, day);

describe('a band of age on the reporting date', () => {
  it.each([
    ['1998-04-01', 'under-18'],
    ['1998-03-31', '18-24'],
    ['1991-04-01', '18-24'],
    ['1991-03-31', '25-over'],
    ['1950-01-01', '25-over'],
  ])('of who was born on %s is %s', (born, expected) => {
    expect(band([born])).toBe(expected);
  });

  it('begins on 1 March for who was born on 29 February', () => {
    expect(band(['2000-02-29'], '2018-02-28')).toBe('under-18');
    expect(band(['2000-02-29'], '2018-03-01')).toBe('18-24');
  });

  it('is known of a month only when every day of it gives the same', () => {
    expect(band(['1998-03'])).toBe('18-24');
    expect(band(['1998-04'])).toBe('under-18');
    expect(band(['1998-03'], '2016-03-30')).toBe(AGE_NOT_KNOWN);
  });

  it('is not known of nobody’s claim, nor of claims in different bands', () => {
    expect(band([])).toBe(AGE_NOT_KNOWN);
    expect(band(['1990-01-01', '1995-01-01'])).toBe(AGE_NOT_KNOWN);
    expect(band(['1994-01-01', '1995-01-01'])).toBe('18-24');
  });

  it('is not known of who is born later', () => {
    expect(band(['2020-01-01'])).toBe(AGE_NOT_KNOWN);
  });
});
