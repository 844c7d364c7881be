import { type EventLog, type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { type FactMetadata, streamOf } from '../../../libs/contract/fact.js';
import {
  type Cause,
  type CauseKind,
  type CauseMetadata,
  type Concern,
  type ConcernedFact,
  ERASED,
  RESTRICTED,
  type Scope,
  scopeOf,
} from '../../../libs/domain/correction/cause.js';
import {
  type Emergencies,
  type Emergency,
  type EmergencyEvent,
  evolve,
  NO_EMERGENCIES,
} from '../../../libs/domain/emergency/emergency.js';

type Log = Pick<EventLog, 'readStream'>;
/** The person of a fact, by the fact's log event id. */
type OffenderOf = (id: string) => string | undefined;

/**
 * What an event other than a fact puts in the wrong, undefined when nothing: an erasure or restriction the person's facts;
 * an unlawful verdict what the emergency showed.
 */
export async function concernOf(log: Log, event: LoggedEvent): Promise<Concern | undefined> {
  if (event.type === ERASED) return ofPerson(log, event, 'erased');
  if (event.type === RESTRICTED) return ofPerson(log, event, 'restricted');
  return event.type === 'emergency.reviewed' ? ofVerdict(log, event) : undefined;
}

/** What a fact puts in the wrong: the one that it corrects or retracts, whoever that one was about. */
export async function concernOfFact(
  log: Log,
  offenderOf: OffenderOf,
  event: LoggedEvent,
  { corrects, retracts, received }: FactMetadata,
): Promise<Concern | undefined> {
  const superseded = retracts ?? corrects;
  const offender = superseded === null ? undefined : offenderOf(superseded);
  if (offender === undefined) return undefined;
  const kind = retracts === null ? 'corrected' : 'retracted';
  const facts = await factsBefore(log, offender, event, ({ id }) => id === superseded);
  return { cause: causeOf(event, kind, received), offender, facts, scope: null };
}

async function ofPerson(log: Log, event: LoggedEvent, kind: CauseKind): Promise<Concern> {
  const { offender, at, facts: only } = JSON.parse(event.metadata) as CauseMetadata;
  const facts = await factsBefore(log, offender, event, ({ position }) => only?.includes(position) ?? true);
  return { cause: causeOf(event, kind, at), offender, facts, scope: null };
}

async function ofVerdict(log: Log, event: LoggedEvent): Promise<Concern | undefined> {
  const reviewed = JSON.parse(event.metadata) as EmergencyEvent;
  if (reviewed.type !== 'emergency.reviewed' || reviewed.verdict === 'lawful') return undefined;
  const emergency = await emergencyAt(log, event, reviewed.id);
  if (emergency === undefined || emergency.offender === null) return undefined;
  const { id, offender } = emergency;
  const scope: Scope = scopeOf(emergency);
  const facts = await factsBefore(log, offender, event, () => true);
  return { cause: { ...causeOf(event, 'unlawful', reviewed.at), emergency: id }, offender, facts, scope };
}

async function emergencyAt(log: Log, { position }: LoggedEvent, id: string): Promise<Emergency | undefined> {
  let emergencies: Emergencies = NO_EMERGENCIES;
  for await (const event of log.readStream(streamOf.emergencies)) {
    if (event.position > position) break;
    emergencies = evolve(emergencies, JSON.parse(event.metadata) as EmergencyEvent);
  }
  return emergencies.get(id);
}

async function factsBefore(
  log: Log,
  offender: string,
  { position: before }: LoggedEvent,
  concerned: (event: LoggedEvent) => boolean,
): Promise<readonly ConcernedFact[]> {
  const facts: ConcernedFact[] = [];
  for await (const event of log.readStream(streamOf.offender(offender))) {
    if (event.position >= before) break;
    const { position, type, metadata } = event;
    if (concerned(event))
      facts.push({ position, type, publisher: (JSON.parse(metadata) as FactMetadata).publisher });
  }
  return facts;
}

function causeOf({ id, position }: LoggedEvent, kind: CauseKind, at: number): Cause {
  return { kind, event: id, position, emergency: null, at };
}
