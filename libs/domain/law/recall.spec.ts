import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { daysAfter } from './calendar-day.js';
import { expectedRelease, type Recall, recallRuleOn } from './recall.js';
import { recallTypes } from '../../contract/catalogue/probation.js';
import { recallRules } from './recall-law.js';

const sam: Recall = {
  recallType: 'FTR_56',
  returnToCustody: '2026-04-02',
  decidedOn: '2026-03-31',
  born: ['1990-04'],
};

describe('the release of somebody recalled', () => {
  it.each([
    ['FTR_14', '2025-06-01', '2025-06-14'],
    ['FTR_28', '2025-06-01', '2025-06-28'],
    ['FTR_HDC_14', '2024-02-20', '2024-03-04'],
    ['FTR_HDC_28', '2025-02-20', '2025-03-19'],
    ['FTR_56', '2026-04-02', '2026-05-27'],
    ['FTR_56', '2026-09-15', '2026-11-09'],
  ] as const)(
    'of %s who returned on %s is due on %s: the day of return is the first',
    (recallType, from, day) => {
      expect(expectedRelease({ recallType, returnToCustody: from, decidedOn: from })).toMatchObject({
        outcome: 'known',
        day,
      });
    },
  );

  it('is the day of return plus 13, 27 or 55, whatever the clocks do', () => {
    const types = fc.constantFrom(['FTR_14', 13] as const, ['FTR_28', 27] as const, ['FTR_56', 55] as const);
    fc.assert(
      fc.property(types, fc.integer({ min: 0, max: 4000 }), ([recallType, days], nth) => {
        const returnToCustody = daysAfter('2026-03-31', nth) ?? '';
        const release = expectedRelease({ recallType, returnToCustody, decidedOn: returnToCustody });
        expect(release).toMatchObject({ outcome: 'known', day: daysAfter(returnToCustody, days) });
      }),
    );
  });

  it.each(['LR', 'CUR_HDC', 'IN_HDC'] as const)('of %s is fixed by no law', (recallType) => {
    expect(expectedRelease({ ...sam, recallType })).toMatchObject({ outcome: 'not-fixed' });
  });
});

describe('the law on recalls', () => {
  it.each(['FTR_14', 'FTR_28', 'FTR_56'] as const)('is another for %s on 30 and on 31 March 2026', (type) => {
    expect(recallRuleOn(type, '2026-03-30')?.id).not.toBe(recallRuleOn(type, '2026-03-31')?.id);
  });

  it('knows no 56 days before that day, whenever the person returns', () => {
    expect(expectedRelease({ ...sam, decidedOn: '2026-03-30' })).toEqual({
      outcome: 'no-such-recall',
      reason: 'not-in-force',
      rule: null,
    });
    expect(expectedRelease(sam)).toMatchObject({ outcome: 'known', day: '2026-05-27' });
  });

  it.each([
    ['a child', { born: ['2008-05-01'] }, 'under-age'],
    ['a sentence of four years', { sentenceMonths: 48 }, 'sentence-too-long'],
    ['a recall on being charged', { recalledOnCharge: true }, 'on-charge'],
    ['MAPPA level 2', { mappaLevels: [2] }, 'mappa-level'],
    ['MAPPA level 3', { mappaLevels: [1, 3] }, 'mappa-level'],
    ['a sentence under the 1991 Act', { sentencedUnder: 'CJA 1991' }, 'sentence-type'],
    ['a day that is none', { returnToCustody: '2026-04-31' }, 'no-day'],
  ])('has no 56 days for %s', (_, known, reason) => {
    expect(expectedRelease({ ...sam, ...known })).toMatchObject({ outcome: 'no-such-recall', reason });
  });

  it.each([
    ['who came of age on the day', { born: ['2008-03-31'] }],
    ['a sentence of 47 months', { sentenceMonths: 47 }],
    ['MAPPA level 1', { mappaLevels: [1] }],
    ['somebody of whom nothing is known', { born: [], sentenceMonths: null, mappaLevels: null }],
  ])('has 56 days for %s', (_, known) => {
    expect(expectedRelease({ ...sam, ...known }).outcome).toBe('known');
  });

  it('has 14 days for sentences below twelve months alone', () => {
    const recall = { ...sam, recallType: 'FTR_14' } as const;
    expect(expectedRelease({ ...recall, sentenceMonths: 12 })).toMatchObject({ reason: 'sentence-too-long' });
    expect(expectedRelease({ ...recall, sentenceMonths: 11 }).outcome).toBe('known');
  });

  it('has at most one rule for a type on a day, and one for each today', () => {
    for (const type of recallTypes) {
      expect(recallRuleOn(type, '2026-11-22')).toBeDefined();
      for (const day of ['2009-01-01', '2016-01-01', '2026-03-30', '2026-03-31', '2030-01-01'])
        expect(
          recallRules.filter(
            ({ type: of, inForce: { from, to = '9999' } }) => of === type && from <= day && day <= to,
          ).length,
        ).toBeLessThanOrEqual(1);
    }
  });
});
