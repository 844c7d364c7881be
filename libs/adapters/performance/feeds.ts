import { type FactMetadata, isFactStream, QUARANTINED } from '../../contract/fact.js';
import { type FeedReceipt, receiptOfFact } from '../../domain/performance/feeds.js';
import { BEFORE_FIRST, type EventLog, type LoggedEvent } from '../event-log/event-log.js';

/** What of the metadata of `intake.quarantined` tells whose it was: held in the clear. */
interface Held {
  readonly agency: string;
  readonly type: string | null;
  readonly received: number;
}

/** What reached the hub from every agency, kept up with the log: no payload is opened. */
export interface Feeds {
  /** Reads what the log has taken since the last time; calls that overlap wait for one another. */
  refresh(): Promise<void>;
  /** In the order of the log; with `knownAt` (epoch milliseconds) what had been received by then. */
  receipts(knownAt?: number | null): readonly FeedReceipt[];
}

/** Reads receipts from the log; what is neither a fact nor a hold passes. */
export function openFeeds(log: Pick<EventLog, 'readAll'>): Feeds {
  const read: FeedReceipt[] = [];
  let position = BEFORE_FIRST;
  let reading = Promise.resolve();

  async function readOn(): Promise<void> {
    for await (const event of log.readAll(position)) {
      const receipt = receiptOf(event);
      if (receipt !== undefined) read.push(receipt);
      position = event.position;
    }
  }

  return {
    refresh: () => (reading = reading.then(readOn, readOn)),
    receipts: (knownAt = null) =>
      knownAt === null ? read : read.filter(({ received }) => received <= knownAt),
  };
}

/** All receipts read from nothing. */
export async function readFeeds(
  log: Pick<EventLog, 'readAll'>,
  knownAt: number | null = null,
): Promise<readonly FeedReceipt[]> {
  const feeds = openFeeds(log);
  await feeds.refresh();
  return feeds.receipts(knownAt);
}

function receiptOf({ id, stream, type, metadata }: LoggedEvent): FeedReceipt | undefined {
  if (isFactStream(stream)) return receiptOfFact(id, type, JSON.parse(metadata) as FactMetadata);
  if (type !== QUARANTINED) return undefined;
  const { agency, type: named, received } = JSON.parse(metadata) as Held;
  return { id, agency, type: named, kind: 'quarantined', received, happened: null, recorded: null };
}
