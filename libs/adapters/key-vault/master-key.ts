import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Invalid, Unavailable } from '../../contract/failure.js';
import { createDurably } from '../files/durable-file.js';

const TEXT = /^[A-Za-z0-9_-]{43}\n?$/;

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Unavailable('master-key-unreadable', `master key file cannot be read: ${codeOf(error)}`);
  }
}

/** Of several processes that try at once, one makes the key. */
function createText(file: string): string | undefined {
  try {
    createDurably(file, `${randomBytes(32).toString('base64url')}\n`);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return readText(file);
    throw new Unavailable('master-key-unwritable', `master key file cannot be made: ${codeOf(error)}`);
  }
  return readText(file);
}

function decode(text: string): Uint8Array {
  const key = Buffer.from(text.trimEnd(), 'base64url');
  if (TEXT.test(text) && key.toString('base64url') === text.trimEnd()) return new Uint8Array(key);
  throw new Invalid('master-key-malformed', 'master key file does not hold 32 bytes as base64url text');
}

/**
 * The master key: 32 bytes, kept as base64url text (RFC 4648 §5, without padding) in a file of mode 0600, which is
 * made durably when it is missing and `create` allows. Throws `Unavailable` (`master-key-missing`,
 * `master-key-unreadable`, `master-key-unwritable`) and `Invalid` `master-key-malformed`.
 */
export function readMasterKey(file: string, { create }: { readonly create: boolean }): Uint8Array {
  const text = readText(file) ?? (create ? createText(file) : undefined);
  if (text === undefined) throw new Unavailable('master-key-missing', 'master key file is missing');
  return decode(text);
}
