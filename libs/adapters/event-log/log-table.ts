import Database from 'better-sqlite3';
import type { ExpectedRevision } from './event-log.js';
import type { leafHash } from './leaf-hash.js';
import type { AppendOutcome, AppendRequest } from './writer-messages.js';

/** The format of the file, kept in SQLite's `user_version`; 0 is a file without a log yet. */
export const FORMAT = 1;
const CHECKPOINT_PAGES = 16_000;
/** How long a commit waits for an operator's tool that holds the file, in milliseconds. */
const PATIENCE = 1_000;
const CACHE_KIB = 65_536;

const SCHEMA = `
  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL CHECK (length(unhex(id, '-')) = 16),
    type TEXT NOT NULL,
    metadata TEXT NOT NULL,
    data BLOB NOT NULL,
    leaf_hash BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX event_by_id ON event (unhex(id, '-'));
  CREATE UNIQUE INDEX event_by_stream ON event (stream, revision);
  PRAGMA user_version = ${FORMAT};
`;

interface Place {
  readonly position: number;
  readonly revision: number;
}

/** Opens the log's file for its one writer, so that a commit returns once it is on the disk. */
export function openTable(file: string): Database.Database {
  const db = new Database(file, { timeout: PATIENCE });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma(`cache_size = -${CACHE_KIB}`);
  if (db.pragma('user_version', { simple: true }) === 0) db.transaction(() => db.exec(SCHEMA)).immediate();
  return db;
}

function satisfies(expected: ExpectedRevision, current: number): boolean {
  return expected === 'any' || current === (expected === 'none' ? -1 : expected);
}

function prepareWrite(db: Database.Database, hash: typeof leafHash) {
  const lastPosition = db.prepare<[], number | null>('SELECT max(position) FROM event').pluck();
  const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  return ({ stream, events }: AppendRequest, data: Uint8Array, revision: number): AppendOutcome => {
    const first = (lastPosition.get() ?? 0) + 1;
    let start = 0;
    const positions = events.map(({ id, type, metadata, size }, index) => {
      const payload = data.subarray(start, (start += size));
      const leaf = hash(stream, { id, type, metadata, data: payload });
      insert.run(first + index, stream, revision + 1 + index, id, type, metadata, payload, leaf);
      return first + index;
    });
    return { outcome: 'appended', positions, revision: revision + events.length };
  };
}

/**
 * Decides an append by what the table holds, the appends before it in the same transaction included, and writes it
 * unless it is a repeat or a conflict. `data` is the data of the request's events, end to end.
 */
export function prepareAppend(db: Database.Database, hash: typeof leafHash) {
  const place = db.prepare<[string], Place>(
    `SELECT position, revision FROM event WHERE unhex(id, '-') = unhex(?, '-')`,
  );
  const lastRevision = db
    .prepare<[string], number | null>('SELECT max(revision) FROM event WHERE stream = ?')
    .pluck();
  const write = prepareWrite(db, hash);
  return (request: AppendRequest, data: Uint8Array): AppendOutcome => {
    const known = request.events.map(({ id }) => place.get(id)).filter((found) => found !== undefined);
    const last = known.at(-1);
    if (last && known.length < request.events.length) return { outcome: 'partial-repeat' };
    if (last)
      return {
        outcome: 'repeated',
        positions: known.map((found) => found.position),
        revision: last.revision,
      };
    const current = lastRevision.get(request.stream) ?? -1;
    if (!satisfies(request.expected, current)) return { outcome: 'conflict', currentRevision: current };
    return write(request, data, current);
  };
}
