import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openWorld, type World } from '../../libs/testing/world.js';
import { recordFindings } from './replayed-log.js';

const CHILD = fileURLToPath(new URL('./replay-elsewhere.mjs', import.meta.url));
const here = { now: '2025-06-02T00:00:00Z', TZ: 'UTC', LANG: 'en_GB.UTF-8', LC_ALL: 'en_GB.UTF-8' };
const elsewhere = {
  now: '2041-12-31T23:59:59Z',
  TZ: 'America/New_York',
  LANG: 'de_DE.UTF-8',
  LC_ALL: 'de_DE.UTF-8',
};

interface Run {
  readonly code: number | null;
  readonly out: string;
  /** What the process takes the time, a number and a date to be. */
  readonly place: string;
}

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await recordFindings(world);
});
afterAll(() => world.close());

function replayIn({ now, ...env }: typeof here, ...more: readonly string[]): Promise<Run> {
  const parameters = ['--no-warnings', '--experimental-transform-types', CHILD, world.dir, now, ...more];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      parameters,
      { env: { ...process.env, ...env } },
      (_, out, place) => resolve({ code: child.exitCode, out, place }),
    );
  });
}

describe('a replay under another clock, time zone and locale', () => {
  it.each([
    ['json', []],
    ['json', ['--from', '2025-06-01', '--to', '2025-06-01']],
    ['csv', []],
  ])('gives the same bytes as %s %j', async (format, more) => {
    const options = ['--format', format, ...more];
    const [one, other] = await Promise.all([replayIn(here, ...options), replayIn(elsewhere, ...options)]);
    expect(one.place).toContain('Jun 02 2025');
    expect(other.place).toContain('Dec 31 2041');
    expect(other.place).toContain('1.234,5');
    expect(one.place).not.toBe(other.place);
    expect(one.code).toBe(1);
    expect(one.out.split('\n').length).toBeGreaterThan(10);
    expect(other.out).toBe(one.out);
    expect(other.code).toBe(1);
  });
});
