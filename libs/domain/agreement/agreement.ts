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
  /** When its permissions were in force: interrupted by every suspension. */
  readonly force: readonly Interval[];
  /** When its prohibitions applied: a suspension does not lift them, only the end of the version does. */
  readonly prohibits: readonly Interval[];
  /** The party whose suspension is to be lifted, null unless suspended. */
  readonly suspendedBy: string | null;
}

/** All versions of one agreement, oldest first. */
export type Agreement = readonly AgreementVersion[];

export const NO_AGREEMENT: Agreement = [];

/** What the agreement is after an event. Events of unknown versions change nothing. */
export function evolve(agreement: Agreement, event: AgreementEvent): Agreement {
  if (event.type === 'agreement.proposed') {
    return [...agreement, proposed(event)];
  }
  if (!agreement.some(({ document }) => document.version === event.version)) return agreement;
  const after = agreement.map((version) => {
    if (version.document.version === event.version) return step(version, event);
    const replaced = event.type === 'agreement.cameIntoForce' && version.document.version < event.version;
    return replaced ? supersede(version, event.at) : version;
  });
  return after.map((version) => (isAgreed(after, version) ? { ...version, status: 'signed' } : version));
}

function proposed({
  document,
  hash,
}: Extract<AgreementEvent, { type: 'agreement.proposed' }>): AgreementVersion {
  return {
    document,
    hash,
    status: 'proposed',
    signatures: [],
    force: [],
    prohibits: [],
    suspendedBy: null,
  };
}

/**
 * Whose signatures a version needs: those of its parties, and of the parties of every earlier version that is not
 * over, because it would supersede theirs (requirements §3.3). Agency ids, each once.
 */
export function signatoriesOf(agreement: Agreement, { document }: AgreementVersion): readonly string[] {
  const replaced = agreement.filter((each) => each.document.version < document.version && !isOver(each));
  const parties = [document, ...replaced.map((each) => each.document)].flatMap((each) => each.parties);
  return [...new Set(parties.map(({ agency }) => agency))];
}

/** A proposed version that nobody's signature is missing from, be it that the earlier version of theirs is over. */
function isAgreed(agreement: Agreement, version: AgreementVersion): boolean {
  const hasSigned = (agency: string): boolean => version.signatures.some(({ party }) => party === agency);
  return version.status === 'proposed' && signatoriesOf(agreement, version).every(hasSigned);
}

function step(
  version: AgreementVersion,
  event: Exclude<AgreementEvent, { type: 'agreement.proposed' }>,
): AgreementVersion {
  switch (event.type) {
    case 'agreement.signed':
      return signed(version, { party: event.party, user: event.by.user, at: event.at });
    case 'agreement.cameIntoForce':
      return { ...begun(version, event.at), prohibits: [{ from: event.at, to: null }] };
    case 'agreement.resumed':
      return begun(version, event.at);
    case 'agreement.suspended':
      return {
        ...version,
        status: 'suspended',
        force: closed(version.force, event.at),
        suspendedBy: event.by.agency,
      };
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
  return { ...version, signatures: [...version.signatures, signature] };
}

function begun(version: AgreementVersion, at: number): AgreementVersion {
  return {
    ...version,
    status: 'in-force',
    force: [...version.force, { from: at, to: null }],
    suspendedBy: null,
  };
}

function ended(version: AgreementVersion, status: AgreementStatus, at: number): AgreementVersion {
  return {
    ...version,
    status,
    force: closed(version.force, at),
    prohibits: closed(version.prohibits, at),
    suspendedBy: null,
  };
}

function closed(intervals: readonly Interval[], at: number): readonly Interval[] {
  return intervals.map(({ from, to }) => ({ from, to: to ?? at }));
}

/** A later version that comes into force replaces every earlier one, also one that was still to be signed. */
function supersede(version: AgreementVersion, at: number): AgreementVersion {
  return isOver(version) ? version : ended(version, 'superseded', at);
}

/** Whether a version has reached an end from which nothing brings it back. */
export function isOver({ status }: AgreementVersion): boolean {
  return status === 'superseded' || status === 'expired' || status === 'terminated';
}
