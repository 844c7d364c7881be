import { randomUUID } from 'node:crypto';
import {
  documentHash,
  parseAgreement,
} from '../../../libs/adapters/agreement-document/agreement-document.js';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type EventLog, type NewEvent } from '../../../libs/adapters/event-log/event-log.js';
import { Forbidden, Invalid } from '../../../libs/contract/failure.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { type Actor, type AgreementEvent, NO_AGREEMENT } from '../../../libs/domain/agreement/agreement.js';
import { type AgreementCommand, decide, elapse } from '../../../libs/domain/agreement/decide.js';
import { type AgreementDocument } from '../../../libs/domain/agreement/document.js';
import { EMPTY_REGISTER, register, type Register } from '../../../libs/domain/agreement/register.js';
import { type Fence } from '../fence.js';

export interface ChangeRequest {
  readonly reference: string;
  readonly version: number;
  readonly reason: string;
}

/** The agreements of the hub: what is in force, and the commands that change it. */
export interface Agreements {
  register(): Register;
  /** Log position of the newest agreement event known here. */
  position(): number;
  propose(caller: Caller, text: string): Promise<AgreementDocument>;
  sign(caller: Caller, reference: string, version: number, hash: string): Promise<void>;
  change(caller: Caller, type: 'suspend' | 'resume' | 'terminate', request: ChangeRequest): Promise<void>;
  /** Lets time bring agreements into force or end them; the hub calls it on a schedule and before each command. */
  elapse(): Promise<void>;
}

/**
 * Folds the agreements out of the log and keeps them as commands are acknowledged. `fence` is told the position of
 * what may bring a prohibition: queries wait until it is in the read models; an end needs no waiting, because every
 * query checks the clauses behind its rows.
 */
export async function openAgreements(
  log: EventLog,
  clock: () => number,
  fence: Pick<Fence, 'raise'>,
): Promise<Agreements> {
  let known: Register = EMPTY_REGISTER;
  let revision = -1;
  let position = 0;

  /** Takes in what is new; of several that run at once each event is taken by one. */
  async function refresh(): Promise<void> {
    for await (const event of log.readStream(streamOf.agreements, revision + 1)) {
      if (event.revision <= revision) continue;
      known = register(known, JSON.parse(event.metadata) as AgreementEvent);
      ({ revision, position } = event);
    }
  }

  /** Appends what `follows` says of the present register; decides anew when another writer came first. */
  async function append(follows: () => readonly AgreementEvent[]): Promise<void> {
    for (;;) {
      const events = follows();
      if (events.length === 0) return;
      const result = await log.append(
        streamOf.agreements,
        events.map(logged),
        revision < 0 ? 'none' : revision,
      );
      await refresh();
      if (result.outcome === 'conflict') continue;
      if (events.some(({ type }) => type === 'agreement.cameIntoForce' || type === 'agreement.resumed'))
        fence.raise(position);
      return;
    }
  }

  const of = (reference: string) => known.agreements.get(reference) ?? NO_AGREEMENT;
  const elapseAll = (): Promise<void> =>
    append(() => [...known.agreements.values()].flatMap((agreement) => elapse(agreement, clock())));
  const run = async (reference: string, command: AgreementCommand): Promise<void> => {
    await elapseAll();
    await append(() => decide(of(reference), command));
    await elapseAll();
  };

  await refresh();
  return {
    register: () => known,
    position: () => position,
    elapse: elapseAll,
    async propose(caller, text) {
      const by = signatory(caller);
      const document = parseAgreement(text);
      const hash = documentHash(document);
      await run(document.reference, { type: 'propose', document, hash, by, at: clock() });
      return document;
    },
    async sign(caller, reference, version, hash) {
      const by = signatory(caller);
      await run(reference, { type: 'sign', version, hash, by, at: clock() });
    },
    async change(caller, type, { reference, version, reason }) {
      const by = signatory(caller);
      await run(reference, { type, version, reason: stated(reason), by, at: clock() });
    },
  };
}

function logged(event: AgreementEvent): NewEvent {
  return { id: randomUUID(), type: event.type, metadata: JSON.stringify(event), data: new Uint8Array() };
}

/** Only a signatory binds an agency (requirements §3.3). */
function signatory({ agency, user, roles }: Caller): Actor {
  if (!roles.includes('signatory')) throw new Forbidden('not-a-signatory', 'this needs the role signatory');
  return { agency, user };
}

function stated(reason: string): string {
  const trimmed = reason.trim();
  if (trimmed.length < 3 || trimmed.length > 250)
    throw new Invalid('reason', 'reason must have 3 to 250 characters');
  return trimmed;
}
