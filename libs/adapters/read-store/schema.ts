import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * One agency's read model. It can be rebuilt from the log, so a commit needs no fsync. Deleted rows are
 * overwritten, and the write-ahead log emptied after a commit that deleted some.
 * A lookup says that some facts of a person, decided so, hold a value under a field; it goes with the last of them.
 * Facts and lookups lie by how they were decided: a question steps over what the caller may not see without touching
 * it, and takes as long as if it were not there.
 * `responsible` and `emergency` tell what ties the agency's own people to a person.
 */
const tables = `
CREATE TABLE checkpoint (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL);
CREATE TABLE grants (number INTEGER PRIMARY KEY, doc TEXT NOT NULL UNIQUE);
CREATE TABLE fact (
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
  handling TEXT,
  lookups TEXT NOT NULL
);
CREATE INDEX fact_by_decision ON fact (offender, grants, happened, position);
CREATE TABLE lookup (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  offender TEXT NOT NULL,
  grants INTEGER NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (kind, grants, path, value, offender)
) WITHOUT ROWID;
CREATE TABLE ledger (position INTEGER PRIMARY KEY, at INTEGER NOT NULL, user TEXT NOT NULL, purpose TEXT NOT NULL, offenders TEXT NOT NULL, facts INTEGER NOT NULL);
CREATE INDEX ledger_by_user ON ledger (user, position);
CREATE TABLE responsible (user TEXT NOT NULL, offender TEXT NOT NULL, PRIMARY KEY (user, offender)) WITHOUT ROWID;
CREATE INDEX responsible_by_offender ON responsible (offender);
CREATE TABLE emergency (user TEXT NOT NULL, offender TEXT NOT NULL, purpose TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (user, offender, purpose)) WITHOUT ROWID;
CREATE INDEX emergency_by_offender ON emergency (offender);
`;

/** What tables are like; a model of another version is emptied, and made anew from the log. */
const VERSION = 3;
const outdated = ['checkpoint', 'fact', 'grants', 'lookup', 'ledger', 'responsible', 'emergency']
  .map((table) => `DROP TABLE IF EXISTS ${table};`)
  .join('');

export function openModel(file: string, agency: string): Database.Database {
  const model = new Database(file);
  chmodSync(file, 0o600);
  model.pragma('journal_mode = WAL');
  model.pragma('synchronous = OFF');
  model.pragma('secure_delete = ON');
  model.pragma('cache_size = -8192');
  model.pragma('wal_autocheckpoint = 4000');
  if (model.pragma('user_version', { simple: true }) !== VERSION) makeAnew(model, agency);
  return model;
}

function makeAnew(model: Database.Database, agency: string): void {
  model.transaction(() => {
    model.exec(outdated);
    model.exec(tables);
    model.exec(`CREATE INDEX own_fact_by_id ON fact (id) WHERE publisher = '${agency}'`);
    model.pragma(`user_version = ${VERSION}`);
  })();
}

/** Where facts of unknown time stand when ordered by when they happened: before every known one. */
export const UNKNOWN_LAST = -8_640_000_000_000_000;

/** The kind under which pseudonyms of identifiers are looked up. */
export const IDENTIFIER = 'identifier';
