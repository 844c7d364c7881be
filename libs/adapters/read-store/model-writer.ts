import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { type FactIdentifier } from '../../contract/fact.js';
import { type OpenedFact, type PictureRow } from '../../domain/picture/project.js';
import { type Ties } from '../../domain/picture/ties.js';
import { type ModelStatements, prepareStatements } from './model-statements.js';
import { type LedgerLine, type Supersession } from './read-store.js';
import { IDENTIFIER, UNKNOWN_LAST } from './schema.js';

/** How an identifier is looked up without being stored: see `KeyVault.pseudonym`. */
export type Pseudonym = (identifier: Pick<FactIdentifier, 'scheme' | 'value'>) => string;

/** Writes one agency's read model. */
export interface ModelWriter {
  checkpoint(): number;
  put(row: PictureRow, supersession: Supersession | undefined): void;
  stands(position: number, grants: string | undefined): boolean;
  remove(position: number): void;
  erase(offender: string): void;
  /** Where a fact that this agency published lies, if it is here. */
  ownPosition(id: string): number | undefined;
  supersede(position: number, supersession: Supersession): void;
  note(line: LedgerLine): void;
  tie(offender: string, ties: Ties): void;
  commit(checkpoint: number): void;
  settle(checkpoint: number): void;
  close(): void;
}

/** An untouched model stores its checkpoint only this often (log positions): following again from there is harmless. */
const IDLE_LAG = 2000;

/** So many lookups are known to be in the file already, without asking it. */
const MOST_NOTED = 30_000;

export function modelWriter(agency: string, model: Database.Database, pseudonym: Pseudonym): ModelWriter {
  const statements = prepareStatements(model, agency);
  const grantsNumber = grantsNumbers(statements);
  let known = statements.checkpoint.get()?.position ?? 0;
  let newest = statements.newest.get()?.position ?? 0;
  const noted = new LRUCache<string, true>({ max: MOST_NOTED });
  let touched = false;
  let removed = false;
  const begin = (): void => {
    if (!touched) statements.begin.run();
    touched = true;
  };
  const clear = (position: number): void => {
    const row = statements.lookups.get(position);
    if (row === undefined) return;
    statements.removeFact.run(position);
    removed = true;
    const { offender, grants } = row;
    const kept = new Set(
      statements.lookupsOf.all(offender, grants).flatMap(({ lookups }) => keysIn(lookups)),
    );
    for (const [kind, value, path] of JSON.parse(row.lookups) as Lookups) {
      if (kept.has(JSON.stringify([kind, value, path]))) continue;
      statements.forget.run(kind, value, offender, grants, path);
      noted.delete(`${offender} ${grants} ${kind} ${path} ${value}`);
    }
  };
  const note = (offender: string, grants: number, [kind, value, path]: Lookups[number]): void => {
    const key = `${offender} ${grants} ${kind} ${path} ${value}`;
    if (noted.has(key)) return;
    statements.putLookup.run(kind, value, offender, grants, path);
    noted.set(key, true);
  };
  const commit = (checkpoint: number): void => {
    begin();
    statements.setCheckpoint.run(checkpoint);
    statements.commit.run();
    known = checkpoint;
    touched = false;
    // A reader may keep the write-ahead log from being emptied of what was there before: the next commit tries again.
    if (removed) removed = model.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0;
  };
  return {
    checkpoint: () => known,
    put(row, supersession) {
      begin();
      const { position } = row.fact;
      if (position <= newest) clear(position);
      newest = Math.max(newest, position);
      const lookups = lookupsOf(row, pseudonym);
      const grants = grantsNumber(row.grants);
      const { offender } = row.fact.metadata;
      statements.putFact.run(...columnsOf(row, supersession, grants, lookups));
      for (const lookup of lookups) note(offender, grants, lookup);
    },
    stands: (position, grants) => statements.grantsAt.get(position)?.doc === grants,
    remove(position) {
      if (position > newest) return;
      begin();
      clear(position);
    },
    erase(offender) {
      begin();
      statements.eraseFacts.run(offender);
      statements.eraseLookups.run(offender);
      statements.untieResponsible.run(offender);
      statements.untieEmergency.run(offender);
      noted.clear();
      removed = true;
    },
    ownPosition: (id) => statements.ownPosition.get(id)?.position,
    supersede(position, supersession) {
      if (statements.has.get(position) === undefined) return;
      begin();
      statements.supersede.run(JSON.stringify(supersession), position);
    },
    note({ position, at, user, purpose, offenders, facts }) {
      begin();
      statements.note.run(position, at, user, purpose, JSON.stringify(offenders), facts);
    },
    tie(offender, ties) {
      const before = storedTies(statements, offender);
      if (JSON.stringify(before) === JSON.stringify(ties)) return;
      begin();
      statements.untieResponsible.run(offender);
      statements.untieEmergency.run(offender);
      removed ||= before.responsible.length + before.emergencies.length > 0;
      ties.responsible.forEach((user) => statements.tieResponsible.run(user, offender));
      ties.emergencies.forEach(({ user, purpose, until }) =>
        statements.tieEmergency.run(user, offender, purpose, until),
      );
    },
    commit(checkpoint) {
      if (touched || removed || checkpoint - known >= IDLE_LAG) commit(checkpoint);
    },
    settle(checkpoint) {
      if (!touched && known < checkpoint) commit(checkpoint);
    },
    close() {
      if (!model.open) return;
      if (touched) statements.rollback.run();
      model.close();
    },
  };
}

