import { type Publish } from '../hub-client.js';
import { type Publication } from './publication.js';
import { countMade, countReceipt, type ImportSummary } from './summary.js';

/** Takes publications in the order in which they are made, and waits when it holds enough. */
export interface Delivery {
  /** Publications with the same `thread` reach the hub in order. */
  readonly send: (file: string, thread: string, event: Publication) => Promise<void>;
  /** Delivers what is still held. */
  readonly finish: () => Promise<void>;
}

interface Item {
  readonly file: string;
  readonly type: string;
  readonly text: string;
}

interface Lane {
  held: Item[];
  bytes: number;
  sending: Promise<void>;
}

const LANES = 4;
const MOST_EVENTS = 200;
const MOST_BYTES = 512 * 1024;

/** Delivers in batches over a few lanes at once, one batch under way in each: a correction never passes what it corrects. */
export function deliverTo(publish: Publish, summary: ImportSummary): Delivery {
  const lanes = Array.from({ length: LANES }, (): Lane => ({
    held: [],
    bytes: 0,
    sending: Promise.resolve(),
  }));
  const dispatch = async (lane: Lane): Promise<void> => {
    const items = lane.held;
    lane.held = [];
    lane.bytes = 0;
    await lane.sending;
    lane.sending = sendBatch(publish, summary, items);
    lane.sending.catch(() => undefined);
  };
  return {
    send: async (file, thread, event) => {
      countMade(summary, event);
      const text = JSON.stringify(event);
      const lane = lanes[laneOf(thread)];
      if (lane === undefined) return;
      if (lane.held.length >= MOST_EVENTS || lane.bytes + text.length > MOST_BYTES) await dispatch(lane);
      lane.held.push({ file, type: event.type, text });
      lane.bytes += text.length;
    },
    finish: async () => {
      await Promise.all(lanes.map(dispatch));
      await Promise.all(lanes.map((lane) => lane.sending));
    },
  };
}

async function sendBatch(publish: Publish, summary: ImportSummary, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return;
  const receipts = await publish(items.map((item) => item.text));
  receipts.forEach((receipt, index) => {
    const item = items[index];
    if (item !== undefined) countReceipt(summary, item.file, item.type, receipt);
  });
}

function laneOf(thread: string): number {
  let sum = 0;
  for (const character of thread) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % LANES;
}

/** Sends nothing; writes each publication as a line of JSON when there is somewhere to write it. */
export function dryDelivery(summary: ImportSummary, write: ((line: string) => void) | undefined): Delivery {
  return {
    send: (_file, _thread, event) => {
      countMade(summary, event);
      write?.(JSON.stringify(event));
      return Promise.resolve();
    },
    finish: () => Promise.resolve(),
  };
}
