import { randomUUID } from 'node:crypto';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type EventLog, type NewEvent } from '../../../libs/adapters/event-log/event-log.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { dayOf } from '../../../libs/domain/agreement/time.js';
import { type GovernanceEvent } from '../../../libs/domain/governance/act.js';
import { decide } from '../../../libs/domain/governance/decide.js';
import {
  evolve,
  type Governance,
  NO_GOVERNANCE,
  type RecordedAct,
} from '../../../libs/domain/governance/governance.js';
import { readAct } from '../../../libs/domain/governance/read-act.js';
import { reportNamed } from '../../../libs/domain/performance/registry.js';

/** What the partnership does besides its work with people: documents, measures, roles, sites, reports received. */
export interface GovernanceRoom {
  /** As of the newest event of the log. */
  governance(): Promise<Governance>;
  /**
   * Records an act, as `readAct` takes it; gives what was recorded, the act itself last. Throws `Invalid` `report-name`
   * for a report that there is not.
   */
  record(caller: Caller, input: unknown): Promise<readonly RecordedAct[]>;
}

export interface GovernanceParts {
  readonly log: Pick<EventLog, 'append' | 'readStream'>;
  readonly clock: () => number;
}

/** Folds the stream `governance` out of the log and follows it. */
export async function openGovernance({ log, clock }: GovernanceParts): Promise<GovernanceRoom> {
  let known: Governance = NO_GOVERNANCE;
  let revision = -1;

  async function refresh(): Promise<void> {
    for await (const event of log.readStream(streamOf.governance, revision + 1)) {
      if (event.revision <= revision) continue;
      known = evolve(known, { id: event.id, event: JSON.parse(event.metadata) as GovernanceEvent });
      ({ revision } = event);
    }
  }

  /** Appends what follows from the governance as it stands; decides anew when another writer came first. */
  async function append(follows: () => readonly GovernanceEvent[]): Promise<readonly RecordedAct[]> {
    for (;;) {
      await refresh();
      const acts = follows().map((event) => ({ id: randomUUID(), event }));
      const expected = revision < 0 ? 'none' : revision;
      const { outcome } = await log.append(streamOf.governance, acts.map(logged), expected);
      if (outcome === 'conflict') continue;
      await refresh();
      return acts;
    }
  }

  await refresh();
  return {
    async governance() {
      await refresh();
      return known;
    },
    record(caller, input) {
      const { agency, user, roles } = caller;
      const at = clock();
      const act = readAct(input, { agency, on: dayOf(at) });
      if ('report' in act) reportNamed(act.report);
      return append(() => decide(known, { act, by: { agency, user, roles }, at }));
    },
  };
}

function logged({ id, event }: RecordedAct): NewEvent {
  return { id, type: event.type, metadata: JSON.stringify(event), data: new Uint8Array() };
}
