import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { Invalid } from '../../contract/failure.js';

/** An Ed25519 key pair (RFC 8032). */
export interface SigningKey {
  /** Key id: SHA-256 (hex) of the 32 bytes of the public key. */
  readonly key: string;
  /** The 32 bytes, base64url without padding. */
  readonly publicKey: string;
  /** PKCS #8 (RFC 8410); it never leaves its owner. */
  readonly privateKeyPem: string;
}

export function generateSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return signingKeyOf(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
}

/** The key pair of a private key in PEM. Throws `Invalid` `signing-key` when it is no Ed25519 private key. */
export function signingKeyOf(privateKeyPem: string): SigningKey {
  const { x = '' } = createPublicKey(privateKeyOf(privateKeyPem)).export({ format: 'jwk' });
  return { key: keyId(x), publicKey: x, privateKeyPem };
}

/** The private key that is made of 32 bytes (RFC 8032 §5.1.5). */
export function privateKeyOfSeed(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

/** Names a public key. Throws `Invalid` `public-key` for what is no usable one: see `publicKeyBytes`. */
export function keyId(publicKey: string): string {
  return createHash('sha256').update(publicKeyBytes(publicKey)).digest('hex');
}

/**
 * The 32 bytes of a public key. Throws `Invalid` `public-key` when the text is not base64url of 32 bytes, when its
 * coordinate is not reduced (two encodings of one key), or its point is of small order, which would let one signature
 * stand under many texts.
 */
export function publicKeyBytes(publicKey: string): Buffer {
  const point = decoded(publicKey, KEY_LENGTH);
  if (point === undefined || !isReduced(point) || smallOrder.has(coordinateOf(point)))
    throw new Invalid('public-key', 'public key must be 32 bytes of an Ed25519 public key in base64url');
  return point;
}

/** Signs bytes; gives base64url. Throws `Invalid` `signing-key`. */
export function signBytes(bytes: Uint8Array, privateKeyPem: string): string {
  return sign(null, bytes, privateKeyOf(privateKeyPem)).toString('base64url');
}

/**
 * Whether a signature (base64url) over bytes is that of a public key. Never throws. Everything but the one encoding of a
 * signature and a key is refused (RFC 8032 §5.1.7).
 */
export function verifyBytes(bytes: Uint8Array, publicKey: string, signature: string): boolean {
  try {
    const signed = decoded(signature, SIGNATURE_LENGTH);
    const point = publicKeyBytes(publicKey);
    const key = createPublicKey({ key: Buffer.concat([SPKI, point]), format: 'der', type: 'spki' });
    return signed !== undefined && verify(null, bytes, key, signed);
  } catch {
    return false;
  }
}

const KEY_LENGTH = 32;
const SIGNATURE_LENGTH = 64;
/** PrivateKeyInfo (RFC 8410) up to the 32 bytes of an Ed25519 private key. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
/** SubjectPublicKeyInfo (RFC 8410) up to the 32 bytes of an Ed25519 public key. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function privateKeyOf(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What is no key at all is refused like a key of another kind.
  }
  throw new Invalid('signing-key', 'signing key must be an Ed25519 private key in PEM (PKCS #8)');
}

/** The bytes of base64url text that has exactly this many and is written in the one way that there is. */
function decoded(text: string, length: number): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : undefined;
}

const PRIME = 2n ** 255n - 19n;

/** The y coordinate (little endian), without the sign bit of x. */
function coordinateOf(point: Buffer): bigint {
  return BigInt(`0x${Buffer.from(point).reverse().toString('hex')}`) & (2n ** 255n - 1n);
}

function isReduced(point: Buffer): boolean {
  return coordinateOf(point) < PRIME;
}

/** The y coordinate of a point of order eight on Edwards25519. */
const EIGHTH = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

/** The y coordinates of the eight points of small order. */
const smallOrder: ReadonlySet<bigint> = new Set([0n, 1n, PRIME - 1n, EIGHTH, PRIME - EIGHTH]);
