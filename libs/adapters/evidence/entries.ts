import { type LoggedEvent } from '../event-log/event-log.js';
import { leafHash } from '../event-log/leaf-hash.js';
import { verifyInclusion } from '../transparency/merkle.js';
import { leafOf } from '../transparency/tree-growth.js';

/** An event as the log stores it: `data` is sealed. Where it stands in its stream is left out, as in its leaf hash. */
export type EvidenceEvent = Omit<LoggedEvent, 'revision'>;

/** A line of `events.ndjson`, without its end: the texts as they are stored, data in base64, the leaf hash in hex. */
export function eventLine({ position, stream, id, type, metadata, data, leafHash }: EvidenceEvent): string {
  return JSON.stringify({
    position,
    stream,
    id,
    type,
    metadata,
    data: Buffer.from(data).toString('base64'),
    leafHash: Buffer.from(leafHash).toString('hex'),
  });
}

/** The event of a line that is spelt exactly as `eventLine` does, and fits its leaf hash; or what is wrong with it. */
export function readEvent(line: Buffer): EvidenceEvent | string {
  const value = parsed(line);
  if (value === undefined) return 'is not JSON';
  const { position, stream, id, type, metadata, data, leafHash: leaf } = value;
  const texts = [stream, id, type, metadata, data, leaf];
  if (!Number.isSafeInteger(position) || !texts.every((text) => typeof text === 'string'))
    return 'is no event';
  const event = {
    position: Number(position),
    stream: String(stream),
    id: String(id),
    type: String(type),
    metadata: String(metadata),
    data: Buffer.from(String(data), 'base64'),
    leafHash: Buffer.from(String(leaf), 'hex'),
  };
  if (!isSpelt(line, eventLine(event))) return 'is not written as events are';
  return leafHash(event.stream, event).equals(event.leafHash) ? event : 'does not fit its leaf hash';
}

/** That the event at a position stands in the tree of the checkpoint (RFC 6962 §2.1.1). */
export interface ProofEntry {
  readonly position: number;
  readonly proof: readonly Uint8Array[];
}

/** A line of `proofs.ndjson`, without its end: hashes in base64, lowest first. */
export function proofLine({ position, proof }: ProofEntry): string {
  return JSON.stringify({ position, proof: proof.map((hash) => Buffer.from(hash).toString('base64')) });
}

export function readProof(line: Buffer): ProofEntry | string {
  const value = parsed(line);
  if (value === undefined) return 'is not JSON';
  const { position, proof } = value;
  if (!Number.isSafeInteger(position) || !Array.isArray(proof)) return 'is no proof';
  const entry = {
    position: Number(position),
    proof: proof.map((hash: unknown) => Buffer.from(typeof hash === 'string' ? hash : '', 'base64')),
  };
  return isSpelt(line, proofLine(entry)) ? entry : 'is not written as proofs are';
}

/** Whether an event stands where it says in the tree of a signed head. */
export function isProven(
  { position, leafHash }: EvidenceEvent,
  { proof }: ProofEntry,
  { size, root }: { readonly size: number; readonly root: Uint8Array },
): boolean {
  return verifyInclusion(leafOf(position), size, leafHash, proof, root);
}

function parsed(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line.toString());
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** One spelling for one content, so that no byte can change unseen. */
function isSpelt(line: Buffer, text: string): boolean {
  return line.equals(Buffer.from(text));
}
