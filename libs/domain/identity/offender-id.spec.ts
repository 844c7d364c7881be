import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isoCheckCharacter, isOffenderId, offenderIdFrom } from './offender-id.js';

const random = fc.uint8Array({ minLength: 10, maxLength: 16 });
const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

describe('ISO/IEC 7064 MOD 37,36', () => {
  it.each([
    ['A12425GABC1234002', 'M', 'GRid standard'],
    ['B159D8FA01240000', 'K', 'ISAN'],
  ])('%s has the check character %s (%s)', (text, check) => {
    expect(isoCheckCharacter(text)).toBe(check);
  });
});

describe('an offender id', () => {
  it('is made of its bytes alone', () => {
    expect(offenderIdFrom(new Uint8Array(10))).toBe(
      offenderIdFrom(Uint8Array.from({ length: 12 }, () => 32)),
    );
    expect(offenderIdFrom(Uint8Array.from({ length: 10 }, (_, at) => at + 22))).toMatch(/^PPQRSTVWXYZ.$/);
  });

  it('is recognised', () => {
    fc.assert(fc.property(random, (bytes) => isOffenderId(offenderIdFrom(bytes))));
  });

  it('with one character typed wrong is refused', () => {
    fc.assert(
      fc.property(random, fc.nat(11), fc.constantFrom(...characters), (bytes, at, typed) => {
        const id = offenderIdFrom(bytes);
        fc.pre(id[at] !== typed);
        return !isOffenderId(id.slice(0, at) + typed + id.slice(at + 1));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['', 'P', 'p0000000000', '0'.repeat(12), 'P00000000000\n', 'P0000 00000 0'])(
    'is not %j',
    (text) => {
      expect(isOffenderId(text)).toBe(false);
    },
  );

  it('needs ten random bytes', () => {
    expect(() => offenderIdFrom(new Uint8Array(9))).toThrow(
      expect.objectContaining({ code: 'random-too-short' }),
    );
  });
});
