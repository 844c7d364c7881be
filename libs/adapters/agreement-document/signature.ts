import { type AgreementDocument } from '../../domain/agreement/document.js';
import { signBytes, verifyBytes } from '../signature/ed25519.js';
import { canonicalBytes } from './agreement-document.js';

/** Signs the canonical bytes (RFC 8785) of a document; gives base64url. Throws `Invalid` `signing-key`. */
export function signDocument(document: AgreementDocument, privateKeyPem: string): string {
  return signBytes(canonicalBytes(document), privateKeyPem);
}

/** Whether a signature (base64url) over the canonical bytes of a document is that of a public key. Never throws. */
export function verifySignature(document: AgreementDocument, publicKey: string, signature: string): boolean {
  return verifyBytes(canonicalBytes(document), publicKey, signature);
}
