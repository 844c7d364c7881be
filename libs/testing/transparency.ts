import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type EventLog } from '../adapters/event-log/event-log.js';
import { type LogReader } from '../adapters/event-log/log-reader.js';
import { TRANSPARENCY } from '../adapters/transparency/log-identity.js';
import { openTransparencyLog, type TransparencyLog } from '../adapters/transparency/transparency-log.js';

/** Appends so many events to a log, each with content of its own. */
export async function appendEvents(log: EventLog, count: number): Promise<void> {
  const events = Array.from({ length: count }, () => {
    const id = randomUUID();
    return { id, type: 'thing.happened', metadata: `{"of":"${id}"}`, data: Buffer.from(id) };
  });
  if (count > 0) await log.append('things', events, 'any');
}

/** Opens the transparency log of a data folder; a fault ends in the list. */
export function openTransparency(
  dir: string,
  log: LogReader,
  faults: unknown[] = [],
): Promise<TransparencyLog> {
  return openTransparencyLog({
    log,
    folder: join(dir, TRANSPARENCY),
    onFault: (error) => faults.push(error),
  });
}

/** Takes everything that is in the event log, and signs it. */
export async function signAll(transparency: TransparencyLog, log: EventLog): Promise<void> {
  const head = await log.head();
  if (head > 0) await transparency.reach(head);
  await transparency.sign();
}
