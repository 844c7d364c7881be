import { writeFileSync } from 'node:fs';
import { Conflict, Invalid } from '../../libs/contract/failure.js';

/** Writes a file of the user's own that was not there. Throws `Conflict` `report-exists` or `Invalid` `out`. */
export function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new Conflict('report-exists', `${file} exists already`);
    throw new Invalid('out', `${file} cannot be written (${code.toLowerCase()})`);
  }
}
