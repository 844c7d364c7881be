import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Invalid } from '../../../libs/contract/failure.js';

/** No message of either kind comes near this; it bounds what one file can take of the memory. */
const MOST_BYTES = 64 * 1024 * 1024;

const inNaturalOrder = new Intl.Collator('en', { numeric: true });

/**
 * The files that the paths name, each once: a file is itself, a folder every file below it that ends with
 * `extension`, in natural order (`-2` before `-10`). A path that does not exist is kept: reading it will name it.
 */
export function filesOf(paths: readonly string[], extension: string): readonly string[] {
  const found = paths.flatMap((path) =>
    existsSync(path) && statSync(path).isDirectory() ? filesBelow(path, extension) : [path],
  );
  return [...new Set(found)];
}

function filesBelow(folder: string, extension: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => inNaturalOrder.compare(a, b));
}

/** The text of a message file. Throws `Invalid` `file` when it cannot be read, is not UTF-8 text, or is too large. */
export function readText(file: string): string {
  try {
    if (statSync(file).size > MOST_BYTES) throw new Invalid('file', 'is larger than 64 MiB');
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof Invalid) throw error;
    throw new Invalid('file', reasonOf(error));
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8 text',
};

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? 'cannot be read';
}

/** The JSON value of a text. Throws `Invalid` `json`, which says where but never what. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
    throw new Invalid(
      'json',
      position === undefined ? 'is not JSON' : `is not JSON (at character ${position})`,
    );
  }
}
