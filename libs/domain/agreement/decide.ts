import { Conflict, Forbidden } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import {
  type Actor,
  type Agreement,
  type AgreementEvent,
  type AgreementVersion,
  isOver,
  signatoriesOf,
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
 * `Forbidden` when the actor is no party, in the same words whether there is such an agreement or not. A version is
 * in force once everyone whose signature it needs has signed and its date has come, and not otherwise. Every party may
 * suspend or terminate; a suspension is lifted by the party that made it (requirements §3.3).
 */
export function decide(agreement: Agreement, command: AgreementCommand): readonly AgreementEvent[] {
  switch (command.type) {
    case 'propose':
      return propose(agreement, command);
    case 'sign':
      return sign(agreement, command);
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
  const { reference, version } = document;
  if (!proposersOf(agreement, document).includes(by.agency))
    throw new Forbidden('not-a-party', `${by.agency} is not a party to ${reference}`);
  const next = (agreement.at(-1)?.document.version ?? 0) + 1;
  if (version !== next) {
    throw new Conflict('agreement-version', `the next version of ${reference} is ${next}`);
  }
  return [{ type: 'agreement.proposed', reference, version, document, hash, by, at }];
}

/** Who may propose: a first version its parties; a next one the parties of a version not over, or else of the last. */
function proposersOf(agreement: Agreement, document: AgreementDocument): readonly string[] {
  const living = agreement.filter((each) => !isOver(each));
  const standing = living.length > 0 ? living : agreement.slice(-1);
  const documents = standing.length > 0 ? standing.map((each) => each.document) : [document];
  return documents.flatMap(({ parties }) => parties.map(({ agency }) => agency));
}

function sign(
  agreement: Agreement,
  { version: number, by, at, ...command }: Sign,
): readonly AgreementEvent[] {
  const version = agreement.find(({ document }) => document.version === number);
  if (version === undefined || !signatoriesOf(agreement, version).includes(by.agency)) throw notAParty(by);
  const { document, hash, status, signatures } = version;
  const { reference } = document;
  if (status !== 'proposed')
    throw new Conflict('agreement-status', `${reference} version ${number} is ${status}`);
  if (command.hash !== hash)
    throw new Conflict('agreement-hash', `the hash is not that of ${reference} version ${number}`);
  if (signatures.some(({ party }) => party === by.agency)) {
    throw new Conflict('agreement-signed', `${by.agency} has signed ${reference} version ${number}`);
  }
  return [{ type: 'agreement.signed', reference, version: number, party: by.agency, hash, by, at }];
}

function change(
  agreement: Agreement,
  command: Change,
  from: readonly AgreementVersion['status'][],
  type: 'agreement.suspended' | 'agreement.resumed' | 'agreement.terminated',
): readonly AgreementEvent[] {
  const { version, reason, by, at } = command;
  const { document, status, suspendedBy } = versionOf(agreement, version, by);
  const { reference } = document;
  if (!from.includes(status))
    throw new Conflict('agreement-status', `${reference} version ${version} is ${status}`);
  if (type === 'agreement.resumed' && suspendedBy !== by.agency)
    throw new Forbidden('not-the-suspender', 'only the party that suspended an agreement may resume it');
  return [{ type, reference, version, reason, by, at }];
}

function versionOf(agreement: Agreement, version: number, by: Actor): AgreementVersion {
  const found = agreement.find(({ document }) => document.version === version);
  const isParty = found?.document.parties.some(({ agency }) => agency === by.agency) ?? false;
  if (found === undefined || !isParty) throw notAParty(by);
  return found;
}

function notAParty({ agency }: Actor): Forbidden {
  return new Forbidden('not-a-party', `no such version of an agreement binds ${agency}`);
}
