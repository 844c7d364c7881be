import { describe, expect, it } from '@jest/globals';
import { questionOf } from './report-question.js';

const now = Date.parse('2026-03-31T23:30:00Z');

describe('what a report is asked for', () => {
  it('is the state today in London, over the year that ends then', () => {
    expect(questionOf({}, now)).toEqual({
      at: '2026-04-01',
      from: '2025-04-02',
      to: '2026-04-01',
      knownAt: null,
      askedAt: now,
    });
  });

  it('is the year until the day that is named', () => {
    expect(questionOf({ to: '2016-03-31' }, now)).toMatchObject({ at: '2016-03-31', from: '2015-04-01' });
    expect(questionOf({ at: '2016-03-31' }, now)).toMatchObject({ from: '2015-04-01', to: '2016-03-31' });
    expect(questionOf({ at: '2020-02-29' }, now)).toMatchObject({ from: '2019-03-01', to: '2020-02-29' });
    expect(questionOf({ at: '2016-03-31', from: '2016-01-01', to: '2016-01-01' }, now)).toEqual({
      at: '2016-03-31',
      from: '2016-01-01',
      to: '2016-01-01',
      knownAt: null,
      askedAt: now,
    });
  });

  it('counts what was received by a moment, or by the end of a day', () => {
    const known = (text: string) => questionOf({ known: text }, now).knownAt;
    expect(known('2016-03-31T12:00:00Z')).toBe(Date.parse('2016-03-31T12:00:00Z'));
    expect(known('2016-03-31')).toBe(Date.parse('2016-03-31T23:00:00Z') - 1);
  });

  it('is asked now, or at the moment up to which things were known', () => {
    expect(questionOf({}, now).askedAt).toBe(now);
    expect(questionOf({ known: '2026-03-31T12:00:00Z' }, now).askedAt).toBe(
      Date.parse('2026-03-31T12:00:00Z'),
    );
    expect(questionOf({ known: '2030-01-01' }, now).askedAt).toBe(now);
  });

  it.each([
    [{ at: '31/03/2016' }, 'at must be a calendar date'],
    [{ from: '2016-02-30' }, 'from must be a calendar date'],
    [{ to: '2016-03' }, 'to must be a calendar date'],
    [{ from: '2016-03-31', to: '2016-03-30' }, 'to must not be a day before from'],
    [{ known: 'yesterday' }, 'known must be'],
  ])('is refused: %j', (asked, message) => {
    expect(() => questionOf(asked, now)).toThrow(message);
  });
});
