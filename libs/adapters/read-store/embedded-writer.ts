import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { agencies } from '../../contract/agency.js';
import { type FactIdentifier } from '../../contract/fact.js';
import { type PictureRow } from '../../domain/picture/project.js';
import { type LedgerLine, type ReadModelWriter, type Supersession } from './read-store.js';
import { openModel, UNKNOWN_LAST } from './schema.js';

/** The file of one agency's read model under the data folder. */
export function modelFile(dataDir: string, agency: string): string {
  return join(dataDir, 'read', `${agency}.sqlite`);
}

/** How an identifier is looked up without being stored: see `KeyVault.pseudonym`. */
export type Pseudonym = (identifier: Pick<FactIdentifier, 'scheme' | 'value'>) => string;

/** Opens every agency's read model for writing: one SQLite file each (design §7). */
export function openEmbeddedWriter(dataDir: string, pseudonym: Pseudonym): ReadModelWriter {
  mkdirSync(join(dataDir, 'read'), { recursive: true, mode: 0o700 });
  const models = new Map(
    agencies.map(({ id }) => [id, modelWriter(openModel(modelFile(dataDir, id)), pseudonym)]),
  );
  const all = [...models.values()];
  const of = (agency: string): ModelWriter => models.get(agency) ?? unknownAgency(agency);
  return {
    checkpoint: () => Math.min(...all.map((model) => model.checkpoint())),
    put: (row, supersession) => of(row.agency).put(row, supersession),
    remove: (agency, position) => of(agency).remove(position),
    supersede: (id, supersession) => all.forEach((model) => model.supersede(id, supersession)),
    note: (line) => of(line.agency).note(line),
    commit: (checkpoint) => all.forEach((model) => model.commit(checkpoint)),
    close: () => all.forEach((model) => model.close()),
  };
}

function unknownAgency(agency: string): never {
  throw new Error(`no read model for agency ${agency}`);
}

interface ModelWriter {
  checkpoint(): number;
  put(row: PictureRow, supersession: Supersession | undefined): void;
  remove(position: number): void;
  supersede(id: string, supersession: Supersession): void;
  note(line: LedgerLine): void;
  commit(checkpoint: number): void;
  close(): void;
}

function modelWriter(model: Database.Database, pseudonym: Pseudonym): ModelWriter {
  const statements = prepare(model);
  const grantsNumber = grantsNumbers(statements);
  const begin = (): void => {
    if (!model.inTransaction) statements.begin.run();
  };
  const clear = (position: number): void => {
    if (statements.removeFact.run(position).changes === 0) return;
    statements.removeIdentifiers.run(position);
    statements.removeTerms.run(position);
  };
  return {
    checkpoint: () => statements.checkpoint.get()?.position ?? 0,
    put(row, supersession) {
      begin();
      const { position } = row.fact;
      clear(position);
      statements.putFact.run(...columnsOf(row, supersession, grantsNumber(row.grants)));
      for (const each of row.identifiers) statements.putIdentifier.run(pseudonym(each), position, each.path);
      for (const each of row.terms) statements.putTerm.run(each.kind, each.value, position, each.path);
    },
    remove(position) {
      begin();
      clear(position);
    },
    supersede(id, supersession) {
      begin();
      statements.supersede.run(JSON.stringify(supersession), id);
    },
    note({ position, at, user, purpose, offenders, facts }) {
      begin();
      statements.note.run(position, at, user, purpose, JSON.stringify(offenders), facts);
    },
    commit(checkpoint) {
      begin();
      statements.setCheckpoint.run(checkpoint);
      statements.commit.run();
    },
    close() {
      if (model.inTransaction) statements.rollback.run();
      model.close();
    },
  };
}

type Statements = ReturnType<typeof prepare>;

function prepare(model: Database.Database) {
  return {
    begin: model.prepare('BEGIN IMMEDIATE'),
    commit: model.prepare('COMMIT'),
    rollback: model.prepare('ROLLBACK'),
    checkpoint: model.prepare<[], { position: number }>('SELECT position FROM checkpoint'),
    setCheckpoint: model.prepare(
      'INSERT INTO checkpoint VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET position = max(position, excluded.position)',
    ),
    grants: model.prepare<[string], { number: number }>('SELECT number FROM grants WHERE doc = ?'),
    putGrants: model.prepare('INSERT INTO grants (doc) VALUES (?)'),
    putFact: model.prepare('INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)'),
    removeFact: model.prepare('DELETE FROM fact WHERE position = ?'),
    putIdentifier: model.prepare('INSERT OR IGNORE INTO identifier VALUES (?,?,?)'),
    removeIdentifiers: model.prepare('DELETE FROM identifier WHERE position = ?'),
    putTerm: model.prepare('INSERT OR IGNORE INTO term VALUES (?,?,?,?)'),
    removeTerms: model.prepare('DELETE FROM term WHERE position = ?'),
    supersede: model.prepare('UPDATE fact SET superseded = ? WHERE id = ?'),
    note: model.prepare('INSERT OR IGNORE INTO ledger VALUES (?,?,?,?,?,?)'),
  };
}

/** The number of a grants text, made when it is new; remembered, because few texts serve many facts. */
function grantsNumbers(statements: Statements): (doc: string) => number {
  const known = new Map<string, number>();
  return (doc) => {
    const number =
      known.get(doc) ??
      statements.grants.get(doc)?.number ??
      Number(statements.putGrants.run(doc).lastInsertRowid);
    known.set(doc, number);
    return number;
  };
}

function columnsOf(
  { fact, values }: PictureRow,
  supersession: Supersession | undefined,
  grants: number,
): readonly unknown[] {
  const { happened, offender, version, publisher, recorded, received } = fact.metadata;
  return [
    fact.position,
    fact.id,
    offender,
    fact.type,
    version,
    publisher,
    happened.from ?? UNKNOWN_LAST,
    JSON.stringify(happened),
    recorded,
    received,
    supersession === undefined ? null : JSON.stringify(supersession),
    grants,
    JSON.stringify(values),
  ];
}
