import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Invalid } from '../../contract/failure.js';
import {
  type OffenceCode,
  type OffenceLookup,
  offenceByHoCode,
} from '../../contract/offence-codes/offence-code.js';

const FILE = join('reference', 'offence-codes.json');

/**
 * The offences that this hub knows: those of the list stored under its data directory, and of the project's own
 * extract what the list does not hold. A CJS code resolves when the list names it. Throws `Invalid` `offence-codes-file` when the stored list is damaged.
 */
export function offenceCodes(dataDir: string): OffenceLookup {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) return offenceByHoCode;
  const loaded = new Map(
    readStored(file).flatMap((offence) =>
      [offence.hoCode, ...(offence.cjsCodes ?? [])].map((code) => [code, offence] as const),
    ),
  );
  return (code) => loaded.get(code) ?? offenceByHoCode(code);
}

/** Stores a whole list in place of the one before; a reader sees the old one or the new one, never a part. */
export function storeOffenceCodes(dataDir: string, offences: readonly OffenceCode[]): void {
  const file = join(dataDir, FILE);
  const draft = `${file}.${String(process.pid)}.draft`;
  mkdirSync(join(dataDir, 'reference'), { recursive: true });
  writeFileSync(draft, `${JSON.stringify(offences, null, 1)}\n`, { flush: true });
  renameSync(draft, file);
}

function readStored(file: string): readonly OffenceCode[] {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(stored) && stored.every(isOffenceCode)) return stored;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Invalid('offence-codes-file', `${FILE} holds no list of offence codes: load it again`);
}

function isOffenceCode(value: unknown): value is OffenceCode {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const cjsCodes: unknown = fields.get('cjsCodes') ?? [];
  return (
    ['hoCode', 'group', 'category', 'description'].every((name) => typeof fields.get(name) === 'string') &&
    Array.isArray(cjsCodes) &&
    cjsCodes.every((code) => typeof code === 'string')
  );
}
