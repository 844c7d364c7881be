import { isAuditor } from '../../../libs/domain/audit/auditor.js';
import {
  type Correction,
  type OnwardRecipient,
  type ShownFact,
} from '../../../libs/domain/correction/correction.js';
import { answerable } from '../../../libs/domain/correction/sight.js';
import { type Listed } from './correction-table.js';

interface Step {
  readonly at: string;
  readonly agency: string;
  /** Told to the agency itself and to auditors. */
  readonly user: string | null;
}

/** An obligation as its readers see it: moments in RFC 3339, log positions as text, and never a value. */
export interface CorrectionView {
  readonly id: string;
  readonly position: string;
  readonly kind: string;
  readonly offender: string;
  readonly recipient: string;
  readonly isOutside: boolean;
  readonly answerable: string;
  readonly publishers: readonly string[];
  readonly emergency: string | null;
  /** Position of the event that corrected, retracted or erased it: for its publishers and auditors. */
  readonly supersededBy: string | null;
  readonly shown: readonly (Omit<ShownFact, 'position' | 'disclosures'> & {
    readonly position: string;
    readonly disclosures: readonly string[];
  })[];
  readonly passedOn: { readonly by: string; readonly correction: string; readonly when: string } | null;
  readonly opened: string;
  readonly due: string;
  readonly isOverdue: boolean;
  readonly overdueSince: string | null;
  readonly notified: Step | null;
  readonly acknowledged:
    | (Step & {
        readonly action: string;
        readonly reason: string;
        readonly onward: readonly OnwardRecipient[];
      })
    | null;
}

/** Who reads it. */
export interface Reader {
  readonly agency: string;
  readonly roles: readonly string[];
}

export function viewOf({ position, correction }: Listed, reader: Reader): CorrectionView {
  const { id, cause, offender, recipient, passedOn, publishers, shown, due, overdue, at } = correction;
  const audits = isAuditor(reader);
  const knowsCause = audits || publishers.includes(reader.agency);
  return {
    id,
    position: String(position),
    kind: cause.kind,
    offender,
    recipient,
    isOutside: passedOn?.isOutside ?? false,
    answerable: answerable(correction),
    publishers,
    emergency: cause.emergency,
    supersededBy: knowsCause ? String(cause.position) : null,
    shown: shown.map((fact) => ({
      ...fact,
      position: String(fact.position),
      disclosures: fact.disclosures.map(String),
    })),
    passedOn: passedOn && { by: passedOn.by, correction: passedOn.correction, when: passedOn.when },
    opened: told(at),
    due: told(due),
    isOverdue: overdue !== null && correction.acknowledged === null,
    overdueSince: overdue === null ? null : told(overdue),
    ...stepsOf(correction, reader, audits),
  };
}

function stepsOf(
  { notified, acknowledged }: Correction,
  { agency }: Reader,
  audits: boolean,
): Pick<CorrectionView, 'notified' | 'acknowledged'> {
  const step = ({ by, at }: NonNullable<Correction['notified']>): Step => ({
    at: told(at),
    agency: by.agency,
    user: audits || by.agency === agency ? by.user : null,
  });
  if (acknowledged === null) return { notified: notified && step(notified), acknowledged };
  const { action, reason, onward } = acknowledged;
  return {
    notified: notified && step(notified),
    acknowledged: { ...step(acknowledged), action, reason, onward },
  };
}

function told(at: number): string {
  return new Date(at).toISOString();
}
