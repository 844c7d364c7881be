import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Invalid, Unavailable } from '../../contract/failure.js';
import { checkpointText, openCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { createDurably, readIfThere, replaceDurably } from '../files/durable-file.js';
import { EMPTY_ROOT } from './merkle.js';
import { formatSignerKey, generateSignerKey, parseSignerKey, SIGNATURE, type SignerKey } from './note-key.js';
import { signText } from './note-signature.js';
import { formatNote, parseNote } from './note.js';
import { hasTiles } from './tile-store.js';

/** The folder of the transparency log within the data folder. */
export const TRANSPARENCY = 'transparency';
const KEY_FILE = 'log.key';
const CHECKPOINT_FILE = 'checkpoint';

/** The key of a log, and the last checkpoint that it signed. */
export interface LogIdentity {
  readonly key: SignerKey;
  readonly checkpoint: SignedCheckpoint;
}

/**
 * Opens the identity of a log: its key, made on the first start under an origin of its own (`concordat/<16 random digits>`), and
 * its last checkpoint, on the first start that of the empty tree. A head that was signed is never forgotten: throws
 * `Unavailable` `log-key-missing` or `checkpoint-missing` when one of them is gone while the other, or tiles, are there,
 * and `Invalid` when one cannot be read.
 */
export async function openIdentity(folder: string): Promise<LogIdentity> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = readIfThere(join(folder, CHECKPOINT_FILE));
  const key = readLogKey(folder);
  if (kept !== undefined && key === undefined)
    throw new Unavailable('log-key-missing', `the key ${KEY_FILE} of the transparency log is missing`);
  if (kept !== undefined && key !== undefined)
    return { key, checkpoint: { ...openCheckpoint(kept, key), note: parseNote(kept) } };
  if (await hasTiles(folder))
    throw new Unavailable('checkpoint-missing', 'the last checkpoint of the transparency log is missing');
  const made = key ?? makeLogKey(folder);
  return { key: made, checkpoint: signHead(folder, made, 0, EMPTY_ROOT) };
}

/** The key of a log's folder, if there is one. Throws `Invalid` `signer-key`. */
export function readLogKey(folder: string): SignerKey | undefined {
  const text = readIfThere(join(folder, KEY_FILE))?.toString();
  const key = text === undefined ? undefined : parseSignerKey(text.trimEnd());
  if (key === undefined || key.type === SIGNATURE) return key;
  throw new Invalid('signer-key', `the key ${KEY_FILE} was made for a witness, not for a log`);
}

/** The text of the last checkpoint of a log's folder, if there is one. */
export function readCheckpointFile(folder: string): Buffer | undefined {
  return readIfThere(join(folder, CHECKPOINT_FILE));
}

/** Signs a head and keeps it: it is durable before anybody can see it. */
export function signHead(folder: string, key: SignerKey, size: number, root: Uint8Array): SignedCheckpoint {
  const head = { origin: key.name, size, root, extensions: [] };
  const text = checkpointText(head);
  const checkpoint = { ...head, note: { text, signatures: [signText(text, key)] } };
  keepCheckpoint(folder, checkpoint);
  return checkpoint;
}

/** Puts a checkpoint in the place of the one before. */
export function keepCheckpoint(folder: string, { note }: SignedCheckpoint): void {
  replaceDurably(join(folder, CHECKPOINT_FILE), formatNote(note));
}

function makeLogKey(folder: string): SignerKey {
  const key = generateSignerKey(`concordat/${randomBytes(8).toString('hex')}`, SIGNATURE);
  createDurably(join(folder, KEY_FILE), `${formatSignerKey(key)}\n`);
  return key;
}
