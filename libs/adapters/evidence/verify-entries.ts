import { join } from 'node:path';
import { type Checkpoint } from '../transparency/checkpoint.js';
import { type EvidenceEvent, isProven, type ProofEntry, readEvent, readProof } from './entries.js';
import { linesOf } from './lines.js';
import { type ContentFile, type Manifest } from './manifest.js';
import { type Fault, faultIn } from './verdict.js';

const EVENTS = 'events.ndjson';
const PROOFS = 'proofs.ndjson';

/** A bundle whose manifest holds, and which of its files differ from it. */
export interface Checked {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly altered: ReadonlySet<ContentFile>;
}

/**
 * Checks every event against its leaf hash and its proof, and names the first that is not right. What the two files say of
 * each other decides nothing alone: the one whose bytes are not as signed is at fault.
 */
export function entriesFault(checked: Checked, head: Checkpoint): Fault | undefined {
  const { folder, altered } = checked;
  const ends: Fault[] = [];
  const events = linesOf(join(folder, EVENTS), () => ends.push(unended(checked, EVENTS)));
  const proofs = linesOf(join(folder, PROOFS), () => ends.push(unended(checked, PROOFS)));
  const atFault = altered.has(EVENTS) || !altered.has(PROOFS) ? EVENTS : PROOFS;
  let [entry, before] = [0, 0];
  try {
    for (;;) {
      const [eventBytes, proofBytes] = [next(events), next(proofs)];
      if (eventBytes === undefined && proofBytes === undefined) break;
      entry += 1;
      if (eventBytes === undefined) return ends[0] ?? uneven(entry, atFault, EVENTS);
      if (proofBytes === undefined) return ends[0] ?? uneven(entry, atFault, PROOFS);
      const event = readEvent(eventBytes);
      if (typeof event === 'string') return faultIn(EVENTS, entry, event);
      const proof = readProof(proofBytes);
      if (typeof proof === 'string') return faultIn(PROOFS, entry, proof);
      const reason = event.position <= before ? 'is out of order' : pairFault(event, proof, head);
      if (reason !== undefined) return faultIn(atFault, entry, reason);
      before = event.position;
    }
  } finally {
    events.return(undefined);
    proofs.return(undefined);
  }
  return ends[0] ?? countFault(checked, EVENTS, entry) ?? countFault(checked, PROOFS, entry);
}

function next(lines: Generator<Buffer>): Buffer | undefined {
  const { done, value } = lines.next() as IteratorResult<Buffer, undefined>;
  return done === true ? undefined : value;
}

function pairFault(event: EvidenceEvent, proof: ProofEntry, head: Checkpoint): string | undefined {
  if (proof.position !== event.position) return 'is not the one that stands beside it in the other file';
  return isProven(event, proof, head) ? undefined : 'is not proven to stand in the log';
}

/** One of two files has more lines than the other. */
function uneven(entry: number, atFault: string, shorter: string): Fault {
  return faultIn(atFault, entry, atFault === shorter ? 'is missing' : 'is one too many');
}

function unended({ manifest }: Checked, name: ContentFile): Fault {
  const entries = entriesOf(manifest, name);
  return faultIn(name, entries, 'is cut short or has something after it');
}

function entriesOf({ files }: Manifest, name: ContentFile): number {
  return files.find((file) => file.name === name)?.entries ?? 0;
}

/** Every line is right by itself, and yet the file is not what it was. */
function countFault({ manifest, altered }: Checked, name: ContentFile, lines: number): Fault | undefined {
  if (!altered.has(name)) return undefined;
  const entries = entriesOf(manifest, name);
  if (lines === entries) return faultIn(name, null, 'is not what was signed');
  return lines < entries
    ? faultIn(name, lines + 1, 'is missing')
    : faultIn(name, entries + 1, 'is one too many');
}
