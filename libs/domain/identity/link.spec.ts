import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideLink } from './link.js';

describe('decideLink', () => {
  it.each([
    ['nothing known', [['a'], ['b']], undefined, { outcome: 'new', newIdentifiers: ['a', 'b'] }],
    ['one known', [['a', 'X'], ['b']], undefined, { outcome: 'found', offender: 'X', newIdentifiers: ['b'] }],
    [
      'all known',
      [
        ['a', 'X'],
        ['b', 'X'],
      ],
      undefined,
      { outcome: 'found', offender: 'X', newIdentifiers: [] },
    ],
    [
      'two people',
      [['a', 'X'], ['b', 'Y'], ['c']],
      undefined,
      { outcome: 'ambiguous', offenders: ['X', 'Y'] },
    ],
    ['the same identifier twice', [['a'], ['a']], undefined, { outcome: 'new', newIdentifiers: ['a'] }],
    ['a person named', [['a']], 'X', { outcome: 'found', offender: 'X', newIdentifiers: ['a'] }],
    ['another person named', [['a', 'Y']], 'X', { outcome: 'ambiguous', offenders: ['X', 'Y'] }],
    ['nothing but a person named', [], 'X', { outcome: 'found', offender: 'X', newIdentifiers: [] }],
  ] as const)('%s', (_, identifiers, named, expected) => {
    const known = identifiers.map(([pseudonym, offender]) => ({ pseudonym, offender }));
    expect(decideLink(known, named)).toEqual(expected);
  });

  it('never chooses between two people', () => {
    const identifier = fc.record({
      pseudonym: fc.constantFrom('a', 'b', 'c'),
      offender: fc.constantFrom('X', 'Y', undefined),
    });
    fc.assert(
      fc.property(fc.array(identifier), (identifiers) => {
        const people = new Set(
          identifiers.flatMap(({ offender }) => (offender === undefined ? [] : [offender])),
        );
        expect(decideLink(identifiers).outcome).toBe(['new', 'found'][people.size] ?? 'ambiguous');
      }),
    );
  });
});
