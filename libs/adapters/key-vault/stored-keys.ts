import { timingSafeEqual } from 'node:crypto';
import Database from 'better-sqlite3';
import { Unavailable } from '../../contract/failure.js';
import { makePrivateFile } from '../event-log/private-file.js';

const FORMAT = 1;
const SCHEMA = `
  CREATE TABLE data_key (
    key_id TEXT PRIMARY KEY,
    wrapped BLOB,
    created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ'))
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE master_key (check_value BLOB NOT NULL) STRICT;
  PRAGMA user_version = ${FORMAT};
`;

/** Wrapped data keys in a file. An erased key keeps its row, without the key. */
export interface StoredKeys {
  /** Undefined when there never was such a key, null when it is erased. */
  read(keyId: string): Uint8Array | null | undefined;
  /** Durably adds the keys that have no row yet, all or none. Throws `Unavailable` `vault-write-failed`. */
  add(keys: ReadonlyMap<string, Uint8Array>): void;
  /** Durably destroys keys: their rows stay without them, and nothing of them is left in the file or beside it. */
  erase(keyIds: readonly string[]): void;
  /** A number that changes whenever another connection has written to the file. */
  version(): number;
  isOpen(): boolean;
  close(): void;
}

function openDatabase(file: string, checkValue: Uint8Array): Database.Database {
  makePrivateFile(file);
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  const prepare = db.transaction(() => {
    if (db.pragma('user_version', { simple: true }) !== 0) return;
    db.exec(SCHEMA);
    db.prepare('INSERT INTO master_key VALUES (?)').run(checkValue);
  });
  prepare.immediate();
  return db;
}

function open(file: string, checkValue: Uint8Array) {
  try {
    const db = openDatabase(file, checkValue);
    const known = db.prepare<[], Uint8Array>('SELECT check_value FROM master_key').pluck().get();
    return { db, isRightKey: known?.length === checkValue.length && timingSafeEqual(known, checkValue) };
  } catch {
    throw new Unavailable('vault-unopenable', 'key vault file cannot be opened or is no key vault');
  }
}

function writeOrFail(write: () => void): void {
  try {
    write();
  } catch {
    throw new Unavailable('vault-write-failed', 'key vault could not be written');
  }
}

/** The write-ahead log holds pages as they were before, so it is emptied; throws while a reader keeps it from that. */
function emptyJournal(db: Database.Database): void {
  const busy: unknown = db.pragma('wal_checkpoint(TRUNCATE)', { simple: true });
  if (busy !== 0) throw new Unavailable('vault-busy', 'key vault is being read');
}

/**
 * Opens the file, made with mode 0600 if absent. `checkValue` comes from the master key and tells a later opening
 * whether it has the same one. Throws `Unavailable`: `vault-unopenable`, `master-key-wrong`.
 */
export function openStoredKeys(file: string, checkValue: Uint8Array): StoredKeys {
  const { db, isRightKey } = open(file, checkValue);
  if (!isRightKey) {
    db.close();
    throw new Unavailable('master-key-wrong', 'key vault was made with another master key');
  }
  const select = db
    .prepare<[string], Uint8Array | null>('SELECT wrapped FROM data_key WHERE key_id = ?')
    .pluck();
  const insert = db.prepare('INSERT INTO data_key (key_id, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const version = db.prepare<[], number>('PRAGMA data_version').pluck();
  const addAll = db.transaction((keys: ReadonlyMap<string, Uint8Array>) => {
    for (const [keyId, wrapped] of keys) insert.run(keyId, wrapped);
  });
  const close = db.prepare(
    'INSERT INTO data_key (key_id, wrapped) VALUES (?, NULL) ON CONFLICT (key_id) DO UPDATE SET wrapped = NULL',
  );
  const closeAll = db.transaction((keyIds: readonly string[]) => keyIds.forEach((keyId) => close.run(keyId)));
  return {
    read: (keyId) => select.get(keyId),
    add: (keys) => writeOrFail(() => addAll.immediate(keys)),
    erase: (keyIds) =>
      writeOrFail(() => {
        closeAll.immediate(keyIds);
        emptyJournal(db);
      }),
    version: () => version.get() ?? 0,
    isOpen: () => db.open,
    close: () => db.close(),
  };
}
