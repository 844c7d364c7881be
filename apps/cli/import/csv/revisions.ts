import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import canonicalize from 'canonicalize';
import { type Publication } from '../publication.js';

/** Which revision of a record an event is: 1 the first, every other corrects the one before it. */
export interface Revision {
  readonly number: number;
  /** The hub answered for this content under this number. */
  readonly isConfirmed: boolean;
  /** Newer content of the record was sent since. */
  readonly isOutdated: boolean;
}

/**
 * What was sent of each record, in which order: what lets changed content name the event that it corrects. It holds
 * digests and numbers only, and may be lost: the hub's answers then tell how far a record has come.
 */
export interface Revisions {
  /** Where content stands; undefined when it was never sent and newer content of the record was. */
  readonly place: (record: string, digest: string, newer: number | null) => Revision | undefined;
  readonly confirm: (record: string, number: number) => void;
  /** Gives the content of a number the next free one, for the hub holds other content under that number. */
  readonly advance: (record: string, number: number) => Revision;
  readonly close: () => void;
}

interface Sent {
  readonly number: number;
  readonly digest: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly confirmed: number;
}

/** Opens the revisions kept in a file that only its owner may read. */
export function openRevisions(file: string): Revisions {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db = new Database(file);
  if (file !== ':memory:') chmodSync(file, 0o600);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('busy_timeout = 5000');
  db.exec(SCHEMA);
  const sent = db.prepare<[string], Sent>('select * from sent where record = ? order by number desc');
  const add = db.prepare<[string, number, string, number | null, number | null]>(
    'insert into sent values (?, ?, ?, ?, ?, 0)',
  );
  const seen = db.prepare<[number | null, string, number]>(
    'update sent set last = ? where record = ? and number = ?',
  );
  const confirm = db.prepare<[string, number]>(
    'update sent set confirmed = 1 where record = ? and number = ?',
  );
  const move = db.prepare<[number, string, number]>(
    'update sent set number = ? where record = ? and number = ?',
  );
  return {
    place: (record, digest, newer) => {
      const all = sent.all(record);
      const [latest] = all;
      const found = knownAs(all, digest, newer);
      const isOutdated = newer !== null && newer < (latest?.first ?? newer);
      if (found !== undefined) {
        if ((newer ?? 0) > (found.last ?? 0)) seen.run(newer, record, found.number);
        return { number: found.number, isConfirmed: found.confirmed === 1, isOutdated };
      }
      if (isOutdated) return undefined;
      const number = freeNumber(all, 1);
      add.run(record, number, digest, newer, newer);
      return { number, isConfirmed: false, isOutdated };
    },
    confirm: (record, number) => void confirm.run(record, number),
    advance: (record, number) => {
      const next = freeNumber(sent.all(record), number + 1);
      move.run(next, record, number);
      return { number: next, isConfirmed: false, isOutdated: false };
    },
    close: () => db.close(),
  };
}

const SCHEMA = `
  create table if not exists sent (
    record text not null, number integer not null, digest text not null,
    first integer, last integer, confirmed integer not null, primary key (record, number)) without rowid;`;

/** A number that is not remembered may be one whose content the hub has: it is tried before any that is new. */
function freeNumber(all: readonly Sent[], from: number): number {
  const taken = new Set(all.map(({ number }) => number));
  let number = from;
  while (taken.has(number)) number += 1;
  return number;
}

/** The newest content again; or older content from an extract of its own time, imported once more. */
function knownAs(all: readonly Sent[], digest: string, newer: number | null): Sent | undefined {
  const [latest] = all;
  if (latest?.digest === digest && (newer === null || newer >= (latest.first ?? newer))) return latest;
  const isOfItsTime = ({ first, last }: Sent): boolean =>
    newer === null || first === null || last === null || (first <= newer && newer <= last);
  return all.find((each) => each.digest === digest && isOfItsTime(each));
}

/** The id of a revision: the record's own for the first. */
export function revisionId(record: string, number: number): string {
  return number === 1 ? record : `${record}~${String(number)}`;
}

/** What makes two contents of a record the same: all but when they were recorded, and the fields that change alone. */
export function contentDigest(
  { type, subject, time, data }: Publication,
  unchanged: readonly string[],
): string {
  const told = Object.fromEntries(Object.entries(data).filter(([name]) => !unchanged.includes(name)));
  const content = canonicalize({ type, subject, ...(time !== undefined && { time }), data: told }) ?? '';
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}
