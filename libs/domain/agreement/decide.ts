import { Conflict, Forbidden, Invalid } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import {
  type Actor,
  type Agreement,
  type AgreementEvent,
  type AgreementStatus,
  type AgreementVersion,
  isOver,
  knownTo,
  presentParties,
  proposedVersions,
  signatoriesOf,
} from './agreement.js';
import { type AgreementDocument } from './document.js';

interface Asked {
  readonly reason: string;
  readonly by: Actor;
  /** Epoch milliseconds. */
  readonly at: number;
}

interface Writing extends Asked {
  readonly document: AgreementDocument;
  /** SHA-256 (hex) of the canonical document. */
  readonly hash: string;
}

type Write = (Writing & { readonly type: 'draft' }) | (Writing & { readonly type: 'propose' });

type Sign = Asked & {
  readonly type: 'sign';
  readonly version: number;
  readonly hash: string;
  readonly key: string;
  readonly signature: string;
};

type Review = Asked & { readonly type: 'review'; readonly version: number; readonly nextReview: string };

type Change = Asked & {
  readonly type: 'suspend' | 'resume' | 'withdraw' | 'terminate';
  readonly version: number;
};

/** What can be asked of an agreement. Whether a signature is that of its key is for `usableKey` and its verifier. */
export type AgreementCommand = Write | Sign | Review | Change;

/**
 * The events that follow from a command, or a refusal: `Conflict` when the agreement is not at the step for it,
 * `Forbidden` when the actor may not take it; whoever is no party hears the same words whether there is such an
 * agreement or not. A version is in force once everyone whose signature it needs has signed and its date has come, and
 * not otherwise. Every party may suspend; a suspension is lifted by the party that made it. The owner ends a version
 * for all, and so may its proposer while not all have signed; every other party withdraws (requirements §3.3).
 */
export function decide(agreement: Agreement, command: AgreementCommand): readonly AgreementEvent[] {
  if (command.type === 'draft' || command.type === 'propose') return write(agreement, command);
  const version = versionFor(agreement, command);
  allow(version, command.type);
  switch (command.type) {
    case 'sign':
      return sign(version, command);
    case 'review':
      return review(version, command);
    case 'suspend':
      return [{ ...stepOf(version, command), type: 'agreement.suspended' }];
    case 'resume':
      return resume(version, command);
    case 'withdraw':
      return withdraw(version, command);
    case 'terminate':
      return terminate(version, command);
  }
}

/** Who makes time's own events. */
export const CLOCK: Actor = { agency: 'hub', user: 'clock' };

/** The events that the passing of time brings about at `at`: coming into force, and expiry. Drafts stay. */
export function elapse(agreement: Agreement, at: number): readonly AgreementEvent[] {
  return proposedVersions(agreement).flatMap((each): AgreementEvent[] => {
    const { document, status } = each;
    const step = { reference: document.reference, version: document.version, by: CLOCK, at };
    if (!isOver(each) && at >= startOf(document.expires)) {
      return [{ ...step, type: 'agreement.expired', reason: 'its term has ended' }];
    }
    if (status === 'signed' && at >= startOf(document.inForceFrom)) {
      const reason = 'all have signed and its day has come';
      return [{ ...step, type: 'agreement.cameIntoForce', reason }];
    }
    return [];
  });
}

/** The start of a calendar date in Europe/London, epoch milliseconds. */
export function startOf(date: string): number {
  const from = parseMoment(date)?.from ?? null;
  if (from === null) throw new Conflict('agreement-date', 'an agreement date is not a calendar date');
  return from;
}

/** What may be asked of a version at each step of its life, besides what time brings about. */
export const nextSteps: Readonly<Record<AgreementStatus, readonly AgreementCommand['type'][]>> = {
  drafted: ['draft', 'propose', 'terminate'],
  proposed: ['sign', 'withdraw', 'terminate'],
  signed: ['withdraw', 'terminate'],
  'in-force': ['suspend', 'review', 'withdraw', 'terminate'],
  suspended: ['resume', 'review', 'withdraw', 'terminate'],
  superseded: [],
  expired: [],
  terminated: [],
};

function allow(version: AgreementVersion, asked: AgreementCommand['type']): void {
  const next = nextSteps[version.status];
  if (next.includes(asked)) return;
  const may = next.length === 0 ? 'only a next version' : next.join(', ');
  throw new Conflict(
    'agreement-status',
    `${nameOf(version)} is ${version.status}; what may come next: ${may}`,
  );
}

/** The version that a command names, if the actor has a say in it. */
function versionFor(agreement: Agreement, { type, version, by }: Sign | Review | Change): AgreementVersion {
  const found = knownTo(agreement, by.agency).find(({ document }) => document.version === version);
  if (found === undefined || !hasSay(agreement, found, by.agency, type)) throw notAParty(by);
  if (found.withdrawn.some(({ party }) => party === by.agency))
    throw new Forbidden('withdrawn', `${by.agency} has withdrawn from ${nameOf(found)}`);
  return found;
}

