import Database from 'better-sqlite3';
import { makePrivateFile } from '../../../libs/adapters/event-log/private-file.js';
import { type Correction } from '../../../libs/domain/correction/correction.js';
import { answerable, concernedAgencies } from '../../../libs/domain/correction/sight.js';
import { prepareTellings } from './tellings.js';

/**
 * What corrections look up, in an SQLite file without personal data: who was shown which fact, what stopped being right,
 * and the obligations. A cache of the log: deleting it costs only the time to read the log again, so no write waits for
 * the disk.
 */
export type CorrectionTable = ReturnType<typeof openCorrectionTable>;

/** An obligation and the log position of its opening, by which lists are in order. */
export interface Listed {
  readonly position: number;
  readonly correction: Correction;
}

/** Which obligations a list holds; what is undefined is not asked about. */
export interface Selection {
  /** One that it concerns; undefined: all. */
  readonly agency: string | undefined;
  readonly overdue: boolean | undefined;
  readonly acknowledged: boolean | undefined;
  /** Those opened after a log position. */
  readonly after: number;
}

const FORMAT = 1;
const SCHEMA = `
  CREATE TABLE fact (id TEXT PRIMARY KEY, offender TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE way (number INTEGER PRIMARY KEY, doc TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE disclosure (
    position INTEGER PRIMARY KEY,
    agency TEXT NOT NULL,
    user TEXT NOT NULL,
    at INTEGER NOT NULL,
    as_of INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE telling (
    offender TEXT NOT NULL,
    disclosure INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (offender, disclosure)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE concern (position INTEGER PRIMARY KEY, doc TEXT NOT NULL) STRICT;
  CREATE TABLE correction (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    due INTEGER NOT NULL,
    is_acknowledged INTEGER NOT NULL,
    is_overdue INTEGER NOT NULL,
    doc TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX correction_by_due ON correction (is_acknowledged, is_overdue, due);
  CREATE TABLE concerned (
    agency TEXT NOT NULL,
    position INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    PRIMARY KEY (agency, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE checkpoint (
    line INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT;
  INSERT INTO checkpoint VALUES (0, 0, '', -1);
  PRAGMA user_version = ${FORMAT};
`;

/** Opens the file with mode 0600; empty when it was absent or of another format. */
export function openCorrectionTable(file: string) {
  makePrivateFile(file);
  const db = new Database(file);
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  const recreate = (): void => {
    const tables = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all();
    db.transaction(() => {
      for (const table of tables) db.exec(`DROP TABLE "${table}"`);
      db.exec(SCHEMA);
    })();
  };
  if (db.pragma('user_version', { simple: true }) !== FORMAT) recreate();
  const { forget, ...tellings } = prepareTellings(db);
  return {
    ...tellings,
    ...prepareCorrections(db),
    ...prepareProgress(db),
    clear: recreate,
    /** Joins what follows into one commit. */
    begin: (): void => void (db.inTransaction || db.exec('BEGIN')),
    commit: (): void => void (db.inTransaction && db.exec('COMMIT')),
    rollback(): void {
      forget();
      if (db.inTransaction) db.exec('ROLLBACK');
    },
    close: (): void => void db.close(),
  };
}

function prepareProgress(db: Database.Database) {
  const read = db.prepare<[], { position: number; id: string; revision: number }>(
    'SELECT position, id, revision FROM checkpoint',
  );
  const reached = db.prepare('UPDATE checkpoint SET position = ?, id = ?');
  const folded = db.prepare('UPDATE checkpoint SET revision = ?');
  return {
    /** The newest event of the log that was taken in (its id empty when none was), and of the stream of corrections. */
    checkpoint: () => read.get() ?? { position: 0, id: '', revision: -1 },
    reached: (position: number, id: string): void => void reached.run(position, id),
    folded: (revision: number): void => void folded.run(revision),
  };
}

