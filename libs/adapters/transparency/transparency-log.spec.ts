import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { appendEvents, openTransparency, signAll } from '../../testing/transparency.js';
import { openEmbeddedLog } from '../event-log/embedded-event-log.js';
import { type EventLog } from '../event-log/event-log.js';
import { type SignedCheckpoint } from './checkpoint.js';
import { verifyConsistency, verifyInclusion } from './merkle.js';
import { type TransparencyLog } from './transparency-log.js';

let dir: string;
let log: EventLog;
let open: TransparencyLog | undefined;
const faults: unknown[] = [];
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'concordat-tree-'));
  log = await openEmbeddedLog(join(dir, 'log.sqlite'));
  faults.length = 0;
});
afterEach(async () => {
  await open?.close();
  open = undefined;
  await log.close();
  rmSync(dir, { recursive: true, force: true });
});

const file = (...path: readonly string[]): string => join(dir, 'transparency', ...path);

async function start(): Promise<TransparencyLog> {
  open = await openTransparency(dir, log, faults);
  return open;
}

async function stop(): Promise<void> {
  await open?.close();
  open = undefined;
}

/** Appends events, takes them and signs the head over them. */
async function grow(transparency: TransparencyLog, count: number): Promise<SignedCheckpoint> {
  await appendEvents(log, count);
  await signAll(transparency, log);
  return transparency.checkpoint();
}

function change(sql: string): void {
  const db = new Database(join(dir, 'log.sqlite'));
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
  db.close();
}

describe('the transparency log', () => {
  it('begins with the signed head of an empty tree, and keys that only their owner may read', async () => {
    const transparency = await start();
    expect(transparency.checkpoint().size).toBe(0);
    expect(transparency.tile({ level: 0, index: 0, width: 1 })).toBeUndefined();
    expect(() => transparency.inclusion(1)).toThrow('from 1 to');
    expect(statSync(file('log.key')).mode & 0o777).toBe(0o600);
    expect(statSync(file('checkpoint')).mode & 0o777).toBe(0o600);
    expect(statSync(file()).mode & 0o777).toBe(0o700);
  });

  it('proves that every head continues every earlier one, and where each event stands, across restarts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.boolean()), { minLength: 2, maxLength: 5 }),
        async (steps) => {
          let transparency = open ?? (await start());
          const heads = [transparency.checkpoint()];
          for (const [count, isRestart] of steps) {
            heads.push(await grow(transparency, count));
            if (!isRestart) continue;
            await stop();
            transparency = await start();
            expect(transparency.checkpoint().note.text).toBe(heads.at(-1)?.note.text);
          }
          for (const [index, early] of heads.entries()) {
            for (const late of heads.slice(index)) {
              if (early.size === 0) continue;
              const { proof } = transparency.consistency(early.size, late.size);
              expect(verifyConsistency(early.size, late.size, early.root, late.root, proof)).toBe(true);
            }
            const position = Math.ceil(early.size / 2);
            if (position === 0) continue;
            const { leafHash, proof } = transparency.inclusion(position, early.size);
            expect(verifyInclusion(position - 1, early.size, leafHash, proof, early.root)).toBe(true);
            for await (const event of log.readAll(position - 1)) {
              expect(Buffer.compare(event.leafHash, leafHash)).toBe(0);
              break;
            }
          }
        },
      ),
      { numRuns: 4 },
    );
  });

  it('keeps tiles as the specification lays them out, and serves no more than it has signed', async () => {
    const transparency = await start();
    await grow(transparency, 300);
    expect(readdirSync(file('tile', '0')).sort()).toEqual(['000', '001.p']);
    expect(readFileSync(file('tile', '0', '000'))).toHaveLength(8192);
    expect(readFileSync(file('tile', '0', '001.p', '44'))).toHaveLength(44 * 32);
    expect(readFileSync(file('tile', '1', '000.p', '1'))).toHaveLength(32);
    await appendEvents(log, 20);
    await transparency.reach(320);
    const partial = (width: number) => transparency.tile({ level: 0, index: 1, width });
    expect([partial(44)?.length, partial(45)]).toEqual([44 * 32, undefined]);
    expect(partial(10)).toEqual(partial(44)?.subarray(0, 320));
    await grow(transparency, 200);
    expect(readdirSync(file('tile', '0')).sort()).toEqual(['000', '001', '002.p']);
    expect(partial(44)).toHaveLength(44 * 32);
  });

  it('drops what was being written when it was killed, and takes up the rest again', async () => {
    const transparency = await start();
    const { note } = await grow(transparency, 300);
    await stop();
    mkdirSync(file('drafts'), { recursive: true });
    writeFileSync(file('drafts', '0123456789abcdef'), 'half a tile');
    writeFileSync(file('checkpoint.draft'), 'half a checkpoint');
    await appendEvents(log, 300);
    writeFileSync(file('tile', '0', '001'), Buffer.alloc(8192, 7));
    const again = await start();
    expect(again.checkpoint().note.text).toBe(note.text);
    expect(existsSync(file('drafts', '0123456789abcdef'))).toBe(false);
    const { size } = await grow(again, 5);
    expect([size, faults]).toEqual([605, []]);
    expect(again.consistency(300).to).toBe(605);
    expect(readdirSync(file()).sort()).toEqual(['checkpoint', 'drafts', 'log.key', 'tile']);
  });

  it('keeps cosignatures of a head until it signs the next', async () => {
    const transparency = await start();
    const { note } = await grow(transparency, 3);
    const line = { name: 'any', id: '00000000', signature: Buffer.alloc(72, 1) };
    transparency.addCosignatures('another head\n', [line]);
    expect(transparency.checkpoint().note.signatures).toHaveLength(1);
    transparency.addCosignatures(note.text, [line]);
    transparency.addCosignatures(note.text, [{ ...line, signature: Buffer.alloc(72, 2) }]);
    expect(transparency.checkpoint().note.signatures).toHaveLength(2);
    expect(readFileSync(file('checkpoint'), 'utf8').split('\n— any ')).toHaveLength(2);
    await stop();
    const again = await start();
    expect(again.checkpoint().note.signatures).toHaveLength(2);
    expect((await grow(again, 1)).note.signatures).toHaveLength(1);
  });

  it('tells of a disk that took nothing, and signs again when it does', async () => {
    const transparency = await start();
    await grow(transparency, 10);
    rmSync(file('drafts'), { recursive: true });
    await appendEvents(log, 10);
    await transparency.reach(20);
    await expect(transparency.sign()).rejects.toThrow('ENOENT');
    expect(transparency.checkpoint().size).toBe(10);
    mkdirSync(file('drafts'));
    expect((await transparency.sign()).size).toBe(20);
  });
});

