import { type Field, fieldsOf } from '../../contract/catalogue/fields.js';
import { isProcessingRestricted, type OffenderState } from '../casework/offender-state.js';
import { type Interval } from './interval.js';
import {
  type Atom,
  consentScopes,
  entryIn,
  type Junction,
  type Rules,
  rulesFor,
  type Table,
} from './compile.js';
import { type FactInQuestion, meet, type Question } from './conditions.js';
import { type Decision, type FieldDecision, NOTHING, OWN_RECORD, type WithheldReason } from './decision.js';
import { type Recipient } from './recipient.js';

/**
 * Decides, field by field, what a recipient may see of a fact for a purpose (design §6). Pure and total: a restriction
 * of processing withholds the fact from everybody but its publisher (R18), a publisher's own handling restriction beats a prohibition, a prohibition beats permissions, permissions add up
 * field by field within one purpose, and whatever nobody permits, or cannot be decided, is withheld (R4, R8).
 * `at` is the moment of the question, epoch milliseconds.
 */
export function evaluate(
  table: Table,
  fact: FactInQuestion,
  recipient: Recipient,
  purpose: string,
  state: OffenderState,
  at: number,
): Decision {
  try {
    const entry = entryIn(table, fact);
    if (entry === undefined) return NOTHING;
    if (recipient.agency === fact.publisher) return ownRecord(fieldsOf(entry));
    if (isProcessingRestricted(state, fact)) return withheld(fieldsOf(entry), 'restricted');
    const rules = rulesFor(table, fact)?.get(recipient.agency)?.get(purpose);
    return rules === undefined
      ? withheld(fieldsOf(entry), reasonFor(fact))
      : decided(rules, { fact, recipient, state, at });
  } catch {
    return NOTHING;
  }
}

/** What may be shared only under conditions, and is not, is withheld for that (R51). */
function reasonFor({ handling }: FactInQuestion): WithheldReason {
  return handling === null || handling === 'P' ? 'no-clause' : 'handling';
}

function decided(rules: Rules, question: Question): Decision {
  let junction: Junction = reasonFor(question.fact) === 'handling' ? rules.roots.C : rules.roots.P;
  for (const atom of rules.atoms) {
    junction = applies(atom, question) ? (junction.yes ??= {}) : (junction.no ??= {});
  }
  if (rules.asksConsent) return decidedByConsent(rules, junction, question);
  return (junction.decision ??= combine(rules, question));
}

/** So many combinations of consent are kept; more are decided anew. */
const MOST_CONSENTS = 500;

function decidedByConsent(rules: Rules, junction: Junction, question: Question): Decision {
  const { state, recipient } = question;
  const byConsent = (junction.byConsent ??= new Map<string, Decision>());
  const key = consentsTowards(state.consents, recipient.agency);
  const known = byConsent.get(key);
  if (known !== undefined) return known;
  if (byConsent.size >= MOST_CONSENTS) byConsent.clear();
  const made = combine(rules, question);
  byConsent.set(key, made);
  return made;
}

const towards = new WeakMap<readonly string[], Map<string, string>>();

/** What a person consents to an agency receiving, as one text; worked out once for each list of consents. */
function consentsTowards(consents: readonly string[], agency: string): string {
  if (consents.length === 0) return '';
  const known = towards.get(consents) ?? new Map<string, string>();
  towards.set(consents, known);
  const before = known.get(agency);
  if (before !== undefined) return before;
  const text = consents.filter((scope) => scope.startsWith(`${agency}:`)).join(' ');
  known.set(agency, text);
  return text;
}

function applies(atom: Atom, question: Question): boolean {
  const { fact, at } = question;
  if (at >= atom.expires || !within(atom.force, at)) return false;
  if (atom.reach === 'prospective' && !within(atom.force, fact.received)) return false;
  for (const test of atom.tests) if (!test(question)) return false;
  return true;
}

function within(force: readonly Interval[], at: number): boolean {
  for (const { from, to } of force) if (from <= at && (to === null || at < to)) return true;
  return false;
}

function combine(rules: Rules, question: Question): Decision {
  const active = rules.atoms.filter((atom) => applies(atom, question));
  const reason = reasonFor(question.fact);
  return decision(
    rules.fields.map((field, index) => {
      const isConsented = rules.asksConsent && consents(question, field);
      const bearing = active.filter(
        (atom) => atom.treatments[index] !== undefined && (isConsented || !atom.consent),
      );
      return combineField(field.path, index, bearing, reason);
    }),
  );
}

function consents({ fact, recipient, state }: Question, field: Field): boolean {
  return meet(consentScopes(recipient.agency, fact.type, field), state.consents);
}

const mostOpenFirst = ['clear', 'generalise', 'mask'] as const;

function combineField(
  path: string,
  index: number,
  bearing: readonly Atom[],
  reason: WithheldReason,
): FieldDecision {
  const prohibition = bearing.find((atom) => atom.effect === 'prohibit');
  const mayShare = reason !== 'handling' || bearing.some((atom) => atom.effect === 'permit');
  if (prohibition !== undefined && mayShare)
    return { path, outcome: 'withhold', reason: 'prohibited', clause: prohibition.clause };
  for (const outcome of prohibition === undefined ? mostOpenFirst : []) {
    const permission = bearing.find((atom) => atom.treatments[index] === outcome);
    if (permission !== undefined) return { path, outcome, clause: permission.clause };
  }
  return { path, outcome: 'withhold', reason, clause: null };
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
