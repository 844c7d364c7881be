import { type Publish, type Receipt } from '../../hub-client.js';
import { type Publication } from '../publication.js';
import { at } from '../tree.js';
import { contentDigest, type Revision, revisionId, type Revisions } from './revisions.js';

/** What is remembered of an event while it is on its way. */
export interface Underway {
  readonly record: string;
  readonly unchanged: readonly string[];
  readonly newer: number | null;
}

/**
 * What became of an event: as the hub answered, a correction that it accepted, or content older than what was sent,
 * whether the hub has it or not.
 */
export type Settled = Receipt['outcome'] | 'corrected' | 'outdated';

interface Item<U extends Underway> {
  readonly index: number;
  readonly event: Publication;
  readonly underway: U;
}

interface Placed<U extends Underway> extends Item<U> {
  readonly revision: Revision;
}

/**
 * Publishes events as revisions of their records. Content that was sent before has its id again, and the hub takes it
 * as a duplicate, which is outdated when newer content was sent since; changed content gets the next id and corrects the one before. Where the hub holds other content
 * under an id of which nothing is remembered, the record has come further than is known here, and the next id is tried.
 * The events' ids are names in `underway`, which each leaves when `settled` is told of it.
 */
export function revising<U extends Underway>(
  publish: Publish,
  revisions: Revisions,
  underway: Map<string, U>,
  settled: (underway: U, outcome: Settled, receipt: Receipt) => void,
): Publish {
  return async (texts) => {
    const receipts: Receipt[] = [];
    const settle: Settle<U> = ({ index, event, underway: of }, outcome, receipt) => {
      receipts[index] = receipt;
      underway.delete(event.id);
      settled(of, outcome, receipt);
    };
    const items = texts.flatMap((text, index) => {
      const event = JSON.parse(text) as Publication;
      const of = underway.get(event.id);
      return of === undefined ? [] : [{ index, event, underway: of }];
    });
    for (const round of roundsOf(items)) {
      let placed = round.flatMap((item) => placedIn(revisions, item, settle) ?? []);
      while (placed.length > 0) placed = await attempt(publish, revisions, placed, settle);
    }
    return receipts;
  };
}

/** A record once in each round: what corrects an event is not sent before there is an answer to that. */
function roundsOf<U extends Underway>(items: readonly Item<U>[]): readonly (readonly Item<U>[])[] {
  const rounds: Item<U>[][] = [];
  const met = new Map<string, number>();
  for (const item of items) {
    const round = met.get(item.underway.record) ?? 0;
    met.set(item.underway.record, round + 1);
    (rounds[round] ??= []).push(item);
  }
  return rounds;
}

type Settle<U extends Underway> = (item: Item<U>, outcome: Settled, receipt: Receipt) => void;

function placedIn<U extends Underway>(
  revisions: Revisions,
  item: Item<U>,
  settle: Settle<U>,
): Placed<U> | undefined {
  const { record, unchanged, newer } = item.underway;
  const revision = revisions.place(record, contentDigest(item.event, unchanged), newer);
  if (revision !== undefined) return { ...item, revision };
  settle(item, 'outdated', { source: item.event.source, id: record, outcome: 'duplicate', status: 200 });
  return undefined;
}

/** Sends what is placed, and returns what must be tried again under another id. */
async function attempt<U extends Underway>(
  publish: Publish,
  revisions: Revisions,
  placed: readonly Placed<U>[],
  settle: Settle<U>,
): Promise<Placed<U>[]> {
  const receipts = await publish(placed.map((item) => JSON.stringify(revised(item))));
  return placed.flatMap((item, index) => {
    const receipt = receipts[index];
    if (receipt === undefined) return [];
    const { record } = item.underway;
    const { number, isConfirmed, isOutdated } = item.revision;
    const again = isOutdated ? 'outdated' : 'duplicate';
    if (isDifferent(receipt)) {
      if (!isConfirmed && !isOutdated) return [{ ...item, revision: revisions.advance(record, number) }];
      settle(item, again, { ...receipt, outcome: 'duplicate', status: 200 });
      return [];
    }
    if (receipt.outcome !== 'rejected') revisions.confirm(record, number);
    const isCorrection = receipt.outcome === 'accepted' && number > 1;
    const outcome = receipt.outcome === 'duplicate' ? again : receipt.outcome;
    settle(item, isCorrection ? 'corrected' : outcome, receipt);
    return [];
  });
}

function revised<U extends Underway>({
  event,
  underway: { record },
  revision: { number },
}: Placed<U>): Publication {
  const id = revisionId(record, number);
  return number === 1 ? { ...event, id } : { ...event, id, corrects: revisionId(record, number - 1) };
}

function isDifferent(receipt: Receipt): boolean {
  return at(receipt, 'problem', 'type') === 'urn:concordat:problem:different-content';
}
