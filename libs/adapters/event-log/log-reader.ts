import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Unavailable } from '../../contract/failure.js';
import { BEFORE_FIRST, type EventLog, type LoggedEvent, type Position } from './event-log.js';

const PAGE = 500;
/** How long an event that another process wrote may go unnoticed by `follow`, in milliseconds. */
const POLL = 250;
const COLUMNS = 'position, stream, revision, id, type, metadata, data, leaf_hash AS leafHash';

/** The part of the log that reads. It takes no lock: an offline tool may use it beside a running hub. */
export type LogReader = Omit<EventLog, 'append'>;

/** `announce` tells those who follow that there may be something new. */
export interface AnnouncedLogReader extends LogReader {
  readonly announce: () => void;
}

function prepareReads(db: Database.Database) {
  return {
    head: db.prepare<[], number | null>('SELECT max(position) FROM event').pluck(),
    byPosition: db.prepare<[number, number], LoggedEvent>(
      `SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT ${PAGE}`,
    ),
    byRevision: db.prepare<[string, number], LoggedEvent>(
      `SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ${PAGE}`,
    ),
  };
}

function openReads(file: string) {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    return { db, ...prepareReads(db) };
  } catch {
    throw new Unavailable('log-unreadable', 'event log file is missing or is no event log');
  }
}

/** A promise that everybody waits on; ringing resolves it and hangs up the next. */
function openBell() {
  let resolve: () => void = () => undefined;
  const hang = (): Promise<void> => new Promise((resolved) => (resolve = resolved));
  let next = hang();
  return {
    next: () => next,
    ring: (): void => {
      resolve();
      next = hang();
    },
  };
}

/** Events page by page up to the first empty page, giving way to other work after each. */
async function* eachEvent(pageAfter: (last: LoggedEvent | undefined) => readonly LoggedEvent[]) {
  for (let page = pageAfter(undefined); page.length > 0; page = pageAfter(page.at(-1))) {
    for (const event of page) yield event;
    await nextTurn();
  }
}

/** A reader that learns of new events from `announce`, or else by looking every 250 ms. */
export function openAnnouncedReader(file: string): AnnouncedLogReader {
  const reads = openReads(file);
  const bell = openBell();
  const poll = setInterval(bell.ring, POLL).unref();

  function live() {
    if (!reads.db.open) throw new Unavailable('log-closed', 'event log is closed');
    return reads;
  }

  const headNow = (): Position => live().head.get() ?? BEFORE_FIRST;

  async function* untilEnded(after: Position, ended: () => boolean) {
    let position = after;
    while (!ended()) {
      const page = live().byPosition.all(position, Number.MAX_SAFE_INTEGER);
      for (const event of page) {
        if (ended()) return;
        position = event.position;
        yield event;
      }
      await (page.length > 0 ? nextTurn() : bell.next());
    }
  }

  return {
    announce: bell.ring,
    readStream: (stream, from = 0) =>
      eachEvent((last) => live().byRevision.all(stream, last ? last.revision + 1 : from)),
    readAll(after) {
      const head = headNow();
      return eachEvent((last) => live().byPosition.all(last?.position ?? after, head));
    },
    async *follow(after, signal) {
      signal?.addEventListener('abort', bell.ring);
      try {
        yield* untilEnded(after, () => !reads.db.open || signal?.aborted === true);
      } finally {
        signal?.removeEventListener('abort', bell.ring);
      }
    },
    head: () => Promise.resolve().then(headNow),
    close() {
      clearInterval(poll);
      reads.db.close();
      bell.ring();
      return Promise.resolve();
    },
  };
}

/** Opens a log for reading alone. Throws `Unavailable` `log-unreadable` when the file is missing or is no log. */
export function openLogReader(file: string): LogReader {
  return openAnnouncedReader(file);
}
