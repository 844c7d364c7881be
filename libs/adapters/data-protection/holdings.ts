import { type FactMetadata, isFactStream, streamOf } from '../../contract/fact.js';
import {
  type DataProtectionEvent,
  evolve,
  type Protection,
  UNPROTECTED,
} from '../../domain/erasure/data-protection.js';
import { type NamedFact } from '../../domain/erasure/decide.js';
import { countHolding, type Holding, type HoldingCount } from '../../domain/erasure/holding.js';
import { type RetentionDue, retentionDue } from '../../domain/erasure/retention.js';
import { publicationKey } from '../../domain/casework/offender-state.js';
import { type EventLog, type LoggedEvent } from '../event-log/event-log.js';

/** What is held of one person, undefined when the hub knows nobody of that id. Needs no keys. */
export async function holdingOf(
  log: Pick<EventLog, 'readStream'>,
  offender: string,
): Promise<Holding | undefined> {
  const count = countHolding(offender);
  for await (const event of log.readStream(streamOf.offender(offender))) count.add(heldFact(event));
  const holding = count.holding();
  return holding.facts === 0 ? undefined : holding;
}

/** The facts about a person at these log positions, in that order; undefined when one of them is not there. */
export async function factsAt(
  log: Pick<EventLog, 'readStream'>,
  offender: string,
  positions: readonly number[],
): Promise<readonly NamedFact[] | undefined> {
  const wanted = new Set(positions);
  const found: NamedFact[] = [];
  for await (const event of log.readStream(streamOf.offender(offender))) {
    if (!wanted.has(event.position)) continue;
    const { metadata } = heldFact(event);
    found.push({
      position: event.position,
      publisher: metadata.publisher,
      publication: publicationKey(metadata),
    });
  }
  return found.length === wanted.size ? found : undefined;
}

/**
 * Everything that the retention rules ask for at a moment (epoch milliseconds), by person and class, longest due first:
 * folded from clear metadata in one pass over the log (R10, R50).
 */
export async function allRetentionDue(
  log: Pick<EventLog, 'readAll'>,
  at: number,
  progress: (position: number) => void = () => undefined,
): Promise<readonly RetentionDue[]> {
  const counts = new Map<string, HoldingCount>();
  const protections = new Map<string, Protection>();
  for await (const event of log.readAll(0)) {
    if (isFactStream(event.stream)) addFact(counts, event);
    if (event.stream === streamOf.dataProtection) addStep(protections, event);
    progress(event.position);
  }
  return [...counts]
    .flatMap(([offender, count]) =>
      retentionDue(count.holding(), protections.get(offender) ?? UNPROTECTED, at),
    )
    .sort((one, other) => one.due - other.due || (one.offender < other.offender ? -1 : 1));
}

function addFact(counts: Map<string, HoldingCount>, event: LoggedEvent): void {
  const fact = heldFact(event);
  const { offender } = fact.metadata;
  const count = counts.get(offender) ?? countHolding(offender);
  counts.set(offender, count);
  count.add(fact);
}

function addStep(protections: Map<string, Protection>, { metadata }: LoggedEvent): void {
  const event = JSON.parse(metadata) as DataProtectionEvent;
  protections.set(event.offender, evolve(protections.get(event.offender) ?? UNPROTECTED, event));
}

function heldFact({ id, type, metadata }: LoggedEvent) {
  return { id, type, metadata: JSON.parse(metadata) as FactMetadata };
}
