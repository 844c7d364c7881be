import { streamOf } from '../../contract/fact.js';
import { type LoggedEvent } from '../event-log/event-log.js';
import { ERASED, type KeyVault } from '../key-vault/key-vault.js';

/**
 * Seals what somebody wrote to explain a step about a person's data: it may well speak of the person, so it goes with
 * them. `id` is that of the log event.
 */
export function sealReason(
  vault: Pick<KeyVault, 'seal'>,
  offender: string,
  id: string,
  reason: string,
): Promise<Uint8Array> {
  return vault.seal(offender, contextOf(id), Buffer.from(reason));
}

/** What was written to explain a step, null where nothing was or the person was erased. */
export function openReason(
  vault: Pick<KeyVault, 'open'>,
  offender: string,
  { id, data }: Pick<LoggedEvent, 'id' | 'data'>,
): string | null {
  if (data.length === 0) return null;
  const plain = vault.open(offender, contextOf(id), data);
  return plain === ERASED ? null : Buffer.from(plain).toString();
}

function contextOf(id: string): string {
  return `${streamOf.dataProtection}\n${id}`;
}
