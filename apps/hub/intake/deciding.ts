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
  const stream = streamOf.offender(offender);
  const attempt = async (): Promise<Decided | undefined> => {
    if (!index.knowsOffender(offender) || index.isErased(offender)) throw notPermitted();
    const { events, revision: expected } = await readOwnStream(log, index, offender);
    const received = now();
    const sealed = await Promise.all(
      follows(events).map(async (publication) => {
        const admission = admit(publication, { publisher, received, confirmed: true });
        if (admission.outcome === 'held') throw notRecordable(admission.errors);
        const arrival = recorder.arrivalOf(publisher, publication, received);
        const fact = await recorder.sealFact(arrival, admission.entry, admission.identifiers, offender);
        return { ...fact, publicationId: publication.id };
      }),
    );
    if (sealed.length === 0) return { facts: [] };
    const result = await log.append(
      stream,
      sealed.map(({ event }) => event),
      expected,
    );
    if (result.outcome === 'conflict') return undefined;
    const facts = sealed.map(({ event: { id: eventId }, publicationId }, at) => {
      const position = result.positions[at];
      if (position === undefined) throw new Unavailable('log-refused', 'the log did not take the event');
      return { eventId, publicationId, position };
    });
    sealed.forEach(({ metadata }, at) => {
      const fact = facts[at];
      if (fact) index.add(factEntry({ position: fact.position, id: fact.eventId }, metadata));
    });
    return { facts };
  };
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
