import { BEFORE_FIRST, type EventLog, type LoggedEvent } from './event-log.js';

/**
 * Reads what the log has taken since the last time, and nothing twice; calls that overlap wait for one another. What was
 * not taken in because of a fault is given again the next time.
 */
export function readingOn(
  log: Pick<EventLog, 'readAll'>,
  take: (event: LoggedEvent) => void,
): () => Promise<void> {
  let position = BEFORE_FIRST;
  let reading = Promise.resolve();
  const readOn = async (): Promise<void> => {
    for await (const event of log.readAll(position)) {
      take(event);
      position = event.position;
    }
  };
  return () => (reading = reading.then(readOn, readOn));
}
