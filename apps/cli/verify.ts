import { type Command } from 'commander';
import { comparePictures, type PictureFinding } from './compare-pictures.js';
import {
  agenciesOf,
  folderOf,
  type FolderOptions,
  withAgencies,
  withAside,
  withFolderOptions,
  withKeys,
  withLog,
} from './data-folder.js';
import { watched } from './progress.js';
import { rebuiltUnder } from './rebuild-aside.js';
import { ALTERED, CLEAN, FINDINGS, type Terminal } from './session.js';
import { table } from './table.js';
import { type LogVerdict, verifyLog, wordsOf } from './verify-log.js';

interface VerifyOptions extends FolderOptions {
  readonly json?: true;
}

/**
 * `concordat verify`: checks what lies in the data folder, with the hub running or stopped. `log` checks every event
 * against its leaf hash; `picture` does so first, then compares every agency's read model with one that it builds
 * from the log by another way. Exit codes: 0 as it should be, 1 a read model differs, 4 the log was altered.
 */
export function addVerifyCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const family = program.command('verify').description('check that nothing was altered in the data folder');
  const add = (name: string, description: string): Command =>
    withFolderOptions(family.command(name).description(description)).option('--json', 'print JSON');
  add('log', 'check every event of the log against its leaf hash').action(async (options: VerifyOptions) => {
    const verdict = await withLog(folderOf(options, terminal.env), (log) =>
      watched(terminal, 'positions checked', (show) => verifyLog(log, show)),
    );
    terminal.out(options.json === true ? JSON.stringify(verdict, null, 2) : wordsOf(verdict));
    end(verdict.outcome === 'unaltered' ? CLEAN : ALTERED);
  });
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

function verifyPictures(options: VerifyOptions, terminal: Terminal): Promise<Verified> {
  const folder = folderOf(options, terminal.env);
  const agencies = agenciesOf(options);
  return withLog(folder, async (log) => {
    const verdict = await watched(terminal, 'positions checked', (show) => verifyLog(log, show));
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
