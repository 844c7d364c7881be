import { type Field, fieldsOf } from '../../contract/catalogue/fields.js';
import { type FactMetadata } from '../../contract/fact.js';
import { type Interval } from './agreement.js';
import { type Atom, factKey, type Junction, type Rules, type Table } from './compile.js';
import { type Decision, type FieldDecision, NOTHING, OWN_RECORD, type WithheldReason } from './decision.js';
import { type OffenderState } from '../casework/offender-state.js';

/** What of a fact a decision depends on: nothing that is sealed, so that decisions replay after erasure. */
export type FactInQuestion = Pick<FactMetadata, 'publisher' | 'version' | 'received' | 'handling'> & {
  readonly type: string;
};

/**
 * Decides, field by field, what a recipient may see of a fact for a purpose (design §6). Pure and total: a
 * publisher's own handling restriction beats a prohibition, a prohibition beats permissions, permissions add up
 * field by field within one purpose, and whatever nobody permits, or cannot be decided, is withheld (R4, R8).
 * `at` is the moment of the question, epoch milliseconds.
 */
export function evaluate(
  table: Table,
  fact: FactInQuestion,
  recipient: string,
  purpose: string,
  state: OffenderState,
  at: number,
): Decision {
  try {
    const entry = table.entries.get(`${fact.type} ${fact.version}`);
    if (entry === undefined) return NOTHING;
    if (recipient === fact.publisher) return ownRecord(fieldsOf(entry));
    if (fact.handling !== null && fact.handling !== 'P') return withheld(fieldsOf(entry), 'handling');
    const rules = table.rules
      .get(factKey(fact.publisher, fact.type, fact.version))
      ?.get(recipient)
      ?.get(purpose);
    return rules === undefined ? withheld(fieldsOf(entry), 'no-clause') : decided(rules, fact, state, at);
  } catch {
    return NOTHING;
  }
}

function decided(rules: Rules, fact: FactInQuestion, state: OffenderState, at: number): Decision {
  let junction: Junction = rules.root;
  for (const atom of rules.atoms) {
    junction = applies(atom, fact, state, at) ? (junction.yes ??= {}) : (junction.no ??= {});
  }
  return (junction.decision ??= combine(
    rules.fields,
    rules.atoms.filter((atom) => applies(atom, fact, state, at)),
  ));
}

function applies(atom: Atom, fact: FactInQuestion, state: OffenderState, at: number): boolean {
  return (
    at < atom.expires &&
    within(atom.force, at) &&
    (atom.reach === 'history' || within(atom.force, fact.received)) &&
    (atom.cohort === undefined || meet(atom.cohort, state.cohorts)) &&
    (atom.level === undefined || meet(atom.level, state.levels)) &&
    (atom.consent === undefined || meet(atom.consent, state.consents))
  );
}

function within(force: readonly Interval[], at: number): boolean {
  return force.some(({ from, to }) => from <= at && (to === null || at < to));
}

function meet(wanted: readonly string[], held: readonly string[]): boolean {
  return wanted.some((each) => held.includes(each));
}

function combine(fields: readonly Field[], active: readonly Atom[]): Decision {
  return decision(fields.map(({ path }, index) => combineField(path, index, active)));
}

const mostOpenFirst = ['clear', 'generalise', 'mask'] as const;

function combineField(path: string, index: number, active: readonly Atom[]): FieldDecision {
  const bearing = active.filter((atom) => atom.treatments[index] !== undefined);
  const prohibition = bearing.find((atom) => atom.effect === 'prohibit');
  if (prohibition !== undefined)
    return { path, outcome: 'withhold', reason: 'prohibited', clause: prohibition.clause };
  for (const outcome of mostOpenFirst) {
    const permission = bearing.find((atom) => atom.treatments[index] === outcome);
    if (permission !== undefined) return { path, outcome, clause: permission.clause };
  }
  return { path, outcome: 'withhold', reason: 'no-clause', clause: null };
}

function decision(fields: readonly FieldDecision[]): Decision {
  return { fields, shares: fields.some(({ outcome }) => outcome !== 'withhold') };
}

const ownRecords = new WeakMap<readonly Field[], Decision>();

function ownRecord(fields: readonly Field[]): Decision {
  const known = ownRecords.get(fields);
  if (known !== undefined) return known;
  const made = decision(fields.map(({ path }) => ({ path, outcome: 'clear', clause: OWN_RECORD })));
  ownRecords.set(fields, made);
  return made;
}

function withheld(fields: readonly Field[], reason: WithheldReason): Decision {
  return decision(fields.map(({ path }) => ({ path, outcome: 'withhold', reason, clause: null })));
}
