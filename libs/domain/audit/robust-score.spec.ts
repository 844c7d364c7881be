import { expect, it } from '@jest/globals';
import { medianOf, robustScore } from './robust-score.js';

it('takes the middle of a history', () => {
  expect([medianOf([]), medianOf([3]), medianOf([9, 1, 2]), medianOf([4, 1, 3, 2])]).toEqual([0, 3, 2, 2.5]);
});

it('is not swayed by one odd day', () => {
  expect(robustScore(10, [4, 5, 6, 5, 500])).toEqual({ median: 5, deviation: 1, score: 0.6745 * 5 });
});

it('counts a deviation below one as one', () => {
  expect(robustScore(7, [5, 5, 5])).toEqual({ median: 5, deviation: 0, score: 0.6745 * 2 });
});
