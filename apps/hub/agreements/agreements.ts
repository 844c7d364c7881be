import {
  documentHash,
  parseAgreement,
} from '../../../libs/adapters/agreement-document/agreement-document.js';
import { verifySignature } from '../../../libs/adapters/agreement-document/signature.js';
import { keyId } from '../../../libs/adapters/signature/ed25519.js';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { Conflict, Forbidden, type InputError, Invalid } from '../../../libs/contract/failure.js';
import { SHORT_REASON, statedReason } from '../../../libs/contract/stated-reason.js';
import { type Actor, type AgreementEvent, NO_AGREEMENT } from '../../../libs/domain/agreement/agreement.js';
import { type AgreementCommand, decide } from '../../../libs/domain/agreement/decide.js';
import { type AgreementDocument } from '../../../libs/domain/agreement/document.js';
import { type Finding } from '../../../libs/domain/agreement/finding.js';
import { lint } from '../../../libs/domain/agreement/lint.js';
import { type Register } from '../../../libs/domain/agreement/register.js';
import { decideKey, usableKey } from '../../../libs/domain/agreement/signatories.js';
import { timePasses } from '../../../libs/domain/agreement/time.js';
import { type Fence } from '../fence.js';
import { openRecord } from './record.js';

export interface ChangeRequest {
  readonly reference: string;
  readonly version: number;
  readonly reason: string;
}

export interface SignRequest extends ChangeRequest {
  readonly hash: string;
  /** Id of a registered key of the signing agency. */
  readonly key: string;
  /** Base64url Ed25519 over the canonical document. */
  readonly signature: string;
}

export interface ReviewRequest extends ChangeRequest {
  /** Calendar date. */
  readonly nextReview: string;
}

export type ChangeType = 'suspend' | 'resume' | 'withdraw' | 'terminate';

/** The steps that signatories take, and time. Every reason has 3 to 250 characters. */
export interface AgreementSteps {
  /** Keeps a document as the agency's own draft of the next version, in place of the one before. */
  draft(caller: Caller, text: string, reason: string): Promise<AgreementDocument>;
  /** Refuses a document with error findings: see `lint`. */
  propose(caller: Caller, text: string, reason: string): Promise<AgreementDocument>;
  sign(caller: Caller, request: SignRequest): Promise<void>;
  change(caller: Caller, type: ChangeType, request: ChangeRequest): Promise<void>;
  review(caller: Caller, request: ReviewRequest): Promise<void>;
  /** Registers an Ed25519 public key (base64url) for the caller's agency; gives its id. */
  registerKey(caller: Caller, publicKey: string): Promise<string>;
  revokeKey(caller: Caller, key: string, reason: string): Promise<void>;
  /** Lets time bring about what is due; the hub calls it on a schedule and before each command. */
  elapse(): Promise<void>;
}

/** The agreements of the hub: what is in force, and the commands that change it. */
export interface Agreements extends AgreementSteps {
  register(): Register;
  /** Log position of the newest agreement event known here. */
  position(): number;
  /** The next moment (epoch milliseconds) at which `elapse` brings something about. */
  due(): number;
  /**
   * Loads a history: `at` gives the steps as they are acknowledged at a moment of the past. The hub's own time stands
   * still meanwhile, and time in the log never runs backwards.
   */
  loadHistory<T>(load: (at: (moment: number) => AgreementSteps) => Promise<T>): Promise<T>;
}

/**
 * Folds the agreements out of the log and keeps them as commands are acknowledged. `fence` is told the position of
 * what rows must follow before they are shown: queries wait until it is in the read models.
 */
export async function openAgreements(
  log: EventLog,
  clock: () => number,
  fence: Pick<Fence, 'raise'>,
): Promise<Agreements> {
  const record = await openRecord(log, fence);
  let histories = 0;

  const steps = (moment: () => number): AgreementSteps => {
    const elapse = (): Promise<void> => record.append(moment, timePasses);
    const run = async (reference: string, asked: Timeless<AgreementCommand>): Promise<void> => {
      await elapse();
      await record.append(moment, (register, at) => decided(register, reference, { ...asked, at }));
      await elapse();
    };
    const write = async (type: 'draft' | 'propose', caller: Caller, text: string, why: string) => {
      const by = signatory(caller);
      const reason = statedReason(why, SHORT_REASON);
      const document = parseAgreement(text);
      if (type === 'propose') requireLawful(document);
      await run(document.reference, { type, document, hash: documentHash(document), by, reason });
      return document;
    };
    return {
      elapse,
      draft: (caller, text, reason) => write('draft', caller, text, reason),
      propose: (caller, text, reason) => write('propose', caller, text, reason),
      async sign(caller, { reference, reason, ...request }) {
        const by = signatory(caller);
        await run(reference, { type: 'sign', ...request, reason: statedReason(reason, SHORT_REASON), by });
      },
      async change(caller, type, { reference, version, reason }) {
        const by = signatory(caller);
        await run(reference, { type, version, reason: statedReason(reason, SHORT_REASON), by });
      },
      async review(caller, { reference, version, nextReview, reason }) {
        const by = signatory(caller);
        await run(reference, {
          type: 'review',
          version,
          nextReview,
          reason: statedReason(reason, SHORT_REASON),
          by,
        });
      },
      async registerKey(caller, publicKey) {
        const by = signatory(caller);
        const key = keyId(publicKey);
        await record.append(moment, ({ keys }, at) =>
          decideKey(keys, { type: 'register', key, publicKey, by, at }),
        );
        return key;
      },
      async revokeKey(caller, key, why) {
        const by = signatory(caller);
        const reason = statedReason(why, SHORT_REASON);
        await record.append(moment, ({ keys }, at) =>
          decideKey(keys, { type: 'revoke', key, reason, by, at }),
        );
      },
    };
  };

  const present = steps(clock);
  return {
    ...present,
    register: record.register,
    position: record.position,
    due: record.due,
    elapse: () => (histories > 0 ? Promise.resolve() : present.elapse()),
    async loadHistory(load) {
      histories += 1;
      try {
        return await load((moment) => steps(() => Math.min(moment, clock())));
      } finally {
        histories -= 1;
      }
    },
  };
}

/** Only what could be lawful is put to the parties: `Invalid` `agreement-unlawful` names everything that is not. */
function requireLawful(document: AgreementDocument): void {
  const errors = lint(document).filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Invalid('agreement-unlawful', 'the agreement is not lawful as it stands', errors.map(told));
}

function told({ pointer, detail, requirement }: Finding): InputError {
  return { pointer, detail: requirement === null ? detail : `${detail} (${requirement})` };
}

type Timeless<Command> = Command extends unknown ? Omit<Command, 'at'> : never;

/** What follows from a command. A signature is taken only when it holds, under a key that its party may use now. */
function decided(
  register: Register,
  reference: string,
  command: AgreementCommand,
): readonly AgreementEvent[] {
  const agreement = register.agreements.get(reference) ?? NO_AGREEMENT;
  const events = decide(agreement, command);
  if (command.type === 'sign') {
    const { publicKey } = usableKey(register.keys, command.key, command.by.agency);
    const signed = agreement.find(({ hash }) => hash === command.hash);
    if (signed === undefined || !verifySignature(signed.document, publicKey, command.signature))
      throw new Conflict('signature', 'the signature is not that of this key over this document');
  }
  return events;
}

/** Only a signatory binds an agency (requirements §3.3). */
function signatory({ agency, user, roles }: Caller): Actor {
  if (!roles.includes('signatory')) throw new Forbidden('not-a-signatory', 'this needs the role signatory');
  return { agency, user };
}
