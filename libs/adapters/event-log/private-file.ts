import { closeSync, openSync } from 'node:fs';

/**
 * Makes an empty file that only its owner may read or write (mode 0600), unless the file is there already. An existing
 * file is never opened: closing it again would drop the locks that SQLite holds on it in this process.
 */
export function makePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
