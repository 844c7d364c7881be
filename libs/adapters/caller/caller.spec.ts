import { describe, expect, it } from '@jest/globals';
import { callerFromClaims } from './caller.js';

const claims = {
  iss: 'urn:test',
  sub: 'p.officer',
  agency: 'police',
  roles: ['practitioner', 'publisher'],
  purposes: ['reducing-reoffending'],
  exp: 1_900_000_000,
};

describe('claims', () => {
  it('describe a caller', () => {
    expect(callerFromClaims(claims)).toEqual({
      agency: 'police',
      user: 'p.officer',
      roles: ['publisher', 'practitioner'],
      purposes: ['reducing-reoffending'],
      expires: 1_900_000_000,
    });
  });

  it('may have no purposes', () => {
    expect(callerFromClaims({ ...claims, purposes: [] }).purposes).toEqual([]);
  });

  it.each([
    ['agency', undefined],
    ['agency', 'police '],
    ['agency', 'toString'],
    ['agency', ['police']],
    ['sub', undefined],
    ['sub', ''],
    ['sub', 'two words'],
    ['sub', 'line\nbreak'],
    ['sub', 'x'.repeat(129)],
    ['roles', undefined],
    ['roles', []],
    ['roles', 'auditor'],
    ['roles', ['auditor', 'root']],
    ['roles', ['auditor', 'auditor']],
    ['roles', ['Auditor']],
    ['purposes', undefined],
    ['purposes', 'reducing-reoffending'],
    ['purposes', ['Reducing Reoffending']],
    ['purposes', ['-a']],
    ['purposes', [1]],
    ['purposes', Array.from({ length: 65 }, () => 'a')],
    ['exp', undefined],
    ['exp', '1900000000'],
    ['exp', Infinity],
    ['exp', 0],
  ])('with %s %j are refused by the name of the claim alone', (claim, value) => {
    const refusal = { name: 'Forbidden', code: 'token-claims' };
    const message = `the token's claim ${claim} is missing or not acceptable`;
    expect(() => callerFromClaims({ ...claims, [claim]: value })).toThrow(
      expect.objectContaining({ ...refusal, message }),
    );
  });

  it.each([undefined, null, 'claims', [claims]])('that are not an object are refused: %j', (value) => {
    expect(() => callerFromClaims(value)).toThrow(expect.objectContaining({ code: 'token-claims' }));
  });
});
