import { type FieldDecision } from '../agreement/decision.js';
import { type ClauseRef } from '../agreement/document.js';
import { type ShownFields } from '../disclosure/disclosure.js';
import { type RecordedAnswer } from './compliance-grants.js';
import { type Refusal } from './compliance-reason.js';

/** Why something that was permitted did not get into an answer, although what did shows that it was asked for. */
export const omissions = {
  'less-open': 'more of the field was permitted than was shown',
  'told-absent': 'the field was told as not recorded, and the fact holds it',
  'left-out': "the fact's other fields were shown, and this one was permitted like them",
} as const;

/** What is wrong with a record itself. */
export const recordFaults = {
  unreadable: 'the record cannot be read',
  'other-agency': "the record stands among another agency's",
} as const;

/** How something was shown; `exists`: only that there is such a fact or person, `confirmed`: by a value the asker had. */
export type ShownAs = keyof ShownFields | 'exists' | 'confirmed' | 'nothing';

/** Something in an answer that the agreements of its moment did not permit, or that they permitted and it withheld. */
export interface Finding {
  readonly kind: 'not-permitted' | 'withheld' | 'record';
  readonly reason: Refusal | keyof typeof omissions | keyof typeof recordFaults;
  /** Log position of the record. */
  readonly position: number;
  /** When, epoch milliseconds; null, as are who and why, where the record cannot be read. */
  readonly at: number | null;
  readonly agency: string;
  readonly user: string | null;
  readonly purpose: string | null;
  readonly offender: string | null;
  /** Log position of the fact; null where a person was told of. */
  readonly fact: number | null;
  readonly field: string | null;
  readonly shown: ShownAs | null;
  /** The clause that the record names. */
  readonly clause: ClauseRef | null;
  /** What was permitted of the field, if anything. */
  readonly permitted: {
    readonly outcome: FieldDecision['outcome'];
    readonly clause: ClauseRef | null;
  } | null;
}

/** What a finding says beside who asked, when and why. */
export type Found = Pick<Finding, 'kind' | 'reason'> & Partial<Finding>;

/** A finding in an answer. */
export function finding({ position, disclosure }: RecordedAnswer, found: Found): Finding {
  const { at, agency, user, purpose } = disclosure;
  return { ...NOTHING_FOUND, position, at, agency, user, purpose, ...found };
}

const NOTHING_FOUND = { offender: null, fact: null, field: null, shown: null, clause: null, permitted: null };

/** A record that cannot be judged. */
export function recordFinding(position: number, agency: string, reason: keyof typeof recordFaults): Finding {
  return { ...NOTHING_FOUND, kind: 'record', reason, position, at: null, agency, user: null, purpose: null };
}
