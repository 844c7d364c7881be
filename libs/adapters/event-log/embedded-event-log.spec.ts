import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openEmbeddedLog } from './embedded-event-log.js';
import { collect, eventLogContract, idsOf, sampleEvent, sampleEvents } from './event-log.contract.js';
import { BEFORE_FIRST, type EventLog } from './event-log.js';
import { startWriter } from './group-commit.js';
import { verifyLeaf } from './leaf-hash.js';
import { openLogReader } from './log-reader.js';

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'event-log-'));

eventLogContract('the embedded event log', async () => {
  const folder = await newFolder();
  const file = join(folder, 'log.sqlite');
  let log = await openEmbeddedLog(file);
  return {
    log,
    async reopen() {
      await log.close();
      return (log = await openEmbeddedLog(file));
    },
    async dispose() {
      await log.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('the embedded event log', () => {
  let folder: string;
  let file: string;
  let log: EventLog;

  beforeEach(async () => {
    folder = await newFolder();
    file = join(folder, 'log.sqlite');
    log = await openEmbeddedLog(file);
  });
  afterEach(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  it('waits for the disk at every commit', async () => {
    await log.close();
    const writer = await startWriter(file, () => undefined);
    await writer.close();
    expect(writer).toMatchObject({ journalMode: 'wal', synchronous: 2 });
  });

  it('is empty at first, then numbers its events from 1 without gaps, refused appends between them', async () => {
    expect(await log.head()).toBe(BEFORE_FIRST);
    const [event] = sampleEvents(1);
    await Promise.allSettled([
      log.append('offender-1', sampleEvents(2), 'none'),
      log.append('offender-1', sampleEvents(2), 'none'),
      log.append('offender-2', [event ?? sampleEvent()], 'none'),
      log.append('offender-2', [event ?? sampleEvent(), sampleEvent()], 'any'),
      log.append('offender-2', sampleEvents(1), 'any'),
    ]);
    expect((await collect(log.readAll(BEFORE_FIRST))).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  });

  it('keeps its files to their owner', async () => {
    await log.append('offender-1', sampleEvents(1), 'any');
    for (const suffix of ['', '-wal', '-shm', '.lock']) {
      expect(((await stat(file + suffix)).mode & 0o777).toString(8)).toBe('600');
    }
  });

  it('is held by one writer at a time', async () => {
    await expect(openEmbeddedLog(file)).rejects.toMatchObject({ kind: 'unavailable', code: 'log-in-use' });
    expect(await log.append('offender-1', sampleEvents(1), 'none')).toMatchObject({ outcome: 'appended' });
    await expect(openEmbeddedLog(file)).rejects.toMatchObject({ code: 'log-in-use' });
  });

  it('refuses a file that is no event log, and one in a later format', async () => {
    const refused = { kind: 'unavailable', code: 'log-unopenable' };
    await writeFile(
      join(folder, 'text'),
      'no database, only text that is long enough to be read as one'.repeat(9),
    );
    await expect(openEmbeddedLog(join(folder, 'text'))).rejects.toMatchObject(refused);
    await expect(openEmbeddedLog(join(folder, 'absent', 'log.sqlite'))).rejects.toMatchObject(refused);
    new Database(join(folder, 'later')).exec('PRAGMA user_version = 2').close();
    await expect(openEmbeddedLog(join(folder, 'later'))).rejects.toMatchObject(refused);
  });

  it('finds a stored event of which one byte was changed', async () => {
    await log.append('offender-1', sampleEvents(5), 'none');
    await log.close();
    const db = new Database(file);
    db.exec(`UPDATE event SET data = CAST('Sealed' AS BLOB) WHERE position = 2`);
    db.exec(`UPDATE event SET metadata = replace(metadata, 'probation', 'Probation') WHERE position = 4`);
    db.close();
    log = await openEmbeddedLog(file);
    expect((await collect(log.readAll(BEFORE_FIRST))).map(verifyLeaf)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('acknowledges nothing that the disk did not take, and goes on when the obstacle has gone', async () => {
    const obstacle = new Database(file);
    obstacle.exec('BEGIN IMMEDIATE');
    const [event] = sampleEvents(1);
    const append = (): Promise<unknown> => log.append('offender-1', [event ?? sampleEvent()], 'none');
    await expect(append()).rejects.toMatchObject({ kind: 'unavailable', code: 'log-write-failed' });
    obstacle.exec('ROLLBACK');
    obstacle.close();
    expect(await append()).toMatchObject({ outcome: 'appended', positions: [1] });
  });

  it('refuses every append once the writer has stopped, those on their way included', async () => {
    const vandal = new Database(file);
    vandal.exec('DROP TABLE event');
    vandal.close();
    const results = await Promise.allSettled(
      [1, 2, 3].map((n) => log.append(`offender-${n}`, sampleEvents(1), 'any')),
    );
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    const later = log.append('offender-1', sampleEvents(1), 'any');
    await expect(later).rejects.toMatchObject({ kind: 'unavailable', code: 'log-failed' });
  });

  it('delivers its own events to followers at once, not when they next look', async () => {
    const following = log.follow(BEFORE_FIRST)[Symbol.asyncIterator]();
    const started = performance.now();
    for (let round = 1; round <= 20; round++) {
      const next = following.next();
      await log.append('offender-1', sampleEvents(1), 'any');
      expect(await next).toMatchObject({ value: { position: round } });
    }
    expect(performance.now() - started).toBeLessThan(2_500);
  });

  it('can be read and followed beside its writer, by a reader that takes no lock', async () => {
    const reader = openLogReader(file);
    const events = sampleEvents(3);
    await log.append('offender-1', events.slice(0, 2), 'none');
    expect(await reader.head()).toBe(2);
    expect(idsOf(await collect(reader.readStream('offender-1', 1)))).toEqual(idsOf(events.slice(1, 2)));
    const following = collect(reader.follow(BEFORE_FIRST), 3);
    await log.append('offender-1', events.slice(2), 1);
    expect(idsOf(await following)).toEqual(idsOf(events));
    await reader.close();
    expect(() => reader.readAll(BEFORE_FIRST)).toThrow('event log is closed');
    await expect(reader.head()).rejects.toMatchObject({ code: 'log-closed' });
  });

  it('has no reader for a file that is missing or empty', async () => {
    await writeFile(join(folder, 'empty'), '');
    expect(() => openLogReader(join(folder, 'absent'))).toThrow('missing or is no event log');
    expect(() => openLogReader(join(folder, 'empty'))).toThrow('missing or is no event log');
  });
});
