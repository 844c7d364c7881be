import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { modelFile } from './embedded-writer.js';

/** SQLite's own code of an error, undefined for an error of another kind. */
export function sqliteCode(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}

/** What a read model holds, in an order of its own: not how it is numbered or laid out on the disk. */
const contents = [
  `SELECT position, id, offender, type, version, publisher, happened, moment, recorded, received, superseded,
     granted(grants), doc, handling FROM fact ORDER BY position`,
  `SELECT kind, value, offender, granted(grants), path FROM lookup
   ORDER BY kind, value, offender, granted(grants), path`,
  'SELECT position, at, user, purpose, offenders, facts FROM ledger ORDER BY position',
  'SELECT user, offender FROM responsible ORDER BY user, offender',
  'SELECT user, offender, purpose, until FROM emergency ORDER BY user, offender, purpose',
];

export interface ModelDigest {
  readonly agency: string;
  /** Log position up to which the model had followed. */
  readonly position: number;
  readonly facts: number;
  /** SHA-256 (hex) over every row. */
  readonly digest: string;
}

/** The digest of one agency's read model: equal if and only if the agency would see the same. */
export function digestModel(dataDir: string, agency: string): ModelDigest {
  const model = new Database(modelFile(dataDir, agency), { readonly: true, fileMustExist: true });
  try {
    return model.transaction(() => ({ agency, ...digested(model) }))();
  } finally {
    model.close();
  }
}

function digested(model: Database.Database): Omit<ModelDigest, 'agency'> {
  const hash = createHash('sha256');
  const granted = grantsDigests(model);
  model.function('granted', { deterministic: true }, (number) => granted.get(Number(number)) ?? null);
  for (const content of contents) {
    for (const row of model.prepare(content).raw().iterate()) hash.update(JSON.stringify(row)).update('\n');
    hash.update('\0');
  }
  const checkpoint = model.prepare<[], { position: number }>('SELECT position FROM checkpoint').get();
  const count = model.prepare<[], { facts: number }>('SELECT count(*) AS facts FROM fact').get();
  return { position: checkpoint?.position ?? 0, facts: count?.facts ?? 0, digest: hash.digest('hex') };
}

/** Grants are numbered as they come, so they are told apart by what they say. */
function grantsDigests(model: Database.Database): ReadonlyMap<number, string> {
  const grants = model.prepare<[], { number: number; doc: string }>('SELECT number, doc FROM grants').all();
  return new Map(grants.map(({ number, doc }) => [number, createHash('sha256').update(doc).digest('hex')]));
}
