import { Invalid } from '../../contract/failure.js';
import { HASH_LENGTH } from './merkle.js';
import { type VerifierKey } from './note-key.js';
import { verified } from './note-signature.js';
import { type Note, parseNote } from './note.js';

/** The head of a log at one size (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Names the log; the name of its key, too. */
  readonly origin: string;
  /** How many leaves the tree has. */
  readonly size: number;
  readonly root: Uint8Array;
  /** Further lines of the log, not interpreted; this hub writes none. */
  readonly extensions: readonly string[];
}

/** A checkpoint whose signature by its log holds. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note;
}

/** The text of a checkpoint's note. */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, String(size), Buffer.from(root).toString('base64'), ...extensions, ''].join('\n');
}

/** Reads the text of a checkpoint's note. Throws `Invalid` `checkpoint`. */
export function readCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...extensions] = text.slice(0, -1).split('\n');
  const checkpoint = { origin, size: parseSize(size), root: parseHash(root), extensions };
  if (!text.endsWith('\n') || origin === '' || extensions.includes(''))
    throw new Invalid('checkpoint', 'checkpoint has an empty line or does not end in a newline');
  return checkpoint;
}

/**
 * Reads a checkpoint that its log has signed. Throws `Invalid`: `note`, `checkpoint`, `checkpoint-origin` when it is of
 * another log, `note-signature` when no signature of the log's key is there, or one that does not hold.
 */
export function openCheckpoint(
  input: string | Uint8Array,
  log: VerifierKey,
  witnesses: readonly VerifierKey[] = [],
): SignedCheckpoint {
  const note = parseNote(input);
  const checkpoint = readCheckpoint(note.text);
  if (checkpoint.origin !== log.name)
    throw new Invalid('checkpoint-origin', 'checkpoint is of another log than the key');
  const lines = verified(note, [log, ...witnesses]);
  if (!lines.some(({ name, id }) => name === log.name && id === log.id))
    throw new Invalid('note-signature', 'checkpoint is not signed by the key of its log');
  return { ...checkpoint, note: { text: note.text, signatures: lines } };
}

/** A tree size as checkpoints and witnesses write it: decimal, no sign, no leading zeros. Throws `Invalid` `checkpoint`. */
export function parseSize(text: string): number {
  const size = Number(text);
  if (/^(0|[1-9][0-9]*)$/.test(text) && Number.isSafeInteger(size)) return size;
  throw new Invalid('checkpoint', 'tree size is not a decimal number that can be read here');
}

/** A SHA-256 hash in base64, written in the one way there is. Throws `Invalid` `checkpoint`. */
export function parseHash(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === HASH_LENGTH && bytes.toString('base64') === text) return bytes;
  throw new Invalid('checkpoint', 'hash is not 32 bytes in base64');
}
