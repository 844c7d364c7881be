import { Invalid, isFailure } from '../../contract/failure.js';
import { type AddCheckpoint, parseAddCheckpoint, TREE_SIZE_TYPE } from './add-checkpoint.js';
import { openCheckpoint, readCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { readIfThere, replaceDurably } from '../files/durable-file.js';
import { EMPTY_ROOT, verifyConsistency } from './merkle.js';
import { isOf, type SignerKey, type VerifierKey } from './note-key.js';
import { cosignText } from './note-signature.js';
import { formatNote, formatSignatures, parseNote } from './note.js';

/** What a witness answers to `add-checkpoint`. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: string;
  readonly body: string;
}

export interface WitnessParts {
  readonly key: SignerKey;
  /** The log that is witnessed; its name is the origin. */
  readonly log: VerifierKey;
  /** Holds the last head that was cosigned, as a note. One witness at a time. */
  readonly file: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Cosigns heads of one log, each of which continues the one before (C2SP tlog-witness). */
export interface Witness {
  /** One request after the other: what is answered with a cosignature is on the disk. */
  addCheckpoint(body: string): WitnessAnswer;
  /** The last head that was cosigned, as a signed note. */
  seen(): string | undefined;
}

/** Throws `Invalid` when the file does not hold a checkpoint of the log that this witness has cosigned. */
export function openWitness({ key, log, file, clock }: WitnessParts): Witness {
  let last = readSeen(file, log, key);

  /** The order of the checks is that of the specification. */
  function answer(request: AddCheckpoint): WitnessAnswer {
    if (originOf(request.checkpoint) !== log.name) return refused(404, 'the log is not known here');
    const checkpoint = opened(request.checkpoint, log);
    if (checkpoint === undefined) return refused(403, 'the checkpoint is not signed by the key of its log');
    if (request.old > checkpoint.size)
      return refused(400, 'the old size is greater than that of the checkpoint');
    const size = last?.size ?? 0;
    if (request.old !== size) return { status: 409, type: TREE_SIZE_TYPE, body: `${String(size)}\n` };
    return judged(request, checkpoint, last?.root ?? EMPTY_ROOT);
  }

  function judged(
    { old, proof }: AddCheckpoint,
    checkpoint: SignedCheckpoint,
    root: Uint8Array,
  ): WitnessAnswer {
    if (old === checkpoint.size && Buffer.compare(root, checkpoint.root) !== 0)
      return { status: 409, type: TREE_SIZE_TYPE, body: `${String(old)}\n` };
    const isProven =
      old === 0 ? proof.length === 0 : verifyConsistency(old, checkpoint.size, root, checkpoint.root, proof);
    return isProven ? cosigned(checkpoint) : refused(422, 'the proof of consistency does not hold');
  }

  function cosigned(checkpoint: SignedCheckpoint): WitnessAnswer {
    const { text, signatures } = checkpoint.note;
    const line = cosignText(text, key, clock());
    replaceDurably(file, formatNote({ text, signatures: [...signatures, line] }));
    last = checkpoint;
    return { status: 200, type: PLAIN, body: formatSignatures([line]) };
  }

  return {
    addCheckpoint(body) {
      try {
        return answer(parseAddCheckpoint(body));
      } catch (error) {
        if (!isFailure(error)) throw error;
        return refused(400, error.message);
      }
    },
    seen: () => readIfThere(file)?.toString(),
  };
}

const PLAIN = 'text/plain; charset=utf-8';

function refused(status: 400 | 403 | 404 | 422, detail: string): WitnessAnswer {
  return { status, type: PLAIN, body: `${detail}\n` };
}

function readSeen(file: string, log: VerifierKey, key: VerifierKey): SignedCheckpoint | undefined {
  const bytes = readIfThere(file);
  const seen = bytes && openCheckpoint(bytes, log, [key]);
  if (seen === undefined || seen.note.signatures.some((line) => isOf(line, key))) return seen;
  throw new Invalid('witness-state', 'the state of the witness holds a head that it has not cosigned');
}

function originOf(checkpoint: string): string {
  return readCheckpoint(parseNote(checkpoint).text).origin;
}

function opened(checkpoint: string, log: VerifierKey): SignedCheckpoint | undefined {
  try {
    return openCheckpoint(checkpoint, log);
  } catch (error) {
    if (isFailure(error) && error.code === 'note-signature') return undefined;
    throw error;
  }
}
