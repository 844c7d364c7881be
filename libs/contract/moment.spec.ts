import { describe, expect, it } from '@jest/globals';
import { parseInstant, parseMoment, UNKNOWN_MOMENT } from './moment.js';

const utc = (text: string): number => Date.parse(text);

describe('parseMoment', () => {
  it('takes an absent time for unknown', () => {
    expect(parseMoment(undefined)).toBe(UNKNOWN_MOMENT);
  });

  it.each([
    ['2018-04-05T03:56:24Z', '2018-04-05T03:56:24.000Z'],
    ['2018-04-05T03:56:24.1Z', '2018-04-05T03:56:24.100Z'],
    ['2018-04-05T03:56:24.123999Z', '2018-04-05T03:56:24.123Z'],
    ['2018-04-05T03:56:24+01:00', '2018-04-05T02:56:24.000Z'],
    ['2018-04-05T03:56:24-00:30', '2018-04-05T04:26:24.000Z'],
    ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2016-12-31T18:59:60.5-05:00', '2017-01-01T00:00:00.500Z'],
  ])('%s is the instant %s', (verbatim, expected) => {
    const at = utc(expected);
    expect(parseMoment(verbatim)).toEqual({ precision: 'instant', verbatim, from: at, to: at });
  });

  it.each([
    ['2024-01-15', '2024-01-15T00:00:00Z', '2024-01-16T00:00:00Z'],
    ['2024-07-15', '2024-07-14T23:00:00Z', '2024-07-15T23:00:00Z'],
    ['2024-03-31', '2024-03-31T00:00:00Z', '2024-03-31T23:00:00Z'],
    ['2024-10-27', '2024-10-26T23:00:00Z', '2024-10-28T00:00:00Z'],
  ])('the day %s lasts in London from %s to %s', (verbatim, from, to) => {
    expect(parseMoment(verbatim)).toEqual({ precision: 'day', verbatim, from: utc(from), to: utc(to) });
  });

  it('the month 2024-03 ends with the clocks an hour ahead', () => {
    expect(parseMoment('2024-03')).toEqual({
      precision: 'month',
      verbatim: '2024-03',
      from: utc('2024-03-01T00:00:00Z'),
      to: utc('2024-03-31T23:00:00Z'),
    });
  });

  it.each([
    ['2024-01-15/2024-02', '2024-01-15T00:00:00Z', '2024-03-01T00:00:00Z'],
    ['2024-01-15T10:00:00Z/2024-01-15', '2024-01-15T10:00:00Z', '2024-01-16T00:00:00Z'],
    ['2024-01-15T10:00:00Z/2024-01-15T11:00:00Z', '2024-01-15T10:00:00Z', '2024-01-15T11:00:00Z'],
  ])('%s is an interval from %s to %s', (verbatim, from, to) => {
    const expected = { precision: 'interval', verbatim, from: utc(from), to: utc(to) };
    expect(parseMoment(verbatim)).toEqual(expected);
  });

  it.each([
    '',
    ' 2024-01-15',
    '2024-01-15 ',
    '2024-1-15',
    '2024-02-30',
    '2023-02-29',
    '2024-13',
    '2024-00-10',
    '2024',
    '12024-01-01',
    '2024-01-15T10:00:00',
    '2024-01-15t10:00:00Z',
    '2024-01-15T10:00:00z',
    '2024-01-15 10:00:00Z',
    '2024-01-15T10:00Z',
    '2024-01-15T24:00:00Z',
    '2024-01-15T23:60:00Z',
    '2024-01-15T23:59:61Z',
    '2024-01-15T23:59:60Z',
    '2024-01-15T10:00:60Z',
    '2024-02-30T10:00:00Z',
    '2024-01-15T10:00:00+24:00',
    '2024-01-15T10:00:00+0100',
    '2024-01-15T10:00:00.Z',
    '+012024-01-15T10:00:00Z',
    '２０２４-01-15',
    '2024-02/2024-01',
    '2024-01-15/',
    '/2024-01-15',
    '2024-01/2024-02/2024-03',
    '2024-01-15T11:00:00Z/2024-01-15T10:00:00Z',
    '2024-01/2024-01-15T10:00:00Z',
  ])('refuses %j', (verbatim) => {
    expect(parseMoment(verbatim)).toBeUndefined();
  });
});

describe('parseInstant', () => {
  it.each(['2024-01-15', '2024-01', '', 'now'])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
