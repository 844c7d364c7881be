import { type FactMetadata, isFactStream, LINKED, type LinkMetadata } from '../../contract/fact.js';
import { type ClauseRef } from '../agreement/document.js';
import { OWN_RECORD } from '../agreement/decision.js';
import {
  CONSULTED,
  DISCLOSED,
  type DisclosedFact,
  type Disclosure,
  type ShownFields,
} from '../disclosure/disclosure.js';
import { type Of } from '../erasure/data-protection.js';
import { type RightsEvent } from '../rights/rights.js';
import { loggingLawAt } from './law.js';

/** The six operations that DPA 2018 s.62(1) has logged (R24). */
export const operationKinds = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'combination',
  'erasure',
] as const;
export type OperationKind = (typeof operationKinds)[number];

/** An event as the log holds it in the clear. */
export interface ClearEvent {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly metadata: string;
}

/** What an operation did with a fact: one line for each clause and way of showing. */
export interface OperatedFact {
  /** Log position; null where a person was found by a value that the caller had, which the answer confirmed. */
  readonly position: string | null;
  readonly offender: string;
  /** Null where no clause is needed: what an agency publishes. */
  readonly clause: ClauseRef | null;
  /** `<reference>/<version>`, null where no agreement was needed: an agency's own record. */
  readonly agreement: string | null;
  /** How the fields were shown; `exists`: only that there is such a fact was. Null where nothing was shown to anybody. */
  readonly as: keyof ShownFields | 'exists' | 'confirmed' | null;
  /** Paths; never values. */
  readonly fields: readonly string[];
}

/** One of the six operations, as an auditor reads it from the log (R24, R25): people by hub id, fields by name. */
export interface Operation {
  readonly position: string;
  readonly kind: OperationKind;
  /** When: ISO 8601, UTC. */
  readonly at: string;
  /** The log event's type. */
  readonly type: string;
  /** Who carried it out, as far as known. */
  readonly agency: string;
  readonly user: string | null;
  readonly purpose: string | null;
  readonly justification: string | null;
  /** Which version of the law governed the log then: see `loggingLaws`. Null before there was any. */
  readonly law: string | null;
  /** The agency that was shown something. */
  readonly recipient: string | null;
  /** Root fields of the question. */
  readonly asked: readonly string[];
  readonly offenders: readonly string[];
  readonly facts: readonly OperatedFact[];
}

/** The operation that an event of the log records, undefined when it records none (R24). */
export function operationOf(event: ClearEvent): Operation | undefined {
  if (isFactStream(event.stream)) return publication(event, JSON.parse(event.metadata) as FactMetadata);
  switch (event.type) {
    case DISCLOSED:
    case CONSULTED:
      return answer(event, JSON.parse(event.metadata) as Disclosure);
    case LINKED:
      return combination(event, JSON.parse(event.metadata) as LinkMetadata);
    case 'erasure.made':
      return erasure(event, JSON.parse(event.metadata) as Of<'erasure.made'>);
    case 'rights.pack.made':
      return accessPack(event, JSON.parse(event.metadata) as PackMade);
    case 'rectification.decided':
      return rectification(event, JSON.parse(event.metadata) as Of<'rectification.decided'>);
    default:
      return undefined;
  }
}

/** Publishing a fact collects; publishing one that corrects or retracts another alters. */
function publication(event: ClearEvent, metadata: FactMetadata): Operation {
  const { offender, publisher, corrects, retracts, received, fields } = metadata;
  const kind = corrects === null && retracts === null ? 'collection' : 'alteration';
  const fact = {
    position: String(event.position),
    offender,
    clause: null,
    agreement: null,
    as: null,
    fields,
  };
  return { ...bare(event, kind, received), agency: publisher, offenders: [offender], facts: [fact] };
}

function answer(event: ClearEvent, disclosure: Disclosure): Operation {
  const { agency, user, purpose, justification, at, asked, offenders, confirmed, facts } = disclosure;
  const kind = event.type === DISCLOSED ? 'disclosure' : 'consultation';
  const lookups = confirmed.flatMap(({ offender, path, clauses }) =>
    clauses.map((clause): OperatedFact => ({
      position: null,
      offender,
      ...under(clause),
      as: 'confirmed',
      fields: [path],
    })),
  );
  return {
    ...bare(event, kind, at),
    agency,
    user,
    purpose,
    justification,
    recipient: kind === 'disclosure' ? agency : null,
    asked,
    offenders,
    facts: [...lookups, ...facts.flatMap(shownOf)],
  };
}

function shownOf({ position, offender, shown }: DisclosedFact): readonly OperatedFact[] {
  const fact = { position: String(position), offender };
  const lines = Object.entries(shown).flatMap(([clause, ways]) =>
    Object.entries(ways).map(([as, fields]): OperatedFact => ({
      ...fact,
      ...under(clause),
      as: as as keyof ShownFields,
      fields,
    })),
  );
  return lines.length > 0 ? lines : [{ ...fact, clause: null, agreement: null, as: 'exists', fields: [] }];
}

/** A clause reference and the agreement version it is of. */
function under(clause: ClauseRef): Pick<OperatedFact, 'clause' | 'agreement'> {
  return { clause, agreement: clause === OWN_RECORD ? null : clause.slice(0, clause.indexOf('#')) };
}

/** That an identifier is a person's brings together whatever names them by it; the hub does so. */
function combination(event: ClearEvent, { offender, received }: LinkMetadata): Operation {
  return { ...bare(event, 'combination', received), agency: 'hub', offenders: [offender] };
}

/** The ground stands in the record, never what was erased (R28). */
function erasure(event: ClearEvent, { offender, reason, by, at }: Of<'erasure.made'>): Operation {
  const { agency, user } = by;
  return { ...bare(event, 'erasure', at), agency, user, justification: reason, offenders: [offender] };
}

/** Deciding to put data right is an alteration like the correction that follows (R18); other outcomes alter nothing. */
function rectification(event: ClearEvent, decided: Of<'rectification.decided'>): Operation | undefined {
  if (decided.outcome !== 'corrected') return undefined;
  const { agency, user } = decided.by;
  return { ...bare(event, 'alteration', decided.at), agency, user, offenders: [decided.offender] };
}

type PackMade = Extract<RightsEvent, { type: 'rights.pack.made' }>;

/** A controller had what is held of a person opened and compiled, to answer the person or the commissioner (R16). */
function accessPack(event: ClearEvent, { offender, by, at }: PackMade): Operation {
  const { agency, user } = by;
  return { ...bare(event, 'consultation', at), agency, user, offenders: [offender] };
}

function bare({ position, type }: ClearEvent, kind: OperationKind, at: number): Operation {
  return {
    position: String(position),
    kind,
    at: new Date(at).toISOString(),
    type,
    agency: '',
    user: null,
    purpose: null,
    justification: null,
    law: loggingLawAt(at)?.id ?? null,
    recipient: null,
    asked: [],
    offenders: [],
    facts: [],
  };
}
