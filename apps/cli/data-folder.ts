import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from 'commander';
import { type LogReader, openLogReader } from '../../libs/adapters/event-log/log-reader.js';
import { openKeyVault } from '../../libs/adapters/key-vault/embedded-key-vault.js';
import { type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { readMasterKey } from '../../libs/adapters/key-vault/master-key.js';
import { agencies, agencyOf } from '../../libs/contract/agency.js';
import { Invalid, Unavailable } from '../../libs/contract/failure.js';
import { dataDirOf, type Environment } from './session.js';

/** Which data folder a command works on, and which agencies' read models. */
export interface FolderOptions {
  readonly data?: string;
  readonly agency?: readonly string[];
}

/** Adds `--data`, and `--agency` when the command is about read models, to a command. */
export function withFolderOptions(command: Command): Command {
  return command.option('--data <folder>', "the hub's data (default CONCORDAT_DATA or ./data)");
}

/** Adds `--agency` for those whose read models a command is about. */
export function withAgencies(command: Command): Command {
  return command.option('--agency <id>', 'only this agency (repeat for more)', gather);
}

function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

export function folderOf({ data }: FolderOptions, env: Environment): string {
  return dataDirOf(data === undefined ? env : { CONCORDAT_DATA: data });
}

/** The agencies that a command names, or all. Throws `Invalid` `agency`. */
export function agenciesOf({ agency }: FolderOptions): readonly string[] {
  const unknown = agency?.find((id) => agencyOf(id) === undefined);
  if (unknown !== undefined) throw new Invalid('agency', `--agency ${unknown} is not an agency of the hub`);
  return agency ?? agencies.map(({ id }) => id);
}

export function logFile(folder: string): string {
  return join(folder, 'log.sqlite');
}

/** Opens the log of a folder beside whoever writes it, and closes it after the work. Throws `Unavailable` `log-unreadable`. */
export async function withLog<T>(folder: string, work: (log: LogReader) => Promise<T>): Promise<T> {
  const log = openLogReader(logFile(folder));
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

/**
 * Opens the keys of a folder, beside a running hub too: several may have them open, and nothing is made here, neither
 * keys nor files. Throws `Unavailable` when the vault or the master key is missing or does not fit.
 */
export async function withKeys<T>(
  folder: string,
  env: Environment,
  work: (vault: KeyVault) => Promise<T>,
): Promise<T> {
  const file = join(folder, 'keys.sqlite');
  if (!existsSync(file)) throw new Unavailable('vault-missing', 'key vault file is missing');
  const masterKeyFile = env['CONCORDAT_MASTER_KEY_FILE'] ?? join(folder, 'master.key');
  const vault = openKeyVault({ file, masterKey: readMasterKey(masterKeyFile, { create: false }) });
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

/**
 * Runs work that may write into a folder of its own inside the data folder, where what it writes is as well kept as
 * the read models themselves. The folder is gone afterwards, also when the command is interrupted; only one that is
 * killed leaves it behind, under the name `aside-…`.
 */
export async function withAside<T>(folder: string, work: (aside: string) => Promise<T>): Promise<T> {
  const aside = mkdtempSync(join(folder, 'aside-'));
  const clear = (): void => rmSync(aside, { recursive: true, force: true });
  const interrupted = (): void => {
    clear();
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await work(aside);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    clear();
  }
}
