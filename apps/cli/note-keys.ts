import { Conflict, Invalid } from '../../libs/contract/failure.js';
import { createDurably } from '../../libs/adapters/files/durable-file.js';
import {
  formatSignerKey,
  generateSignerKey,
  parseSignerKey,
  type SignatureType,
  type SignerKey,
} from '../../libs/adapters/transparency/note-key.js';
import { readText } from './import/files.js';

/** Makes a key in a new file that only its owner may read. Throws `Conflict` `key-file` when the file is there. */
export function makeKeyFile(file: string, name: string, type: SignatureType): SignerKey {
  const key = generateSignerKey(name, type);
  try {
    createDurably(file, `${formatSignerKey(key)}\n`);
    return key;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new Conflict('key-file', `${file} exists already`);
    throw new Invalid('key-file', `${file} cannot be written (${code.toLowerCase()})`);
  }
}

/** Throws `Invalid` `key-file` when the file cannot be read or holds no key. */
export function readKeyFile(file: string): SignerKey {
  try {
    return parseSignerKey(readText(file).trimEnd());
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid('key-file', `${file}: ${error.message}`);
    throw error;
  }
}
