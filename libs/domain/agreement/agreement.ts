import { type AgreementDocument } from './document.js';

/** Who did it. */
export interface Actor {
  readonly agency: string;
  readonly user: string;
}

interface Step {
  readonly reference: string;
  readonly version: number;
  readonly by: Actor;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Everything that happens to an agreement; the log event's metadata, JSON. */
export type AgreementEvent =
  | (Step & {
      readonly type: 'agreement.proposed';
      readonly document: AgreementDocument;
      readonly hash: string;
    })
  | (Step & { readonly type: 'agreement.signed'; readonly party: string; readonly hash: string })
  | (Step & { readonly type: 'agreement.cameIntoForce' })
  | (Step & { readonly type: 'agreement.suspended'; readonly reason: string })
  | (Step & { readonly type: 'agreement.resumed'; readonly reason: string })
  | (Step & { readonly type: 'agreement.terminated'; readonly reason: string })
  | (Step & { readonly type: 'agreement.expired' });

export type AgreementStatus =
  'proposed' | 'signed' | 'in-force' | 'suspended' | 'superseded' | 'expired' | 'terminated';

/** A time in which an agreement was in force: epoch milliseconds, half open; `to` null while it lasts. */
export interface Interval {
  readonly from: number;
  readonly to: number | null;
}

/** One version of an agreement; a change of terms is a new version, never an edit (requirements §3.3). */
export interface AgreementVersion {
  readonly document: AgreementDocument;
  /** SHA-256 (hex) of the canonical document (RFC 8785): what the parties sign and what is enforced. */
  readonly hash: string;
  readonly status: AgreementStatus;
  readonly signatures: readonly { readonly party: string; readonly user: string; readonly at: number }[];
  readonly force: readonly Interval[];
}

/** All versions of one agreement, oldest first. */
export type Agreement = readonly AgreementVersion[];

export const NO_AGREEMENT: Agreement = [];

/** What the agreement is after an event. Events of unknown versions change nothing. */
export function evolve(agreement: Agreement, event: AgreementEvent): Agreement {
  if (event.type === 'agreement.proposed') {
    const { document, hash } = event;
    return [...agreement, { document, hash, status: 'proposed', signatures: [], force: [] }];
  }
  if (!agreement.some(({ document }) => document.version === event.version)) return agreement;
  return agreement.map((version) => {
    if (version.document.version === event.version) return step(version, event);
    const replaced = event.type === 'agreement.cameIntoForce' && version.document.version < event.version;
    return replaced ? supersede(version, event.at) : version;
  });
}

function step(
  version: AgreementVersion,
  event: Exclude<AgreementEvent, { type: 'agreement.proposed' }>,
): AgreementVersion {
  switch (event.type) {
    case 'agreement.signed':
      return signed(version, { party: event.party, user: event.by.user, at: event.at });
    case 'agreement.cameIntoForce':
    case 'agreement.resumed':
      return { ...version, status: 'in-force', force: [...version.force, { from: event.at, to: null }] };
    case 'agreement.suspended':
      return ended(version, 'suspended', event.at);
    case 'agreement.terminated':
      return ended(version, 'terminated', event.at);
    case 'agreement.expired':
      return ended(version, 'expired', event.at);
  }
}

function signed(
  version: AgreementVersion,
  signature: AgreementVersion['signatures'][number],
): AgreementVersion {
  const signatures = [...version.signatures, signature];
  const all = version.document.parties.every(({ agency }) =>
    signatures.some(({ party }) => party === agency),
  );
  return { ...version, signatures, status: all ? 'signed' : 'proposed' };
}

function ended(version: AgreementVersion, status: AgreementStatus, at: number): AgreementVersion {
  const force = version.force.map((interval) =>
    interval.to === null ? { from: interval.from, to: at } : interval,
  );
  return { ...version, status, force };
}

/** A later version that comes into force replaces every earlier one, also one that was still to be signed. */
function supersede(version: AgreementVersion, at: number): AgreementVersion {
  return isOver(version) ? version : ended(version, 'superseded', at);
}

/** Whether a version has reached an end from which nothing brings it back. */
export function isOver({ status }: AgreementVersion): boolean {
  return status === 'superseded' || status === 'expired' || status === 'terminated';
}
