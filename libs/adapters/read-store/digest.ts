import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { modelFile } from './embedded-writer.js';

/** What a read model holds, in an order of its own: not how it is numbered or laid out on the disk. */
const contents = [
  `SELECT position, id, offender, type, version, publisher, happened, moment, recorded, received, superseded, grants.doc AS grants, fact.doc AS doc
   FROM fact JOIN grants ON grants.number = fact.grants ORDER BY position`,
  `SELECT kind, value, offender, grants.doc, path FROM lookup JOIN grants ON grants.number = lookup.grants
   ORDER BY kind, value, offender, grants.doc, path`,
  'SELECT position, at, user, purpose, offenders, facts FROM ledger ORDER BY position',
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
  for (const content of contents) {
    for (const row of model.prepare(content).raw().iterate()) hash.update(JSON.stringify(row)).update('\n');
    hash.update('\0');
  }
  const checkpoint = model.prepare<[], { position: number }>('SELECT position FROM checkpoint').get();
  const count = model.prepare<[], { facts: number }>('SELECT count(*) AS facts FROM fact').get();
  return { position: checkpoint?.position ?? 0, facts: count?.facts ?? 0, digest: hash.digest('hex') };
}
