import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';

/** One agency's read model. It can be rebuilt from the log, so a commit needs no fsync; deleted rows are overwritten. */
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
  doc TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS fact_by_offender ON fact (offender, happened, position);
CREATE INDEX IF NOT EXISTS fact_by_id ON fact (id);
CREATE TABLE IF NOT EXISTS identifier (pseudonym TEXT NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (pseudonym, position, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS identifier_by_position ON identifier (position);
CREATE TABLE IF NOT EXISTS term (kind TEXT NOT NULL, value TEXT NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (kind, value, position, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS term_by_position ON term (position);
CREATE TABLE IF NOT EXISTS ledger (position INTEGER PRIMARY KEY, at INTEGER NOT NULL, user TEXT NOT NULL, purpose TEXT NOT NULL, offenders TEXT NOT NULL, facts INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS ledger_by_user ON ledger (user, position);
`;

export function openModel(file: string): Database.Database {
  const model = new Database(file);
  chmodSync(file, 0o600);
  model.pragma('journal_mode = WAL');
  model.pragma('synchronous = OFF');
  model.pragma('secure_delete = ON');
  model.pragma('wal_autocheckpoint = 4000');
  model.exec(tables);
  return model;
}

/** Where facts of unknown time stand when ordered by when they happened: before every known one. */
export const UNKNOWN_LAST = -8_640_000_000_000_000;
