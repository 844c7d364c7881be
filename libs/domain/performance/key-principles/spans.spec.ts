import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lengthOf, shared, type Spans, spansOf, united, within, without } from './spans.js';

const arbitrarySpans = fc
  .array(fc.tuple(fc.nat(30), fc.nat(10)), { maxLength: 6 })
  .map((pairs): Spans => united(pairs.map(([from, length]) => ({ from, to: from + length }))));

/** Every whole moment that the stretches cover, one by one. */
const moments = (spans: Spans): ReadonlySet<number> =>
  new Set(
    Array.from({ length: 45 }, (_, at) => at).filter((at) =>
      spans.some(({ from, to }) => from <= at && at < to),
    ),
  );

describe('stretches of time', () => {
  it('are joined, cut and taken away moment by moment', () => {
    fc.assert(
      fc.property(arbitrarySpans, arbitrarySpans, (some, others) => {
        const [one, other] = [moments(some), moments(others)];
        expect(moments(united([...some, ...others]))).toEqual(new Set([...one, ...other]));
        expect(moments(shared(some, others))).toEqual(new Set([...one].filter((at) => other.has(at))));
        expect(moments(without(some, others))).toEqual(new Set([...one].filter((at) => !other.has(at))));
        expect(lengthOf(some)).toBe(one.size);
        expect(moments(within(some, { from: 5, to: 12 }))).toEqual(
          new Set([...one].filter((at) => at >= 5 && at < 12)),
        );
      }),
    );
  });

  it('last where nothing ends them', () => {
    expect(within(spansOf([{ from: 3, to: null }]), { from: 0, to: 10 })).toEqual([{ from: 3, to: 10 }]);
  });
});
