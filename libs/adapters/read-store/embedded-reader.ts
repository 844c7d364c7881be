import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Unavailable } from '../../contract/failure.js';
import { type Moment } from '../../contract/moment.js';
import { type Grants } from '../../domain/picture/project.js';
import { modelFile } from './embedded-writer.js';
import { IDENTIFIER } from './schema.js';
import {
  type Hit,
  type LedgerLine,
  type PictureReader,
  type Supersession,
  type TimelineQuestion,
  type VisibleFact,
} from './read-store.js';

interface FactColumns {
  readonly position: number;
  readonly id: string;
  readonly offender: string;
  readonly type: string;
  readonly version: number;
  readonly publisher: string;
  readonly happened: number;
  readonly moment: string;
  readonly recorded: string | null;
  readonly received: number;
  readonly superseded: string | null;
  readonly grants: number;
  readonly doc: string;
}

const FACT =
  'position, id, offender, type, version, publisher, happened, moment, recorded, received, superseded, grants, doc';
const THROUGH = '(grants, path) IN (SELECT value ->> 0, value ->> 1 FROM json_each(@through))';
const AMONG = 'grants IN (SELECT value FROM json_each(@decisions))';

/** Opens one agency's read model for reading: its own file and nothing else. */
export function openEmbeddedReader(dataDir: string, agency: string): PictureReader {
  const file = modelFile(dataDir, agency);
  if (!existsSync(file)) throw new Unavailable('read-model-missing', 'the read model has not been built');
  const model = new Database(file, { readonly: true });
  return {
    grants: grantsReader(model),
    timeline: timelineReader(model),
    ...lookups(model),
    ledger: ledgerReader(model),
    close: () => model.close(),
  };
}

/** All grants by number; they are only ever added to, so only new ones are read. */
function grantsReader(model: Database.Database): PictureReader['grants'] {
  const newer = model.prepare<[number], { number: number; doc: string }>(
    'SELECT number, doc FROM grants WHERE number > ? ORDER BY number',
  );
  let known: ReadonlyMap<number, Grants> = new Map();
  let last = 0;
  return () => {
    const fresh = newer.all(last);
    if (fresh.length > 0) {
      known = new Map([
        ...known,
        ...fresh.map(({ number, doc }) => [number, JSON.parse(doc) as Grants] as const),
      ]);
      last = fresh.at(-1)?.number ?? last;
    }
    return known;
  };
}

function timelineReader(model: Database.Database): PictureReader['timeline'] {
  const statement = (
    order: 'happened' | 'received',
    typed: boolean,
  ): Database.Statement<[object], FactColumns> =>
    model.prepare(
      `SELECT ${FACT} FROM fact WHERE offender = @offender AND ${AMONG} AND position <= @asOf
       AND (${order}, position) < (@key, @place) ${typed ? 'AND type IN (SELECT value FROM json_each(@types))' : ''}
       ORDER BY ${order} DESC, position DESC LIMIT @limit`,
    );
  const statements = {
    happened: { typed: statement('happened', true), all: statement('happened', false) },
    received: { typed: statement('received', true), all: statement('received', false) },
  };
  return ({ offender, decisions, order, types, asOf, after, limit }: TimelineQuestion) => {
    const among = JSON.stringify(decisions);
    const place = {
      key: after?.key ?? Number.MAX_SAFE_INTEGER,
      place: after?.position ?? Number.MAX_SAFE_INTEGER,
    };
    const question = { offender, decisions: among, asOf, limit, ...place };
    const columns =
      types === undefined
        ? statements[order].all.all(question)
        : statements[order].typed.all({ ...question, types: JSON.stringify(types) });
    return columns.map(visible);
  };
}

function visible(columns: FactColumns): VisibleFact {
  const { happened, moment, superseded, grants, doc, ...rest } = columns;
  return {
    ...rest,
    happened: JSON.parse(moment) as Moment,
    happenedKey: happened,
    superseded: superseded === null ? null : (JSON.parse(superseded) as Supersession),
    decision: grants,
    values: doc,
  };
}

function lookups(
  model: Database.Database,
): Pick<PictureReader, 'byIdentifier' | 'decisionAt' | 'search' | 'hasAny' | 'latest' | 'freshness'> {
  const byIdentifier = model.prepare<[string, string], Hit>(
    'SELECT offender, grants AS decision, path FROM lookup WHERE kind = ? AND value = ? ORDER BY offender',
  );
  const decisionAt = model.prepare<[number], { grants: number }>(
    'SELECT grants FROM fact WHERE position = ?',
  );
  const hasAny = model.prepare<[object], { one: 1 }>(
    `SELECT 1 AS one FROM fact WHERE offender = @offender AND ${AMONG} LIMIT 1`,
  );
  const latest = model.prepare<[object], FactColumns>(
    `SELECT ${FACT} FROM fact WHERE offender = @offender AND ${AMONG} AND type IN (SELECT value FROM json_each(@types))
     AND superseded IS NULL AND happened <= @until ORDER BY happened DESC, position DESC LIMIT @limit`,
  );
  const freshness = model.prepare<[object], { publisher: string; received: number; facts: number }>(
    `SELECT publisher, max(received) AS received, count(*) AS facts FROM fact WHERE ${AMONG} GROUP BY publisher ORDER BY publisher`,
  );
  return {
    byIdentifier: (pseudonym) => byIdentifier.all(IDENTIFIER, pseudonym),
    decisionAt: (position) => decisionAt.get(position)?.grants,
    search: searcher(model),
    hasAny: (offender, decisions) =>
      hasAny.get({ offender, decisions: JSON.stringify(decisions) }) !== undefined,
    latest: ({ types, decisions, ...question }) =>
      latest
        .all({ ...question, types: JSON.stringify(types), decisions: JSON.stringify(decisions) })
        .map(visible),
    freshness: (decisions) => freshness.all({ decisions: JSON.stringify(decisions) }),
  };
}

/** Hits by the beginning of a value, only through fields that the caller sees in the clear. */
function searcher(model: Database.Database): PictureReader['search'] {
  const statement = (only: string): Database.Statement<[object], Hit> =>
    model.prepare(
      `SELECT offender, grants AS decision, path FROM lookup
       WHERE kind = @kind AND value >= @from AND value < @to AND ${THROUGH} ${only} ORDER BY offender LIMIT @limit`,
    );
  const anybody = statement('');
  const some = statement('AND offender IN (SELECT value FROM json_each(@among))');
  return (kind, beginning, through, limit, among) => {
    const question = { kind, from: beginning, to: `${beginning}\u{10ffff}`, through, limit };
    return among === undefined
      ? anybody.all(question)
      : some.all({ ...question, among: JSON.stringify(among), limit: -1 });
  };
}

function ledgerReader(model: Database.Database): PictureReader['ledger'] {
  type Columns = Omit<LedgerLine, 'agency' | 'offenders'> & { readonly offenders: string };
  const statement = model.prepare<[object], Columns>(
    `SELECT position, at, user, purpose, offenders, facts FROM ledger
     WHERE position < @before AND (@user IS NULL OR user = @user) ORDER BY position DESC LIMIT @limit`,
  );
  return (user, before, limit) =>
    statement
      .all({ user: user ?? null, before: before ?? Number.MAX_SAFE_INTEGER, limit })
      .map(({ offenders, ...line }) => ({ ...line, offenders: JSON.parse(offenders) as readonly string[] }));
}
