import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import {
  type AppendResult,
  type EventLog,
  type NewEvent,
} from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type CatalogueEntry } from '../../../libs/contract/catalogue/entry.js';
import { controlOf, presentFields } from '../../../libs/contract/catalogue/fields.js';
import { type Publication } from '../../../libs/contract/envelope.js';
import {
  type FactIdentifier,
  type FactMetadata,
  QUARANTINED,
  RELEASED,
  streamOf,
  strictestHandling,
} from '../../../libs/contract/fact.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import { companionIdOf, eventIdOf } from './event-id.js';
import {
  factEntry,
  type HeldEvent,
  indexEntryOf,
  type QuarantineMetadata,
  type ReleaseMetadata,
} from './index-entry.js';
import { type ReceiptIndex } from './receipt-index.js';
import { type StoredReceipt } from './receipt.js';

/** A publication on its way to the log, with what identifies it there. */
export interface Arrival {
  readonly publication: Publication;
  readonly publisher: string;
  readonly eventId: string;
  readonly contentHash: string;
  /** Epoch milliseconds. */
  readonly received: number;
}

interface RecorderDependencies {
  readonly log: EventLog;
  readonly vault: KeyVault;
  readonly index: ReceiptIndex;
}

/** What the log holds of a publication now; not `first` when it had held it before. */
export interface Recorded {
  readonly stored: StoredReceipt;
  readonly first: boolean;
}

/**
 * Seals publications and appends them. What comes back is durable and in the index. A repeat that the index did not
 * know of comes back as it was recorded first. Throws `Unavailable` when log or keys cannot be reached.
 */
export type Recorder = ReturnType<typeof openRecorder>;

export function openRecorder({ log, vault, index }: RecorderDependencies) {
  /** Where the stream's event was appended; undefined when it had been recorded before, which the index then knows. */
  async function append(stream: string, event: NewEvent): Promise<number | undefined> {
    const result = await log.append(stream, [event], 'any');
    const position = positionIn(result);
    if (result.outcome === 'appended') return position;
    for await (const logged of log.readAll(position - 1)) {
      index.add(indexEntryOf(logged));
      return undefined;
    }
    throw new Unavailable('log-unreadable', 'an event that the log has cannot be read');
  }

  function recorded(eventId: string, first: boolean): Recorded {
    const stored = index.receipt(eventId);
    if (stored === undefined)
      throw new Unavailable('log-unreadable', 'an event that the log has cannot be found');
    return { stored, first };
  }

  /** A fact as the log holds it, sealed for a person. */
  async function sealFact(
    arrival: Arrival,
    entry: CatalogueEntry,
    identifiers: readonly FactIdentifier[],
    offender: string,
  ) {
    const { eventId: id, publication } = arrival;
    const stream = streamOf.offender(offender);
    const plain = `{"event":${publication.text},"identifiers":${JSON.stringify(identifiers)}}`;
    const data = await vault.seal(offender, `${stream}\n${id}`, Buffer.from(plain));
    const metadata = factMetadata(arrival, entry, offender);
    const event: NewEvent = { id, type: entry.type, metadata: JSON.stringify(metadata), data };
    return { stream, event, metadata };
  }

  return {
    /** The content hash is the same however the event was written or which of the HTTP modes brought it. */
    arrivalOf(publisher: string, publication: Publication, received: number): Arrival {
      const contentHash = vault.pseudonym('content', hash('sha256', canonicalContent(publication.event)));
      const eventId = eventIdOf(publication.source, publication.id);
      return { publication, publisher, eventId, contentHash, received };
    },

    sealFact,

    /** Seals a fact for a person, with the identifiers that are theirs; call what it returns to append it. */
    async prepareFact(...fact: Parameters<typeof sealFact>) {
      const { stream, event, metadata } = await sealFact(...fact);
      return async (): Promise<Recorded> => {
        const position = await append(stream, event);
        if (position !== undefined) index.add(factEntry({ position, id: event.id }, metadata));
        return recorded(event.id, position !== undefined);
      };
    },

    /** Puts a publication into quarantine, sealed under a key of its own. */
    async hold({ publication, eventId }: Arrival, metadata: QuarantineMetadata): Promise<Recorded> {
      const stream = streamOf.quarantine(eventId);
      const id = companionIdOf(eventId, 'quarantine');
      const data = await vault.seal(stream, `${stream}\n${id}`, Buffer.from(publication.text));
      const position = await append(stream, {
        id,
        type: QUARANTINED,
        metadata: JSON.stringify(metadata),
        data,
      });
      if (position !== undefined) {
        index.add({ at: { position, id }, kind: 'held', held: { ...metadata, id: eventId, position } });
      }
      return recorded(eventId, position !== undefined);
    },

    /** The text of a publication in quarantine. Throws `Unavailable` when it was erased or cannot be read. */
    async open({ id }: HeldEvent): Promise<string> {
      const stream = streamOf.quarantine(id);
      for await (const event of log.readStream(stream)) {
        const plain = vault.open(stream, `${stream}\n${event.id}`, event.data);
        if (typeof plain !== 'symbol') return Buffer.from(plain).toString();
        break;
      }
      throw new Unavailable('quarantine-unreadable', 'the quarantined event cannot be opened');
    },

    async released({ id: eventId }: HeldEvent, metadata: ReleaseMetadata): Promise<void> {
      const id = companionIdOf(eventId, 'release');
      const event = { id, type: RELEASED, metadata: JSON.stringify(metadata), data: new Uint8Array() };
      await log.append(streamOf.quarantine(eventId), [event], 'any');
    },
  };
}

function positionIn(result: AppendResult): number {
  const [position] = result.outcome === 'conflict' ? [] : result.positions;
  if (position === undefined) throw new Unavailable('log-refused', 'the log did not take the event');
  return position;
}

/** RFC 8785, without what the HTTP mode may add or leave out and what is null: both mean the same as absent. */
function canonicalContent(event: Publication['event']): string {
  const content = Object.entries(event).filter(
    ([name, value]) => value !== null && name !== 'datacontenttype',
  );
  return canonicalize(Object.fromEntries(content)) ?? '';
}

function factMetadata(arrival: Arrival, entry: CatalogueEntry, offender: string): FactMetadata {
  const { publication, publisher, received, contentHash } = arrival;
  const { source, id: sourceId, happened, recorded, handling, corrects, retracts, event } = publication;
  return {
    offender,
    publisher,
    source,
    sourceId,
    version: entry.version,
    happened,
    recorded,
    received,
    fields: presentFields(entry, event.data),
    control: controlOf(entry, event.data),
    handling: strictestHandling(handling, event.data.handlingCode),
    corrects: corrects === null ? null : eventIdOf(source, corrects),
    retracts: retracts === null ? null : eventIdOf(source, retracts),
    contentHash,
  };
}
