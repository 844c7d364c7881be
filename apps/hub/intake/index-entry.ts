import { type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import {
  type FactMetadata,
  isFactStream,
  LINKED,
  type LinkMetadata,
  QUARANTINED,
} from '../../../libs/contract/fact.js';
import { type Erased } from '../../../libs/domain/erasure/data-protection.js';
import { type Hold, type StoredReceipt } from './receipt.js';

/** Where and what an agency published last. */
export interface LastEvent {
  readonly source: string;
  readonly id: string;
  readonly position: number;
  /** Epoch milliseconds. */
  readonly received: number;
}

/**
 * Metadata of `intake.quarantined`, the first event of the stream `quarantine-<log event id of the publication>`.
 * `type` is null unless the catalogue knows it, and `candidates` are the people found when there were several.
 */
export interface QuarantineMetadata extends Hold {
  readonly agency: string;
  readonly source: string;
  readonly sourceId: string;
  readonly type: string | null;
  readonly candidates: readonly string[];
  readonly received: number;
  readonly contentHash: string;
}

/** Metadata of `intake.released`, in the same stream. */
export interface ReleaseMetadata {
  readonly agency: string;
  readonly user: string;
  readonly corrected: boolean;
  readonly confirmed: boolean;
  /** It began the record of a person anew who had been erased. */
  readonly anew?: true;
  /** Epoch milliseconds. */
  readonly released: number;
}

/** A publication in quarantine. `id` is its log event id. */
export interface HeldEvent extends QuarantineMetadata {
  readonly id: string;
  readonly position: number;
}

/** What one event of the log adds to the index; `at` is that event. */
export type IndexEntry = { readonly at: { readonly position: number; readonly id: string } } & (
  | {
      readonly kind: 'fact';
      readonly receipt: StoredReceipt;
      /** Log event id of the fact that it corrects or retracts, of whomever that was. */
      readonly supersedes: string | null;
      readonly agency: string;
      readonly last: LastEvent;
    }
  | { readonly kind: 'link'; readonly pseudonym: string; readonly offender: string }
  | { readonly kind: 'held'; readonly held: HeldEvent }
  | { readonly kind: 'erased'; readonly offender: string; readonly quarantined: readonly string[] }
  | { readonly kind: 'other' }
);

/** What the index keeps of a logged event. */
export function indexEntryOf({ position, id, stream, type, metadata }: LoggedEvent): IndexEntry {
  const at = { position, id };
  if (isFactStream(stream)) return factEntry(at, JSON.parse(metadata) as FactMetadata);
  if (type === LINKED) return { at, kind: 'link', ...linkOf(JSON.parse(metadata) as LinkMetadata) };
  if (type === QUARANTINED) {
    const held = {
      ...(JSON.parse(metadata) as QuarantineMetadata),
      id: stream.slice('quarantine-'.length),
      position,
    };
    return { at, kind: 'held', held };
  }
  if (type === 'erasure.made') {
    const { offender, quarantined } = JSON.parse(metadata) as Erased;
    return { at, kind: 'erased', offender, quarantined };
  }
  return { at, kind: 'other' };
}

export function factEntry(at: IndexEntry['at'], metadata: FactMetadata): IndexEntry {
  const { position, id: eventId } = at;
  const { publisher: agency, source, sourceId, offender, received, contentHash } = metadata;
  const receipt = { eventId, position, received, contentHash, offender };
  const supersedes = metadata.corrects ?? metadata.retracts;
  const last = { source, id: sourceId, position, received };
  return { at, kind: 'fact', receipt, supersedes, agency, last };
}

function linkOf({ pseudonym, offender }: LinkMetadata): Pick<LinkMetadata, 'pseudonym' | 'offender'> {
  return { pseudonym, offender };
}

export function heldReceipt({
  id,
  position,
  received,
  contentHash,
  reason,
  errors,
}: HeldEvent): StoredReceipt {
  return { eventId: id, position, received, contentHash, hold: { reason, errors } };
}
