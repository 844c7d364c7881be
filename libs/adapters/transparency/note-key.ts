import { createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { Invalid } from '../../contract/failure.js';
import { privateKeyOfSeed, publicKeyBytes } from '../signature/ed25519.js';

/** Signature types of C2SP signed-note: an Ed25519 signature over the text, and a timestamped cosignature of a witness. */
export const SIGNATURE = 1;
export const COSIGNATURE = 4;
export type SignatureType = typeof SIGNATURE | typeof COSIGNATURE;

/** A public key under a name, as notes refer to it. */
export interface VerifierKey {
  readonly name: string;
  /** 8 hexadecimal digits: the first four bytes of SHA-256(name || newline || type || public key). */
  readonly id: string;
  readonly type: SignatureType;
  /** The 32 bytes of an Ed25519 public key (RFC 8032), base64url without padding. */
  readonly publicKey: string;
}

export interface SignerKey extends VerifierKey {
  readonly privateKey: KeyObject;
}

/** Whether a text may be the name of a key: not empty, without Unicode spaces, plus signs and control characters. */
export function isKeyName(text: string): boolean {
  return text.isWellFormed() && /^[^\p{White_Space}\p{Cc}+]+$/u.test(text);
}

/** Makes an Ed25519 key under a name. Throws `Invalid` `key-name`. */
export function generateSignerKey(name: string, type: SignatureType): SignerKey {
  return signerOf(name, type, generateKeyPairSync('ed25519').privateKey);
}

/** The one line in which a private key is kept, as Go's `sumdb/note` writes it: `PRIVATE+KEY+<name>+<id>+<base64>`. */
export function formatSignerKey({ name, id, type, privateKey }: SignerKey): string {
  const { d = '' } = privateKey.export({ format: 'jwk' });
  return `${PRIVATE}${name}+${id}+${keyBytes(type, Buffer.from(d, 'base64url')).toString('base64')}`;
}

/** Throws `Invalid` `signer-key` for what is not such a line of a type that is signed with here. */
export function parseSignerKey(line: string): SignerKey {
  const parts = line.startsWith(PRIVATE) ? partsOf(line.slice(PRIVATE.length)) : undefined;
  const made = parts && signerOf(parts.name, parts.type, privateKeyOfSeed(parts.bytes));
  if (made === undefined || made.id !== parts?.id)
    throw new Invalid('signer-key', 'key is not a note signer key (PRIVATE+KEY+name+id+base64)');
  return made;
}

/** A verifier key as C2SP signed-note writes it: `<name>+<id>+<base64 of type and public key>`. */
export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${keyBytes(type, publicKeyBytes(publicKey)).toString('base64')}`;
}

/** Throws `Invalid` `verifier-key` for what is no verifier key, or one whose id, type or point is not right. */
export function parseVerifierKey(text: string): VerifierKey {
  const parts = partsOf(text);
  const made = parts && verifierOf(parts.name, parts.type, parts.bytes.toString('base64url'));
  if (made === undefined || made.id !== parts?.id)
    throw new Invalid('verifier-key', 'key is not a verifier key (name+id+base64)');
  return made;
}

/** Whether a signature line's name and id are those of a key. */
export function isOf(line: Pick<VerifierKey, 'name' | 'id'>, key: VerifierKey): boolean {
  return line.name === key.name && line.id === key.id;
}

const PRIVATE = 'PRIVATE+KEY+';
const KEY_LENGTH = 32;

function signerOf(name: string, type: SignatureType, privateKey: KeyObject): SignerKey {
  if (!isKeyName(name)) throw new Invalid('key-name', 'a key name must have no spaces and no plus signs');
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { ...verifierOf(name, type, x), privateKey };
}

function verifierOf(name: string, type: SignatureType, publicKey: string): VerifierKey {
  const named = Buffer.concat([Buffer.from(`${name}\n`), keyBytes(type, publicKeyBytes(publicKey))]);
  return { name, id: hash('sha256', named).slice(0, 8), type, publicKey };
}

function keyBytes(type: SignatureType, key: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type]), key]);
}

/** `<name>+<id>+<base64>`; the name has no plus sign, base64 may. */
function partsOf(text: string) {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  const [type] = bytes;
  if (!isKeyName(name) || bytes.toString('base64') !== encoded || bytes.length !== 1 + KEY_LENGTH)
    return undefined;
  if (type !== SIGNATURE && type !== COSIGNATURE) return undefined;
  return { name, id, type, bytes: bytes.subarray(1) } as const;
}
