import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type ResultKind } from './message.js';
import { type Share } from './publications.js';

/** The mark of a message, and when it was shared (epoch milliseconds) if it says so. */
export interface ShareVersion {
  readonly mark: string;
  readonly sharedAt: number | null;
  /** What the message says of itself; undefined when it does not. */
  readonly isReshare: boolean | undefined;
}

/**
 * Which shares were read, in which order: what lets a re-share name the publication that it corrects, in the same
 * run or a later one. It holds ids of hearings, cases and defendants, and no results. When it is lost, importing the
 * same messages again rebuilds it with the same answers.
 */
export interface ShareLedger {
  /** The kind of message that speaks for a hearing day: the first kind that was read for it. */
  readonly speaker: (hearing: string, kind: ResultKind) => ResultKind;
  /** Where a version stands; `superseded` when a later share was read before it. */
  readonly place: (key: string, version: ShareVersion) => Share | { readonly outcome: 'superseded' };
  /** Runs work that is kept as a whole, or not at all when it throws. */
  readonly together: <T>(work: () => T) => T;
  readonly close: () => void;
}

interface Row {
  readonly mark: string;
  readonly previous: string | null;
  readonly sharedAt: number | null;
  readonly isFirst: number;
}

/**
 * Opens the ledger in a file. With `keep: false` it begins with what the file holds and leaves no trace: for a run
 * that sends nothing.
 */
export function openShareLedger(file: string, { keep }: { readonly keep: boolean }): ShareLedger {
  const db = new Database(keep || existsSync(file) ? existing(file) : ':memory:');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('busy_timeout = 5000');
  db.exec(SCHEMA);
  if (!keep) db.exec('begin');
  const speak = db.prepare<[string, string]>('insert or ignore into speaker values (?, ?)');
  const speaker = db.prepare<[string], { kind: ResultKind }>('select kind from speaker where hearing = ?');
  return {
    speaker: (hearing, kind) => {
      speak.run(hearing, kind);
      return speaker.get(hearing)?.kind ?? kind;
    },
    place: placing(db),
    together: (work) => db.transaction(work)(),
    close: () => {
      if (db.inTransaction) db.exec('rollback');
      db.close();
    },
  };
}

const SCHEMA = `
  create table if not exists speaker (hearing text primary key, kind text not null) without rowid;
  create table if not exists share (
    number integer primary key, key text not null, mark text not null, previous text,
    sharedAt integer, isFirst integer not null, unique (key, mark));`;

function existing(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

function placing(db: Database.Database): ShareLedger['place'] {
  const known = db.prepare<[string, string], Row>('select * from share where key = ? and mark = ?');
  const first = db.prepare<[string], Row>('select * from share where key = ? and isFirst = 1');
  const latest = db.prepare<[string], Row>(
    'select * from share where key = ? order by coalesce(sharedAt, 0) desc, number desc limit 1',
  );
  const add = db.prepare<[string, string, string | null, number | null, number]>(
    'insert into share (key, mark, previous, sharedAt, isFirst) values (?, ?, ?, ?, ?)',
  );
  return (key, { mark, sharedAt, isReshare }) => {
    const before = known.get(key, mark);
    if (before !== undefined) return shareOf(before);
    const last = latest.get(key);
    const isFirst = mayBeFirst(last, isReshare) && first.get(key) === undefined;
    if (!isFirst && (sharedAt ?? 0) < (last?.sharedAt ?? 0)) return { outcome: 'superseded' };
    const previous = isFirst || last === undefined || last.isFirst === 1 ? null : last.mark;
    add.run(key, mark, previous, sharedAt, isFirst ? 1 : 0);
    return shareOf({ mark, previous, sharedAt, isFirst: isFirst ? 1 : 0 });
  };
}

/** A share that calls itself the first is so even when a re-share was read before it. */
function mayBeFirst(last: Row | undefined, isReshare: boolean | undefined): boolean {
  return isReshare === false || (isReshare === undefined && last === undefined);
}

function shareOf({ mark, previous, isFirst }: Row): Share {
  return isFirst === 1 ? { outcome: 'first' } : { outcome: 'reshare', mark, previous };
}