/** Parties have a say, and the owner; of those whose signature alone is asked only in signing; a proposer only in ending. */
function hasSay(
  agreement: Agreement,
  version: AgreementVersion,
  agency: string,
  type: AgreementCommand['type'],
): boolean {
  const isParty = version.document.parties.some((party) => party.agency === agency);
  if (type === 'sign') return isParty || signatoriesOf(agreement, version).includes(agency);
  if (type === 'terminate') return isParty || mayEnd(version, agency);
  if (type === 'review') return isParty || isOwner(version, agency);
  return isParty;
}

function isOwner({ document }: AgreementVersion, agency: string): boolean {
  return document.owner.agency === agency;
}

function mayEnd(version: AgreementVersion, agency: string): boolean {
  const isOpen = version.status === 'drafted' || version.status === 'proposed';
  return isOwner(version, agency) || (isOpen && version.proposer === agency);
}

function write(agreement: Agreement, command: Write): readonly AgreementEvent[] {
  const { document, hash, by, at, reason } = command;
  const { reference, version } = document;
  const proposed = proposedVersions(agreement);
  if (!proposersOf(proposed, document).includes(by.agency))
    throw new Forbidden('not-a-party', `${by.agency} is not a party to ${reference}`);
  const next = (proposed.at(-1)?.document.version ?? 0) + 1;
  if (version !== next) {
    throw new Conflict('agreement-version', `the next version of ${reference} is ${next}`);
  }
  const type = command.type === 'draft' ? 'agreement.drafted' : 'agreement.proposed';
  return [{ type, reference, version, document, hash, by, at, reason }];
}

/** Who may propose: a first version its parties; a next one the parties of a version not over, or else of the last. */
function proposersOf(agreement: Agreement, document: AgreementDocument): readonly string[] {
  const living = agreement.filter((each) => !isOver(each));
  const standing = living.length > 0 ? living : agreement.slice(-1);
  return standing.length > 0
    ? standing.flatMap(presentParties)
    : document.parties.map(({ agency }) => agency);
}

function sign(version: AgreementVersion, command: Sign): readonly AgreementEvent[] {
  const { hash, key, signature, by } = command;
  if (hash !== version.hash)
    throw new Conflict('agreement-hash', `the hash is not that of ${nameOf(version)}`);
  if (version.signatures.some(({ party }) => party === by.agency)) {
    throw new Conflict('agreement-signed', `${by.agency} has signed ${nameOf(version)}`);
  }
  const signed = { party: by.agency, hash, key, signature };
  return [{ ...stepOf(version, command), type: 'agreement.signed', ...signed }];
}

function review(version: AgreementVersion, command: Review): readonly AgreementEvent[] {
  const { nextReview, by, at } = command;
  if (!isOwner(version, by.agency))
    throw new Forbidden('not-the-owner', `the owner of ${nameOf(version)} reviews it`);
  const day = parseMoment(nextReview);
  const { expires } = version.document;
  if (day?.precision !== 'day' || day.from <= at || nextReview > expires)
    throw new Invalid('next-review', 'next review must be a later date, no later than the agreement expires');
  return [{ ...stepOf(version, command), type: 'agreement.reviewed', nextReview }];
}

/** Once the party that suspended has left, nobody could lift its suspension: then the owner may. */
function resume(version: AgreementVersion, command: Change): readonly AgreementEvent[] {
  const party = version.suspension?.party ?? '';
  const hasLeft = version.withdrawn.some((each) => each.party === party);
  const { agency } = command.by;
  if (agency !== party && !(hasLeft && isOwner(version, agency)))
    throw new Forbidden('not-the-suspender', 'only the party that suspended an agreement may resume it');
  return [{ ...stepOf(version, command), type: 'agreement.resumed' }];
}

/** One party's withdrawal ends only its flows; with fewer than two parties there is nothing left to agree. */
function withdraw(version: AgreementVersion, command: Change): readonly AgreementEvent[] {
  const { agency } = command.by;
  if (isOwner(version, agency))
    throw new Forbidden('owner-stays', `the owner of ${nameOf(version)} terminates it for all`);
  const step = stepOf(version, command);
  const left: AgreementEvent = { ...step, type: 'agreement.partyWithdrew', party: agency };
  if (presentParties(version).length > 2) return [left];
  return [
    left,
    { ...step, type: 'agreement.terminated', by: CLOCK, reason: 'fewer than two parties remain' },
  ];
}

function terminate(version: AgreementVersion, command: Change): readonly AgreementEvent[] {
  if (!mayEnd(version, command.by.agency))
    throw new Forbidden('not-the-owner', `the owner of ${nameOf(version)} terminates it; a party withdraws`);
  return [{ ...stepOf(version, command), type: 'agreement.terminated' }];
}

function stepOf({ document }: AgreementVersion, { by, at, reason }: Asked) {
  return { reference: document.reference, version: document.version, by, at, reason };
}

function nameOf({ document }: AgreementVersion): string {
  return `${document.reference} version ${document.version}`;
}

function notAParty({ agency }: Actor): Forbidden {
  return new Forbidden('not-a-party', `no such version of an agreement binds ${agency}`);
}
