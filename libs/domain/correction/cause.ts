import { type ClauseRef } from '../agreement/document.js';
import { type DisclosedFact } from '../disclosure/disclosure.js';
import { type Emergency } from '../emergency/emergency.js';

/** Why what was shown no longer stands (DPA 2018 s.38(5)(c), s.48(9); R9, R20). */
export const causeKinds = ['corrected', 'retracted', 'erased', 'restricted', 'unlawful'] as const;
export type CauseKind = (typeof causeKinds)[number];

/** Event types of an erasure and of a restriction: their metadata holds at least `CauseMetadata`. */
export const ERASED = 'erasure.made';
export const RESTRICTED = 'processing.restricted';

/** What corrections need to know of an erasure or a restriction. */
export interface CauseMetadata {
  readonly offender: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Log positions of the facts concerned; absent: all of the person's. */
  readonly facts?: readonly number[];
}

/** The event of the log by which something that was shown stopped being right. */
export interface Cause {
  readonly kind: CauseKind;
  /** Log event id and position. */
  readonly event: string;
  readonly position: number;
  /** The emergency whose review found its disclosures unlawful; null for every other kind. */
  readonly emergency: string | null;
  /** Epoch milliseconds at which the hub learned of it. */
  readonly at: number;
}

/** A fact that stopped being right, as the clear part of the log tells it. */
export interface ConcernedFact {
  readonly position: number;
  readonly type: string;
  readonly publisher: string;
}

/** One fact in one answer: to whom it was shown, and how. */
export interface Telling {
  /** Log position of the disclosure, and of the fact. */
  readonly disclosure: number;
  readonly fact: number;
  readonly agency: string;
  readonly user: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Log position up to which the answer knew what had happened. */
  readonly asOf: number;
  readonly shown: DisclosedFact['shown'];
}

/** Which tellings a cause concerns: all, or only those that an emergency's user was given under its clauses. */
export interface Scope {
  readonly agency: string;
  readonly user: string;
  readonly clauses: readonly ClauseRef[];
  /** Epoch milliseconds, both inclusive. */
  readonly from: number;
  readonly to: number;
}

/** What an emergency opened: its user's, under its clauses, from its opening until it closed. */
export function scopeOf({ by: { agency, user }, clauses, at, until, closed }: Emergency): Scope {
  return { agency, user, clauses, from: at, to: Math.min(until, closed ?? until) };
}

/** A cause with all that it concerns. */
export interface Concern {
  readonly cause: Cause;
  readonly offender: string;
  readonly facts: readonly ConcernedFact[];
  /** Null: everything that was shown of these facts. */
  readonly scope: Scope | null;
}