describe('a log that is not the one that was signed', () => {
  const refused = (code: string) => expect.objectContaining({ kind: 'unavailable', code });

  it('is refused when it was cut off', async () => {
    await grow(await start(), 300);
    await stop();
    change('DELETE FROM event WHERE position > 290');
    await expect(start()).rejects.toEqual(refused('log-cut-off'));
    await expect(start()).rejects.toThrow('it ends at position 290, the last checkpoint was signed over 300');
    await appendEvents(log, 10);
    await expect(start()).rejects.toEqual(refused('log-altered'));
  });

  it.each([
    ['in its last tile', 290],
    ['at its first event', 1],
  ])('is refused when an event was changed %s', async (_, position) => {
    await grow(await start(), 300);
    await stop();
    rmSync(file('tile'), { recursive: true });
    change(`UPDATE event SET metadata = '{}' WHERE position = ${position}`);
    await expect(start()).rejects.toThrow(`position ${position} does not fit its leaf hash`);
  });

  it('is refused when its tiles were altered with it', async () => {
    await grow(await start(), 300);
    await stop();
    rmSync(file('tile'), { recursive: true });
    change('UPDATE event SET position = -position WHERE position IN (3, 4)');
    change('UPDATE event SET position = CASE position WHEN -3 THEN 4 ELSE 3 END WHERE position < 0');
    await expect(start()).rejects.toThrow('its first 300 events are not those');
  });

  it('is no longer signed once it was seen to be altered', async () => {
    const transparency = await start();
    await grow(transparency, 10);
    await stop();
    await appendEvents(log, 10);
    change(`UPDATE event SET data = x'00' WHERE position = 15`);
    const again = await start();
    await again.reach(14);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(faults).toEqual([refused('log-altered')]);
    expect((await again.sign()).size).toBe(14);
  });

  it('is found by the tiles that are missing or wrong: they are made anew when the log is as it was', async () => {
    const { note } = await grow(await start(), 600);
    await stop();
    writeFileSync(file('tile', '1', '000.p', '2'), Buffer.alloc(64, 1));
    expect((await start()).checkpoint().note.text).toBe(note.text);
    expect(open?.inclusion(300).proof.length).toBeGreaterThan(0);
    await stop();
    writeFileSync(file('tile', '0', '002.p', '88'), Buffer.alloc(88 * 32, 1));
    await start();
    expect(open?.inclusion(600).proof.length).toBeGreaterThan(0);
    await stop();
    rmSync(file('tile'), { recursive: true });
    expect((await start()).checkpoint().note.text).toBe(note.text);
    expect(open?.inclusion(600).proof.length).toBeGreaterThan(0);
  });

  it('gives no proof over a tile that was altered, and signs nothing more on it', async () => {
    const transparency = await start();
    await grow(transparency, 600);
    const bytes = readFileSync(file('tile', '0', '000'));
    chmodSync(file('tile', '0', '000'), 0o600);
    writeFileSync(file('tile', '0', '000'), bytes.fill(1, 0, 32));
    await stop();
    const again = await start();
    expect(() => again.inclusion(5)).toThrow(refused('tiles-damaged'));
    expect(() => again.consistency(7)).toThrow(refused('tiles-damaged'));
    expect(again.inclusion(300).position).toBe(300);
  });
});

describe('the identity of a log', () => {
  it('is never made anew where one was', async () => {
    await grow(await start(), 10);
    await stop();
    const keep = mkdtempSync(join(tmpdir(), 'concordat-kept-'));
    cpSync(file(), keep, { recursive: true });
    rmSync(file('log.key'));
    await expect(start()).rejects.toMatchObject({ code: 'log-key-missing' });
    cpSync(keep, file(), { recursive: true });
    rmSync(file('checkpoint'));
    await expect(start()).rejects.toMatchObject({ code: 'checkpoint-missing' });
    cpSync(keep, file(), { recursive: true });
    const checkpoint = readFileSync(file('checkpoint'), 'utf8');
    writeFileSync(file('checkpoint'), checkpoint.replace('\n10\n', '\n9\n'));
    await expect(start()).rejects.toMatchObject({ code: 'note-signature' });
    writeFileSync(file('log.key'), 'no key');
    await expect(start()).rejects.toMatchObject({ code: 'signer-key' });
    rmSync(keep, { recursive: true });
  });
});
