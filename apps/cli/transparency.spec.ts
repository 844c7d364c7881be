import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { leafHash } from '../../libs/adapters/event-log/leaf-hash.js';
import { openLogReader } from '../../libs/adapters/event-log/log-reader.js';
import { COSIGNATURE, parseVerifierKey, SIGNATURE } from '../../libs/adapters/transparency/note-key.js';
import { formatNote } from '../../libs/adapters/transparency/note.js';
import { type TransparencyLog } from '../../libs/adapters/transparency/transparency-log.js';
import { appendEvents, openTransparency, signAll } from '../../libs/testing/transparency.js';
import { concordat } from './program.js';
import { openTreeCheck, readSignedHead } from './signed-tree.js';
import { verifyLog } from './verify-log.js';

const SIZE = 300;

let dir: string;
let log: EventLog | undefined;
let transparency: TransparencyLog | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'concordat-signed-'));
});
afterEach(async () => {
  await close();
  rmSync(dir, { recursive: true, force: true });
});

async function sign(folder: string, count: number): Promise<TransparencyLog> {
  log = await openEmbeddedLog(join(folder, 'log.sqlite'));
  transparency = await openTransparency(folder, log);
  await appendEvents(log, count);
  await signAll(transparency, log);
  return transparency;
}

async function close(): Promise<void> {
  await transparency?.close();
  await log?.close();
  [transparency, log] = [undefined, undefined];
}

async function run(...parameters: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat(parameters, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { CONCORDAT_DATA: dir },
    now: () => new Date('2026-03-01T12:00:00Z'),
    interactive: false,
  });
  return { code, out, err };
}

