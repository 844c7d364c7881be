import { Unavailable } from '../../contract/failure.js';
import { checkAppend } from './check-append.js';
import type { EventLog } from './event-log.js';
import { startWriter } from './group-commit.js';
import { openAnnouncedReader } from './log-reader.js';

/**
 * The log in one SQLite file, made with mode 0600 if absent: a writer thread that commits appends in groups, and reads
 * on the calling thread. One process at a time may hold it. Throws `Unavailable`: `log-in-use`, `log-unopenable`;
 * appends are refused with `log-closed` after `close`, `log-write-failed` when the disk did not take them, and
 * `log-failed` once the writer has stopped.
 */
export async function openEmbeddedLog(file: string): Promise<EventLog> {
  const writer = await startWriter(file, () => reader.announce());
  const reader = openAnnouncedReader(file);
  let closing: Promise<void> | undefined;

  async function release(): Promise<void> {
    await writer.close();
    await reader.close();
  }

  return {
    ...reader,
    async append(stream, events, expected) {
      checkAppend(stream, events, expected);
      if (closing) throw new Unavailable('log-closed', 'event log is closed');
      return writer.append(stream, events, expected);
    },
    close: () => (closing ??= release()),
  };
}
