import { Invalid, Unavailable } from '../../contract/failure.js';
import { type EventLog, type LoggedEvent, type Position } from '../event-log/event-log.js';
import { type KeyVault } from '../key-vault/key-vault.js';
import { verifyLeaf } from '../event-log/leaf-hash.js';

/** What an auditor's questions need of the log: reading alone, beside whoever writes it. */
export type AuditedLog = Pick<EventLog, 'readAll' | 'readStream'>;

/**
 * How far an auditor's question reads: up to a position (inclusive). `progress` hears of positions; without a `vault` the
 * reasons that people gave stay sealed, and are told as null.
 */
export interface Reading {
  readonly upTo: Position;
  readonly vault?: Pick<KeyVault, 'open'> | undefined;
  readonly progress?: ((done: Position) => void) | undefined;
}

const REPORT_EVERY = 500;

/** Every event after a position and up to another, in order, one at a time. */
export async function* eventsWithin(
  log: Pick<AuditedLog, 'readAll'>,
  after: Position,
  { upTo, progress = () => undefined }: Reading,
): AsyncGenerator<LoggedEvent> {
  for await (const event of log.readAll(after)) {
    if (event.position > upTo) return;
    if (event.position % REPORT_EVERY === 0) progress(event.position);
    yield event;
  }
}

/** The same log, every event of which is checked against its leaf hash as it is read. Throws `Unavailable` `log-altered`. */
export function checkedLog<Log extends AuditedLog>(log: Log): Log {
  return {
    ...log,
    readAll: (from: Position) => checkedEvents(log.readAll(from)),
    readStream: (stream: string, from?: number) => checkedEvents(log.readStream(stream, from)),
  };
}

async function* checkedEvents(events: AsyncIterable<LoggedEvent>): AsyncGenerator<LoggedEvent> {
  for await (const event of events) yield checkedEvent(event);
}

function checkedEvent(event: LoggedEvent): LoggedEvent {
  if (verifyLeaf(event)) return event;
  throw new Unavailable('log-altered', `the event at position ${event.position} was altered`);
}

/**
 * The event at a position, checked against its leaf hash. Throws `Invalid` `position` when there is none, and
 * `Unavailable` `log-altered` when its content is no longer what was stored.
 */
export async function eventAt(
  log: Pick<AuditedLog, 'readAll'>,
  what: string,
  position: Position,
): Promise<LoggedEvent> {
  for await (const event of log.readAll(position - 1)) {
    if (event.position !== position) break;
    return checkedEvent(event);
  }
  throw new Invalid('position', `there is no ${what} at position ${position}`);
}

/** Reads a position as somebody wrote it. Throws `Invalid` `position`. */
export function positionOf(what: string, text: string): Position {
  const position = Number(text);
  if (!/^\d{1,15}$/.test(text) || position < 1)
    throw new Invalid('position', `${what} must be a position in the log`);
  return position;
}
