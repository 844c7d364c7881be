import { type Command } from 'commander';
import { type LogReader } from '../../libs/adapters/event-log/log-reader.js';
import { comparePictures, type PictureFinding } from './compare-pictures.js';
import {
  agenciesOf,
  folderOf,
  type FolderOptions,
  logFile,
  withAgencies,
  withAside,
  withFolderOptions,
  withKeys,
  withLog,
} from './data-folder.js';
import { fileFault } from './log-file-check.js';
import { watched } from './progress.js';
import { rebuiltUnder } from './rebuild-aside.js';
import { ALTERED, CLEAN, FINDINGS, type Terminal } from './session.js';
import { readSignedHead } from './signed-tree.js';
import { table } from './table.js';
import { type LogVerdict, verifyLog, wordsOf } from './verify-log.js';

interface VerifyOptions extends FolderOptions {
  readonly json?: true;
  readonly logKey?: string;
}

/**
 * `concordat verify`: checks what lies in the data folder, with the hub running or stopped. `log` checks every event
 * against its leaf hash and the log against its last signed head; `picture` does so first, then compares every agency's
 * read model with one that it builds from the log by another way. Exit codes: 0 as it should be, 1 a read model differs, 4 the log was altered.
 */
export function addVerifyCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const family = program.command('verify').description('check that nothing was altered in the data folder');
  const add = (name: string, description: string): Command =>
    withFolderOptions(family.command(name).description(description))
      .option('--json', 'print JSON')
      .option('--log-key <key>', "the log's verifier key (default: the one in the folder)");
  add('log', 'check every event of the log against its leaf hash and the last signed head').action(
    async (options: VerifyOptions) => {
      const verdict = await withLog(folderOf(options, terminal.env), (log) =>
        verified(log, options, terminal),
      );
      terminal.out(options.json === true ? JSON.stringify(verdict, null, 2) : wordsOf(verdict));
      end(verdict.outcome === 'unaltered' ? CLEAN : ALTERED);
    },
  );
  const picture = add('picture', 'compare read models with ones rebuilt from the log');
  withAgencies(picture).action(async (options: VerifyOptions) => {
    const { verdict, findings } = await verifyPictures(options, terminal);
    if (verdict.outcome === 'altered') terminal.err(wordsOf(verdict));
    if (options.json === true) terminal.out(JSON.stringify({ log: verdict, pictures: findings }, null, 2));
    else if (verdict.outcome === 'unaltered') for (const line of tableOf(findings)) terminal.out(line);
    end(codeOf(verdict, findings));
  });
}

interface Verified {
  readonly verdict: LogVerdict;
  readonly findings: readonly PictureFinding[];
}

/** The head is read before the log, which may grow meanwhile. */
async function verified(log: LogReader, options: VerifyOptions, terminal: Terminal): Promise<LogVerdict> {
  const folder = folderOf(options, terminal.env);
  const signed = readSignedHead(folder, options.logKey);
  const verdict = await watched(terminal, 'positions checked', (show) => verifyLog(log, show, signed));
  const fault = verdict.outcome === 'unaltered' ? fileFault(logFile(folder)) : undefined;
  return fault === undefined ? verdict : { outcome: 'altered', ...fault };
}

function verifyPictures(options: VerifyOptions, terminal: Terminal): Promise<Verified> {
  const folder = folderOf(options, terminal.env);
  const agencies = agenciesOf(options);
  return withLog(folder, async (log) => {
    const verdict = await verified(log, options, terminal);
    if (verdict.outcome === 'altered') return { verdict, findings: [] };
    const findings = await withKeys(folder, terminal.env, (vault) =>
      withAside(folder, (aside) =>
        watched(terminal, 'positions rebuilt', (progress) =>
          comparePictures(folder, agencies, rebuiltUnder(aside, agencies, { log, vault, progress })),
        ),
      ),
    );
    return { verdict, findings };
  });
}

function codeOf(verdict: LogVerdict, findings: readonly PictureFinding[]): number {
  if (verdict.outcome === 'altered') return ALTERED;
  return findings.every(({ outcome }) => outcome === 'same') ? CLEAN : FINDINGS;
}

const DIGITS = 16;

function tableOf(findings: readonly PictureFinding[]): readonly string[] {
  return table(
    ['agency', 'position', 'facts', 'digest', 'expected', 'outcome'],
    findings.map(({ agency, position, facts, digest, expected, outcome }) => [
      agency,
      position,
      facts,
      digest.slice(0, DIGITS),
      (expected ?? '').slice(0, DIGITS),
      outcome,
    ]),
  );
}
