import { type Command } from 'commander';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { compare } from '../../libs/domain/replay/compare.js';
import { agreementNamed, type SourceOptions } from './agreement-source.js';
import { linesOf } from './comparison-text.js';
import { withFolderOptions } from './data-folder.js';
import { CLEAN, FINDINGS, type Terminal, withHubOptions } from './session.js';

interface CompareOptions extends SourceOptions {
  readonly json?: true;
}

/** `concordat agreements compare`: what two agreements regulate differently. Exit codes: 0 nothing, 1 something. */
export function addCompareCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = family
    .command('compare <before> <after>')
    .description('compare two agreements: files, or <reference>@<version> of a data folder or a hub')
    .option('--agency <id>', 'the agency to ask a hub as, when no token says so')
    .option('--json', 'print JSON');
  withFolderOptions(withHubOptions(command)).action(
    async (before: string, after: string, options: CompareOptions) => {
      const one = await agreementNamed(before, options, terminal);
      const other = await agreementNamed(after, options, terminal);
      end(tell(one, other, options, terminal));
    },
  );
}

function tell(
  before: AgreementDocument,
  after: AgreementDocument,
  { json }: CompareOptions,
  { out }: Terminal,
): number {
  const comparison = compare(before, after);
  if (json === true)
    out(JSON.stringify({ before: nameOf(before), after: nameOf(after), ...comparison }, null, 2));
  else for (const line of linesOf(comparison)) out(line);
  return comparison.terms.length + comparison.flows.length === 0 ? CLEAN : FINDINGS;
}

function nameOf({ reference, version }: AgreementDocument): string {
  return `${reference}@${version}`;
}
