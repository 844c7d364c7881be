import { describe, expect, it } from '@jest/globals';
import { printedNumber, roundedHalfUp } from './report-figure.js';

describe('a printed number', () => {
  it.each([
    [-38.9474, 2, -38.95],
    [(-150 / 365) * 100, 2, -41.1],
    [1.005, 2, 1.01],
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [0.1 + 0.2, 1, 0.3],
    [4.35 * 100, 0, 435],
    [1e-9, 2, 0],
    [-0.004, 2, 0],
    [123456789.125, 2, 123456789.13],
  ])('%d with %d places is %d', (value, decimals, printed) => {
    expect(roundedHalfUp(value, decimals)).toBe(printed);
  });

  it('has no places when nothing is said of them, and is none where there is no number', () => {
    expect(printedNumber({ value: 12.5 })).toBe(13);
    expect(printedNumber({ value: 12.345, decimals: 1 })).toBe(12.3);
    expect([printedNumber({ value: null }), printedNumber({ value: 'Fixed' })]).toEqual([null, null]);
  });
});
