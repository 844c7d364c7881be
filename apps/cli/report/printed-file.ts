import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Invalid } from '../../../libs/contract/failure.js';
import {
  type PrintedDocument,
  readPrintedDocument,
} from '../../../libs/domain/performance/published/printed-document.js';

/** The tables of a published report as printed, from a YAML or JSON file. Throws `Invalid` `file` or what is wrong in it. */
export function printedDocumentIn(file: string): PrintedDocument {
  return readPrintedDocument(parsed(textOf(file)));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Invalid('file', `${file} cannot be read`);
  }
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    throw new Invalid('file', 'the file is neither YAML nor JSON');
  }
}
