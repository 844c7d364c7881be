import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadDemonstration } from './demonstration.js';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'concordat-demonstration-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('loading the demonstration', () => {
  const load = (): Promise<string> => Promise.resolve('loaded');

  it('happens in an empty hub, once', async () => {
    expect(await loadDemonstration(dir, true, load)).toBe('loaded');
    expect(await loadDemonstration(dir, false, load)).toBeNull();
  });

  it('goes on after an interruption, although the hub is no longer empty', async () => {
    const interrupted = loadDemonstration(dir, true, () => Promise.reject(new Error('interrupted')));
    await expect(interrupted).rejects.toThrow('interrupted');
    expect(existsSync(join(dir, 'demonstration.loading'))).toBe(true);
    expect(await loadDemonstration(dir, false, load)).toBe('loaded');
    expect(await loadDemonstration(dir, false, load)).toBeNull();
  });
});
