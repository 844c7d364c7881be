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
 * pseudonym; the justification (R27) and the question lie sealed in the event's data. Stored as the log event's
 * metadata, JSON.
 */
export interface Disclosure {
  readonly agency: string;
  readonly user: string;
  /** The caller's roles and team; absent in records of before. */
  readonly roles?: readonly string[];
  readonly team?: string;
  readonly purpose: string;
  /** In the clear only in records of before: since then it lies sealed in the event's data. */
  readonly justification: string | null;
  /** Whether an agreement of that moment asked for a justification. */
  readonly justificationRequired?: boolean;
  /** The version of the law on logging that governed then (`LoggingLaw.id`), null before there was any (R27). */
  readonly law?: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Position up to which the read models had followed the log when the answer began. */
  readonly asOf: number;
  /** Log position of the newest event of the agreements that the answer rests on. */
  readonly agreementsAsOf?: number;
  /** Keyed hash of the GraphQL document (of before: SHA-256); the root fields asked for. */
  readonly query: string;
  readonly asked: readonly string[];
  /** What was asked about: `offender:<hub id>`, or `<kind>:<pseudonym>` of an identifier or a search term. */
  readonly sought: readonly string[];
  readonly confirmed: readonly ConfirmedLookup[];
  readonly offenders: readonly string[];
  readonly facts: readonly DisclosedFact[];
  /** Keyed hash of the response's body, as its bytes were made to be sent. */
  readonly answer?: string;
  /**
   * The key to what lies sealed in the event's data, split into shares that are all needed: by id of the key under
   * which each is sealed (the hub id of a person in the answer, or `ledgerKey`), base64.
   */
  readonly shares?: Readonly<Record<string, string>>;
}

/** What a caller wrote: it may name people, so it lies sealed in the data of the record's event. */
export interface AskedWords {
  readonly justification: string | null;
  /** Null where it was not kept: see `keepsQuestion`. */
  readonly question: AskedQuestion | null;
}

/** A GraphQL request as it was received. */
export interface AskedQuestion {
  readonly document: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Root fields whose answers show people's pictures, which clauses must grant. */
const pictureRoots = ['offender', 'offenders', 'freshness'] as const;

/** Roots whose answers rest on pictures and on the moment as well: what is sent to subscribers, what did not happen. */
const momentary = ['caseload', 'silences'] as const;

/** Root fields whose answers can be made again from the log. */
const rebuildable: ReadonlySet<string> = new Set([...pictureRoots, '__typename']);

/** Whether an answer rests on pictures; others name people to whoever must act about them, by law and not by a clause. */
export function restsOnPictures({ asked }: Pick<Disclosure, 'asked'>): boolean {
  return [...pictureRoots, ...momentary].some((root) => asked.includes(root));
}

export function isRebuildable({ asked }: Pick<Disclosure, 'asked'>): boolean {
  return asked.length > 0 && asked.every((root) => rebuildable.has(root));
}

/**
 * Whether the question itself is kept with its record: where its answer can be made again, and somebody was in the answer,
 * so that erasing any of them makes it unreadable. One that found nobody may still name somebody, whose erasure could
 * not reach it: it is kept only when it holds no words of its asker.
 */
export function keepsQuestion(record: Pick<Disclosure, 'asked' | 'offenders'>, hasWords: boolean): boolean {
  return isRebuildable(record) && (record.offenders.length > 0 || !hasWords);
}

/** Keys under which the shares of a record are sealed: those of everybody in the answer, else one of the agency's ledger. */
export function keysOf(record: Pick<Disclosure, 'agency' | 'asked' | 'offenders'>): readonly string[] {
  const { agency, offenders } = record;
  return isRebuildable(record) && offenders.length > 0 ? offenders : [ledgerKey(agency)];
}

/** Id of the key of an agency's ledger, for what is about nobody in particular. */
export function ledgerKey(agency: string): string {
  return `ledger-${agency}`;
}

export function isDisclosure(type: string): boolean {
  return type === DISCLOSED || type === CONSULTED;
}

/** The event type of an answer: a disclosure when anybody was in it, if only by existing, else a consultation. */
export function disclosureType({ offenders }: Pick<Disclosure, 'offenders'>): string {
  return offenders.length > 0 ? DISCLOSED : CONSULTED;
}
