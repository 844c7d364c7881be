import { type ClauseRef } from '../agreement/document.js';

export const DISCLOSED = 'disclosure.made';
export const CONSULTED = 'consultation.made';

/** How the fields under one clause were shown; `absent`: that the publisher had recorded none was told. */
export type ShownFields = Readonly<
  Partial<Record<'clear' | 'generalise' | 'mask' | 'absent', readonly string[]>>
>;

/** One fact that was shown. */
export interface DisclosedFact {
  /** Log position of the fact. */
  readonly position: number;
  readonly offender: string;
  /** By clause: paths of the fields that were in the answer; empty when only the fact's existence was. */
  readonly shown: Readonly<Record<ClauseRef, ShownFields>>;
}

/** That a person was found by a value which the caller already had: the answer confirmed it. */
export interface ConfirmedLookup {
  readonly offender: string;
  readonly path: string;
  readonly clauses: readonly ClauseRef[];
}

/**
 * The record of one answer: who was shown which fields of which facts, under which clause and for which purpose
 * (R24, R25, DPA 2018 s.62). Facts stand by position, people by hub id, and what was searched for only as its
 * pseudonym; the justification is the caller's own free text (R27). Stored as the log event's metadata, JSON.
 */
export interface Disclosure {
  readonly agency: string;
  readonly user: string;
  readonly purpose: string;
  readonly justification: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Position up to which the read models had followed the log when the answer began. */
  readonly asOf: number;
  /** SHA-256 (hex) of the GraphQL document; the root fields asked for. */
  readonly query: string;
  readonly asked: readonly string[];
  /** What was asked about: `offender:<hub id>`, or `<kind>:<pseudonym>` of an identifier or a search term. */
  readonly sought: readonly string[];
  readonly confirmed: readonly ConfirmedLookup[];
  readonly offenders: readonly string[];
  readonly facts: readonly DisclosedFact[];
}

export function isDisclosure(type: string): boolean {
  return type === DISCLOSED || type === CONSULTED;
}

/** The event type of an answer: a disclosure when anybody was in it, if only by existing, else a consultation. */
export function disclosureType({ offenders }: Pick<Disclosure, 'offenders'>): string {
  return offenders.length > 0 ? DISCLOSED : CONSULTED;
}
