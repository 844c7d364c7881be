import Database from 'better-sqlite3';
import { BEFORE_FIRST } from '../../../libs/adapters/event-log/event-log.js';
import { makePrivateFile } from '../../../libs/adapters/event-log/private-file.js';
import { type IndexEntry, type LastEvent } from './index-entry.js';
import { type StoredReceipt } from './receipt.js';

/**
 * The SQLite file behind the receipt index: a cache, so no write waits for the disk, and this process has it to itself,
 * so no read waits for a lock.
 */
export type ReceiptTable = ReturnType<typeof openReceiptTable>;

const FORMAT = 3;
const CHECKPOINT_PAGES = 10_000;
const NONE = { position: BEFORE_FIRST, id: '' };
const SCHEMA = `
  CREATE TABLE receipt (
    event_id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    received INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    offender TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE identifier (pseudonym TEXT PRIMARY KEY, offender TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX identifier_by_offender ON identifier (offender);
  CREATE TABLE held (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, agency TEXT NOT NULL, event TEXT NOT NULL) STRICT;
  CREATE TABLE erased (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE superseded (event_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE last (agency TEXT PRIMARY KEY, event TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE checkpoint (line INTEGER PRIMARY KEY, position INTEGER NOT NULL, id TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${FORMAT};
`;

/** Opens the file with mode 0600; empty when it was absent or of another format. */
export function openReceiptTable(file: string) {
  makePrivateFile(file);
  const db = new Database(file);
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  if (db.pragma('user_version', { simple: true }) !== FORMAT) recreate(db);
  const checkpoint = db.prepare<[], Checkpoint>('SELECT position, id FROM checkpoint');
  return {
    ...prepareWrite(db),
    ...prepareReads(db),
    /** The newest event of the log that the file has taken in. */
    checkpoint: (): Checkpoint | undefined => checkpoint.get(),
    clear: (): void => clear(db),
    isOpen: (): boolean => db.open,
    close: (): void => void db.close(),
  };
}

interface Checkpoint {
  readonly position: number;
  readonly id: string;
}

function recreate(db: Database.Database): void {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  db.transaction(() => {
    for (const table of tables) db.exec(`DROP TABLE "${table}"`);
    db.exec(SCHEMA);
  })();
}

function clear(db: Database.Database): void {
  for (const table of ['receipt', 'identifier', 'held', 'erased', 'superseded', 'last', 'checkpoint'])
    db.exec(`DELETE FROM ${table}`);
}

function prepareWrite(db: Database.Database) {
  const putReceipt = db.prepare('INSERT OR IGNORE INTO receipt VALUES (?, ?, ?, ?, ?)');
  const putLink = db.prepare('INSERT OR REPLACE INTO identifier VALUES (?, ?)');
  const putHeld = db.prepare('INSERT OR IGNORE INTO held VALUES (?, ?, ?, ?)');
  const putErased = db.prepare('INSERT OR IGNORE INTO erased VALUES (?)');
  const putSuperseded = db.prepare('INSERT OR IGNORE INTO superseded VALUES (?)');
  const putLast = db.prepare('INSERT OR REPLACE INTO last VALUES (?, ?)');
  const putCheckpoint = db.prepare(
    `INSERT INTO checkpoint VALUES (0, ?, ?) ON CONFLICT (line) DO UPDATE
     SET position = excluded.position, id = excluded.id WHERE excluded.position > position`,
  );

  function put(entry: IndexEntry): void {
    if (entry.kind === 'fact') {
      const { eventId, position, received, contentHash, offender } = entry.receipt;
      putReceipt.run(eventId, position, received, contentHash, offender);
      if (entry.supersedes !== null) putSuperseded.run(entry.supersedes);
    } else if (entry.kind === 'link') putLink.run(entry.pseudonym, entry.offender);
    else if (entry.kind === 'erased')
      [entry.offender, ...entry.quarantined].forEach((id) => putErased.run(id));
    else if (entry.kind === 'held') {
      const { position, id, agency } = entry.held;
      putHeld.run(position, id, agency, JSON.stringify(entry.held));
    }
  }

  const write = db.transaction((entries: readonly IndexEntry[]) => {
    const last = new Map<string, LastEvent>();
    for (const entry of entries) {
      put(entry);
      if (entry.kind === 'fact') last.set(entry.agency, entry.last);
    }
    for (const [agency, event] of last) putLast.run(agency, JSON.stringify(event));
    const newest = entries.reduce(
      (at, entry) => (entry.at.position > at.position ? entry.at : at),
      entries[0]?.at ?? NONE,
    );
    if (newest !== NONE) putCheckpoint.run(newest.position, newest.id);
  });

  return { write };
}

function prepareReads(db: Database.Database) {
  const unreleased = 'NOT EXISTS (SELECT 1 FROM receipt WHERE event_id = held.id)';
  const unerased = 'NOT EXISTS (SELECT 1 FROM erased WHERE erased.id = held.id)';
  return {
    receipt: db.prepare<[string], StoredReceipt>(
      `SELECT event_id AS eventId, position, received, content_hash AS contentHash, offender
       FROM receipt WHERE event_id = ?`,
    ),
    offender: db.prepare<[string], string>('SELECT offender FROM identifier WHERE pseudonym = ?').pluck(),
    offenders: db.prepare<[string], number>('SELECT 1 FROM identifier WHERE offender = ? LIMIT 1').pluck(),
    erased: db.prepare<[string], number>('SELECT 1 FROM erased WHERE id = ?').pluck(),
    superseded: db.prepare<[string], number>('SELECT 1 FROM superseded WHERE event_id = ?').pluck(),
    everHeld: db.prepare<[], string>(`SELECT event FROM held WHERE ${unerased} ORDER BY position`).pluck(),
    held: db.prepare<[string], string>('SELECT event FROM held WHERE id = ?').pluck(),
    list: db
      .prepare<[string | null, number, number], string>(
        `SELECT event FROM held WHERE agency = ifnull(?, agency) AND position > ? AND ${unreleased} AND ${unerased}
         ORDER BY position LIMIT ?`,
      )
      .pluck(),
    last: db.prepare<[string], string>('SELECT event FROM last WHERE agency = ?').pluck(),
  };
}
