import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Conflict, Unavailable } from '../../contract/failure.js';
import type { AppendResult, ExpectedRevision, NewEvent } from './event-log.js';
// The build includes the worker because its type is imported here.
import type { WriterReport } from './log-writer.js';
import { makePrivateFile } from './private-file.js';
import type { AppendMessage, AppendOutcome, AppendRequest } from './writer-messages.js';

interface Waiting {
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (failure: Error) => void;
}

/** The sending side of the writer thread. */
export interface Writer {
  /** What SQLite says of the writer's connection, `wal` and 2 when a commit waits for the disk. */
  readonly journalMode: unknown;
  readonly synchronous: unknown;
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult>;
  /** Waits for the appends on their way, then releases the file. */
  close(): Promise<void>;
}

const MESSAGE_EVENTS = 1_000;

function toRequest(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): AppendRequest {
  return {
    stream,
    expected,
    events: events.map(({ id, type, metadata, data }) => ({ id, type, metadata, size: data.length })),
  };
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
  return bytes;
}

function settle(waiting: Waiting | undefined, outcome: AppendOutcome): void {
  if (outcome.outcome !== 'partial-repeat') return waiting?.resolve(outcome);
  waiting?.reject(new Conflict('partial-repeat', 'some of the event ids are in the log already'));
}

function refusal(reason: string): Unavailable {
  if (reason === 'in use') return new Unavailable('log-in-use', 'event log is open in another process');
  return new Unavailable('log-unopenable', `event log cannot be opened: ${reason}`);
}

function makeFiles(file: string): void {
  try {
    makePrivateFile(file);
    makePrivateFile(`${file}.lock`);
  } catch (error) {
    throw refusal((error as NodeJS.ErrnoException).code ?? 'internal error');
  }
}

async function startWorker(file: string) {
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  const script = fileURLToPath(new URL(`./log-writer${extension}`, import.meta.url));
  const worker = new Worker(script, { workerData: file });
  const [first] = (await once(worker, 'message')) as [WriterReport];
  if (first.report !== 'ready') throw refusal(first.report === 'refused' ? first.reason : first.report);
  return { worker, ready: first };
}

/** Appends in their order; `take` empties it into one message. */
function collectRequests() {
  let requests: AppendRequest[] = [];
  let parts: Uint8Array[] = [];
  return {
    add(request: AppendRequest, events: readonly NewEvent[]): number {
      requests.push(request);
      for (const event of events) parts.push(event.data);
      return parts.length;
    },
    take(): AppendMessage & { readonly data: Uint8Array<ArrayBuffer> } {
      const message = { requests, data: joinBytes(parts) };
      [requests, parts] = [[], []];
      return message;
    },
  };
}

/**
 * Starts the writer thread on a file, made with mode 0600 if absent. Appends of one turn of the event loop, or that
 * gather while a group is being written, travel in one message. `onDurable` is called after each group that wrote to the disk. An idle writer does not keep the process
 * alive. Throws `Unavailable` `log-in-use` when another writer holds the file, `log-unopenable` when it is no log.
 */
export async function startWriter(file: string, onDurable: () => void): Promise<Writer> {
  makeFiles(file);
  const { worker, ready } = await startWorker(file);
  worker.unref();
  const collected = collectRequests();
  const waiting: Waiting[] = [];
  let flushing: NodeJS.Immediate | undefined;
  let unanswered = 0;
  let failure: Unavailable | undefined;

  function flush(): void {
    flushing = undefined;
    const message = collected.take();
    if (message.requests.length === 0 || failure) return;
    unanswered += message.requests.length;
    worker.postMessage(message, [message.data.buffer]);
  }

  /** While a group is on its way to the disk, the next one gathers: it leaves when that one is answered. */
  function flushNext(answered: number): void {
    unanswered -= answered;
    if (unanswered === 0) flush();
  }

  function enqueue(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    if (failure) return Promise.reject(failure);
    const size = collected.add(toRequest(stream, events, expected), events);
    if (size >= MESSAGE_EVENTS) flush();
    else if (unanswered === 0) flushing ??= setImmediate(flush);
    worker.ref();
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  }

  function fail(reason: string): void {
    failure ??= new Unavailable('log-failed', `event log writer has stopped: ${reason}`);
    for (const { reject } of waiting.splice(0)) reject(failure);
  }

  worker.on('message', (message: WriterReport) => {
    if (message.report === 'durable') {
      const answered = waiting.splice(0, message.outcomes.length);
      message.outcomes.forEach((outcome, index) => settle(answered[index], outcome));
      onDurable();
      flushNext(message.outcomes.length);
    } else if (message.report === 'failed') {
      const failed = new Unavailable('log-write-failed', `event log could not write: ${message.reason}`);
      for (const { reject } of waiting.splice(0, message.requests)) reject(failed);
      flushNext(message.requests);
    }
    if (waiting.length === 0) worker.unref();
  });
  worker.on('error', (error: Error) => fail(error.message));
  worker.on('exit', () => fail('thread ended'));

  return {
    journalMode: ready.journalMode,
    synchronous: ready.synchronous,
    append: enqueue,
    async close() {
      await Promise.allSettled([enqueue('', [], 'any')]);
      if (failure) return;
      worker.ref();
      worker.postMessage('close');
      await once(worker, 'exit');
    },
  };
}
