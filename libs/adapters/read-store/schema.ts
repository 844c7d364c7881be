import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * One agency's read model. It can be rebuilt from the log, so a commit needs no fsync. Deleted rows are
 * overwritten, and the write-ahead log emptied after a commit that deleted some.
 * A lookup says that some facts of a person, decided so, hold a value under a field; it goes with the last of them.
 */
const tables = `
CREATE TABLE IF NOT EXISTS checkpoint (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS grants (number INTEGER PRIMARY KEY, doc TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS fact (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  offender TEXT NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  publisher TEXT NOT NULL,
  happened INTEGER NOT NULL,
  moment TEXT NOT NULL,
  recorded TEXT,
  received INTEGER NOT NULL,
  superseded TEXT,
  grants INTEGER NOT NULL REFERENCES grants (number),
  doc TEXT NOT NULL,
  lookups TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS fact_by_offender ON fact (offender, happened, position);
CREATE TABLE IF NOT EXISTS lookup (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  offender TEXT NOT NULL,
  grants INTEGER NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (kind, value, offender, grants, path)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger (position INTEGER PRIMARY KEY, at INTEGER NOT NULL, user TEXT NOT NULL, purpose TEXT NOT NULL, offenders TEXT NOT NULL, facts INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS ledger_by_user ON ledger (user, position);
`;

export function openModel(file: string, agency: string): Database.Database {
  const model = new Database(file);
  chmodSync(file, 0o600);
  model.pragma('journal_mode = WAL');
  model.pragma('synchronous = OFF');
  model.pragma('secure_delete = ON');
  model.pragma('cache_size = -8192');
  model.pragma('wal_autocheckpoint = 4000');
  model.exec(tables);
  model.exec(`CREATE INDEX IF NOT EXISTS own_fact_by_id ON fact (id) WHERE publisher = '${agency}'`);
  return model;
}

/** Where facts of unknown time stand when ordered by when they happened: before every known one. */
export const UNKNOWN_LAST = -8_640_000_000_000_000;

/** The kind under which pseudonyms of identifiers are looked up. */
export const IDENTIFIER = 'identifier';
