import type Database from 'better-sqlite3';
import { type Ties } from '../../domain/picture/ties.js';

/** Everything that is written to and asked of one agency's read model while it is written, prepared once. */
export type ModelStatements = ReturnType<typeof prepareStatements>;

export function prepareStatements(model: Database.Database, agency: string) {
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
    putFact: model.prepare('INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)'),
    newest: model.prepare<[], { position: number | null }>('SELECT max(position) AS position FROM fact'),
    lookups: model.prepare<[number], { offender: string; grants: number; lookups: string }>(
      'SELECT offender, grants, lookups FROM fact WHERE position = ?',
    ),
    removeFact: model.prepare('DELETE FROM fact WHERE position = ?'),
    eraseFacts: model.prepare('DELETE FROM fact WHERE offender = ?'),
    eraseLookups: model.prepare('DELETE FROM lookup WHERE offender = ?'),
    lookupsOf: model.prepare<[string, number], { lookups: string }>(
      'SELECT lookups FROM fact WHERE offender = ? AND grants = ?',
    ),
    putLookup: model.prepare('INSERT OR IGNORE INTO lookup VALUES (?,?,?,?,?)'),
    forget: model.prepare(
      'DELETE FROM lookup WHERE kind = ? AND value = ? AND offender = ? AND grants = ? AND path = ?',
    ),
    grantsAt: model.prepare<[number], { doc: string }>(
      'SELECT grants.doc FROM fact JOIN grants ON grants.number = fact.grants WHERE position = ?',
    ),
    has: model.prepare('SELECT 1 FROM fact WHERE position = ?'),
    ownPosition: model.prepare<[string], { position: number }>(
      `SELECT position FROM fact WHERE id = ? AND publisher = '${agency}'`,
    ),
    supersede: model.prepare('UPDATE fact SET superseded = ? WHERE position = ?'),
    note: model.prepare('INSERT OR IGNORE INTO ledger VALUES (?,?,?,?,?,?)'),
    responsibleFor: model.prepare<[string], { user: string }>(
      'SELECT user FROM responsible WHERE offender = ? ORDER BY user',
    ),
    emergenciesAbout: model.prepare<[string], Ties['emergencies'][number]>(
      'SELECT user, purpose, until FROM emergency WHERE offender = ? ORDER BY user, purpose',
    ),
    untieResponsible: model.prepare('DELETE FROM responsible WHERE offender = ?'),
    untieEmergency: model.prepare('DELETE FROM emergency WHERE offender = ?'),
    tieResponsible: model.prepare('INSERT INTO responsible VALUES (?, ?)'),
    tieEmergency: model.prepare('INSERT INTO emergency VALUES (?, ?, ?, ?)'),
  };
}
