import { type SearchKind } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import {
  type FactIdentifier,
  type FactMetadata,
  handlingConditionsOf,
  type SealedFact,
} from '../../contract/fact.js';
import { entryIn, type Table } from '../agreement/compile.js';
import { type OffenderState } from '../casework/offender-state.js';
import { grantsFor, kindOf, recipientsOf } from './grants.js';
import { minimise } from './minimise.js';

/** A fact as the log holds it, opened. `position` and `id` are the log event's. */
export interface OpenedFact {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly metadata: FactMetadata;
  readonly sealed: SealedFact;
}

/** One fact as one agency may see it: only granted values ever get here (design §7). */
export interface PictureRow {
  readonly agency: string;
  readonly fact: OpenedFact;
  /** JSON of `Grants`; the same text for every fact that was decided alike. */
  readonly grants: string;
  /** By field path, or `<path>~generalise` where a purpose gets only the coarser value. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Identifiers of the person that this agency may know, each from a field granted in the clear. */
  readonly identifiers: readonly FactIdentifier[];
  readonly terms: readonly { readonly kind: SearchKind; readonly value: string; readonly path: string }[];
  /** Conditions of the publisher that travel with every field of the fact (R51), null when there are none. */
  readonly handlingConditions: string | null;
}

/**
 * The rows of one fact, none for one that only retracts another: one for each agency to which at least one field is shared for at least one purpose,
 * decided as the log stands (`table.asOf`), so that following the log and rebuilding from nothing agree.
 */
export function project(table: Table, state: OffenderState, fact: OpenedFact): readonly PictureRow[] {
  if (fact.metadata.retracts !== null) return [];
  const terms = searchable(table, fact);
  return recipientsOf(table, fact).flatMap((agency) => {
    const row = rowFor(table, state, fact, agency, terms);
    return row === undefined ? [] : [row];
  });
}

/** The row of one agency, or undefined when nothing is shared with it. */
export function projectFor(
  table: Table,
  state: OffenderState,
  fact: OpenedFact,
  agency: string,
): PictureRow | undefined {
  if (fact.metadata.retracts !== null) return undefined;
  return rowFor(table, state, fact, agency, searchable(table, fact));
}

function rowFor(
  table: Table,
  state: OffenderState,
  fact: OpenedFact,
  agency: string,
  searchableTerms: PictureRow['terms'],
): PictureRow | undefined {
  const granted = grantsFor(table, state, fact, agency);
  if (granted === undefined) return undefined;
  const { data } = fact.sealed.event;
  const values: Record<string, unknown> = {};
  for (const { field, treatment, key } of granted.wanted) {
    const value = minimise(field, treatment, data);
    if (value !== undefined) values[key] = value;
  }
  const own = agency === fact.metadata.publisher;
  const identifiers = fact.sealed.identifiers.filter(({ path }) => own || granted.clear.has(path));
  const terms = searchableTerms.filter(({ path }) => granted.clear.has(path));
  const handlingConditions = handlingConditionsOf(fact.sealed);
  return { agency, fact, grants: granted.text, values, identifiers, terms, handlingConditions };
}

/** Everything a fact could be searched by, folded once for all agencies. */
function searchable(table: Table, { type, metadata, sealed }: OpenedFact): PictureRow['terms'] {
  const entry = entryIn(table, kindOf({ type, metadata }));
  return (entry === undefined ? [] : fieldsOf(entry)).flatMap((field) => {
    if (field.search === undefined) return [];
    const value = minimise(field, 'clear', sealed.event.data);
    return typeof value === 'string'
      ? [{ kind: field.search, value: foldTerm(value), path: field.path }]
      : [];
  });
}

/** How a searched text and a stored one are made alike: no accents, no case, single spaces. */
export function foldTerm(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
