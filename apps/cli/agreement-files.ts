import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { checkAgreement, tellFaults } from './agreement-file.js';
import { filesOf } from './import/files.js';
import { type Terminal } from './session.js';

/** A valid agreement in a file. */
export interface AgreementFile {
  readonly file: string;
  readonly text: string;
  readonly document: AgreementDocument;
}

/**
 * The agreements in files, and in every YAML or JSON file of folders. What is not valid is told, each fault with its
 * line, and left out; `faulty` says that there was any.
 */
export function readAgreements(
  paths: readonly string[],
  terminal: Terminal,
): { readonly agreements: readonly AgreementFile[]; readonly faulty: boolean } {
  const files = new Set(['.yaml', '.yml', '.json'].flatMap((extension) => filesOf(paths, extension)));
  const checked = [...files].map((file) => ({ file, ...checkAgreement(file) }));
  for (const each of checked) if (each.outcome === 'invalid') tellFaults(each.file, each.errors, terminal);
  const agreements = checked.flatMap((each) => (each.outcome === 'valid' ? [each] : []));
  return { agreements, faulty: agreements.length < checked.length };
}
