import { type FactMetadata, isFactStream, QUARANTINED } from '../../contract/fact.js';
import { type FeedReceipt, receiptOfFact } from '../../domain/performance/feeds.js';
import { type EventLog, type LoggedEvent } from '../event-log/event-log.js';
import { readingOn } from '../event-log/reading-on.js';

/** What of the metadata of `intake.quarantined` tells whose it was: held in the clear. */
interface Held {
  readonly agency: string;
  readonly type: string | null;
  readonly received: number;
}

/** What reached the hub from every agency, kept up with the log: no payload is opened. */
export interface Feeds {
  /** Takes the next event of the log in: what is neither a fact nor a hold passes. */
  take(event: LoggedEvent): void;
  /** In the order of the log; with `knownAt` (epoch milliseconds) what had been received by then. */
  receipts(knownAt?: number | null): readonly FeedReceipt[];
}

export function openFeeds(): Feeds {
  const read: FeedReceipt[] = [];
  return {
    take(event) {
      const receipt = receiptOf(event);
      if (receipt !== undefined) read.push(receipt);
    },
    receipts: (knownAt = null) =>
      knownAt === null ? read : read.filter(({ received }) => received <= knownAt),
  };
}

/** All receipts read from nothing. */
export async function readFeeds(
  log: Pick<EventLog, 'readAll'>,
  knownAt: number | null = null,
): Promise<readonly FeedReceipt[]> {
  const feeds = openFeeds();
  await readingOn(log, feeds.take)();
  return feeds.receipts(knownAt);
}

function receiptOf({ id, stream, type, metadata }: LoggedEvent): FeedReceipt | undefined {
  if (isFactStream(stream)) return receiptOfFact(id, type, JSON.parse(metadata) as FactMetadata);
  if (type !== QUARANTINED) return undefined;
  const { agency, type: named, received } = JSON.parse(metadata) as Held;
  return { id, agency, type: named, kind: 'quarantined', received, happened: null, recorded: null };
}
