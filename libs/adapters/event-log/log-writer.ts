import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type * as LeafHash from './leaf-hash.js';
import type * as LogTable from './log-table.js';
import type { AppendMessage, AppendOutcome } from './writer-messages.js';

/*
 * The only writer of an embedded log: a thread that puts the appends waiting for it into one transaction, so that they
 * share one fsync. It runs as built and, in tests, straight from its source: so it loads our code by file extension.
 */
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
const load = (name: string): Promise<unknown> =>
  import(new URL(`./${name}${extension}`, import.meta.url).href);
const { leafHash } = (await load('leaf-hash')) as typeof LeafHash;
const { FORMAT, openTable, prepareAppend } = (await load('log-table')) as typeof LogTable;

/**
 * `ready` tells what SQLite says of the writer's connection: `wal` and 2 (FULL) mean that a commit waits for the disk.
 * Then requests are answered in the order in which they were sent, a group at a time. After the message `close`, which
 * is sent once all are answered, the writer lets go of the file and ends.
 */
export type WriterReport =
  | { readonly report: 'ready'; readonly journalMode: unknown; readonly synchronous: unknown }
  | { readonly report: 'refused'; readonly reason: string }
  | { readonly report: 'durable'; readonly outcomes: readonly AppendOutcome[] }
  | { readonly report: 'failed'; readonly requests: number; readonly reason: string };

const GROUP_EVENTS = 4_000;
/** Failures after which the writer goes on: the disk is full for now, or an operator's tool holds the file. */
const PASSING = ['SQLITE_FULL', 'SQLITE_BUSY'];

type Decide = ReturnType<typeof prepareAppend>;

function codeOf(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : 'internal error';
}

/** Taken from the operating system, so that it ends with its owner, however the owner ends. */
function lock(file: string): Database.Database | undefined {
  const db = new Database(`${file}.lock`, { timeout: 0 });
  try {
    return db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    if (codeOf(error) === 'SQLITE_BUSY') return undefined;
    throw error;
  }
}

function countEvents({ requests }: AppendMessage): number {
  return requests.reduce((sum, { events }) => sum + events.length, 0);
}

/** What waits on the port, up to about a group's size. */
function takeGroup(port: MessagePort, first: AppendMessage): readonly AppendMessage[] {
  const group = [first];
  for (let events = countEvents(first); events < GROUP_EVENTS; events += countEvents(group.at(-1) ?? first)) {
    const next = receiveMessageOnPort(port) as { readonly message: AppendMessage } | undefined;
    if (!next) break;
    group.push(next.message);
  }
  return group;
}

function decideMessage(decide: Decide, { requests, data }: AppendMessage): readonly AppendOutcome[] {
  let start = 0;
  return requests.map((request) => {
    const size = request.events.reduce((sum, event) => sum + event.size, 0);
    return decide(request, data.subarray(start, (start += size)));
  });
}

function commit(db: Database.Database, decide: Decide, group: readonly AppendMessage[]): WriterReport {
  const outcomes = db.transaction(() => group.flatMap((message) => decideMessage(decide, message)));
  return { report: 'durable', outcomes: outcomes.immediate() };
}

function serve(port: MessagePort, db: Database.Database, close: () => void): void {
  const decide = prepareAppend(db, leafHash);
  port.on('message', (first: AppendMessage | 'close') => {
    if (first === 'close') return close();
    const group = takeGroup(port, first);
    try {
      port.postMessage(commit(db, decide, group));
    } catch (error) {
      const requests = group.reduce((sum, message) => sum + message.requests.length, 0);
      port.postMessage({ report: 'failed', requests, reason: codeOf(error) } satisfies WriterReport);
      if (!PASSING.includes(codeOf(error))) throw error;
    }
  });
}

function open(port: MessagePort, file: string): WriterReport {
  const owned = lock(file);
  if (!owned) return { report: 'refused', reason: 'in use' };
  const db = openTable(file);
  const pragma = (name: string): unknown => db.pragma(name, { simple: true });
  if (pragma('user_version') !== FORMAT) return { report: 'refused', reason: 'unknown format' };
  serve(port, db, () => {
    // Readers may still hold the file: without this, what was acknowledged would stay in the file beside it.
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    owned.close();
    port.close();
  });
  return { report: 'ready', journalMode: pragma('journal_mode'), synchronous: pragma('synchronous') };
}

function start(port: MessagePort, file: string): WriterReport {
  try {
    return open(port, file);
  } catch (error) {
    return { report: 'refused', reason: codeOf(error) };
  }
}

if (parentPort) parentPort.postMessage(start(parentPort, workerData as string));
