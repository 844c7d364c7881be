import { type Command } from 'commander';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { checkAgreement, tellFaults } from './agreement-file.js';
import { type AgreementOptions, hubOf, withAgreementOptions } from './agreement-options.js';
import { addStepCommands } from './agreement-steps.js';
import { describeAgreement, historyOf, listOf } from './agreement-text.js';
import { addCompareCommand } from './compare.js';
import { addCoverageCommand } from './coverage.js';
import { folderOf, type FolderOptions, withFolderOptions, withLog } from './data-folder.js';
import { binding, choose, show, versionsOf } from './hub-agreements.js';
import { addLintCommand } from './lint.js';
import { ALTERED, CLEAN, FINDINGS, type Terminal } from './session.js';
import { addKeyCommands } from './signatory-key.js';
import { table } from './table.js';
import { rowsOf, verifyAgreements } from './verify-agreements.js';
import { addWhatIfCommand } from './what-if.js';

interface VerifyOptions extends FolderOptions {
  readonly json?: true;
}

/**
 * `concordat agreements`: the agreements that bind an agency, the steps of their life, which its signatory takes, and
 * the keys that it signs with. `check`, `keygen` and `verify` need no hub. Exit codes: 1 when a document is not valid or
 * the hub says that a step does not fit, 4 when `verify` finds the log altered.
 */
export function addAgreementsCommand(
  program: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  const family = program
    .command('agreements')
    .description('agreements: see, check, draft, propose, sign, change, verify');

  family
    .command('check')
    .description('check agreement documents (YAML or JSON), without a hub')
    .argument('<files...>', 'files')
    .option('--json', 'print JSON')
    .action((files: readonly string[], options: AgreementOptions) => end(check(files, options, terminal)));
  withFolderOptions(family.command('verify'))
    .description('check every signature and hash of the agreements in the log, without a hub')
    .option('--json', 'print JSON')
    .action(async (options: VerifyOptions) => end(await verify(options, terminal)));
  withAgreementOptions(family.command('list').description('the agreements that bind an agency')).action(
    async (options: AgreementOptions) => {
      show(await binding(await hubOf(options, terminal)), options, terminal, listOf);
      end(CLEAN);
    },
  );
  withAgreementOptions(
    family.command('show <reference>').description('one agreement: parties, signatures, clauses'),
  )
    .option('--version <number>', 'which version (default: the newest)')
    .action(async (reference: string, options: AgreementOptions) => {
      const chosen = await choose(await hubOf(options, terminal), reference, options);
      show(chosen, options, terminal, describeAgreement);
      end(CLEAN);
    });
  withAgreementOptions(
    family
      .command('history <reference>')
      .description('what happened to an agreement: when, what, who and why'),
  ).action(async (reference: string, options: AgreementOptions) => {
    const versions = await versionsOf(await hubOf(options, terminal), reference);
    show(versions, options, terminal, historyOf);
    end(CLEAN);
  });
  addStepCommands(family, terminal, end);
  addKeyCommands(family, terminal, end);
  addLintCommand(family, terminal, end);
  addCoverageCommand(family, terminal, end);
  addCompareCommand(family, terminal, end);
  addWhatIfCommand(family, terminal, end);
}

function check(files: readonly string[], options: AgreementOptions, terminal: Terminal): number {
  const checked = files.map((file) => ({ file, ...checkAgreement(file) }));
  for (const each of checked) {
    if (each.outcome === 'invalid') tellFaults(each.file, each.errors, terminal);
    else if (options.json !== true)
      terminal.out(`${each.file}: valid: ${named(each.document)}, hash ${each.hash}`);
  }
  if (options.json === true) {
    const told = checked.map(({ file, ...each }) =>
      each.outcome === 'valid'
        ? { file, outcome: each.outcome, hash: each.hash }
        : { file, outcome: each.outcome, errors: each.errors },
    );
    terminal.out(JSON.stringify(told, null, 2));
  }
  return checked.every(({ outcome }) => outcome === 'valid') ? CLEAN : FINDINGS;
}

function named({ reference, version }: Pick<AgreementDocument, 'reference' | 'version'>): string {
  return `${reference} version ${String(version)}`;
}

async function verify(options: VerifyOptions, { env, out, err }: Terminal): Promise<number> {
  const verdict = await withLog(folderOf(options, env), verifyAgreements);
  if (verdict.outcome === 'altered') {
    if (options.json === true) out(JSON.stringify(verdict, null, 2));
    else err(`the agreements were altered: ${verdict.reason}`);
    return ALTERED;
  }
  const { signatures, versions } = verdict;
  if (options.json === true) {
    const told = versions.map(({ document: { reference, version }, hash }) => ({ reference, version, hash }));
    out(JSON.stringify({ outcome: verdict.outcome, signatures, versions: told }, null, 2));
    return CLEAN;
  }
  const headings = ['reference', 'version', 'status', 'signatures', 'hash'];
  for (const line of table(headings, rowsOf(versions))) out(line);
  out(`all ${String(signatures)} signatures hold, each over the document of its hash`);
  return CLEAN;
}
