import { describe, expect, it } from '@jest/globals';
import {
  crossings,
  isProcessingRestricted,
  isRestricted,
  type OffenderState,
  UNMANAGED,
} from './offender-state.js';

const at = (text: string): number => Date.parse(text);

describe('a reporting restriction', () => {
  const restricted: OffenderState = {
    ...UNMANAGED,
    restrictions: [
      { by: 'courts', until: at('2025-08-01T00:00:00Z') },
      { by: 'youth', until: null },
    ],
  };

  it.each([
    ['courts', '2025-07-31T23:59:59.999Z', true],
    ['courts', '2025-08-01T00:00:00Z', false],
    ['youth', '2095-08-01T00:00:00Z', true],
    ['police', '2025-07-01T00:00:00Z', false],
  ])('of %s restricts at %s: %s', (publisher, moment, expected) => {
    expect(isRestricted(restricted, publisher, at(moment))).toBe(expected);
  });
});

describe('what is crossed between two moments', () => {
  const end = at('2025-08-01T00:00:00Z');
  const day = 86_400_000;
  const restricted = { ...UNMANAGED, restrictions: [{ by: 'courts', until: end }] };
  const emergency = {
    ...UNMANAGED,
    emergencies: [{ agency: 'police', user: 'kim', purpose: 'emergency', until: end }],
  };
  const bornIn = (...born: string[]): OffenderState => ({ ...UNMANAGED, born });

  it.each([
    ['the end of a restriction', restricted],
    ['the end of an emergency disclosure', emergency],
  ])('may be %s', (_, state) => {
    expect(crossings(state, [], end - day, end - 1)).toBe(false);
    expect(crossings(state, [], end - 1, end)).toBe(true);
    expect(crossings(state, [], end - day, end + day)).toBe(true);
    expect(crossings(state, [], end, end + day)).toBe(false);
  });

  it('is nothing where nothing ends of itself', () => {
    const lasting = { ...UNMANAGED, restrictions: [{ by: 'courts', until: null }] };
    expect(crossings(lasting, [18], 0, at('2100-01-01T00:00:00Z'))).toBe(false);
    expect(crossings(bornIn('1990-04'), [], 0, at('2100-01-01T00:00:00Z'))).toBe(false);
  });

  it.each([
    ['2008-03-31', '2008-04-01', true],
    ['2008-04-01', '2008-04-29', false],
    ['2008-04-29', '2008-04-30', true],
    ['2008-04-30', '2009-03-31', false],
  ])(
    'may be the first and the last day on which who was born in April 1990 can come of age: %s to %s',
    (from, to, expected) => {
      expect(crossings(bornIn('1990-04'), [18], at(`${from}T12:00:00Z`), at(`${to}T12:00:00Z`))).toBe(
        expected,
      );
    },
  );

  it('is looked for with every claim and every age', () => {
    const [from, to] = [at('2008-03-31T12:00:00Z'), at('2008-04-01T12:00:00Z')];
    expect(crossings(bornIn('1985-02', '1990-04'), [10, 18], from, to)).toBe(true);
    expect(crossings(bornIn('1985-02', '1990-04'), [10, 16], from, to)).toBe(false);
  });
});

describe('a restriction of processing', () => {
  const fact = { source: '/police/test', sourceId: 'arrest 1' };

  it.each([
    ['all', fact, true],
    ['all', {}, true],
    [[], {}, false],
    [['/police/test arrest 1'], fact, true],
    [['/police/test arrest 2'], fact, false],
    [['/police/test arrest 2'], {}, true],
  ] as const)('of %j, asked of %j: %s', (processingRestricted, asked, expected) => {
    expect(isProcessingRestricted({ ...UNMANAGED, processingRestricted }, asked)).toBe(expected);
  });
});
