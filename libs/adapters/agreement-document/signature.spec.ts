import { describe, expect, it } from '@jest/globals';
import { agreementOf, custodyClause } from '../../testing/agreements.js';
import { generateSigningKey } from '../signature/ed25519.js';
import { canonicalBytes } from './agreement-document.js';
import { signDocument, verifySignature } from './signature.js';

const document = agreementOf({
  reference: 'resettlement',
  clauses: [custodyClause],
});
const { publicKey, privateKeyPem } = generateSigningKey();
const signature = signDocument(document, privateKeyPem);

describe('a signature over a document', () => {
  it('holds under its key, however the document is laid out', () => {
    const turned = Object.fromEntries(Object.entries(document).reverse()) as unknown;
    expect(verifySignature(turned as typeof document, publicKey, signature)).toBe(true);
    expect(Buffer.from(canonicalBytes(document)).toString()).toMatch(/^\{"clauses":\[\{"effect":"permit",/);
  });

  it('holds for no other document, and under no other key', () => {
    const altered = { ...document, title: 'resettlement ' };
    expect(verifySignature(altered, publicKey, signature)).toBe(false);
    expect(verifySignature(document, generateSigningKey().publicKey, signature)).toBe(false);
  });

  it.each([
    ['nothing', () => ''],
    ['another alphabet', (text: string) => Buffer.from(text, 'base64url').toString('base64')],
    ['padding', (text: string) => `${text}==`],
    ['a line end', (text: string) => `${text}\n`],
    ['one byte less', (text: string) => Buffer.from(text, 'base64url').subarray(1).toString('base64url')],
    [
      'another last character of the same bytes',
      (text: string) =>
        `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : String.fromCharCode(text.charCodeAt(85) + 1)}`,
    ],
    ['s + L', malleated],
  ])('is refused when it is written with %s', (_, change) => {
    expect(change(signature)).not.toBe(signature);
    expect(verifySignature(document, publicKey, change(signature))).toBe(false);
  });
});

/** The other s of the same signature (RFC 8032 §5.1.7: s must be less than the order of the group). */
function malleated(text: string): string {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const bytes = Buffer.from(text, 'base64url');
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
  const high = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
  return Buffer.concat([bytes.subarray(0, 32), high]).toString('base64url');
}
