import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Unavailable } from '../../contract/failure.js';
import { type Moment } from '../../contract/moment.js';
import { type Grants } from '../../domain/picture/grants.js';
import { modelFile } from './embedded-writer.js';
import { IDENTIFIER } from './schema.js';
import {
  type Freshness,
  type Hit,
  type LedgerLine,
  type People,
  type PictureReader,
  type Supersession,
  type Tie,
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
  readonly handling: string | null;
}

const FACT =
  'position, id, offender, type, version, publisher, happened, moment, recorded, received, superseded, grants, doc, handling';
const THROUGH = `json_each(@through) AS pair CROSS JOIN lookup
     ON lookup.grants = pair.value ->> 0 AND lookup.path = pair.value ->> 1`;
const OF = '(offender IN (SELECT value FROM json_each(@people))) = @isAmong';
const AMONG = 'grants IN (SELECT value FROM json_each(@decisions))';
/** A person's facts that were decided in one of these ways: each way is looked for, whether there are any or not. */
const GRANTED =
  'json_each(@decisions) AS decision CROSS JOIN fact ON fact.offender = @offender AND fact.grants = decision.value';

/** Opens one agency's read model for reading: its own file and nothing else. */
export function openEmbeddedReader(dataDir: string, agency: string): PictureReader {
  const file = modelFile(dataDir, agency);
  if (!existsSync(file)) throw new Unavailable('read-model-missing', 'the read model has not been built');
  const model = new Database(file, { readonly: true });
  return {
    grants: grantsReader(model),
    timeline: timelineReader(model),
    ...lookups(model),
    ...tiesReader(model),
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
      inOrder(
        order,
        `position <= @asOf AND (${order}, position) < (@key, @place)
         ${typed ? 'AND fact.type IN (SELECT value FROM json_each(@types))' : ''}`,
      ),
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

/** The first of the granted facts of which something holds, newest first. */
function inOrder(order: 'happened' | 'received', holds: string): string {
  return `SELECT ${FACT} FROM fact WHERE position IN (
      SELECT position FROM ${GRANTED} WHERE ${holds} ORDER BY ${order} DESC, position DESC LIMIT @limit)
    ORDER BY ${order} DESC, position DESC`;
}

function visible(columns: FactColumns): VisibleFact {
  const { happened, moment, superseded, grants, doc, handling, ...rest } = columns;
  return {
    ...rest,
    happened: JSON.parse(moment) as Moment,
    happenedKey: happened,
    superseded: superseded === null ? null : (JSON.parse(superseded) as Supersession),
    decision: grants,
    values: doc,
    handlingConditions: handling,
  };
}

function lookups(
  model: Database.Database,
): Pick<PictureReader, 'byIdentifier' | 'factAt' | 'search' | 'hasAny' | 'latest' | 'freshness'> {
  const byIdentifier = model.prepare<[object], Hit>(
    `SELECT offender, grants AS decision, lookup.path FROM ${THROUGH}
     WHERE kind = '${IDENTIFIER}' AND lookup.value = @pseudonym AND ${OF} ORDER BY offender`,
  );
  const factAt = model.prepare<[number], Pick<VisibleFact, 'offender' | 'decision'>>(
    'SELECT offender, grants AS decision FROM fact WHERE position = ?',
  );
  const hasAny = model.prepare<[object], { one: 1 }>(`SELECT 1 AS one FROM ${GRANTED} LIMIT 1`);
  const latest = model.prepare<[object], FactColumns>(
    inOrder(
      'happened',
      'fact.type IN (SELECT value FROM json_each(@types)) AND superseded IS NULL AND happened <= @until',
    ),
  );
  const freshness = model.prepare<[object], Freshness>(
    `SELECT publisher, max(received) AS received, count(*) AS facts FROM fact WHERE ${AMONG} AND ${OF}
     GROUP BY publisher ORDER BY publisher`,
  );
  return {
    byIdentifier: (pseudonym, through, people) =>
      byIdentifier.all({ pseudonym, through, ...whichOf(people) }),
    factAt: (position) => factAt.get(position),
    search: searcher(model),
    hasAny: (offender, decisions) =>
      hasAny.get({ offender, decisions: JSON.stringify(decisions) }) !== undefined,
    latest: ({ types, decisions, ...question }) =>
      latest
        .all({ ...question, types: JSON.stringify(types), decisions: JSON.stringify(decisions) })
        .map(visible),
    freshness: (decisions, people) =>
      freshness.all({ decisions: JSON.stringify(decisions), ...whichOf(people) }),
  };
}

function whichOf(people: People): { readonly people: string; readonly isAmong: 0 | 1 } {
  return 'among' in people
    ? { people: JSON.stringify(people.among), isAmong: 1 }
    : { people: JSON.stringify(people.except), isAmong: 0 };
}

/** Hits by the beginning of a value, only through fields that the caller sees in the clear. */
function searcher(model: Database.Database): PictureReader['search'] {
  const statement = model.prepare<[object], Hit>(
    `SELECT offender, grants AS decision, lookup.path FROM ${THROUGH}
     WHERE kind = @kind AND lookup.value >= @from AND lookup.value < @to AND ${OF} ORDER BY offender LIMIT @limit`,
  );
  return (kind, beginning, through, people, limit) => {
    const range = { from: beginning, to: `${beginning}\u{10ffff}` };
    return statement.all({ kind, ...range, through, limit, ...whichOf(people) });
  };
}

/** Ties of the agency's own people; an emergency whose hours are over is none. */
function tiesReader(model: Database.Database): Pick<PictureReader, 'tie' | 'ties'> {
  const tie = model.prepare<[object], { responsible: number; emergency: number }>(
    `SELECT EXISTS (SELECT 1 FROM responsible WHERE user = @user AND offender = @offender) AS responsible,
     EXISTS (SELECT 1 FROM emergency WHERE user = @user AND offender = @offender AND purpose = @purpose AND until > @at) AS emergency`,
  );
  const ties = model.prepare<[object], { offender: string; responsible: number; emergency: number }>(
    `SELECT offender, max(responsible) AS responsible, max(emergency) AS emergency FROM (
       SELECT offender, 1 AS responsible, 0 AS emergency FROM responsible WHERE user = @user
       UNION ALL SELECT offender, 0, 1 FROM emergency WHERE user = @user AND purpose = @purpose AND until > @at
     ) GROUP BY offender ORDER BY offender`,
  );
  const read = (found: { readonly responsible: number; readonly emergency: number } | undefined): Tie => ({
    responsible: found?.responsible === 1,
    emergency: found?.emergency === 1,
  });
  return {
    tie: (question, offender) => read(tie.get({ ...question, offender })),
    ties: (question) => new Map(ties.all(question).map((each) => [each.offender, read(each)])),
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
