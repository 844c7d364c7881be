import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEmbeddedLog } from './embedded-event-log.js';
import { collect } from './event-log.contract.js';
import { BEFORE_FIRST, type LoggedEvent } from './event-log.js';
import { verifyLeaf } from './leaf-hash.js';

const ROUNDS = 5;
const CHILD = fileURLToPath(new URL('./append-until-killed.mjs', import.meta.url));

/** Runs the appending process, kills it at a random moment after its first acknowledgement, returns what it printed. */
async function appendThenKill(file: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--no-warnings', '--experimental-transform-types', CHILD, file]);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  await pause(Math.random() * 300);
  child.kill('SIGKILL');
  expect(await closed).toEqual([null, 'SIGKILL']);
  return printed.split('\n').slice(0, -1);
}

async function readWhole(file: string): Promise<readonly LoggedEvent[]> {
  const log = await openEmbeddedLog(file);
  const events = await collect(log.readAll(BEFORE_FIRST));
  await log.close();
  return events;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, number> {
  return items.reduce(
    (counts, item) => counts.set(key(item), (counts.get(key(item)) ?? 0) + 1),
    new Map<string, number>(),
  );
}

describe('the embedded event log whose process is killed', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-log-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has every acknowledged event once at its position, whole appends, no gaps, and opens without help', async () => {
    const file = join(folder, 'log.sqlite');
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      acknowledged.push(...(await appendThenKill(file)));
      const events = await readWhole(file);
      const stored = new Set(events.map(({ position, id }) => `${position} ${id}`));
      expect(acknowledged.filter((line) => !stored.has(line))).toEqual([]);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      expect(events.every(({ position }, index) => position === index + 1)).toBe(true);
      const next = new Map<string, number>();
      for (const { stream, revision } of events) {
        expect(revision).toBe(next.get(stream) ?? 0);
        next.set(stream, revision + 1);
      }
      for (const [metadata, count] of countBy(events, (event) => event.metadata)) {
        expect(JSON.parse(metadata)).toMatchObject({ size: count });
      }
      expect(events.every(verifyLeaf)).toBe(true);
    }
    expect(acknowledged.length).toBeGreaterThan(100);
  });
});
