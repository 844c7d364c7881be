import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Invalid } from '../../contract/failure.js';
import { type Finding } from '../../domain/audit/compliance-finding.js';
import { BEFORE_FIRST, type Position } from '../event-log/event-log.js';
import { makePrivateFile } from '../event-log/private-file.js';
import { sqliteCode } from '../read-store/digest.js';

/** Which answers a replay judges: those of a period (epoch milliseconds, half open; null: unbounded) up to a position. */
export interface ReplayQuestion {
  readonly from: number | null;
  readonly to: number | null;
  readonly upTo: Position;
}

/** How much was judged. */
export interface ReplayTally {
  readonly disclosures: number;
  readonly consultations: number;
  /** Facts and fields in them. */
  readonly facts: number;
  readonly fields: number;
  readonly notPermitted: number;
  readonly withheld: number;
  readonly records: number;
}

/** How far a replay has come. */
export interface ReplayProgress {
  readonly position: Position;
  /** Leaf hash (hex) of the event there, by which the log is known again; empty at the beginning. */
  readonly leaf: string;
  readonly tally: ReplayTally;
}

/** What a replay has found so far; kept in a file, it survives the replay's end, and a killed one goes on from it. */
export interface ReplayJournal {
  /** The question of the replay that the journal belongs to, undefined for a new one. */
  question(): ReplayQuestion | undefined;
  /** Begins, or goes on where the last commit was. Throws `Invalid` `resume-other` when the journal is of another question. */
  begin(question: ReplayQuestion): ReplayProgress;
  add(finding: Finding): void;
  /** Keeps what was added and how far it came, both or neither. */
  commit(progress: ReplayProgress): void;
  /** Everything found, in order, giving way to other work after each page. */
  findings(): AsyncIterable<Finding>;
  close(): void;
}

const NOTHING_YET: ReplayProgress = {
  position: BEFORE_FIRST,
  leaf: '',
  tally: {
    disclosures: 0,
    consultations: 0,
    facts: 0,
    fields: 0,
    notPermitted: 0,
    withheld: 0,
    records: 0,
  },
};

/** SQLite's `application_id` of a journal, and its format. */
const JOURNAL = 0x636f6d70;
const PAGE = 1000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS replay (question TEXT NOT NULL, progress TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS finding (number INTEGER PRIMARY KEY, finding TEXT NOT NULL) STRICT;
  PRAGMA application_id = ${JOURNAL};
`;

/**
 * Opens the journal in a file, which only its owner may read, or a nameless one that is gone when it is closed. Throws
 * `Invalid` `resume-file` when the file is something else.
 */
export function openJournal(file?: string): ReplayJournal {
  const db = openDatabase(file);
  const asked = db.prepare<[], string>('SELECT question FROM replay').pluck();
  const reached = db.prepare<[], string>('SELECT progress FROM replay').pluck();
  const start = db.prepare('INSERT INTO replay VALUES (?, ?)');
  const reach = db.prepare('UPDATE replay SET progress = ?');
  const put = db.prepare('INSERT INTO finding (finding) VALUES (?)');
  const after = db.prepare<[number], { readonly number: number; readonly finding: string }>(
    `SELECT number, finding FROM finding WHERE number > ? ORDER BY number LIMIT ${PAGE}`,
  );

  const question = (): ReplayQuestion | undefined => {
    const text = asked.get();
    return text === undefined ? undefined : (JSON.parse(text) as ReplayQuestion);
  };

  return {
    question,
    begin(wanted) {
      const { from, to, upTo } = wanted;
      const text = JSON.stringify({ from, to, upTo });
      const before = asked.get();
      if (before === undefined) start.run(text, JSON.stringify(NOTHING_YET));
      else if (before !== text)
        throw new Invalid('resume-other', 'the file to resume from is of another replay');
      return JSON.parse(reached.get() ?? '') as ReplayProgress;
    },
    add(finding) {
      if (!db.inTransaction) db.exec('BEGIN');
      put.run(JSON.stringify(finding));
    },
    commit(progress) {
      reach.run(JSON.stringify(progress));
      if (db.inTransaction) db.exec('COMMIT');
    },
    async *findings() {
      for (let page = after.all(0); page.length > 0; page = after.all(page.at(-1)?.number ?? 0)) {
        for (const { finding } of page) yield JSON.parse(finding) as Finding;
        await nextTurn();
      }
    },
    close: () => db.close(),
  };
}

function openDatabase(file: string | undefined): Database.Database {
  if (file !== undefined) makePrivateFile(file);
  const db = new Database(file ?? '');
  try {
    const isOurs = db.pragma('application_id', { simple: true }) === JOURNAL;
    const isEmpty = db.pragma('schema_version', { simple: true }) === 0;
    if (!isOurs && !isEmpty) throw notOurs();
    db.exec(SCHEMA);
    return db;
  } catch (error) {
    db.close();
    throw sqliteCode(error) === undefined ? error : notOurs();
  }
}

function notOurs(): Invalid {
  return new Invalid('resume-file', 'the file to resume from is no checkpoint of a replay');
}
