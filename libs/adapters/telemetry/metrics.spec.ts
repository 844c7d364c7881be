import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { openMetrics, visibleWithin } from './metrics.js';

const HOUR = 3_600_000;

afterEach(() => void jest.useRealTimers());

describe('how soon facts become visible', () => {
  it('is what 95 of 100 took at most, in milliseconds', async () => {
    const metrics = openMetrics();
    for (let nth = 1; nth <= 1000; nth++) metrics.visible.observe(nth / 1000);
    const found = await visibleWithin(metrics);
    expect(found).toBeGreaterThan(940);
    expect(found).toBeLessThan(960);
  });

  it('is not known before the first, nor once the last hour has none', async () => {
    jest.useFakeTimers({ now: Date.parse('2026-03-31T12:00:00Z') });
    const metrics = openMetrics();
    expect(await visibleWithin(metrics)).toBeNull();
    metrics.visible.observe(0.25);
    jest.advanceTimersByTime(HOUR / 2);
    expect(await visibleWithin(metrics)).toBe(250);
    jest.advanceTimersByTime(HOUR);
    expect(await visibleWithin(metrics)).toBeNull();
    metrics.visible.observe(0.5);
    expect(await visibleWithin(metrics)).toBe(500);
  });
});
