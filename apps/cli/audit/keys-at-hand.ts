import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { withKeys } from '../data-folder.js';
import { type Environment } from '../session.js';

/** Runs work with the keys of a folder, or without them where they are kept elsewhere: what is sealed then stays so. */
export function withKeysAtHand<T>(
  folder: string,
  env: Environment,
  work: (vault: KeyVault | undefined) => Promise<T>,
): Promise<T> {
  const masterKey = env['CONCORDAT_MASTER_KEY_FILE'] ?? join(folder, 'master.key');
  const isAtHand = [masterKey, join(folder, 'keys.sqlite')].every((file) => existsSync(file));
  return isAtHand ? withKeys(folder, env, work) : work(undefined);
}
