import { type FactMetadata, type SealedFact } from '../../contract/fact.js';
import { type ReadFact } from '../../domain/casework/read-fact.js';
import { type OpenedFact } from '../../domain/picture/project.js';
import { type LoggedEvent } from '../event-log/event-log.js';
import { ERASED, type KeyVault } from '../key-vault/key-vault.js';

const utf8 = new TextDecoder();

/** Opens a fact's payload with the person's key; undefined when that key was destroyed, and the fact with it. */
export function openFact(
  vault: KeyVault,
  event: LoggedEvent,
  metadata: FactMetadata,
): OpenedFact | undefined {
  const plain = vault.open(metadata.offender, `${event.stream}\n${event.id}`, event.data);
  if (plain === ERASED) return undefined;
  const sealed = JSON.parse(utf8.decode(plain)) as SealedFact;
  return { position: event.position, id: event.id, type: event.type, metadata, sealed };
}

/** A fact as casework and reports read it; undefined when the person's key was destroyed, and the fact with it. */
export function readFact(vault: KeyVault, event: LoggedEvent): ReadFact | undefined {
  const metadata = JSON.parse(event.metadata) as FactMetadata;
  const opened = openFact(vault, event, metadata);
  if (opened === undefined) return undefined;
  const { id, position, type, sealed } = opened;
  const { publisher, happened, recorded, received, corrects, retracts } = metadata;
  const { data } = sealed.event;
  return { id, position, type, publisher, happened, recorded, received, data, corrects, retracts };
}
