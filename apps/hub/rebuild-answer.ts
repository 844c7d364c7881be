import { join } from 'node:path';
import { openLogReader } from '../../libs/adapters/event-log/log-reader.js';
import { openKeyVault } from '../../libs/adapters/key-vault/embedded-key-vault.js';
import { readMasterKey } from '../../libs/adapters/key-vault/master-key.js';
import { isFailure } from '../../libs/contract/failure.js';
import { rebuildAnswer } from './query/rebuild-answer.js';

/**
 * A program of its own, for `concordat audit rebuild-answer`: makes one past answer again with the code that answers, and
 * sends what came of it to its parent. Reads the data folder beside whoever writes it.
 */
const [folder = '', masterKeyFile = '', position = '', dir = ''] = process.argv.slice(2);

async function rebuilt(): Promise<object> {
  const log = openLogReader(join(folder, 'log.sqlite'));
  const masterKey = readMasterKey(masterKeyFile, { create: false });
  const vault = openKeyVault({ file: join(folder, 'keys.sqlite'), masterKey });
  try {
    return await rebuildAnswer({ log, vault, position: Number(position), dir });
  } finally {
    vault.close();
    await log.close();
  }
}

try {
  process.send?.(await rebuilt());
} catch (error) {
  if (!isFailure(error)) throw error;
  const { kind, code, message } = error;
  process.send?.({ failure: { kind, code, message } });
}
process.disconnect?.();
