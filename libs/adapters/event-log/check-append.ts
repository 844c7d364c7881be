import { Invalid } from '../../contract/failure.js';
import type { ExpectedRevision, NewEvent } from './event-log.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What every log refuses to append, before anything is written: no stream name, no events, an id that is no
 * lower-case UUID (RFC 9562 §4), one id twice, an expected revision that is no whole number. Throws `Invalid`.
 */
export function checkAppend(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): void {
  if (stream === '') throw new Invalid('stream-name', 'stream name is empty');
  if (events.length === 0) throw new Invalid('empty-append', 'append holds no events');
  if (!events.every(({ id }) => UUID.test(id))) {
    throw new Invalid('event-id', 'event id is not a lower-case uuid');
  }
  if (events.length > 1 && new Set(events.map(({ id }) => id)).size < events.length) {
    throw new Invalid('event-id-twice', 'append holds an event id twice');
  }
  if (typeof expected === 'number' && !Number.isSafeInteger(expected)) {
    throw new Invalid('expected-revision', 'expected revision is not a whole number');
  }
}
