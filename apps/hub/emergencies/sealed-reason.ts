import { randomUUID } from 'node:crypto';
import {
  type EventLog,
  type LoggedEvent,
  type NewEvent,
} from '../../../libs/adapters/event-log/event-log.js';
import { ERASED, type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { isFailure } from '../../../libs/contract/failure.js';
import { ledgerKey } from '../../../libs/domain/disclosure/disclosure.js';
import { type EmergencyEvent } from '../../../libs/domain/emergency/emergency.js';

export interface SealingParts {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly vault: Pick<KeyVault, 'seal' | 'open'>;
}

/**
 * An event as it goes into the log. What somebody wrote may well name whom the emergency is about, so it is sealed under
 * that person's key and goes with them (R28); under a key of the agency's ledger where the hub knows nobody of that id, or
 * they were erased before.
 */
export async function sealedEvent(
  parts: SealingParts,
  offender: string | null,
  event: EmergencyEvent,
): Promise<NewEvent> {
  const id = randomUUID();
  const ledger = ledgerKey(event.by.agency);
  const seal = async (keyId: string): Promise<NewEvent> => {
    const data = await parts.vault.seal(keyId, contextOf(id), Buffer.from(event.reason ?? ''));
    const metadata = JSON.stringify({ ...event, reason: null, sealedUnder: keyId });
    return { id, type: event.type, metadata, data };
  };
  if (offender === null || !(await isKnown(parts.log, offender))) return seal(ledger);
  return seal(offender).catch((error: unknown) => {
    if (!isFailure(error) || error.code !== 'key-erased') throw error;
    return seal(ledger);
  });
}

/** What somebody wrote, null once the person was erased; in the clear in events of before. */
export function reasonIn(vault: Pick<KeyVault, 'open'>, { id, metadata, data }: LoggedEvent): string | null {
  const { reason, sealedUnder } = JSON.parse(metadata) as EmergencyEvent;
  if (sealedUnder === undefined) return reason;
  const plain = vault.open(sealedUnder, contextOf(id), data);
  return plain === ERASED ? null : Buffer.from(plain).toString();
}

async function isKnown(log: Pick<EventLog, 'readStream'>, offender: string): Promise<boolean> {
  const { done } = await log.readStream(streamOf.offender(offender))[Symbol.asyncIterator]().next();
  return done !== true;
}

function contextOf(id: string): string {
  return `${streamOf.emergencies}\n${id}`;
}
