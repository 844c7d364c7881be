import { createHash } from 'node:crypto';
import { privateKeyOfSeed, type SigningKey, signingKeyOf } from '../adapters/signature/ed25519.js';

/** The key with which an agency signs in tests: always the same one, so that histories can be compared. */
export function signingKeyFor(agency: string): SigningKey {
  const known = keys.get(agency);
  if (known !== undefined) return known;
  const seed = createHash('sha256').update(`signing key of ${agency}`).digest();
  const made = signingKeyOf(privateKeyOfSeed(seed).export({ format: 'pem', type: 'pkcs8' }).toString());
  keys.set(agency, made);
  return made;
}

const keys = new Map<string, SigningKey>();