function prepareCorrections(db: Database.Database) {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO correction VALUES (@id, @position, @due, @acknowledged, @overdue, @doc)',
  );
  const update = db.prepare(
    'UPDATE correction SET due = @due, is_acknowledged = @acknowledged, is_overdue = @overdue, doc = @doc WHERE id = @id',
  );
  const placeOf = db.prepare<[string], number>('SELECT position FROM correction WHERE id = ?').pluck();
  const concern = db.prepare('INSERT OR IGNORE INTO concerned VALUES (?, ?, ?)');
  const find = db.prepare<[string], string>('SELECT doc FROM correction WHERE id = ?').pluck();
  const due = db
    .prepare<[number, number], string>(
      'SELECT id FROM correction WHERE is_acknowledged = 0 AND is_overdue = 0 AND due <= ? ORDER BY due LIMIT ?',
    )
    .pluck();
  const overdue = db
    .prepare<[], number>('SELECT count(*) FROM correction WHERE is_acknowledged = 0 AND is_overdue = 1')
    .pluck();
  const wanted = `position > @after AND is_acknowledged = ifnull(@acknowledged, is_acknowledged)
    AND (is_acknowledged = 0 AND is_overdue = 1) = ifnull(@overdue, (is_acknowledged = 0 AND is_overdue = 1))
    ORDER BY position`;
  const all = db.prepare<[object], Row>(`SELECT position, doc FROM correction WHERE ${wanted}`);
  const ofAgency = db.prepare<[object], Row>(
    `SELECT position, doc FROM concerned JOIN correction USING (position) WHERE agency = @agency AND ${wanted}`,
  );
  const answeredBy = db.prepare<[string, number, number], Row>(
    `SELECT position, doc FROM concerned JOIN correction USING (position)
     WHERE agency = ? AND answers = 1 AND position > ? ORDER BY position LIMIT ?`,
  );

  return {
    /** Keeps an obligation as it is now; a new one under the log position of its opening. */
    put(correction: Correction, position: number): void {
      const { id, due, acknowledged, overdue } = correction;
      const flags = { acknowledged: Number(acknowledged !== null), overdue: Number(overdue !== null) };
      const row = { id, due, ...flags, doc: JSON.stringify(correction) };
      if (update.run(row).changes === 0) insert.run({ ...row, position });
      const place = placeOf.get(id) ?? position;
      const answers = answerable(correction);
      for (const agency of concernedAgencies(correction))
        concern.run(agency, place, Number(agency === answers));
    },
    find(id: string): Correction | undefined {
      const doc = find.get(id);
      return doc === undefined ? undefined : (JSON.parse(doc) as Correction);
    },
    /** Log position of the opening of one that is there. */
    positionOf: (id: string): number => placeOf.get(id) ?? 0,
    /** Ids of obligations whose deadline has passed with no event that says so yet. */
    passed: (at: number, limit: number): readonly string[] => due.all(at, limit),
    countOverdue: (): number => overdue.get() ?? 0,
    /** In the order in which they were opened, each only once it is asked for; nothing may be written meanwhile. */
    *select({ agency, after, overdue, acknowledged }: Selection): Generator<Listed> {
      const flags = { overdue: flagOf(overdue), acknowledged: flagOf(acknowledged) };
      const rows =
        agency === undefined
          ? all.iterate({ after, ...flags })
          : ofAgency.iterate({ agency, after, ...flags });
      for (const row of rows) yield listed(row);
    },
    /** Those that an agency must answer, or has answered. */
    answeredBy: (agency: string, after: number, limit: number): readonly Listed[] =>
      answeredBy.all(agency, after, limit).map(listed),
  };
}

interface Row {
  readonly position: number;
  readonly doc: string;
}

function listed({ position, doc }: Row): Listed {
  return { position, correction: JSON.parse(doc) as Correction };
}

function flagOf(flag: boolean | undefined): number | null {
  return flag === undefined ? null : Number(flag);
}
