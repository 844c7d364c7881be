import { type AgreementDocument } from './document.js';
import { type Interval } from './interval.js';

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
  readonly reason: string;
}

interface Writing extends Step {
  readonly document: AgreementDocument;
  readonly hash: string;
}

type Written =
  (Writing & { readonly type: 'agreement.drafted' }) | (Writing & { readonly type: 'agreement.proposed' });

/** `key` names a registered key of the party; `signature` is base64url Ed25519 over the canonical document (RFC 8032, RFC 8785). */
type Signed = Step & { readonly type: 'agreement.signed' } & Signature;

interface Signature {
  readonly party: string;
  readonly hash: string;
  readonly key: string;
  readonly signature: string;
}

/** Everything that happens to an agreement; the log event's metadata, JSON. */
export type AgreementEvent =
  | Written
  | Signed
  | (Step & { readonly type: 'agreement.partyWithdrew'; readonly party: string })
  | (Step & { readonly type: 'agreement.reviewed'; readonly nextReview: string })
  | (Step & {
      readonly type:
        | 'agreement.cameIntoForce'
        | 'agreement.suspended'
        | 'agreement.resumed'
        | 'agreement.terminated'
        | 'agreement.expired';
    });

export type AgreementStatus =
  'drafted' | 'proposed' | 'signed' | 'in-force' | 'suspended' | 'superseded' | 'expired' | 'terminated';

/** What happened to a version: each of its own events, and that a later version came into force. */
export interface PastStep {
  readonly type: AgreementEvent['type'] | 'agreement.superseded';
  readonly by: Actor;
  readonly at: number;
  readonly reason: string;
}

/** One version of an agreement; a change of terms is a new version, never an edit (requirements §3.3). */
export interface AgreementVersion {
  readonly document: AgreementDocument;
  /** SHA-256 (hex) of the canonical document (RFC 8785): what the parties sign and what is enforced. */
  readonly hash: string;
  readonly status: AgreementStatus;
  /** The agency whose draft it is, which alone may see it; null from its proposal on. */
  readonly drafter: string | null;
  /** The agency that proposed it, or drafted it. */
  readonly proposer: string;
  readonly signatures: readonly (Omit<Signature, 'hash'> & { readonly user: string; readonly at: number })[];
  /** When its permissions were in force: interrupted by every suspension. A withdrawal ends only some: `forceOf`. */
  readonly force: readonly Interval[];
  /** When its prohibitions applied: neither a suspension nor a withdrawal lifts them, only the end of the version. */
  readonly prohibits: readonly Interval[];
  /** Which party suspended it, and why; null unless suspended. */
  readonly suspension: { readonly party: string; readonly at: number; readonly reason: string } | null;
  /** Parties that have left it. */
  readonly withdrawn: readonly { readonly party: string; readonly at: number }[];
  /** Calendar date of the next review: the document's, until a review moves it. */
  readonly reviewDue: string;
  /** Its history, oldest first. */
  readonly steps: readonly PastStep[];
}

/** All versions of one agreement, oldest first; drafts of the next one, at most one of each agency, come last. */
export type Agreement = readonly AgreementVersion[];

export const NO_AGREEMENT: Agreement = [];

/** What the agreement is after an event. Events of unknown versions change nothing. */
export function evolve(agreement: Agreement, event: AgreementEvent): Agreement {
  if (event.type === 'agreement.drafted')
    return [...withoutDraft(agreement, event.by.agency), written(event)];
  if (event.type === 'agreement.proposed') return [...proposedVersions(agreement), written(event)];
  if (!agreement.some((version) => concerns(event, version))) return agreement;
  const after = agreement.map((version) => {
    if (concerns(event, version)) return recorded(step(version, event), event);
    const replaced = event.type === 'agreement.cameIntoForce' && version.document.version < event.version;
    return replaced ? supersede(version, event) : version;
  });
  return after.map((version) => (isAgreed(after, version) ? { ...version, status: 'signed' } : version));
}

/** The versions without anybody's drafts. */
export function proposedVersions(agreement: Agreement): Agreement {
  return agreement.filter(({ drafter }) => drafter === null);
}

/** What an agency may know of an agreement: other agencies' drafts are not there for it. */
export function knownTo(agreement: Agreement, agency: string): Agreement {
  return agreement.filter(({ drafter }) => drafter === null || drafter === agency);
}

