import { sqliteCode } from '../../libs/adapters/read-store/digest.js';
import { BEFORE_FIRST, type LoggedEvent, type Position } from '../../libs/adapters/event-log/event-log.js';
import { verifyLeaf } from '../../libs/adapters/event-log/leaf-hash.js';
import { type LogReader } from '../../libs/adapters/event-log/log-reader.js';

/** What checking a log found: every event as it was written, or the first place where that is not so. */
export type LogVerdict =
  | { readonly outcome: 'unaltered'; readonly head: Position }
  | { readonly outcome: 'altered'; readonly position: Position; readonly reason: string };

/**
 * Checks every event of an embedded log against the leaf hash that was stored with it, and its place: positions
 * without a gap, and each stream's revisions from 0 on. An event changed, taken out or put elsewhere is found; one
 * changed together with its hash is not, which is what the transparency log is for. `progress` hears of positions.
 */
export async function verifyLog(
  log: LogReader,
  progress: (done: Position, total: Position) => void = () => undefined,
): Promise<LogVerdict> {
  let position = BEFORE_FIRST;
  try {
    const head = await log.head();
    const faultOf = openCheck();
    for await (const event of log.readAll(BEFORE_FIRST)) {
      const reason = event.position === position + 1 ? faultOf(event) : 'is missing';
      if (reason !== undefined) return { outcome: 'altered', position: position + 1, reason };
      position = event.position;
      if (position % REPORT_EVERY === 0) progress(position, head);
    }
    return { outcome: 'unaltered', head: position };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { outcome: 'altered', position: position + 1, reason: DAMAGED };
  }
}

/** The verdict in words. */
export function wordsOf(verdict: LogVerdict): string {
  return verdict.outcome === 'unaltered'
    ? `the log is unaltered up to position ${String(verdict.head)}`
    : `the log was altered: position ${String(verdict.position)} ${verdict.reason}`;
}

const REPORT_EVERY = 1000;
/** The log is read in pages, so it may also be one of the next few hundred. */
const DAMAGED = 'or one soon after it cannot be read: the file is damaged';

/** Says of the next event what is wrong with it by itself and in its stream. */
function openCheck(): (event: LoggedEvent) => string | undefined {
  const revisions = new Map<string, number>();
  return (event) => {
    const expected = (revisions.get(event.stream) ?? -1) + 1;
    revisions.set(event.stream, expected);
    if (!verifyLeaf(event)) return 'does not fit its leaf hash';
    return event.revision === expected ? undefined : 'has not the next revision of its stream';
  };
}

/** True when SQLite says that the file is not as it wrote it. */
function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error) ?? '');
}
