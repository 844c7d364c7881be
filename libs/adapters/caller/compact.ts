import { visit } from 'jsonc-parser';
import { Forbidden } from '../../contract/failure.js';

/** In characters. */
const LONGEST_TOKEN = 8192;

/** The protected header of a JWS, which nobody has verified yet. */
export type UnverifiedHeader = Readonly<Record<string, unknown>> & { readonly alg: string };

/**
 * Checks the form of a JWS in compact serialisation (RFC 7515 §7.1) before any cryptography sees it: three parts
 * of canonical base64url (no padding, space or spare bits, so that one token has one spelling; only the payload
 * may be empty), and a header that is a JSON object without duplicate names, without extensions (`crit`, `b64`;
 * RFC 7515 §4.1.11, RFC 7797) and with an allowed `alg` (RFC 8725 §3.1).
 * Throws `Forbidden` `token-malformed`, always in the same words.
 */
export function checkCompact(token: string, algorithms: readonly string[]): UnverifiedHeader {
  if (token.length > LONGEST_TOKEN) throw malformed();
  const parts = token.split('.', 4);
  const [header, , signature] = parts;
  if (parts.length !== 3 || !header || !signature || !parts.every(isCanonicalBase64url)) throw malformed();
  const fields = uniqueObject(header);
  const { alg } = fields;
  if ('crit' in fields || 'b64' in fields) throw malformed();
  if (typeof alg !== 'string' || !algorithms.includes(alg)) throw malformed();
  return { ...fields, alg };
}

function isCanonicalBase64url(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function uniqueObject(part: string): Readonly<Record<string, unknown>> {
  try {
    const json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(part, 'base64url'),
    );
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && namesAreUnique(json)) {
      return Object.fromEntries(Object.entries(value));
    }
  } catch {
    // Not UTF-8, or not JSON: refused below like everything else.
  }
  throw malformed();
}

function namesAreUnique(json: string): boolean {
  const open: Set<string>[] = [];
  let unique = true;
  visit(json, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (name) => {
      const names = open.at(-1);
      unique &&= names?.has(name) === false;
      names?.add(name);
    },
  });
  return unique;
}

function malformed(): Forbidden {
  return new Forbidden('token-malformed', 'the token is not a signed token of the accepted form');
}
