import { randomUUID } from 'node:crypto';
import { foldRecorded } from '../../../libs/adapters/agreement-document/recorded-step.js';
import { type EventLog, type NewEvent } from '../../../libs/adapters/event-log/event-log.js';
import { streamOf } from '../../../libs/contract/fact.js';
import {
  EMPTY_REGISTER,
  type Register,
  type RegisterEvent,
} from '../../../libs/domain/agreement/register.js';
import { dueAt } from '../../../libs/domain/agreement/time.js';
import { type Fence } from '../fence.js';

/** The register as the log has it, and the one way to write to it. */
export interface AgreementRecord {
  register(): Register;
  /** Log position of the newest event known here. */
  position(): number;
  due(): number;
  /**
   * Appends what follows from the present register at a moment (epoch milliseconds, never before what is recorded
   * already); decides anew when another writer came first.
   */
  append(
    moment: () => number,
    follows: (register: Register, at: number) => readonly RegisterEvent[],
  ): Promise<void>;
}

/** Events after which rows of the read models may say too much until they have followed. */
const raising: ReadonlySet<RegisterEvent['type']> = new Set([
  'agreement.cameIntoForce',
  'agreement.resumed',
  'agreement.partyWithdrew',
  'clock.dayBegan',
]);

/** Folds the register out of the log, checking it: see `foldRecorded`. */
export async function openRecord(log: EventLog, fence: Pick<Fence, 'raise'>): Promise<AgreementRecord> {
  let known: Register = EMPTY_REGISTER;
  let due = dueAt(known);
  let revision = -1;
  let position = 0;

  /**
   * Takes in what is new; of several that run at once each event is taken by one. The fence is up before anybody can
   * see from here that time has passed, whoever wrote that it did.
   */
  async function refresh(): Promise<void> {
    for await (const event of log.readStream(streamOf.agreements, revision + 1)) {
      if (event.revision <= revision) continue;
      const recorded = foldRecorded(known, event);
      if (raising.has(recorded.event.type)) fence.raise(event.position);
      known = recorded.register;
      ({ revision, position } = event);
    }
    due = dueAt(known);
  }

  await refresh();
  return {
    register: () => known,
    position: () => position,
    due: () => due,
    async append(moment, follows) {
      for (;;) {
        const events = follows(known, Math.max(moment(), known.asOf));
        if (events.length === 0) return;
        const expected = revision < 0 ? 'none' : revision;
        const result = await log.append(streamOf.agreements, events.map(logged), expected);
        await refresh();
        if (result.outcome !== 'conflict') return;
      }
    },
  };
}

function logged(event: RegisterEvent): NewEvent {
  return { id: randomUUID(), type: event.type, metadata: JSON.stringify(event), data: new Uint8Array() };
}
