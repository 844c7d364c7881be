import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { parse as parseYaml } from 'yaml';
import { Invalid } from '../../contract/failure.js';
import { type AgreementDocument } from '../../domain/agreement/document.js';
import { readAgreement } from '../../domain/agreement/read-agreement.js';

/** SHA-256 (hex) over the canonical document (RFC 8785): what the parties sign. */
export function documentHash(document: AgreementDocument): string {
  return createHash('sha256')
    .update(canonicalize(document) ?? '')
    .digest('hex');
}

/** Reads a YAML or JSON agreement; throws `Invalid` `agreement` with a JSON Pointer for each fault. */
export function parseAgreement(text: string): AgreementDocument {
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
