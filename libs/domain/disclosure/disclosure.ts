import { type ClauseRef } from '../agreement/document.js';

export const DISCLOSED = 'disclosure.made';
export const CONSULTED = 'consultation.made';

/** One fact that was shown: which of its fields, under which clauses. */
export interface DisclosedFact {
  /** Log position of the fact. */
  readonly position: number;
  readonly offender: string;
  /** Field paths whose values were in the answer; empty when only the fact's existence was. */
  readonly fields: readonly string[];
  readonly clauses: readonly ClauseRef[];
}

/**
 * The record of one answer: who was shown which fields of which facts, under which clause and for which purpose
 * (R24, R25, DPA 2018 s.62). It holds no personal data: facts by position, people by hub id, an identifier that was
 * searched for only as its pseudonym. Stored as the log event's metadata, JSON.
 */
export interface Disclosure {
  readonly agency: string;
  readonly user: string;
  readonly purpose: string;
  readonly justification: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Position up to which the agency's read model had followed the log. */
  readonly asOf: number;
  /** SHA-256 (hex) of the GraphQL document; the root fields asked for. */
  readonly query: string;
  readonly asked: readonly string[];
  readonly offenders: readonly string[];
  readonly facts: readonly DisclosedFact[];
}

export function isDisclosure(type: string): boolean {
  return type === DISCLOSED || type === CONSULTED;
}

/** The event type of an answer: a disclosure when facts about a person were in it, else a consultation. */
export function disclosureType({ facts }: Pick<Disclosure, 'facts'>): string {
  return facts.length > 0 ? DISCLOSED : CONSULTED;
}
