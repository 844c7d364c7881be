import { Conflict, Forbidden } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import {
  type Actor,
  type Agreement,
  type AgreementEvent,
  type AgreementVersion,
  isOver,
} from './agreement.js';
import { type AgreementDocument } from './document.js';

/** What can be asked of an agreement. `at` is epoch milliseconds; `hash` that of the canonical document. */
export type AgreementCommand =
  | {
      readonly type: 'propose';
      readonly document: AgreementDocument;
      readonly hash: string;
      readonly by: Actor;
      readonly at: number;
    }
  | {
      readonly type: 'sign';
      readonly version: number;
      readonly hash: string;
      readonly by: Actor;
      readonly at: number;
    }
  | {
      readonly type: 'suspend' | 'resume' | 'terminate';
      readonly version: number;
      readonly reason: string;
      readonly by: Actor;
      readonly at: number;
    };

/**
 * The events that follow from a command, or a refusal: `Conflict` when the agreement is not at the step for it,
 * `Forbidden` when the actor is no party. An agreement is in force once every party has signed and its date has
 * come, and not otherwise (requirements §3.3).
 */
export function decide(agreement: Agreement, command: AgreementCommand): readonly AgreementEvent[] {
  switch (command.type) {
    case 'propose':
      return propose(agreement, command);
    case 'sign':
      return sign(versionOf(agreement, command.version), command);
    case 'suspend':
      return change(agreement, command, ['in-force'], 'agreement.suspended');
    case 'resume':
      return change(agreement, command, ['suspended'], 'agreement.resumed');
    case 'terminate':
      return change(
        agreement,
        command,
        ['proposed', 'signed', 'in-force', 'suspended'],
        'agreement.terminated',
      );
  }
}

/** The events that the passing of time brings about at `at`: coming into force, and expiry. */
export function elapse(agreement: Agreement, at: number): readonly AgreementEvent[] {
  const by: Actor = { agency: 'hub', user: 'clock' };
  return agreement.flatMap((each): AgreementEvent[] => {
    const { document, status } = each;
    const { reference, version } = document;
    if (!isOver(each) && at >= startOf(document.expires)) {
      return [{ type: 'agreement.expired', reference, version, by, at }];
    }
    if (status === 'signed' && at >= startOf(document.inForceFrom)) {
      return [{ type: 'agreement.cameIntoForce', reference, version, by, at }];
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

type Propose = Extract<AgreementCommand, { type: 'propose' }>;
type Sign = Extract<AgreementCommand, { type: 'sign' }>;
type Change = Extract<AgreementCommand, { reason: string }>;

function propose(agreement: Agreement, { document, hash, by, at }: Propose): readonly AgreementEvent[] {
  requireParty(document, by);
  const next = (agreement.at(-1)?.document.version ?? 0) + 1;
  if (document.version !== next) {
    throw new Conflict('agreement-version', `the next version of ${document.reference} is ${next}`);
  }
  return [
    {
      type: 'agreement.proposed',
      reference: document.reference,
      version: document.version,
      document,
      hash,
      by,
      at,
    },
  ];
}

function sign(signing: AgreementVersion, command: Sign): readonly AgreementEvent[] {
  const { document, hash, status, signatures } = signing;
  const { reference, version } = document;
  requireParty(document, command.by);
  if (status !== 'proposed')
    throw new Conflict('agreement-status', `${reference} version ${version} is ${status}`);
  if (command.hash !== hash)
    throw new Conflict('agreement-hash', `the hash is not that of ${reference} version ${version}`);
  if (signatures.some(({ party }) => party === command.by.agency)) {
    throw new Conflict('agreement-signed', `${command.by.agency} has signed ${reference} version ${version}`);
  }
  const { by, at } = command;
  return [{ type: 'agreement.signed', reference, version, party: by.agency, hash, by, at }];
}

function change(
  agreement: Agreement,
  command: Change,
  from: readonly AgreementVersion['status'][],
  type: 'agreement.suspended' | 'agreement.resumed' | 'agreement.terminated',
): readonly AgreementEvent[] {
  const { document, status } = versionOf(agreement, command.version);
  const { reference, version } = document;
  requireParty(document, command.by);
  if (!from.includes(status))
    throw new Conflict('agreement-status', `${reference} version ${version} is ${status}`);
  return [{ type, reference, version, reason: command.reason, by: command.by, at: command.at }];
}

function versionOf(agreement: Agreement, version: number): AgreementVersion {
  const found = agreement.find(({ document }) => document.version === version);
  if (found === undefined)
    throw new Conflict('agreement-unknown', `no version ${version} of this agreement was proposed`);
  return found;
}

function requireParty(document: AgreementDocument, { agency }: Actor): void {
  if (!document.parties.some((party) => party.agency === agency)) {
    throw new Forbidden('not-a-party', `${agency} is not a party to ${document.reference}`);
  }
}
