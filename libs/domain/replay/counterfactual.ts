import { type AgreementVersion, evolve, NO_AGREEMENT } from '../agreement/agreement.js';
import { type Attention, type Audience, audiencesOf, NOTHING_PERSONAL } from '../agreement/audience.js';
import { factKey, type FactKind, type RecipientRules, rulesFor, type Table } from '../agreement/compile.js';
import { type FieldDecision } from '../agreement/decision.js';
import { type AgreementDocument } from '../agreement/document.js';
import { evaluate } from '../agreement/evaluate.js';
import { type Register } from '../agreement/register.js';
import { type OffenderState } from '../casework/offender-state.js';
import { type ClearFact, kindOf } from '../picture/grants.js';
import { type Audiences, inWords } from './audience-in-words.js';

/** A version as if it had been agreed and had come into force at a moment, epoch milliseconds. */
export function asIfInForce(document: AgreementDocument, from: number): AgreementVersion {
  const { reference, version, owner } = document;
  const by = { agency: owner.agency, user: 'as-if' };
  const step = { reference, version, by, at: from, reason: 'as if' };
  const agreement = evolve(NO_AGREEMENT, { type: 'agreement.proposed', ...step, document, hash: '' });
  const [begun] = evolve(agreement, { type: 'agreement.cameIntoForce', ...step });
  if (begun === undefined) throw new RangeError('a proposed version came into force and is not there');
  return begun;
}

/** What was never agreed before is as if it had always been. */
const ALWAYS = 0;

/**
 * The register as if a draft had been agreed. It stands in for the version of the same agreement that is in force, or
 * suspended, for all the time that one was so, and with the parties that have left it; versions before it stay what they
 * were. Where there is no such version the draft has always been in force. `since` (epoch milliseconds) says otherwise: then it
 * has been in force, uninterrupted, from that moment on.
 */
export function standIn(register: Register, draft: AgreementDocument, since: number | null): Register {
  const agreement = register.agreements.get(draft.reference) ?? NO_AGREEMENT;
  const replaced = agreement.find(isStanding);
  const fresh = asIfInForce(draft, since ?? ALWAYS);
  const stands = replaced === undefined || since !== null ? fresh : { ...replaced, document: draft };
  const others = agreement.filter((each) => each !== replaced && each.document.version !== draft.version);
  return { ...register, agreements: new Map(register.agreements).set(draft.reference, [...others, stands]) };
}

/** The version that a draft of the agreement would replace. */
export function isStanding({ status }: AgreementVersion): boolean {
  return status === 'in-force' || status === 'suspended';
}

export type Outcome = FieldDecision['outcome'];

/** A field of one fact that somebody of an agency would be shown otherwise for a purpose. */
export interface SightChange {
  readonly recipient: string;
  readonly purpose: string;
  /** Who of the agency, in words. */
  readonly audience: string;
  readonly field: string;
  readonly before: Outcome;
  readonly after: Outcome;
}

/** Both tables' answers about a fact: what would be shown otherwise, to whom, of the fields that the fact holds. */
export type Counterfactual = (fact: ClearFact, state: OffenderState, at: number) => readonly SightChange[];

/**
 * Compares two registers' tables, which differ in one agreement alone, fact by fact, for every recipient, purpose and
 * audience. Only real audiences count: somebody responsible where the person's case has one of that agency, somebody
 * in an emergency where one is open. A retraction is no fact, and an agency's own record is never in question.
 */
export function counterfactual(before: Table, after: Table, reference: string): Counterfactual {
  const known = new Map<string, readonly Asked[]>();
  return (fact, state, at) => {
    const { retracts, fields } = fact.metadata;
    if (retracts !== null) return [];
    const kind = kindOf(fact);
    const key = factKey(kind);
    const asked = known.get(key) ?? questionsOn(kind, [before, after], reference);
    known.set(key, asked);
    const question: Asking = { tables: { before, after }, fact, state, at };
    return asked.flatMap((each) => changesFor(each, question)).filter(({ field }) => fields.includes(field));
  };
}

/** A recipient and a purpose for which the two tables may differ. */
interface Asked {
  readonly recipient: string;
  readonly purpose: string;
  readonly looksAt: Attention;
}

interface Asking {
  readonly tables: { readonly before: Table; readonly after: Table };
  readonly fact: ClearFact;
  readonly state: OffenderState;
  readonly at: number;
}

function questionsOn(kind: FactKind, tables: readonly Table[], reference: string): readonly Asked[] {
  const all = tables.map((table) => rulesFor(table, kind));
  return sorted(all.flatMap((each) => [...(each?.keys() ?? [])]))
    .filter((recipient) => recipient !== kind.publisher)
    .flatMap((recipient) => {
      const rules = all.map((each) => each?.get(recipient));
      const purposes = sorted(rules.flatMap((each) => purposesUnder(each, reference)));
      return purposes.map((purpose) => ({ recipient, purpose, looksAt: bothLookAt(rules, purpose) }));
    });
}

function purposesUnder(rules: RecipientRules | undefined, reference: string): readonly string[] {
  const all = [...(rules ?? [])].filter(([, { atoms }]) =>
    atoms.some(({ clause }) => clause.startsWith(`${reference}/`)),
  );
  return all.map(([purpose]) => purpose);
}

function bothLookAt(rules: readonly (RecipientRules | undefined)[], purpose: string): Attention {
  const all = rules.map((each) => each?.get(purpose)?.looksAt ?? NOTHING_PERSONAL);
  return {
    roles: sorted(all.flatMap(({ roles }) => roles)),
    responsibility: all.some(({ responsibility }) => responsibility),
    emergency: all.some(({ emergency }) => emergency),
  };
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

/** Audiences to which the same happens are told of together. */
function changesFor(asked: Asked, asking: Asking): readonly SightChange[] {
  const { recipient, purpose, looksAt } = asked;
  const all = realAudiences(asked, asking);
  const changes = new Map<string, Omit<SightChange, 'audience'> & { readonly concerned: Audience[] }>();
  for (const audience of all) {
    for (const { field, before, after } of differences(asked, asking, audience)) {
      const key = `${field} ${before} ${after}`;
      const change = changes.get(key) ?? { recipient, purpose, field, before, after, concerned: [] };
      changes.set(key, change);
      change.concerned.push(audience);
    }
  }
  return [...changes.values()].map(({ concerned, ...change }) => ({
    ...change,
    audience: inWords({ looksAt, all, concerned } satisfies Audiences),
  }));
}

function realAudiences({ recipient, looksAt }: Asked, { state, at }: Asking): readonly Audience[] {
  const inEmergency = state.emergencies.some(({ agency, until }) => agency === recipient && until > at);
  const isResponsible = state.responsible.some((each) => each.startsWith(`${recipient}:`));
  return audiencesOf(
    recipient,
    { ...looksAt, responsibility: looksAt.responsibility && isResponsible },
    inEmergency,
  );
}

function differences(
  { purpose }: Asked,
  { tables, fact, state, at }: Asking,
  { recipient }: Audience,
): readonly Pick<SightChange, 'field' | 'before' | 'after'>[] {
  const question = { ...fact.metadata, type: fact.type };
  const before = evaluate(tables.before, question, recipient, purpose, state, at);
  const after = evaluate(tables.after, question, recipient, purpose, state, at);
  return before.fields.flatMap(({ path: field, outcome }, index) => {
    const next = after.fields[index]?.outcome ?? 'withhold';
    return outcome === next ? [] : [{ field, before: outcome, after: next }];
  });
}
