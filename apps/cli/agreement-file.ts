import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { documentHash } from '../../libs/adapters/agreement-document/agreement-document.js';
import { type InputError, Invalid } from '../../libs/contract/failure.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { readAgreement } from '../../libs/domain/agreement/read-agreement.js';
import { readText } from './import/files.js';
import { type Terminal } from './session.js';

/** A fault in an agreement document, with the line of the file where it stands, or where it is missing. */
export interface AgreementFault extends InputError {
  readonly line: number;
}

type CheckedAgreement =
  | {
      readonly outcome: 'valid';
      readonly text: string;
      readonly document: AgreementDocument;
      readonly hash: string;
    }
  | { readonly outcome: 'invalid'; readonly errors: readonly AgreementFault[] };

/** Checks an agreement in a YAML or JSON file as the hub does, without one. A file that cannot be read has one fault. */
export function checkAgreement(file: string): CheckedAgreement {
  try {
    return checkText(readText(file));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { outcome: 'invalid', errors: [{ line: 0, pointer: '', detail: error.message }] };
  }
}

/** One line for each fault, as compilers write them, so that editors find the place. */
export function tellFaults(
  file: string,
  errors: readonly AgreementFault[],
  { err }: Pick<Terminal, 'err'>,
): void {
  for (const { line, pointer, detail } of errors) {
    const place = line === 0 ? file : `${file}:${String(line)}`;
    err(pointer === '' ? `${place}: ${detail}` : `${place}: ${pointer} ${detail}`);
  }
}

function checkText(text: string): CheckedAgreement {
  const lines = new LineCounter();
  const tree = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (tree.errors.length > 0) {
    const errors = tree.errors.map(({ code, pos: [start] }) => ({
      line: lines.linePos(start).line,
      pointer: '',
      detail: `is neither YAML nor JSON (${code.toLowerCase().replaceAll('_', ' ')})`,
    }));
    return { outcome: 'invalid', errors };
  }
  const reading = readAgreement(valueOf(tree));
  if (reading.outcome === 'valid') {
    const { document } = reading;
    return { outcome: 'valid', text, document, hash: documentHash(document) };
  }
  const errors = reading.errors.map((each) => ({ ...each, line: lineOf(tree, lines, each.pointer) }));
  return { outcome: 'invalid', errors };
}

/** Gives the line of each JSON Pointer into the YAML or JSON text of an agreement that is valid. */
export function linesIn(text: string): (pointer: string) => number {
  const lines = new LineCounter();
  const tree = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  return (pointer) => lineOf(tree, lines, pointer);
}

function valueOf(tree: Document): unknown {
  try {
    return tree.toJS({ maxAliasCount: 0 });
  } catch {
    throw new Invalid('agreement-syntax', 'an agreement may not hold aliases');
  }
}

/** The line of the node at a JSON Pointer (RFC 6901), or of the nearest that there is above it. */
function lineOf(tree: Document, lines: LineCounter, pointer: string): number {
  const path = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? tree.contents : tree.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