/** What a fact can be looked up by; kept in its row, so that removing the fact takes back what no other fact holds. */
type Lookups = readonly (readonly [kind: string, value: string, path: string])[];

function keysIn(lookups: string): readonly string[] {
  return (JSON.parse(lookups) as Lookups).map((lookup) => JSON.stringify(lookup));
}

function lookupsOf({ identifiers, terms }: PictureRow, pseudonym: Pseudonym): Lookups {
  return [
    ...identifiers.map((each) => [IDENTIFIER, pseudonym(each), each.path] as const),
    ...terms.map(({ kind, value, path }) => [kind, value, path] as const),
  ];
}

function storedTies({ responsibleFor, emergenciesAbout }: ModelStatements, offender: string): Ties {
  return {
    responsible: responsibleFor.all(offender).map(({ user }) => user),
    emergencies: emergenciesAbout.all(offender),
  };
}

/** The number of a grants text, made when it is new; remembered, because few texts serve many facts. */
function grantsNumbers(statements: ModelStatements): (doc: string) => number {
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

/** What of a fact is the same in every model; made once, because the models are written one after the other. */
interface FactColumns {
  readonly columns: readonly unknown[];
  readonly recorded: string | null;
  readonly received: number;
}

const made = new WeakMap<OpenedFact, FactColumns>();

function factColumns(fact: OpenedFact): FactColumns {
  const before = made.get(fact);
  if (before !== undefined) return before;
  const { happened, offender, version, publisher, recorded, received } = fact.metadata;
  const when = [happened.from ?? UNKNOWN_LAST, JSON.stringify(happened)];
  const columns = [fact.position, fact.id, offender, fact.type, version, publisher, ...when];
  const shared = { columns, recorded, received };
  made.set(fact, shared);
  return shared;
}

function columnsOf(
  { fact, values, handlingConditions }: PictureRow,
  supersession: Supersession | undefined,
  grants: number,
  lookups: Lookups,
): readonly unknown[] {
  const { columns, recorded, received } = factColumns(fact);
  const superseded = supersession === undefined ? null : JSON.stringify(supersession);
  return [
    ...columns,
    recorded,
    received,
    superseded,
    grants,
    JSON.stringify(values),
    handlingConditions,
    JSON.stringify(lookups),
  ];
}
