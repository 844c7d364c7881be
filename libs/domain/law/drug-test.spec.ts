import { describe, expect, it } from '@jest/globals';
import { isSurelyYounger } from './age-at.js';
import { confirmationDue, drugTestFaults, drugTestLawAt, type DrugTest } from './drug-test.js';

const at = Date.parse('2025-06-18T14:00:00Z');
const nadia: DrugTest = {
  basis: 'arrest',
  born: ['1990-04-17'],
  takenAt: at,
  triggerOffence: '028/01',
  inspectorAuthority: null,
};
const faults = (test: Partial<DrugTest>): readonly string[] =>
  drugTestFaults({ ...nadia, ...test }).map(({ fault }) => fault);

describe('a drug test in police detention', () => {
  it.each([
    ['arrest', '2007-06-19', ['under-age']],
    ['arrest', '2007-06-18', []],
    ['charge', '2011-06-19', ['under-age']],
    ['charge', '2011-06-18', []],
    ['charge', '2007-06-19', []],
  ] as const)('after %s of who was born on %s: %j', (basis, born, expected) => {
    expect(faults({ basis, born: [born] })).toEqual(expected);
  });

  it('is faulted for age only where it is sure', () => {
    expect(faults({ born: [] })).toEqual([]);
    expect(faults({ born: ['2007-06'] })).toEqual([]);
    expect(faults({ born: ['2007-07'] })).toEqual(['under-age']);
    expect(faults({ born: ['2009-01-01', '1990-04'] })).toEqual([]);
  });

  it('rests on a trigger offence or on an inspector', () => {
    expect(faults({ triggerOffence: null })).toEqual(['no-ground']);
    expect(faults({ triggerOffence: null, inspectorAuthority: 'INS 4711' })).toEqual([]);
    expect(faults({ triggerOffence: null, born: ['2012-01-01'] })).toEqual(['under-age', 'no-ground']);
  });

  it('was not known to the law before there was one', () => {
    expect(faults({ takenAt: Date.parse('2001-01-01T12:00:00Z') })).toEqual(['no-law']);
  });

  it('is confirmed within five working days, and disclosed for four purposes', () => {
    expect(confirmationDue(at)).toBe('2025-06-25');
    expect(Object.keys(drugTestLawAt(at)?.purposes ?? {})).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('an age', () => {
  it.each([
    ['2008-02-29', '2026-02-28T23:59:59Z', true],
    ['2008-02-29', '2026-03-01T00:00:00Z', false],
    ['1990-07-01', '2008-06-30T22:59:59Z', true],
    ['1990-07-01', '2008-06-30T23:00:00Z', false],
  ])('of who was born on %s at %s is surely below 18: %s', (born, when, expected) => {
    expect(isSurelyYounger([born], 18, Date.parse(when))).toBe(expected);
  });
});
