import { fork } from 'node:child_process';
import { once } from 'node:events';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { type Command } from 'commander';
import { type RebuiltAnswer } from '../../../libs/adapters/audit/answer.js';
import { positionOf } from '../../../libs/adapters/audit/log-window.js';
import { Invalid, Unavailable } from '../../../libs/contract/failure.js';
import { folderOf, type FolderOptions, withAside, withFolderOptions, withKeys } from '../data-folder.js';
import { CLEAN, FINDINGS, type Terminal } from '../session.js';

const SAME = 'the same, byte for byte, as was sent';
const OTHER =
  'not the same as what was sent: another hub version answered, the log was altered, or somebody it rested on was erased';

interface RebuildOptions extends Pick<FolderOptions, 'data'> {
  readonly show?: boolean;
}

/**
 * `concordat audit rebuild-answer`: makes a past answer again from the log and the keys, and compares it with what was
 * sent, byte for byte. Ends with 1 when it is not the same, with 5 when it cannot be made again.
 */
export function addRebuildAnswerCommand(
  family: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  const command = family
    .command('rebuild-answer <position>')
    .description('make a past answer again from the log, and compare it with what was sent')
    .option('--show', 'print the answer: personal data');
  withFolderOptions(command).action(async (position: string, options: RebuildOptions) => {
    const { text, same } = await rebuilt(String(positionOf('position', position)), options, terminal);
    if (options.show === true) terminal.out(text.trimEnd());
    terminal.err(same ? SAME : OTHER);
    end(same ? CLEAN : FINDINGS);
  });
}

function rebuilt(position: string, options: RebuildOptions, { env }: Terminal): Promise<RebuiltAnswer> {
  const folder = folderOf(options, env);
  const masterKeyFile = env['CONCORDAT_MASTER_KEY_FILE'] ?? join(folder, 'master.key');
  const make = (aside: string) => answerer([folder, masterKeyFile, position, aside]);
  return withKeys(folder, env, () => withAside(folder, make));
}

type Outcome =
  | RebuiltAnswer
  | { readonly failure: { readonly kind: string; readonly code: string; readonly message: string } };

/** Runs the hub's own program, so that it is the code that answers which answers again. */
async function answerer(parameters: readonly string[]): Promise<RebuiltAnswer> {
  const project = dirname(findPackageJSON('..', import.meta.url) ?? '.');
  const program = join(project, 'dist', 'apps', 'hub', 'rebuild-answer.js');
  const child = fork(program, parameters, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(() => undefined);
  const told = once(child, 'message').then(([outcome]) => outcome as Outcome);
  const outcome = await Promise.race([told, ended]);
  await ended;
  if (outcome === undefined) throw new Unavailable('rebuild-failed', 'the answer could not be made again');
  if (!('failure' in outcome)) return outcome;
  const { kind, code, message } = outcome.failure;
  throw kind === 'invalid' ? new Invalid(code, message) : new Unavailable(code, message);
}
