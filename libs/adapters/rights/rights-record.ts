import { streamOf } from '../../contract/fact.js';
import { Conflict, Invalid } from '../../contract/failure.js';
import { decide, type RightsCommand } from '../../domain/rights/decide.js';
import { type ReasonedRestriction } from '../../domain/rights/left-out.js';
import {
  evolve,
  NO_RIGHTS,
  type Rights,
  type RightsEvent,
  rightsStream,
} from '../../domain/rights/rights.js';
import { type EventLog } from '../event-log/event-log.js';
import { ERASED, type KeyVault } from '../key-vault/key-vault.js';

/** A person's requests as the log has them, with the reasons opened. */
export interface RecordedRights extends Rights {
  readonly restrictions: readonly ReasonedRestriction[];
  /** Last revision of the stream, -1 before the first. */
  readonly revision: number;
}

interface Parts {
  readonly log: Pick<EventLog, 'readStream' | 'append'>;
  readonly vault: Pick<KeyVault, 'seal' | 'open'>;
}

/** What a person has asked for. Reasons are null once the person was erased. */
export async function rightsOf({ log, vault }: Parts, offender: string): Promise<RecordedRights> {
  const stream = rightsStream(offender);
  const reasons = new Map<string, string | null>();
  let rights = NO_RIGHTS;
  let revision = -1;
  for await (const event of log.readStream(stream)) {
    const step = JSON.parse(event.metadata) as RightsEvent;
    rights = evolve(rights, step);
    ({ revision } = event);
    if (step.type !== 'rights.restricted') continue;
    const plain = vault.open(offender, `${stream}\n${event.id}`, event.data);
    reasons.set(step.id, plain === ERASED ? null : Buffer.from(plain).toString());
  }
  const restrictions = rights.restrictions.map((each) => ({ ...each, reason: reasons.get(each.id) ?? null }));
  return { ...rights, restrictions, revision };
}

/**
 * Records what follows from a command about a person, its reason sealed under the person's key: it may well speak of
 * them. Throws what `decide` refuses, and `Invalid` `person` when the hub knows nobody of that id.
 */
export async function recordRights(
  parts: Parts,
  offender: string,
  command: RightsCommand,
  reason: string | null,
  eventId: string,
): Promise<RightsEvent> {
  const facts = await positionsOf(parts, offender);
  const rights = await rightsOf(parts, offender);
  const event = decide({ offender, facts, rights }, command);
  const context = `${rightsStream(offender)}\n${eventId}`;
  const data =
    reason === null ? new Uint8Array() : await parts.vault.seal(offender, context, Buffer.from(reason));
  await append(parts, event, data, rights.revision, eventId);
  return event;
}

/** Appends that a pack was made: before anybody has it. */
export async function recordPack(
  parts: Parts,
  event: Extract<RightsEvent, { type: 'rights.pack.made' }>,
  revision: number,
  eventId: string,
): Promise<void> {
  await append(parts, event, new Uint8Array(), revision, eventId);
}

async function append(
  { log }: Parts,
  event: RightsEvent,
  data: Uint8Array,
  revision: number,
  id: string,
): Promise<void> {
  const logged = { id, type: event.type, metadata: JSON.stringify(event), data };
  const expected = revision < 0 ? 'none' : revision;
  const { outcome } = await log.append(rightsStream(event.offender), [logged], expected);
  if (outcome === 'conflict') throw new Conflict('rights', 'somebody else wrote about the person: try again');
}

async function positionsOf({ log }: Parts, offender: string): Promise<ReadonlySet<number>> {
  const positions = new Set<number>();
  for await (const { position } of log.readStream(streamOf.offender(offender))) positions.add(position);
  if (positions.size === 0) throw new Invalid('person', 'the hub knows nobody of that id');
  return positions;
}
