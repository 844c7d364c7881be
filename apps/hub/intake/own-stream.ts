import { type EventLog, type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { type FactMetadata, streamOf } from '../../../libs/contract/fact.js';
import { type ReceiptIndex } from './receipt-index.js';

export interface OwnStream {
  /** The person's events in log order, but for facts that one about somebody else put right: those were never theirs. */
  readonly events: readonly LoggedEvent[];
  /** Revision of the last event of the stream; `none` before the first. */
  readonly revision: number | 'none';
}

/** What the log holds of a person for decisions to rest on (R5). */
export async function readOwnStream(
  log: Pick<EventLog, 'readStream'>,
  index: Pick<ReceiptIndex, 'isSuperseded'>,
  offender: string,
): Promise<OwnStream> {
  const all: LoggedEvent[] = [];
  for await (const event of log.readStream(streamOf.offender(offender))) all.push(event);
  const supersededHere = new Set(all.flatMap(({ metadata }) => supersededBy(metadata)));
  const events = all.filter(({ id }) => supersededHere.has(id) || !index.isSuperseded(id));
  return { events, revision: all.at(-1)?.revision ?? 'none' };
}

function supersededBy(metadata: string): readonly string[] {
  const { corrects, retracts } = JSON.parse(metadata) as Partial<FactMetadata>;
  return [corrects, retracts].filter((id) => typeof id === 'string');
}
