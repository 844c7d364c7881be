import { createHash, createPrivateKey } from 'node:crypto';
import { type SigningKey, signingKeyOf } from '../adapters/agreement-document/signature.js';

/** PKCS #8 (RFC 8410) up to the 32 bytes of an Ed25519 private key. */
const PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key with which an agency signs in tests: always the same one, so that histories can be compared. */
export function signingKeyFor(agency: string): SigningKey {
  const known = keys.get(agency);
  if (known !== undefined) return known;
  const seed = createHash('sha256').update(`signing key of ${agency}`).digest();
  const key = createPrivateKey({ key: Buffer.concat([PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const made = signingKeyOf(key.export({ format: 'pem', type: 'pkcs8' }).toString());
  keys.set(agency, made);
  return made;
}

const keys = new Map<string, SigningKey>();
