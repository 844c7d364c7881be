import { type EventLog, type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { type Publication } from '../../../libs/contract/envelope.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { Invalid, Unavailable } from '../../../libs/contract/failure.js';
import { notPermitted } from '../../../libs/domain/casework/deciding.js';
import { admit } from './admission.js';
import { factEntry } from './index-entry.js';
import { type Linking } from './linking.js';
import { readOwnStream } from './own-stream.js';
import { type ReceiptIndex } from './receipt-index.js';
import { type Recorder } from './recorder.js';

/** What follows from what the log holds of a person, as publications of one agency. */
export interface Decision {
  readonly publisher: string;
  readonly offender: string;
  /** Judges the person's events in their order (see `readOwnStream`); throws to refuse. */
  readonly follows: (events: readonly LoggedEvent[]) => readonly Publication[];
}

export interface DecidedFact {
  /** Log event id. */
  readonly eventId: string;
  /** CloudEvents `id`: what a correction or retraction of the same source names. */
  readonly publicationId: string;
  readonly position: number;
}

export interface Decided {
  /** In the order of the publications. */
  readonly facts: readonly DecidedFact[];
}

interface DecidingDependencies {
  readonly log: EventLog;
  readonly index: ReceiptIndex;
  readonly linking: Linking;
  readonly recorder: Recorder;
  readonly now: () => number;
}

type SealedFact = Awaited<ReturnType<Recorder['sealFact']>> & Pick<DecidedFact, 'publicationId'>;

const MOST_ATTEMPTS = 5;

/**
 * Records what was decided about a person: all of it or nothing, and only while the log holds of them what the decision
 * rests on; otherwise it is decided anew. Throws `Forbidden` `not-permitted` about somebody whom the hub does not
 * know, `Invalid` `not-recordable` when what follows breaks the catalogue, `Unavailable` when others keep coming first.
 */
export async function recordDecision(
  { log, index, linking, recorder, now }: DecidingDependencies,
  { publisher, offender, follows }: Decision,
): Promise<Decided> {
  async function sealed(publication: Publication, received: number): Promise<SealedFact> {
    const admission = admit(publication, { publisher, received, confirmed: true });
    if (admission.outcome === 'held') throw notRecordable(admission.errors);
    const arrival = recorder.arrivalOf(publisher, publication, received);
    const fact = await recorder.sealFact(arrival, admission.entry, admission.identifiers, offender);
    return { ...fact, publicationId: publication.id };
  }

  /** What was recorded; undefined when somebody else recorded something first. */
  async function attempt(): Promise<Decided | undefined> {
    if (!index.knowsOffender(offender) || index.isErased(offender)) throw notPermitted();
    const { events, revision } = await readOwnStream(log, index, offender);
    const received = now();
    const facts = await Promise.all(follows(events).map((each) => sealed(each, received)));
    if (facts.length === 0) return { facts: [] };
    const appending = facts.map(({ event }) => event);
    const result = await log.append(streamOf.offender(offender), appending, revision);
    return result.outcome === 'conflict'
      ? undefined
      : { facts: facts.map((fact, at) => noted(fact, result.positions[at])) };
  }

  function noted({ event, metadata, publicationId }: SealedFact, position: number | undefined): DecidedFact {
    if (position === undefined) throw new Unavailable('log-refused', 'the log did not take the event');
    index.add(factEntry({ position, id: event.id }, metadata));
    return { eventId: event.id, publicationId, position };
  }

  return linking.between(offender, async () => {
    for (let attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
      const decided = await attempt();
      if (decided !== undefined) return decided;
    }
    throw new Unavailable('decision-contention', 'more keeps being recorded about the person: ask again');
  });
}

function notRecordable(errors: Invalid['errors']): Invalid {
  return new Invalid('not-recordable', 'what you gave cannot be recorded', errors);
}
