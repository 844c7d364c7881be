import { randomUUID } from 'node:crypto';
import { holdingOf } from '../../../libs/adapters/data-protection/holdings.js';
import { openReason, sealReason } from '../../../libs/adapters/data-protection/recorded-reason.js';
import { type EventLog, type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import {
  type DataProtectionEvent,
  type Erased,
  evolve,
  type Protection,
  UNPROTECTED,
} from '../../../libs/domain/erasure/data-protection.js';
import {
  type DataProtectionCommand,
  decide,
  type Subject,
  unknownPerson,
} from '../../../libs/domain/erasure/decide.js';
import { type Fence } from '../fence.js';

/** A step about a person's data, and what was written to explain it. */
export interface RecordedStep {
  readonly event: DataProtectionEvent;
  /** Null where nothing was written, or the person was erased. */
  readonly reason: string | null;
}

/** A step that was just taken. */
export interface TakenStep {
  readonly event: DataProtectionEvent;
  readonly position: number;
  readonly logged: LoggedEvent;
}

/** What was done about people's data, as the log has it, and the one way to add to it. */
export interface ProtectionRecord {
  /** Throws `Forbidden` `no-such-person` when nothing is held of anybody of this id. */
  subjectOf(offender: string): Promise<Subject>;
  erasure(offender: string): Erased | undefined;
  stepsOf(offender: string): Promise<readonly RecordedStep[]>;
  /** Throws what `decide` refuses. */
  requireAllowed(offender: string, command: DataProtectionCommand): Promise<void>;
  /** Appends what follows from a command, with its reason sealed; decides anew when another writer came first. */
  append(offender: string, command: DataProtectionCommand, reason: string | null): Promise<TakenStep>;
}

export interface ProtectionRecordParts {
  readonly log: EventLog;
  readonly vault: KeyVault;
  /** Told of everything that takes something away, so that queries wait until it is in the read models. */
  readonly fence: Pick<Fence, 'raise'>;
}

export async function openProtectionRecord({
  log,
  vault,
  fence,
}: ProtectionRecordParts): Promise<ProtectionRecord> {
  const known = new Map<string, Protection>();
  const protectionOf = (offender: string): Protection => known.get(offender) ?? UNPROTECTED;
  let revision = -1;

  async function refresh(): Promise<void> {
    for await (const event of log.readStream(streamOf.dataProtection, revision + 1)) {
      if (event.revision <= revision) continue;
      const step = stepIn(event);
      known.set(step.offender, evolve(protectionOf(step.offender), step));
      ({ revision } = event);
      if (takesAway.has(step.type)) fence.raise(event.position);
    }
  }

  async function subjectOf(offender: string): Promise<Subject> {
    const holding = await holdingOf(log, offender);
    if (holding === undefined) throw unknownPerson();
    return { holding, protection: protectionOf(offender) };
  }

  async function taken(at: number): Promise<TakenStep> {
    for await (const logged of log.readStream(streamOf.dataProtection, at))
      return { event: stepIn(logged), position: logged.position, logged };
    throw new Unavailable('log-unreadable', 'a step that the log has cannot be read');
  }

  await refresh();
  return {
    subjectOf,
    erasure: (offender) => protectionOf(offender).erased ?? undefined,
    async stepsOf(offender) {
      const steps: RecordedStep[] = [];
      for await (const logged of log.readStream(streamOf.dataProtection)) {
        const event = stepIn(logged);
        if (event.offender === offender) steps.push({ event, reason: openReason(vault, offender, logged) });
      }
      return steps;
    },
    async requireAllowed(offender, command) {
      decide(await subjectOf(offender), command);
    },
    async append(offender, command, reason) {
      for (;;) {
        const event = decide(await subjectOf(offender), command);
        const id = randomUUID();
        const data = reason === null ? new Uint8Array() : await sealReason(vault, offender, id, reason);
        const logged = { id, type: event.type, metadata: JSON.stringify(event), data };
        const expected = revision < 0 ? 'none' : revision;
        const result = await log.append(streamOf.dataProtection, [logged], expected);
        await refresh();
        if (result.outcome !== 'conflict') return taken(result.revision);
      }
    },
  };
}

const takesAway: ReadonlySet<DataProtectionEvent['type']> = new Set([
  'processing.restricted',
  'erasure.made',
]);

function stepIn({ metadata }: Pick<LoggedEvent, 'metadata'>): DataProtectionEvent {
  return JSON.parse(metadata) as DataProtectionEvent;
}
