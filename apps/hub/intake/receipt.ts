import { type Failure, type InputError } from '../../../libs/contract/failure.js';
import { type Problem, problemOf } from '../problem.js';

/** Why a publication is held back: nothing of it is lost, and it can be released once the cause is gone. */
export type QuarantineReason =
  | 'unknown-type'
  | 'unknown-version'
  | 'schema-failed'
  | 'identifier-check-failed'
  | 'placeholder-value'
  | 'future-time'
  | 'ambiguous-person'
  | 'unknown-person'
  | 'erased-person'
  | 'not-flagged';

const CORRECT = 'Release it with the corrected event (same source and id).';

const actions: Readonly<Record<QuarantineReason, string>> = {
  'unknown-type': `Correct the type, or ask the operator to add it to the catalogue. ${CORRECT}`,
  'unknown-version': `Name a version of the type that the catalogue has. ${CORRECT}`,
  'schema-failed': `Correct the data as listed. ${CORRECT}`,
  'identifier-check-failed': `Check the identifier against its source and correct it. ${CORRECT}`,
  'placeholder-value': `Replace the stand-in by the true value or leave it out; or confirm that it is true. ${CORRECT}`,
  'future-time': `Say when it happened (what is planned happened when it was planned); or confirm that the time is true. ${CORRECT}`,
  'ambiguous-person': 'An operator must find out which person is meant, and release it with that offender.',
  'erased-person':
    'An operator of the hub team must decide whether this begins a new record, and release it with "anew".',
  'not-flagged':
    'It is taken only about somebody whom the police have flagged or the IOM team has selected: release it once that is so, or ask for its erasure.',
  'unknown-person': `Name a person whom the hub knows, or use another identifier. ${CORRECT}`,
};

/** Why a publication is in quarantine, without anything of what it says. */
export interface Hold {
  readonly reason: QuarantineReason;
  readonly errors: readonly InputError[];
}

/** What intake remembers of a publication for ever, enough to answer a resend: recorded for a person, or held. */
export type StoredReceipt = {
  /** The log event id: `eventIdOf(source, id)`. */
  readonly eventId: string;
  readonly position: number;
  /** Epoch milliseconds. */
  readonly received: number;
  readonly contentHash: string;
} & (
  | { readonly offender: string; readonly hold?: undefined }
  | { readonly hold: Hold; readonly offender?: undefined }
);

/** What the publisher is told about one publication. `source` and `id` are null where they could not be read. */
export interface Receipt {
  readonly source: string | null;
  readonly id: string | null;
  readonly outcome: 'accepted' | 'duplicate' | 'quarantined' | 'rejected';
  /** The HTTP status that stands for the outcome: 201, 200, 202, or the problem's. */
  readonly status: number;
  readonly position?: number;
  readonly offender?: string;
  /** When the hub received it first, ISO 8601 in UTC. */
  readonly received?: string;
  readonly quarantine?: Hold & { readonly id: string; readonly action: string };
  readonly problem?: Problem;
}

interface Named {
  readonly source: string | null;
  readonly id: string | null;
}

/** The receipt of what is stored; a fact that was there before is a duplicate, with the first receipt's content. */
export function receiptOf({ source, id }: Named, stored: StoredReceipt, first: boolean): Receipt {
  const { eventId, position, hold, offender } = stored;
  const received = new Date(stored.received).toISOString();
  if (hold !== undefined) {
    return {
      source,
      id,
      outcome: 'quarantined',
      status: 202,
      position,
      received,
      quarantine: holdOf(eventId, hold),
    };
  }
  const outcome = first ? 'accepted' : 'duplicate';
  return { source, id, outcome, status: first ? 201 : 200, position, offender, received };
}

/** A hold as it is shown: with the id of the quarantined event and what to do about it. */
export function holdOf(
  id: string,
  { reason, errors }: Hold,
): Hold & { readonly id: string; readonly action: string } {
  return { id, reason, action: actions[reason], errors };
}

export function rejected({ source, id }: Named, failure: Failure): Receipt {
  const problem = problemOf(failure);
  return { source, id, outcome: 'rejected', status: problem.status, problem };
}
