import { randomUUID } from 'node:crypto';
import { type Caller, requireRole } from '../../../libs/adapters/caller/caller.js';
import {
  type EventLog,
  type LoggedEvent,
  type NewEvent,
} from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type IdentifierScheme } from '../../../libs/contract/catalogue/entry.js';
import { type LinkMetadata, streamOf } from '../../../libs/contract/fact.js';
import { FULL_REASON, statedReason } from '../../../libs/contract/stated-reason.js';
import { type Register } from '../../../libs/domain/agreement/register.js';
import {
  type Allowing,
  decide,
  dueAt,
  elapse,
  type EmergencyCommand,
} from '../../../libs/domain/emergency/decide.js';
import {
  type Emergencies,
  type Emergency,
  type EmergencyActor,
  type EmergencyEvent,
  evolve,
  NO_EMERGENCIES,
  type Verdict,
} from '../../../libs/domain/emergency/emergency.js';
import { emergencyTerms } from '../../../libs/domain/emergency/terms.js';
import { type Fence } from '../fence.js';
import { reasonIn, sealedEvent } from './sealed-reason.js';

export interface OpenRequest {
  /** Hub id of the person; null when nobody is known by what the caller gave. */
  readonly offender: string | null;
  readonly purpose: string;
  readonly reason: string;
  readonly hours: number | undefined;
}

/** Emergency disclosures of the hub (break-glass): who opened one about whom, until when, and what the review found. */
export interface EmergencyRoom {
  all(): readonly Emergency[];
  /** The hub id of whom an identifier names, null when the hub knows nobody by it: for opening an emergency, never to be told. */
  find(scheme: IdentifierScheme, value: string): Promise<string | null>;
  open(caller: Caller, request: OpenRequest): Promise<Emergency>;
  close(caller: Caller, id: string, reason: string): Promise<Emergency>;
  /** Gives the verdict; from an unlawful one in the log, corrections take over (R9). */
  review(caller: Caller, id: string, verdict: Verdict, reason: string): Promise<Emergency>;
  /** The next moment (epoch milliseconds) at which `elapse` closes one; past when it would now. */
  due(): number;
  /** Closes what has had its hours, or is to end before them: see the domain's `elapse`. */
  elapse(): Promise<void>;
}

export interface EmergencyParts {
  readonly log: EventLog;
  /** Seals the reasons that people give. */
  readonly vault: Pick<KeyVault, 'seal' | 'open'>;
  readonly clock: () => number;
  readonly register: () => Register;
  /** Told of every change, so that queries wait until it is in the read models. */
  readonly fence: Pick<Fence, 'raise'>;
  readonly pseudonym: (scheme: IdentifierScheme, value: string) => string;
}

/** Folds the emergencies out of the log and keeps them as commands are acknowledged. */
export async function openEmergencies({
  log,
  vault,
  clock,
  register,
  fence,
  pseudonym,
}: EmergencyParts): Promise<EmergencyRoom> {
  let known: Emergencies = NO_EMERGENCIES;
  let revision = -1;
  const reasons = new Map<string, LoggedEvent>();

  async function refresh(): Promise<void> {
    for await (const event of log.readStream(streamOf.emergencies, revision + 1)) {
      if (event.revision <= revision) continue;
      const step = JSON.parse(event.metadata) as EmergencyEvent;
      known = evolve(known, step);
      reasons.set(reasonKey(step), event);
      ({ revision } = event);
      fence.raise(event.position);
    }
  }

  /** Appends what `follows` says; decides anew when another writer came first. */
  async function append(follows: () => readonly EmergencyEvent[], store: Store): Promise<void> {
    for (;;) {
      const events = follows();
      if (events.length === 0) return;
      const expected = revision < 0 ? 'none' : revision;
      const result = await log.append(streamOf.emergencies, await Promise.all(events.map(store)), expected);
      await refresh();
      if (result.outcome === 'appended') return;
    }
  }

  const sealed: Store = (event) => {
    const { offender } =
      event.type === 'emergency.opened' ? event : (known.get(event.id) ?? { offender: null });
    return sealedEvent({ log, vault }, offender, event);
  };

  /** With the reasons that were given, which go with the person. */
  function explained(emergency: Emergency): Emergency {
    const { id, review } = emergency;
    const reasonOf = (type: EmergencyEvent['type']): string | null => {
      const event = reasons.get(reasonKey({ type, id }));
      return event === undefined ? null : reasonIn(vault, event);
    };
    return {
      ...emergency,
      reason: reasonOf('emergency.opened'),
      review: review && { ...review, reason: reasonOf('emergency.reviewed') },
    };
  }

  async function run(command: (at: number) => EmergencyCommand): Promise<Emergency> {
    await elapseAll();
    const asked = command(clock());
    await append(() => decide(known, asked), sealed);
    const found = known.get(asked.id);
    if (found === undefined) throw new Error('the emergency was just written');
    return explained(found);
  }

  const allowing: Allowing = (agency, purpose) =>
    emergencyTerms(register(), agency, purpose, clock())?.clauses ?? [];
  const elapseAll = (): Promise<void> => append(() => elapse(known, clock(), allowing), inTheClear);

  let reckoned = { known, agreements: register(), due: dueAt(known, allowing) };
  /** Every question asks for it, and it changes only with the emergencies and the agreements. */
  function due(): number {
    if (reckoned.known !== known || reckoned.agreements !== register())
      reckoned = { known, agreements: register(), due: dueAt(known, allowing) };
    return reckoned.due;
  }

  await refresh();
  return {
    all: () => [...known.values()].map(explained),
    async find(scheme, value) {
      let found: string | null = null;
      for await (const { metadata } of log.readStream(streamOf.identifier(pseudonym(scheme, value))))
        found = (JSON.parse(metadata) as LinkMetadata).offender;
      return found;
    },
    due,
    elapse: elapseAll,
    open(caller, { offender, purpose, hours, reason }) {
      requireRole(caller, 'practitioner', 'coordinator');
      const [id, by, why] = [randomUUID(), actorOf(caller), statedReason(reason, FULL_REASON)];
      return run((at) => {
        const terms = emergencyTerms(register(), caller.agency, purpose, at);
        return { type: 'open', id, offender, by, purpose, reason: why, hours, terms, at };
      });
    },
    close(caller, id, reason) {
      requireRole(caller, 'practitioner', 'coordinator');
      const [by, why] = [actorOf(caller), statedReason(reason, FULL_REASON)];
      return run((at) => ({ type: 'close', id, by, reason: why, at }));
    },
    review(caller, id, verdict, reason) {
      requireRole(caller, 'signatory', 'auditor');
      const [by, why] = [actorOf(caller), statedReason(reason, FULL_REASON)];
      return run((at) => ({ type: 'review', id, by, verdict, reason: why, at }));
    },
  };
}

type Store = (event: EmergencyEvent) => Promise<NewEvent>;

/** For what nobody wrote. */
const inTheClear: Store = (event) =>
  Promise.resolve({
    id: randomUUID(),
    type: event.type,
    metadata: JSON.stringify(event),
    data: new Uint8Array(),
  });

function reasonKey({ type, id }: Pick<EmergencyEvent, 'type' | 'id'>): string {
  return `${type} ${id}`;
}

function actorOf({ agency, team = agency, user }: Caller): EmergencyActor {
  return { agency, team, user };
}
