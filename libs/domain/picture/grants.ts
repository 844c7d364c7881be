import { type Field, fieldsOf } from '../../contract/catalogue/fields.js';
import { type FactMetadata } from '../../contract/fact.js';
import {
  type Attention,
  type Audience,
  audienceKey,
  audiencesOf,
  NOTHING_PERSONAL,
} from '../agreement/audience.js';
import {
  entryIn,
  factKey,
  type FactKind,
  type RecipientRules,
  rulesFor,
  type Table,
} from '../agreement/compile.js';
import { type Decision, type FieldDecision } from '../agreement/decision.js';
import { type Treatment } from '../agreement/document.js';
import { evaluate } from '../agreement/evaluate.js';
import { type Recipient } from '../agreement/recipient.js';
import { isProcessingRestricted, type OffenderState } from '../casework/offender-state.js';

/** What of a fact decisions rest on: nothing that is sealed. */
export interface ClearFact {
  readonly type: string;
  readonly metadata: FactMetadata;
}

/** Stands for every purpose where an agency's own record is concerned. No purpose of an agreement can be spelt so. */
export const OWN = '*';

/** What facts that are decided alike have in common. */
export function kindOf({ type, metadata: { publisher, version } }: ClearFact): FactKind {
  return { publisher, type, version };
}

/**
 * By purpose, then by audience (whoever of the agency clauses cannot tell apart): the fields shared, and those that a
 * named clause prohibits. What is not listed is withheld.
 */
export type Grants = Readonly<Record<string, PurposeGrants>>;

export interface PurposeGrants {
  readonly looksAt: Attention;
  /** An agency's own record that nobody else is shown: processing is restricted (R18). */
  readonly restricted?: true;
  readonly audiences: Readonly<Record<string, readonly FieldDecision[]>>;
}

/**
 * What an asking person is granted for a purpose. Audiences in an emergency are decided only while somebody of the
 * agency has one open; where none is, the person is granted what they would be without.
 */
export function grantedTo(
  grants: Grants,
  purpose: string,
  recipient: Omit<Recipient, 'agency'>,
): readonly FieldDecision[] {
  const granted = Object.hasOwn(grants, purpose) ? grants[purpose] : undefined;
  if (granted === undefined) return [];
  const { looksAt, audiences } = granted;
  const inEmergency = audiences[audienceKey(looksAt, recipient)];
  return inEmergency ?? audiences[audienceKey(looksAt, { ...recipient, emergency: false })] ?? [];
}

/** Under which key of `values` a treated value lies. */
export function valueKey(path: string, treatment: Treatment): string {
  return treatment === 'generalise' ? `${path}~generalise` : path;
}

/** Every agency that might be shown the fact: its publisher, and whom a clause names. */
export function recipientsOf(table: Table, { type, metadata }: ClearFact): readonly string[] {
  const named = rulesFor(table, kindOf({ type, metadata }))?.keys() ?? [];
  return [...new Set([metadata.publisher, ...named])];
}

/** What an agency is granted of a fact, and which values that takes. */
export interface Granted {
  readonly text: string;
  readonly wanted: readonly { readonly field: Field; readonly treatment: Treatment; readonly key: string }[];
  readonly clear: ReadonlySet<string>;
}

/** The text of an agency's grants for a fact, undefined when nothing is shared: needs nothing that is sealed. */
export function grantsText(
  table: Table,
  state: OffenderState,
  fact: ClearFact,
  agency: string,
): string | undefined {
  if (fact.metadata.retracts !== null) return undefined;
  return grantsFor(table, state, fact, agency)?.text;
}

type Remembered = Map<readonly Decision[], Granted>;
const remembered = new WeakMap<Table, Map<string, Remembered>>();

/** A purpose of one audience, and what is decided for it. */
interface Decided {
  readonly purpose: string;
  readonly looksAt: Attention;
  readonly audience: Audience;
  readonly restricted?: true;
  readonly decision: Decision;
}

