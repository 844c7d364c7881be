import { type FactMetadata } from '../../contract/fact.js';
import { rulesFor, type Table } from '../agreement/compile.js';
import { evaluate } from '../agreement/evaluate.js';
import { type FieldDecision } from '../agreement/decision.js';
import { type Clause, type ClauseRef } from '../agreement/document.js';
import { type OffenderState } from '../casework/offender-state.js';
import { type DisclosedFact, type Disclosure, type ShownFields } from '../disclosure/disclosure.js';

/** How one field of one fact stands in the record of an answer. */
export interface ShownField {
  readonly path: string;
  readonly as: keyof ShownFields;
  readonly clause: ClauseRef;
}

/** The field as the record has it, undefined when the answer did not hold it. */
export function shownField(
  { facts }: Pick<Disclosure, 'facts'>,
  position: number,
  path: string,
): ShownField | undefined {
  const shown = facts.find((fact) => fact.position === position)?.shown ?? {};
  return fieldsIn(shown).find((field) => field.path === path);
}

function fieldsIn(shown: DisclosedFact['shown']): readonly ShownField[] {
  return Object.entries(shown).flatMap(([clause, ways]) =>
    Object.entries(ways).flatMap(([as, paths]) =>
      paths.map((path) => ({ path, as: as as keyof ShownFields, clause })),
    ),
  );
}

/** What the agreements and the person's state of a moment decide on a field that was shown. */
export interface DecidedAgain {
  readonly outcome: FieldDecision['outcome'];
  readonly clause: ClauseRef | null;
  /** Why it is withheld, null when it is not. */
  readonly reason: string | null;
  /** Whether the record says the same. */
  readonly agrees: boolean;
}

/** What stands in records made since roles are recorded. */
type WithRoles = Disclosure & { readonly roles?: readonly string[] };

/**
 * Decides once more on a field that was shown, for whom it was shown to, by the agreements and the person's state as they
 * stood when the answer was made. Where a record does not say which roles the person had, they count as having those that
 * the clauses name.
 */
export function decideAgain(
  table: Table,
  state: OffenderState,
  fact: { readonly type: string; readonly metadata: FactMetadata },
  disclosure: WithRoles,
  shown: ShownField,
): DecidedAgain {
  const { agency, user, purpose, at } = disclosure;
  const question = { ...fact.metadata, type: fact.type };
  const rules = rulesFor(table, question)?.get(agency)?.get(purpose);
  const recipient = {
    agency,
    roles: disclosure.roles ?? rules?.looksAt.roles ?? [],
    responsible: isResponsible(state, agency, user),
    emergency: hasEmergency(state, disclosure),
  };
  const { fields } = evaluate(table, question, recipient, purpose, state, at);
  const decided = fields.find(({ path }) => path === shown.path);
  if (decided === undefined) return { outcome: 'withhold', clause: null, reason: 'unknown', agrees: false };
  const { outcome, clause } = decided;
  const agrees = outcome !== 'withhold' && clause === shown.clause && isAs(outcome, shown.as);
  return { outcome, clause, reason: decided.outcome === 'withhold' ? decided.reason : null, agrees };
}

/** Whether a person's case is somebody's (of an agency, by the issuer's name) responsibility. */
export function isResponsible({ responsible }: OffenderState, agency: string, user: string): boolean {
  return responsible.includes(`${agency}:${user}`);
}

/** Whether whoever asked had an emergency disclosure about the person open for the purpose. */
export function hasEmergency(
  { emergencies }: OffenderState,
  { agency, user, purpose, at }: Pick<Disclosure, 'agency' | 'user' | 'purpose' | 'at'>,
): boolean {
  return emergencies.some(
    (each) => each.agency === agency && each.user === user && each.purpose === purpose && at < each.until,
  );
}

/** That a publisher had recorded none may be told wherever the field would have been shown. */
function isAs(outcome: FieldDecision['outcome'], as: ShownField['as']): boolean {
  return as === 'absent' || as === outcome;
}

/** One field of one answer, back to what it rests on: fact, link, agreement version, clause, signatures, decision. */
export interface Explanation {
  readonly disclosure: {
    readonly position: string;
    readonly at: string;
    readonly agency: string;
    readonly user: string;
    readonly purpose: string;
    readonly justification: string | null;
    /** Position up to which the read models had followed the log. */
    readonly asOf: string;
  };
  readonly field: ShownField & { readonly class: string | null };
  readonly fact: {
    readonly position: string;
    readonly id: string;
    readonly type: string;
    readonly title: string;
    readonly offender: string;
    readonly publisher: string;
    /** As its publisher wrote it, null when unknown. */
    readonly happened: string | null;
    readonly received: string;
    readonly contentHash: string;
    /** What superseded it since, before or after the answer. */
    readonly superseded: ExplainedSupersession | null;
  };
  /** The links of identifiers to this person up to the fact, oldest first. */
  readonly links: readonly ExplainedLink[];
  /** Null where no agreement was needed: an agency's own record. */
  readonly agreement: ExplainedAgreement | null;
  readonly decision: DecidedAgain;
}

export interface ExplainedSupersession {
  readonly kind: 'corrected' | 'retracted';
  readonly position: string;
  readonly received: string;
}

export interface ExplainedLink {
  readonly position: string;
  readonly scheme: string;
  readonly received: string;
  /** Whether this very fact brought it. */
  readonly byThisFact: boolean;
}

export interface ExplainedAgreement {
  readonly reference: string;
  readonly version: number;
  readonly title: string;
  readonly hash: string;
  readonly clause: string;
  /** The clause as it was signed, JSON. */
  readonly text: string;
  readonly gateway: string | null;
  /** `<regime>: <provision>` */
  readonly lawfulBasis: readonly string[];
  readonly signatures: readonly ExplainedSignature[];
}

export interface ExplainedSignature {
  readonly party: string;
  readonly user: string;
  readonly key: string;
  readonly at: string;
  /** Whether it holds over the document as the log has it. */
  readonly holds: boolean;
  /** Since when the key signs no more. */
  readonly revoked: string | null;
}

/** What carries a clause: its gateway and, by regime, what makes the processing lawful. */
export function carriedBy(clause: Clause): Pick<ExplainedAgreement, 'gateway' | 'lawfulBasis'> {
  if (clause.effect === 'prohibit') return { gateway: null, lawfulBasis: [] };
  const lawfulBasis = Object.entries(clause.lawfulBasis).map(([regime, basis]) => `${regime}: ${basis}`);
  return { gateway: clause.gateway, lawfulBasis };
}