describe('a log beside its signed head', () => {
  beforeEach(async () => {
    await sign(dir, SIZE);
    await close();
  });

  function change(sql: string, ...values: readonly unknown[]): void {
    const db = new Database(join(dir, 'log.sqlite'));
    expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0);
    db.close();
  }

  /** Changes an event and, as a thorough forger does, the leaf hash that stands beside it. */
  function forge(position: number): void {
    const db = new Database(join(dir, 'log.sqlite'));
    const event = db
      .prepare<[number], { stream: string; id: string; type: string; data: Buffer }>(
        'SELECT stream, id, type, data FROM event WHERE position = ?',
      )
      .get(position);
    if (event === undefined) throw new Error('there is no such event');
    const hash = leafHash(event.stream, { ...event, metadata: '{}' });
    db.prepare(`UPDATE event SET metadata = '{}', leaf_hash = ? WHERE position = ?`).run(hash, position);
    db.close();
  }

  it('is found as it was signed', async () => {
    expect(await run('verify', 'log')).toEqual({
      code: 0,
      out: [`the log is unaltered up to position ${SIZE}, and up to position ${SIZE} as it was signed`],
      err: [],
    });
  });

  it('is found to be cut off, and where', async () => {
    change('DELETE FROM event WHERE position > 270');
    const { code, out } = await run('verify', 'log');
    expect([code, out]).toEqual([
      4,
      [
        'the log was altered: position 271 is missing: the log was cut off, its last checkpoint was signed over 300 events',
      ],
    ]);
  });

  it('answers no question of an auditor once it was cut off', async () => {
    change('DELETE FROM event WHERE position > 270');
    const { code, out, err } = await run('audit', 'patterns', '--from', '2026-01-01', '--to', '2026-01-31');
    expect([code, out]).toEqual([4, []]);
    expect(err.at(-1)).toBe('concordat: the log was cut off after position 270');
  });

  it.each([1, 256, 257, 299, SIZE])('is found to be forged at %i, hash and all', async (position) => {
    forge(position);
    const { code, out } = await run('verify', 'log');
    expect(code).toBe(4);
    expect(out[0]).toMatch(
      new RegExp(`^the log was altered: position ${position} is not as it was signed: tile/0/`),
    );
  });

  it('is found to be forged when its tiles are, too', async () => {
    forge(20);
    rmSync(join(dir, 'transparency', 'tile'), { recursive: true });
    const head = readSignedHead(dir);
    if (head?.outcome !== 'signed') throw new Error('the head is not signed');
    const check = openTreeCheck(head);
    const reader = openLogReader(join(dir, 'log.sqlite'));
    for await (const event of reader.readAll(0)) check.take(event.leafHash);
    await reader.close();
    expect(check.fault()).toEqual({
      position: 1,
      reason: 'is not as it was signed: tile/0/000 is missing or damaged',
    });
  });

  it('is told from its tiles, when only they are wrong', async () => {
    const tile = join(dir, 'transparency', 'tile', '0', '000');
    const bytes = readFileSync(tile);
    writeFileSync(tile, bytes.fill(7, 32 * 99, 32 * 100));
    const { code, out } = await run('verify', 'log');
    const reason = 'is as it was signed, but tile/0/000 has another hash for it';
    expect([code, out]).toEqual([4, [`the log was altered: position 100 ${reason}`]]);
  });

  it('is not vouched for by a checkpoint that another key signed, or none', async () => {
    const key = (await run('transparency', 'vkey')).out[0] ?? '';
    const stranger = await run(
      'transparency',
      'keygen',
      join(dir, 'other.key'),
      '--name',
      parseVerifierKey(key).name,
    );
    const { code, out } = await run('verify', 'log', '--log-key', stranger.out[0] ?? '');
    expect([code, out[0]]).toEqual([4, expect.stringContaining('nobody vouches for it')]);
    rmSync(join(dir, 'transparency', 'log.key'));
    expect(await run('verify', 'log')).toMatchObject({
      code: 5,
      err: [expect.stringContaining('--log-key')],
    });
    expect((await run('verify', 'log', '--log-key', key)).code).toBe(0);
    expect((await run('verify', 'log', '--log-key', 'no key')).code).toBe(2);
    rmSync(join(dir, 'transparency', 'checkpoint'));
    expect((await run('verify', 'log', '--log-key', key)).code).toBe(5);
  });

  it('is found to be damaged in an index, beside events that are whole', async () => {
    const db = new Database(join(dir, 'log.sqlite'));
    db.pragma('journal_mode = DELETE');
    const page = db
      .prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'event_by_stream'`)
      .pluck()
      .get();
    db.close();
    const bytes = readFileSync(join(dir, 'log.sqlite'));
    const end = (page ?? 0) * 4096 - 1;
    writeFileSync(join(dir, 'log.sqlite'), bytes.fill(bytes.readUInt8(end) ^ 1, end, end + 1));
    const { code, out } = await run('verify', 'log');
    expect([code, out[0]]).toEqual([4, expect.stringMatching(/an index of the file has lost it|damaged/)]);
  });

  it('is found to be altered where a text became something else', async () => {
    change(`UPDATE event SET data = CAST(data || 'x' AS BLOB) WHERE position = 9`);
    const db = new Database(join(dir, 'log.sqlite'));
    db.unsafeMode().pragma('writable_schema = ON');
    db.exec(`UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'event'`);
    db.close();
    change(`UPDATE event SET metadata = CAST(metadata AS BLOB) WHERE position = 5`);
    const { code, out } = await run('verify', 'log');
    expect([code, out]).toEqual([4, ['the log was altered: position 5 does not fit its leaf hash']]);
  });

  it('shows every flipped bit, and names its position', async () => {
    const reader = new Database(join(dir, 'log.sqlite'));
    const columns = ['stream', 'id', 'type', 'metadata', 'data', 'leaf_hash'] as const;
    const read = reader.prepare<[number], Record<string, Buffer>>(
      `SELECT ${columns.map((name) => `CAST(${name} AS BLOB) AS ${name}`).join(', ')} FROM event WHERE position = ?`,
    );
    const write = (column: string, position: number, bytes: Buffer): unknown => {
      const kind = column === 'data' || column === 'leaf_hash' ? 'BLOB' : 'TEXT';
      const sql = `UPDATE event SET ${column} = CAST(? AS ${kind}) WHERE position = ?`;
      return reader.prepare(sql).run(bytes, position);
    };
    reader.pragma('ignore_check_constraints = ON');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: SIZE }),
        fc.constantFrom(...columns),
        fc.nat(),
        async (position, column, place) => {
          const original = read.get(position)?.[column];
          if (original === undefined) throw new Error('there is no such event');
          const bit = place % (original.length * 8);
          const flipped = Buffer.from(original);
          flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
          write(column, position, flipped);
          const log = openLogReader(join(dir, 'log.sqlite'));
          const verdict = await verifyLog(log, undefined, readSignedHead(dir)).finally(() => log.close());
          write(column, position, original);
          expect(verdict).toMatchObject({ outcome: 'altered', position });
        },
      ),
      { numRuns: 60 },
    );
    reader.close();
    expect((await run('verify', 'log')).code).toBe(0);
  });
});

describe('concordat transparency', () => {
  it('makes keys in files of their own, never over another, and prints their public halves', async () => {
    const file = join(dir, 'police.key');
    const made = await run('transparency', 'keygen', file, '--name', 'police.example/witness', '--witness');
    expect(made).toMatchObject({ code: 0, err: [] });
    expect(parseVerifierKey(made.out[0] ?? '')).toMatchObject({ type: COSIGNATURE });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await run('transparency', 'vkey', file)).toEqual(made);
    expect((await run('transparency', 'keygen', file, '--name', 'police.example')).code).toBe(1);
    expect(await run('transparency', 'vkey', file)).toEqual(made);
    expect((await run('transparency', 'keygen', join(dir, 'b'), '--name', 'a b')).code).toBe(2);
    expect((await run('transparency', 'vkey', join(dir, 'none'))).code).toBe(2);
  });

  it('names a log before its hub first starts, and shows its head', async () => {
    expect((await run('transparency', 'show')).code).toBe(5);
    expect((await run('transparency', 'vkey')).code).toBe(5);
    await sign(dir, 1);
    await close();
    rmSync(join(dir, 'transparency'), { recursive: true });
    const file = join(dir, 'log.key');
    const made = await run('transparency', 'keygen', file, '--name', 'iom.example/log');
    expect(parseVerifierKey(made.out[0] ?? '')).toMatchObject({ type: SIGNATURE });
    cpSync(file, join(dir, 'transparency', 'log.key'), { recursive: true });
    await sign(dir, 2);
    expect(await run('transparency', 'vkey')).toEqual(made);
    expect((await run('transparency', 'show')).out[0]).toMatch(/^iom\.example\/log\n3\n/);
    const { out } = await run('transparency', 'show', '--json');
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      origin: 'iom.example/log',
      size: 3,
      signatures: [{ name: 'iom.example/log' }],
    });
  });
});

describe('concordat witness compare', () => {
  it('ends with 1 and both heads when a log has shown two histories, and with 0 when it has not', async () => {
    await sign(dir, 20);
    await close();
    const fork = mkdtempSync(join(tmpdir(), 'concordat-fork-'));
    cpSync(dir, fork, { recursive: true });
    const vkey = (await run('transparency', 'vkey')).out[0] ?? '';
    const heads: string[] = [];
    for (const [name, folder, count] of [
      ['early', dir, 0],
      ['one', dir, 10],
      ['other', fork, 10],
    ] as const) {
      const { note } = (await sign(folder, count)).checkpoint();
      await close();
      heads.push(formatNote(note));
      writeFileSync(join(dir, name), formatNote(note));
    }
    const place = (name: string): string => join(dir, name);
    const compare = (...names: readonly string[]) =>
      run('witness', 'compare', ...names.map(place), '--log', vkey);
    expect(await compare('one', 'other')).toEqual({
      code: 1,
      out: [heads[1], heads[2]],
      err: ['the heads of 30 and 30 events contradict each other: the log has shown two histories'],
    });
    expect((await compare('one', 'one')).code).toBe(0);
    expect((await compare('early', 'one')).code).toBe(5);
    expect((await compare('one', 'missing')).code).toBe(2);
    writeFileSync(place('forged'), (heads[1] ?? '').replace('\n30\n', '\n31\n'));
    expect(await compare('one', 'forged')).toMatchObject({
      code: 2,
      err: [expect.stringContaining('does not hold')],
    });
    rmSync(fork, { recursive: true });
  });
});
