import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type FactMetadata } from '../../../libs/contract/fact.js';
import { isFlagged } from '../../../libs/domain/casework/flagged.js';
import { type StateFact } from '../../../libs/domain/casework/offender-history.js';
import { readOwnStream } from './own-stream.js';
import { type ReceiptIndex } from './receipt-index.js';

/** Whether the log, as it stands now, holds that a person is flagged or selected. */
export type Flagging = (offender: string) => Promise<boolean>;

/** Reads what is in the clear alone; `now` is epoch milliseconds. */
export function openFlagging(
  log: Pick<EventLog, 'readStream'>,
  index: Pick<ReceiptIndex, 'isSuperseded'>,
  now: () => number,
): Flagging {
  return async (offender) => {
    const { events } = await readOwnStream(log, index, offender);
    const facts = events.map(({ id, type, metadata }): StateFact => {
      return { ...(JSON.parse(metadata) as FactMetadata), id, type };
    });
    return isFlagged(facts, now());
  };
}
