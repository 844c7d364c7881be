import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type FactMetadata, streamOf } from '../../../libs/contract/fact.js';
import { isFlagged } from '../../../libs/domain/casework/flagged.js';
import { type StateFact } from '../../../libs/domain/casework/offender-history.js';

/** Whether the log, as it stands now, holds that a person is flagged or selected. */
export type Flagging = (offender: string) => Promise<boolean>;

/** Reads what is in the clear alone; `now` is epoch milliseconds. */
export function openFlagging(log: Pick<EventLog, 'readStream'>, now: () => number): Flagging {
  return async (offender) => {
    const facts: StateFact[] = [];
    for await (const { id, type, metadata } of log.readStream(streamOf.offender(offender)))
      facts.push({ ...(JSON.parse(metadata) as FactMetadata), id, type });
    return isFlagged(facts, now());
  };
}
