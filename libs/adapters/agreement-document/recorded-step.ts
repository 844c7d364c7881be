import { Unavailable } from '../../contract/failure.js';
import {
  type AgreementEvent,
  type AgreementVersion,
  NO_AGREEMENT,
} from '../../domain/agreement/agreement.js';
import { register, type Register, type RegisterEvent } from '../../domain/agreement/register.js';
import { type SignatoryKeyEvent } from '../../domain/agreement/signatories.js';
import { type LoggedEvent } from '../event-log/event-log.js';
import { documentHash } from './agreement-document.js';
import { keyId } from '../signature/ed25519.js';
import { verifySignature } from './signature.js';

/** What the log says of agreements, one event further, and what that event was. */
export interface Recorded {
  readonly register: Register;
  readonly event: RegisterEvent;
}

/**
 * Takes the next event of the stream of agreements in. Whoever folds the log checks it: a document that is not that of
 * its hash or of its name, a version that is proposed twice, a signature that is not that of a key which its party had registered and not revoked by then, and force
 * that nobody signed for. Throws `Unavailable` `agreement-log`: nothing may be decided on such a log.
 */
export function foldRecorded(
  before: Register,
  logged: Pick<LoggedEvent, 'type' | 'metadata' | 'position'>,
): Recorded {
  const event = JSON.parse(logged.metadata) as RegisterEvent;
  const fault = event.type === logged.type ? faultOf(before, event) : 'is not of its type';
  if (fault !== undefined)
    throw new Unavailable('agreement-log', `agreement event at position ${logged.position} ${fault}`);
  return { register: register(before, event), event };
}

function faultOf(before: Register, event: RegisterEvent): string | undefined {
  switch (event.type) {
    case 'agreement.drafted':
    case 'agreement.proposed':
      return writingFault(before, event);
    case 'agreement.signed':
      return signatureFault(before, event);
    case 'agreement.cameIntoForce':
      return versionOf(before, event)?.status === 'signed'
        ? undefined
        : 'brings into force what is not signed';
    case 'agreement.resumed':
      return isSigned(versionOf(before, event)) ? undefined : 'resumes what was not in force';
    case 'signatory.keyRegistered':
      return keyFault(event);
    default:
      return undefined;
  }
}

/** A document stands under its own name and once, so that no signature counts for what was not signed with it. */
function writingFault(
  before: Register,
  event: Extract<AgreementEvent, { type: 'agreement.drafted' | 'agreement.proposed' }>,
): string | undefined {
  const { document, hash, reference, version } = event;
  if (document.reference !== reference || document.version !== version)
    return 'holds a document of another name';
  if (versionOf(before, event) !== undefined) return 'writes a version that there is already';
  return documentHash(document) === hash ? undefined : 'holds a document of another hash';
}

function isSigned(version: AgreementVersion | undefined): boolean {
  return version?.status === 'suspended' || version?.status === 'in-force';
}

function signatureFault(
  before: Register,
  event: Extract<AgreementEvent, { type: 'agreement.signed' }>,
): string | undefined {
  const version = versionOf(before, event);
  const key = before.keys.get(event.key);
  if (version === undefined || event.hash !== version.hash) return 'signs another document';
  if (key?.agency !== event.party || event.by.agency !== event.party) return 'has a key of somebody else';
  if (key.revoked !== null) return 'has a revoked key';
  const holds = verifySignature(version.document, key.publicKey, event.signature);
  return holds ? undefined : 'has a signature that does not hold';
}

function keyFault({
  key,
  publicKey,
}: Extract<SignatoryKeyEvent, { type: 'signatory.keyRegistered' }>): string | undefined {
  try {
    return keyId(publicKey) === key ? undefined : 'names another key';
  } catch {
    return 'holds no key';
  }
}

function versionOf(
  { agreements }: Register,
  { reference, version }: AgreementEvent,
): AgreementVersion | undefined {
  const agreement = agreements.get(reference) ?? NO_AGREEMENT;
  return agreement.find(({ drafter, document }) => drafter === null && document.version === version);
}
