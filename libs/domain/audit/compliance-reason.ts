import { fieldsOf } from '../../contract/catalogue/fields.js';
import { type AgreementVersion } from '../agreement/agreement.js';
import { forceOf } from '../agreement/force.js';
import { entryIn, matchesType, selects } from '../agreement/compile.js';
import { type FieldDecision, OWN_RECORD } from '../agreement/decision.js';
import { startOf } from '../agreement/decide.js';
import { type Clause, clauseRef, type ClauseRef } from '../agreement/document.js';
import { type Register, versions } from '../agreement/register.js';
import { type ClearFact, kindOf } from '../picture/grants.js';
import {
  type Footing,
  type Granted,
  openness,
  possibleGrants,
  type RecordedDisclosure,
  type Supposed,
} from './compliance-grants.js';

/** Why something that was shown had not been permitted: what of the clause named in the record stood in its way. */
export const refusals = {
  'no-such-fact': 'the log holds no such fact before the answer',
  'other-person': 'the fact is about another person',
  retraction: 'the event only retracts another',
  'nothing-granted': 'nothing is granted',
  overtaken:
    'it had been permitted as far as the read model had followed, and no more when the answer was recorded',
  'not-own-record': 'another agency published it',
  'unknown-clause': 'no agreement has such a clause',
  'other-recipient': 'the clause permits other agencies',
  'other-publisher': 'the clause is about other publishers',
  'other-purpose': 'the clause permits other purposes',
  'field-not-named': 'the clause does not name the field',
  'not-in-force': 'the agreement was not in force between the two',
  'before-reach': 'the fact was received before the clause reaches',
  erased: 'the person was erased',
  restricted: 'processing of the fact is restricted',
  prohibited: 'a clause prohibits it',
  treatment: 'less of the field is permitted',
  handling: 'the publisher restricts the handling',
  role: 'the asker does not hold the role',
  responsibility: 'the asker is not responsible for the case',
  emergency: 'the asker has no emergency disclosure open for it',
  conditions: "the person's state or the fact does not meet the conditions",
  'other-clause': 'another clause permits it',
} as const;

export type Refusal = keyof typeof refusals;

/** A field that was shown under a clause, and more openly than the asker was granted. */
export interface ShownField {
  readonly disclosure: RecordedDisclosure;
  readonly fact: ClearFact;
  readonly clause: ClauseRef;
  readonly path: string;
  /** How open it must have been granted: see `openAtLeast`. */
  readonly need: number;
}

/** Names what stood in the way of a field that was shown without permission on a footing. */
export function refusalOf(footing: Footing, shown: ShownField, granted: readonly Granted[]): Refusal {
  if (footing.isErased(shown.fact.metadata.offender)) return 'erased';
  if (granted.some(({ field }) => isRestricted(field(shown.path)))) return 'restricted';
  if (shown.clause === OWN_RECORD) return 'not-own-record';
  const found = clauseOf(footing.register, shown.clause);
  if (found === undefined) return 'unknown-clause';
  return (
    termFault(found.clause, footing, shown) ??
    forceFault(found, footing, shown) ??
    rest(footing, shown, granted)
  );
}

function isRestricted(decision: FieldDecision | undefined): boolean {
  return decision?.outcome === 'withhold' && decision.reason === 'restricted';
}

interface FoundClause {
  readonly version: AgreementVersion;
  readonly clause: Clause;
}

function clauseOf(register: Register, ref: ClauseRef): FoundClause | undefined {
  for (const version of versions(register)) {
    const clause = version.document.clauses.find((each) => clauseRef(version.document, each) === ref);
    if (clause !== undefined) return { version, clause };
  }
  return undefined;
}

/** What the clause says by itself that is about something else. */
function termFault(
  clause: Clause,
  { table }: Footing,
  { disclosure, fact, path }: ShownField,
): Refusal | undefined {
  if (clause.effect === 'prohibit') return 'prohibited';
  if (!clause.recipients.includes(disclosure.agency)) return 'other-recipient';
  if (!clause.publishers.includes(fact.metadata.publisher)) return 'other-publisher';
  if (!clause.purposes.includes(disclosure.purpose)) return 'other-purpose';
  const entry = entryIn(table, kindOf(fact));
  const field = entry && fieldsOf(entry).find((each) => each.path === path);
  const isNamed =
    field !== undefined &&
    matchesType(clause, fact.type) &&
    Object.values(clause.fields).some((selectors) => selectors.some((each) => selects(each, field)));
  return isNamed ? undefined : 'field-not-named';
}

function forceFault(
  { version, clause }: FoundClause,
  { register }: Footing,
  { disclosure: { agency, at }, fact: { metadata } }: ShownField,
): Refusal | undefined {
  const force = forceOf(version, metadata.publisher, agency);
  const isWithin = (moment: number): boolean =>
    force.some(({ from, to }) => from <= moment && (to === null || moment < to));
  const latest = Math.max(at, register.asOf);
  if (!isWithin(at) || !isWithin(latest) || latest >= startOf(version.document.expires))
    return 'not-in-force';
  const isProspective = clause.effect === 'permit' && clause.reach === 'prospective';
  return isProspective && !isWithin(metadata.received) ? 'before-reach' : undefined;
}

/** What of the decision itself, or of the asker, was in the way. */
function rest(footing: Footing, shown: ShownField, granted: readonly Granted[]): Refusal {
  const { path, need, fact, disclosure } = shown;
  const decided = granted.map(({ field }) => field(path));
  const reasons = decided.flatMap((each) => (each?.outcome === 'withhold' ? [each.reason] : []));
  if (reasons.includes('prohibited')) return 'prohibited';
  if (decided.some((each) => openness(each) > 0)) return 'treatment';
  for (const [refusal, supposed] of suppositions(footing, shown)) {
    const otherwise = possibleGrants(footing, fact, disclosure, supposed);
    if (otherwise.some(({ field }) => openness(field(path)) >= need)) return refusal;
  }
  return reasons.includes('handling') ? 'handling' : 'conditions';
}

/** What might be otherwise about an asker, alone. */
function suppositions(
  { register }: Footing,
  { clause }: ShownField,
): readonly (readonly [refusal: Refusal, supposed: Supposed])[] {
  const roles = clauseOf(register, clause)?.clause.conditions?.role;
  return [
    ...(roles === undefined ? [] : ([['role', { roles }]] as const)),
    ['responsibility', { responsible: true }],
    ['emergency', { emergency: true }],
  ];
}
