import { sign } from 'node:crypto';
import { Invalid } from '../../contract/failure.js';
import { verifyBytes } from '../signature/ed25519.js';
import { COSIGNATURE, isOf, SIGNATURE, type SignerKey, type VerifierKey } from './note-key.js';
import { type Note, type SignatureLine } from './note.js';

const TIME_LENGTH = 8;

/** Signs the text of a note (C2SP signed-note, type 1). */
export function signText(text: string, key: SignerKey): SignatureLine {
  if (key.type !== SIGNATURE) throw new Invalid('signer-key', 'a key of a witness signs no notes of its own');
  return lineOf(key, sign(null, Buffer.from(text), key.privateKey));
}

/**
 * Cosigns a checkpoint's text as a witness (C2SP tlog-cosignature, type 4). `at` is in epoch milliseconds; the
 * signature holds whole seconds.
 */
export function cosignText(text: string, key: SignerKey, at: number): SignatureLine {
  if (key.type !== COSIGNATURE) throw new Invalid('signer-key', 'cosigning needs a key made for a witness');
  const time = Buffer.alloc(TIME_LENGTH);
  time.writeBigUInt64BE(BigInt(Math.floor(at / 1000)));
  return lineOf(key, Buffer.concat([time, sign(null, cosigned(text, time), key.privateKey)]));
}

/** When a cosignature was made, in seconds since the epoch. */
export function cosignedAt({ signature }: SignatureLine): bigint {
  return signature.length < TIME_LENGTH ? 0n : Buffer.from(signature).readBigUInt64BE();
}

/**
 * The signatures of a note that are of these keys, each verified; those of unknown keys are left out. Throws `Invalid`
 * `note-signature` when one of a known key does not hold, as C2SP signed-note advises.
 */
export function verified(note: Note, keys: readonly VerifierKey[]): readonly SignatureLine[] {
  return note.signatures.filter((line) => {
    const key = keys.find((each) => isOf(line, each));
    if (key === undefined) return false;
    if (holds(note.text, line, key)) return true;
    throw new Invalid('note-signature', 'note has a signature of a known key that does not hold');
  });
}

function lineOf({ name, id }: VerifierKey, signature: Uint8Array): SignatureLine {
  return { name, id, signature };
}

function holds(text: string, { signature }: SignatureLine, { type, publicKey }: VerifierKey): boolean {
  const bytes = Buffer.from(signature);
  if (type === SIGNATURE) return verifyBytes(Buffer.from(text), publicKey, bytes.toString('base64url'));
  const time = bytes.subarray(0, TIME_LENGTH);
  if (time.length < TIME_LENGTH || time.readBigInt64BE() < 0n) return false;
  return verifyBytes(cosigned(text, time), publicKey, bytes.subarray(TIME_LENGTH).toString('base64url'));
}

/** What an Ed25519 cosignature signs: two lines of its own, then the text of the checkpoint. */
function cosigned(text: string, time: Buffer): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${String(time.readBigUInt64BE())}\n${text}`);
}
