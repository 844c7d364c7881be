import { describe, expect, it } from '@jest/globals';
import { startOf } from '../agreement/decide.js';
import { loggingLawAt } from './law.js';

describe('the law on logging', () => {
  it.each([
    ['the day before there was any', startOf('2018-05-25') - 1, undefined],
    ['its first day, which begins in London', startOf('2018-05-25'), 'required'],
    ['the last moment before the amendment', startOf('2025-08-20') - 1, 'required'],
    ['the day of the amendment', startOf('2025-08-20'), 'not-required'],
    ['ten years on', startOf('2035-08-20'), 'not-required'],
  ])('on %s asks this of a justification', (_, at, justification) => {
    expect(loggingLawAt(at)?.justification).toBe(justification);
  });
});