function withoutDraft(agreement: Agreement, agency: string): Agreement {
  return agreement.filter(({ drafter }) => drafter !== agency);
}

function concerns({ version, by }: AgreementEvent, { document, drafter }: AgreementVersion): boolean {
  return document.version === version && (drafter === null || drafter === by.agency);
}

/** A version begins its history when it is proposed: what its drafter wrote before is the drafter's alone. */
function written(event: Written): AgreementVersion {
  const { type, document, hash, by } = event;
  const version: AgreementVersion = {
    document,
    hash,
    status: type === 'agreement.drafted' ? 'drafted' : 'proposed',
    drafter: type === 'agreement.drafted' ? by.agency : null,
    proposer: by.agency,
    signatures: [],
    force: [],
    prohibits: [],
    suspension: null,
    withdrawn: [],
    reviewDue: document.reviewDue,
    steps: [],
  };
  return recorded(version, event);
}

function recorded(version: AgreementVersion, { type, by, at, reason }: PastStep): AgreementVersion {
  return { ...version, steps: [...version.steps, { type, by, at, reason }] };
}

/**
 * Whose signatures a version needs: those of its parties, and of the parties of every earlier version that is not
 * over, because it would supersede theirs (requirements §3.3), but of nobody who has left. Agency ids, each once.
 */
export function signatoriesOf(agreement: Agreement, version: AgreementVersion): readonly string[] {
  const replaced = proposedVersions(agreement).filter(
    (each) => each.document.version < version.document.version && !isOver(each),
  );
  return [...new Set([version, ...replaced].flatMap(presentParties))];
}

/** The parties of a version that have not withdrawn from it. */
export function presentParties({ document, withdrawn }: AgreementVersion): readonly string[] {
  const agencies = document.parties.map(({ agency }) => agency);
  return agencies.filter((agency) => !withdrawn.some(({ party }) => party === agency));
}

/** A proposed version that nobody's signature is missing from, be it that the earlier version of theirs is over. */
function isAgreed(agreement: Agreement, version: AgreementVersion): boolean {
  const hasSigned = (agency: string): boolean => version.signatures.some(({ party }) => party === agency);
  return version.status === 'proposed' && signatoriesOf(agreement, version).every(hasSigned);
}

function step(version: AgreementVersion, event: Exclude<AgreementEvent, Written>): AgreementVersion {
  const { at, by, reason } = event;
  switch (event.type) {
    case 'agreement.signed': {
      const { party, key, signature } = event;
      return {
        ...version,
        signatures: [...version.signatures, { party, user: by.user, at, key, signature }],
      };
    }
    case 'agreement.cameIntoForce':
      return { ...begun(version, at), prohibits: [{ from: at, to: null }] };
    case 'agreement.resumed':
      return begun(version, at);
    case 'agreement.suspended':
      return {
        ...version,
        status: 'suspended',
        force: closed(version.force, at),
        suspension: { party: by.agency, at, reason },
      };
    case 'agreement.partyWithdrew':
      return { ...version, withdrawn: [...version.withdrawn, { party: event.party, at }] };
    case 'agreement.reviewed':
      return { ...version, reviewDue: event.nextReview };
    case 'agreement.terminated':
      return ended(version, 'terminated', at);
    case 'agreement.expired':
      return ended(version, 'expired', at);
  }
}

function begun(version: AgreementVersion, at: number): AgreementVersion {
  return {
    ...version,
    status: 'in-force',
    force: [...version.force, { from: at, to: null }],
    suspension: null,
  };
}

function ended(version: AgreementVersion, status: AgreementStatus, at: number): AgreementVersion {
  return {
    ...version,
    status,
    force: closed(version.force, at),
    prohibits: closed(version.prohibits, at),
    suspension: null,
  };
}

function closed(intervals: readonly Interval[], at: number): readonly Interval[] {
  return intervals.map(({ from, to }) => ({ from, to: to ?? at }));
}

/** A later version that comes into force replaces every earlier one, also one that was still to be signed. */
function supersede(version: AgreementVersion, { by, at, reason }: AgreementEvent): AgreementVersion {
  if (isOver(version) || version.drafter !== null) return version;
  return recorded(ended(version, 'superseded', at), { type: 'agreement.superseded', by, at, reason });
}

/** Whether a version has reached an end from which nothing brings it back. */
export function isOver({ status }: AgreementVersion): boolean {
  return status === 'superseded' || status === 'expired' || status === 'terminated';
}
