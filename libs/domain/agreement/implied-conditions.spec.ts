import { describe, expect, it } from '@jest/globals';
import { type AgeRange, type Conditions } from './document.js';
import { permitsWhenever, prohibitsWhenever } from './implied-conditions.js';

/** A looser and a stricter condition of each kind; the stricter never implies itself from the looser. */
const pairs: readonly (readonly [Conditions, Conditions])[] = [
  [{ cohort: ['Fixed', 'Flex'] }, { cohort: ['Fixed'] }],
  [{ level: ['Priority', 'MAPPA-2'] }, { level: ['MAPPA-2'] }],
  [{ areas: ['NW', 'NE'] }, { areas: ['NE'] }],
  [{ mappa: {} }, { mappa: { levels: [2] } }],
  [{ mappa: { categories: [1, 2] } }, { mappa: { categories: [1], levels: [3] } }],
  [{ age: { atFact: { from: 10 } } }, { age: { atFact: { from: 18, to: 25 } } }],
  [{ age: { atQuestion: { to: 25 } } }, { age: { atQuestion: { to: 20 } } }],
  [{ limitedAccess: ['NONE', 'RESTRICTED'] }, {}],
  [{ limitedAccess: ['NONE', 'EXCLUDED'] }, { limitedAccess: ['EXCLUDED'] }],
  [{ handling: ['P', 'C'] }, {}],
  [{ handling: ['P', 'C'] }, { handling: ['C'] }],
  [{ grading: { source: [1, 2] } }, { grading: { source: [1], information: ['A'] } }],
  [{ reportingRestrictions: 'permitted' }, {}],
  [{ role: ['coordinator', 'practitioner'] }, { role: ['coordinator'] }],
];

/** Conditions without which a permission is looser. */
const single: readonly Conditions[] = [
  { cohort: ['Fixed'] },
  { level: ['Priority'] },
  { mappa: {} },
  { management: 'statutory' },
  { management: 'voluntary' },
  { areas: ['NW'] },
  { age: { atFact: { from: 18 } } },
  { age: { atQuestion: { from: 18 } } },
  { consent: true },
  { grading: { source: [1] } },
  { grading: { information: ['A'] } },
  { role: ['coordinator'] },
  { responsibility: 'case' },
  { emergency: { hours: 4, reviewWithin: 24 } },
];

describe('a permission applies whenever another does', () => {
  it.each(pairs)('%j whenever %j, and not the other way', (loose, strict) => {
    expect(permitsWhenever(loose, strict)).toBe(true);
    expect(permitsWhenever(strict, loose)).toBe(false);
  });

  it.each(single)('unconditional whenever %j, and not the other way', (strict) => {
    expect([permitsWhenever({}, strict), permitsWhenever(strict, {})]).toEqual([true, false]);
    expect(permitsWhenever(strict, strict)).toBe(true);
  });

  const adults = (atFact: AgeRange): Conditions => ({ age: { atFact } });
  it.each<[AgeRange, AgeRange, boolean]>([
    [{ from: 18 }, { from: 18 }, true],
    [{ from: 18 }, { from: 19 }, true],
    [{ from: 18 }, { from: 17 }, false],
    [{ from: 18 }, { to: 25 }, false],
    [{ to: 25 }, { to: 25 }, true],
    [{ to: 25 }, { to: 26 }, false],
    [{ to: 25 }, { from: 18 }, false],
    [{ from: 18, to: 25 }, { from: 18, to: 26 }, false],
    [{ from: 18, to: 25 }, { from: 17, to: 25 }, false],
  ])('of an age in %j whenever in %j: %s', (loose, strict, expected) => {
    expect(permitsWhenever(adults(loose), adults(strict))).toBe(expected);
  });

  it.each<[Conditions, Conditions, boolean]>([
    [{ reportingRestrictions: 'permitted' }, { reportingRestrictions: 'permitted' }, true],
    [{ handling: ['C'] }, {}, false],
    [{ limitedAccess: ['RESTRICTED'] }, {}, false],
    [{ handling: ['P'] }, {}, true],
  ])('%j whenever %j: %s', (loose, strict, expected) => {
    expect(permitsWhenever(loose, strict)).toBe(expected);
  });

  it('not whenever another kind of management is', () => {
    expect(permitsWhenever({ management: 'statutory' }, { management: 'voluntary' })).toBe(false);
  });
});

describe('a prohibition applies whenever a permission does', () => {
  it.each([...single, { limitedAccess: ['NONE'] }, { handling: ['P'] }] satisfies Conditions[])(
    'whatever the permission needs, and under the same: %j',
    (conditions) => {
      expect([prohibitsWhenever(undefined, conditions), prohibitsWhenever(conditions, conditions)]).toEqual([
        true,
        true,
      ]);
    },
  );

  it.each(single)('not when it needs what the permission does not: %j', (conditions) => {
    expect(prohibitsWhenever(conditions, undefined)).toBe(false);
  });

  it('silence of a permission means an unmarked case and no handling conditions', () => {
    expect(prohibitsWhenever({ limitedAccess: ['NONE'], handling: ['P'] }, undefined)).toBe(true);
    expect(prohibitsWhenever({ limitedAccess: ['RESTRICTED'] }, undefined)).toBe(false);
  });
});