/** What of a fact an agency is granted, for every purpose and audience; undefined when nothing. */
export function grantsFor(
  table: Table,
  state: OffenderState,
  fact: ClearFact,
  agency: string,
): Granted | undefined {
  const { publisher } = fact.metadata;
  const kind = kindOf(fact);
  const rules = agency === publisher ? undefined : rulesFor(table, kind)?.get(agency);
  const question = { ...fact.metadata, type: fact.type };
  const isMarked = agency === publisher && isProcessingRestricted(state, fact.metadata);
  const audiences =
    agency === publisher ? ownAudience(agency, isMarked) : audiencesIn(table, rules, agency, state);
  const decided = audiences.map((each) => ({
    ...each,
    decision: evaluate(table, question, each.audience.recipient, each.purpose, state, table.asOf),
  }));
  if (!decided.some(({ decision }) => decision.shares)) return undefined;
  return remember(table, `${factKey(kind)} ${agency}${isMarked ? ' restricted' : ''}`, decided, () =>
    granted(table, fact, decided),
  );
}

function ownAudience(agency: string, isMarked: boolean): readonly Omit<Decided, 'decision'>[] {
  const told = { purpose: OWN, looksAt: NOTHING_PERSONAL, ...(isMarked && { restricted: true as const }) };
  return audiencesOf(agency, told.looksAt, false).map((audience) => ({ ...told, audience }));
}

function audiencesIn(
  { asOf }: Table,
  rules: RecipientRules | undefined,
  agency: string,
  { emergencies }: OffenderState,
): readonly Omit<Decided, 'decision'>[] {
  return purposesOf(rules).flatMap((purpose) => {
    const looksAt = rules?.get(purpose)?.looksAt ?? NOTHING_PERSONAL;
    const hasEmergency = emergencies.some(
      (each) => each.agency === agency && each.purpose === purpose && each.until > asOf,
    );
    return audiencesOf(agency, looksAt, hasEmergency).map((audience) => ({ purpose, looksAt, audience }));
  });
}

function purposesOf(rules: RecipientRules | undefined): readonly string[] {
  return rules === undefined ? [] : [...rules.keys()].sort();
}

/** Decisions are made once per path through the rules, so the grants they add up to are made once as well. */
function remember(table: Table, key: string, decided: readonly Decided[], make: () => Granted): Granted {
  const byKey = remembered.get(table) ?? new Map<string, Remembered>();
  remembered.set(table, byKey);
  const known = byKey.get(key) ?? new Map<readonly Decision[], Granted>();
  byKey.set(key, known);
  for (const [made, grants] of known) {
    if (made.length === decided.length && made.every((each, index) => each === decided[index]?.decision))
      return grants;
  }
  const grants = make();
  known.set(
    decided.map(({ decision }) => decision),
    grants,
  );
  return grants;
}

function granted(table: Table, fact: ClearFact, decided: readonly Decided[]): Granted {
  const entry = entryIn(table, kindOf(fact));
  const fields = new Map((entry === undefined ? [] : fieldsOf(entry)).map((field) => [field.path, field]));
  const wanted = new Map<string, Granted['wanted'][number]>();
  const grants: Record<
    string,
    Omit<PurposeGrants, 'audiences'> & { audiences: Record<string, readonly FieldDecision[]> }
  > = {};
  const shared = new Set(decided.flatMap(({ purpose, decision }) => (decision.shares ? [purpose] : [])));
  for (const { purpose, looksAt, restricted, audience, decision } of decided) {
    if (!shared.has(purpose)) continue;
    const told = decision.fields.filter(isTold);
    (grants[purpose] ??= { looksAt, ...(restricted && { restricted }), audiences: {} }).audiences[
      audience.key
    ] = told;
    for (const { path, outcome } of told) {
      const field = fields.get(path);
      if (outcome === 'withhold' || outcome === 'mask' || field === undefined) continue;
      const key = valueKey(path, outcome);
      wanted.set(key, { field, treatment: outcome, key });
    }
  }
  const clear = new Set(
    [...wanted.values()].filter(({ treatment }) => treatment === 'clear').map(({ key }) => key),
  );
  return { text: JSON.stringify(grants), wanted: [...wanted.values()], clear };
}

/** Shared, or withheld by a clause that can be named; what no clause mentions needs no telling. */
function isTold(field: FieldDecision): boolean {
  return field.outcome !== 'withhold' || field.reason === 'prohibited';
}
