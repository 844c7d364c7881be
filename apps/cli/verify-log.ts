import { sqliteCode } from '../../libs/adapters/read-store/digest.js';
import { BEFORE_FIRST, type LoggedEvent, type Position } from '../../libs/adapters/event-log/event-log.js';
import { verifyLeaf } from '../../libs/adapters/event-log/leaf-hash.js';
import { type LogReader } from '../../libs/adapters/event-log/log-reader.js';
import { openTreeCheck, type SignedHead } from './signed-tree.js';

/** What checking a log found: every event as it was written, or the first place where that is not so
 * (`BEFORE_FIRST` for what concerns the whole log). */
export type LogVerdict =
  | {
      readonly outcome: 'unaltered';
      readonly head: Position;
      /** How many of its events the last signed head vouches for; absent where there is none. */
      readonly signed?: number;
    }
  | { readonly outcome: 'altered'; readonly position: Position; readonly reason: string };

/**
 * Checks every event of an embedded log against the leaf hash that was stored with it, and its place: positions
 * without a gap, and each stream's revisions from 0 on: an event changed, taken out or put elsewhere is found. With a
 * signed head, an event that was changed together with its hash is found too, and a log that was cut off. `progress`
 * hears of positions.
 */
export async function verifyLog(
  log: LogReader,
  progress: (done: Position, total: Position) => void = () => undefined,
  signed?: SignedHead,
): Promise<LogVerdict> {
  if (signed?.outcome === 'forged')
    return { outcome: 'altered', position: BEFORE_FIRST, reason: `nobody vouches for it: ${signed.reason}` };
  const tree = signed && openTreeCheck(signed);
  let position = BEFORE_FIRST;
  try {
    const head = await log.head();
    const faultOf = openCheck();
    for await (const event of log.readAll(BEFORE_FIRST)) {
      const reason = event.position === position + 1 ? faultOf(event) : 'is missing';
      if (reason !== undefined) return { outcome: 'altered', position: position + 1, reason };
      position = event.position;
      tree?.take(event.leafHash);
      if (position % REPORT_EVERY === 0) progress(position, head);
    }
    const fault = tree?.fault();
    if (fault !== undefined) return { outcome: 'altered', ...fault };
    return { outcome: 'unaltered', head: position, ...(signed && { signed: signed.checkpoint.size }) };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { outcome: 'altered', position: position + 1, reason: DAMAGED };
  }
}

/** The verdict in words. */
export function wordsOf(verdict: LogVerdict): string {
  if (verdict.outcome === 'unaltered') return `the log is unaltered up to position ${soundPart(verdict)}`;
  const { position, reason } = verdict;
  if (position === BEFORE_FIRST) return `the log was altered: ${reason}`;
  return `the log was altered: position ${String(position)} ${reason}`;
}

function soundPart({ head, signed }: Extract<LogVerdict, { outcome: 'unaltered' }>): string {
  return signed === undefined
    ? String(head)
    : `${String(head)}, and up to position ${String(signed)} as it was signed`;
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
