import { type FactMetadata } from '../../contract/fact.js';
import { parseInstant } from '../../contract/moment.js';
import { medianOf } from '../audit/robust-score.js';
import { dayOf } from '../agreement/time.js';

/** What one publication did: told something, put right or took back what was told, or could not be taken as it was. */
export type ReceiptKind = 'told' | 'corrected' | 'retracted' | 'quarantined';

/** One publication as the hub received it: nothing of what it says. */
export interface FeedReceipt {
  /** Log event id. */
  readonly id: string;
  /** Agency id. */
  readonly agency: string;
  /** Hub id of the person it is about; absent where nobody knows. */
  readonly offender?: string;
  /** Null where a quarantined publication names no type of the catalogue. */
  readonly type: string | null;
  readonly kind: ReceiptKind;
  /** Epoch milliseconds. */
  readonly received: number;
  /** The end of when it happened, as far as the publisher says: lateness counts from there. Epoch milliseconds. */
  readonly happened: number | null;
  /** When the publisher's own system recorded it, epoch milliseconds. */
  readonly recorded: number | null;
}

/** What reached the hub from one agency, or of one type from it, in the order of receipt. */
export interface Feed {
  readonly agency: string;
  /** Null: of all its types. */
  readonly type: string | null;
  readonly receipts: readonly FeedReceipt[];
}

/** How late, in hours; null where nothing says. */
export interface Lateness {
  readonly median: number | null;
  readonly p95: number | null;
}

export type DelayName = 'received-after-happened' | 'recorded-after-happened' | 'received-after-recorded';

const HOUR = 3_600_000;

/** The receipt of a fact, from what stands of it in the clear. */
export function receiptOfFact(id: string, type: string, metadata: FactMetadata): FeedReceipt {
  const { publisher: agency, offender, received, happened, recorded, corrects, retracts } = metadata;
  const kind = retracts !== null ? 'retracted' : corrects !== null ? 'corrected' : 'told';
  const recordedAt = recorded === null ? null : (parseInstant(recorded) ?? null);
  return { id, agency, offender, type, kind, received, happened: happened.to, recorded: recordedAt };
}

/** One feed for each agency, by agency id. */
export function feedsByAgency(receipts: readonly FeedReceipt[]): readonly Feed[] {
  return grouped(
    receipts,
    ({ agency }) => agency,
    () => null,
  );
}

/** One feed for each agency and type, by agency id and type; what names no type belongs to none. */
export function feedsByType(receipts: readonly FeedReceipt[]): readonly Feed[] {
  const typed = receipts.filter(({ type }) => type !== null);
  return grouped(
    typed,
    ({ agency, type }) => `${agency} ${type}`,
    ({ type }) => type,
  );
}

function grouped(
  receipts: readonly FeedReceipt[],
  keyOf: (receipt: FeedReceipt) => string,
  typeOf: (receipt: FeedReceipt) => string | null,
): readonly Feed[] {
  const groups = [...Map.groupBy(receipts, keyOf)].sort(([one], [other]) => (one < other ? -1 : 1));
  return groups.flatMap(([, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const sorted = group.toSorted((one, other) => one.received - other.received);
    return [{ agency: first.agency, type: typeOf(first), receipts: sorted }];
  });
}

/** How many receipts on each day in London that had any, in order. */
export function receiptsPerDay({
  receipts,
}: Feed): readonly { readonly day: string; readonly receipts: number }[] {
  const days = Map.groupBy(receipts, ({ received }) => dayOf(received));
  return [...days]
    .map(([day, group]) => ({ day, receipts: group.length }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Median and 95th percentile of a delay; what was told early counts as told in time. */
export function latenessOf(receipts: readonly FeedReceipt[], delay: DelayName): Lateness {
  const hours = receipts.flatMap((receipt) => {
    const [from, to] = endsOf(receipt, delay);
    return from === null || to === null ? [] : [Math.max(0, to - from) / HOUR];
  });
  return hours.length === 0
    ? { median: null, p95: null }
    : { median: medianOf(hours), p95: quantileOf(hours, 0.95) };
}

function endsOf(
  { happened, recorded, received }: FeedReceipt,
  delay: DelayName,
): readonly [number | null, number | null] {
  switch (delay) {
    case 'received-after-happened':
      return [happened, received];
    case 'recorded-after-happened':
      return [happened, recorded];
    case 'received-after-recorded':
      return [recorded, received];
  }
}

/** The nearest-rank quantile: the least value that this share of all do not exceed; 0 of none. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
