import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { parse as parseYaml } from 'yaml';
import { Invalid } from '../../contract/failure.js';
import { type AgreementDocument } from '../../domain/agreement/document.js';
import { readAgreement } from '../../domain/agreement/read-agreement.js';

/** The one way to write a document (RFC 8785), UTF-8: what is hashed and signed. */
export function canonicalBytes(document: AgreementDocument): Uint8Array {
  return Buffer.from(canonicalize(document) ?? '');
}

/** SHA-256 (hex) over the canonical document: what the parties sign. */
export function documentHash(document: AgreementDocument): string {
  return createHash('sha256').update(canonicalBytes(document)).digest('hex');
}

/** Thirty times what a long agreement needs; reading more would keep everybody else waiting. */
const MOST_CHARACTERS = 500_000;

/**
 * Reads a YAML or JSON agreement; throws `Invalid`: `agreement` with a JSON Pointer for each fault, `agreement-syntax`
 * for what is neither, `agreement-too-long`.
 */
export function parseAgreement(text: string): AgreementDocument {
  if (text.length > MOST_CHARACTERS)
    throw new Invalid(
      'agreement-too-long',
      `the agreement document may have ${MOST_CHARACTERS} characters at most`,
    );
  const reading = readAgreement(parsed(text));
  if (reading.outcome === 'invalid')
    throw new Invalid('agreement', 'the agreement document is not valid', reading.errors);
  return reading.document;
}

function parsed(text: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 0, uniqueKeys: true });
  } catch {
    throw new Invalid('agreement-syntax', 'the agreement document is neither YAML nor JSON');
  }
}
