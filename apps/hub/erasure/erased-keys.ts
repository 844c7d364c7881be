import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { type DataProtectionEvent } from '../../../libs/domain/erasure/data-protection.js';

/**
 * Ids of all keys that erasures in the log have destroyed, or were about to when the process stopped: those of the
 * people, and those of the publications in quarantine that went with them. Destroying them again changes nothing.
 */
export async function erasedKeys(log: Pick<EventLog, 'readStream'>): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { metadata } of log.readStream(streamOf.dataProtection)) {
    const event = JSON.parse(metadata) as DataProtectionEvent;
    if (event.type === 'erasure.made')
      keys.push(event.offender, ...event.quarantined.map(streamOf.quarantine));
  }
  return keys;
}
