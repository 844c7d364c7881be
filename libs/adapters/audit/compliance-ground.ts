import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { compile, type Table } from '../../domain/agreement/compile.js';
import { type Register } from '../../domain/agreement/register.js';
import { type Footing, type Ground } from '../../domain/audit/compliance-grants.js';
import { type OffenderState, UNMANAGED } from '../../domain/casework/offender-state.js';
import { type ClearFact } from '../../domain/picture/grants.js';
import { type LoggedEvent, type Position } from '../event-log/event-log.js';
import { emptyStanding } from '../projection/standing.js';

/** The ground of judgement as it grows with the log; closing it leaves nothing behind. */
export interface GrowingGround extends Ground {
  /** Takes the next event in. Throws `Unavailable` `agreement-log` for an event of the agreements that does not hold. */
  take(event: LoggedEvent): void;
  close(): void;
}

const MOST_FACTS = 20_000;
const MOST_TABLES = 8;

const SCHEMA = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  CREATE TABLE fact (position INTEGER PRIMARY KEY, offender TEXT NOT NULL, type TEXT NOT NULL, metadata TEXT NOT NULL) STRICT;
  CREATE INDEX fact_by_offender ON fact (offender, position);
  CREATE TABLE state (
    offender TEXT NOT NULL, position INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (offender, position)
  ) STRICT, WITHOUT ROWID;
  BEGIN;
`;

interface StoredFact {
  readonly position: number;
  readonly type: string;
  readonly metadata: string;
}

/**
 * Opens the ground of judgement. The clear metadata of facts and every past state of a person lie in a temporary file
 * without a name, so that memory holds no more than the standing does and some recent facts.
 */
export function openGround(): GrowingGround {
  const db = new Database('');
  db.exec(SCHEMA);
  const putFact = db.prepare('INSERT INTO fact VALUES (?, ?, ?, ?)');
  const factAt = db.prepare<[number], StoredFact>(
    'SELECT position, type, metadata FROM fact WHERE position = ?',
  );
  const factsAfter = db.prepare<[string, number], StoredFact>(
    'SELECT position, type, metadata FROM fact WHERE offender = ? AND position > ? ORDER BY position LIMIT 100',
  );
  const putState = db.prepare('INSERT INTO state VALUES (?, ?, ?)');
  const stateAt = db
    .prepare<[string, number], string>(
      'SELECT state FROM state WHERE offender = ? AND position <= ? ORDER BY position DESC LIMIT 1',
    )
    .pluck();

  const standing = emptyStanding();
  const registers = [{ position: 0, register: standing.register() }];
  const facts = new LRUCache<number, ClearFact>({ max: MOST_FACTS });
  const tables = new LRUCache<Register['agreements'], Table>({ max: MOST_TABLES });
  const erased = new Map<string, Position>();
  let last: Position = 0;

  /** What decisions look at changes with the agreements alone, not with every day. */
  function tableOf(register: Register): Table {
    const known = tables.get(register.agreements);
    if (known !== undefined) return known;
    const made = compile(register, catalogue);
    tables.set(register.agreements, made);
    return made;
  }

  function footingOf(position: Position, register: Register, state: Footing['state']): Footing {
    const isErased = (offender: string): boolean => (erased.get(offender) ?? Infinity) <= position;
    return { register, table: tableOf(register), state, isErased };
  }

  function opened({ position, type, metadata }: StoredFact): ClearFact {
    const known = facts.get(position);
    if (known !== undefined) return known;
    const fact = { type, metadata: JSON.parse(metadata) as ClearFact['metadata'] };
    facts.set(position, fact);
    return fact;
  }

  return {
    take(event) {
      const change = standing.apply(event);
      last = event.position;
      if (change.kind === 'fact') putFact.run(last, change.metadata.offender, event.type, event.metadata);
      if (change.kind === 'register') registers.push({ position: last, register: standing.register() });
      if (change.kind === 'protection' && change.erased !== null) erased.set(change.erased, last);
      for (const offender of 'stateChanged' in change ? change.stateChanged : [])
        putState.run(offender, last, JSON.stringify(standing.state(offender)));
    },
    at(position) {
      if (position >= last) return footingOf(position, standing.register(), standing.state);
      const register = registers.findLast((each) => each.position <= position)?.register;
      return footingOf(position, register ?? standing.register(), (offender) => {
        const text = stateAt.get(offender, position);
        return text === undefined ? UNMANAGED : (JSON.parse(text) as OffenderState);
      });
    },
    fact(position) {
      const known = facts.get(position);
      if (known !== undefined) return known;
      const found = factAt.get(position);
      return found && opened(found);
    },
    *factsOf(offender) {
      for (let page = factsAfter.all(offender, 0); page.length > 0;) {
        for (const found of page) yield opened(found);
        page = factsAfter.all(offender, page.at(-1)?.position ?? 0);
      }
    },
    close: () => db.close(),
  };
}
