import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type EventLog, type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { entryOf } from '../../../libs/contract/catalogue/catalogue.js';
import { type ParsedPublication } from '../../../libs/contract/envelope.js';
import { Conflict, type Failure, Invalid, isFailure, Unavailable } from '../../../libs/contract/failure.js';
import { refusalOf, requirePublisher } from './admission.js';
import { type Decided, type Decision, recordDecision } from './deciding.js';
import { openFlagging } from './flagging.js';
import { indexEntryOf, type LastEvent, type QuarantineMetadata } from './index-entry.js';
import { openLinking } from './linking.js';
import { openQuarantine, type Quarantine } from './quarantine.js';
import { quarantinedAbout } from './quarantined-about.js';
import { openReceiptIndex } from './receipt-index.js';
import { type Receipt, receiptOf, rejected, type StoredReceipt } from './receipt.js';
import { type Arrival, openRecorder, type Recorded } from './recorder.js';
import { NO_ASSURANCE, record, type Recording } from './recording.js';

export interface IntakeDependencies {
  readonly log: EventLog;
  readonly vault: KeyVault;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** SQLite file of the receipt index; may be deleted while the hub is down. */
  readonly indexFile: string;
  /** Told of errors that nobody foresaw; the publisher is told to try again. */
  readonly unexpected: (error: unknown) => void;
}

/** The way in: every publication is answered with a receipt, and nothing that was acknowledged is lost. */
export interface Intake {
  /**
   * One receipt for each publication, in their order; facts about one person are recorded in this order too. A bad
   * publication never fails the others. Throws `Forbidden` `not-a-publisher` only.
   */
  publish(caller: Caller, publications: readonly ParsedPublication[]): Promise<readonly Receipt[]>;
  /** What the agency's systems published last. */
  lastEvent(agency: string): LastEvent | undefined;
  readonly quarantine: Quarantine;
  /** Log event ids of publications in quarantine, or released from it, that are about a person. */
  quarantinedAbout(offender: string): Promise<readonly string[]>;
  /** Records what was decided about a person from what the log holds of them: see `recordDecision`. */
  decide(decision: Decision): Promise<Decided>;
  /** Appends a person's erasure between what is recorded about them; what comes after is held. */
  erase<T extends { readonly logged: LoggedEvent }>(offender: string, append: () => Promise<T>): Promise<T>;
  close(): void;
}

export async function openIntake(dependencies: IntakeDependencies): Promise<Intake> {
  const { log, vault, now, random, indexFile, unexpected } = dependencies;
  const index = await openReceiptIndex(indexFile, log);
  const recorder = openRecorder({ log, vault, index });
  const linking = openLinking({ log, vault, index, random });
  const flagging = openFlagging(log, index, now);
  const inFlight = new Map<string, Promise<unknown>>();

  /** Lets one call at a time work on an event; the others wait and then see what became of it. */
  async function alone<T>(eventId: string, work: () => Promise<T>): Promise<T> {
    for (let before = inFlight.get(eventId); before !== undefined; before = inFlight.get(eventId)) {
      await Promise.allSettled([before]);
    }
    const working = work();
    inFlight.set(eventId, working);
    return working.finally(() => inFlight.delete(eventId));
  }

  async function settle(arrival: Arrival): Promise<Recorded> {
    const earlier = index.receipt(arrival.eventId);
    if (earlier !== undefined) return { stored: earlier, first: false };
    const recording = await record({ index, linking, flagging, recorder }, arrival, NO_ASSURANCE);
    return recording.outcome === 'recorded'
      ? recording
      : recorder.hold(arrival, quarantineOf(arrival, recording));
  }

  async function receive({ agency }: Caller, parsed: ParsedPublication, received: number): Promise<Receipt> {
    if (parsed.outcome === 'invalid') return rejected(parsed, invalidEvent(parsed.errors));
    const { publication } = parsed;
    const refusal = refusalOf(agency, publication);
    if (refusal !== undefined) return rejected(publication, refusal);
    try {
      const arrival = recorder.arrivalOf(agency, publication, received);
      const { stored, first } = await alone(arrival.eventId, () => settle(arrival));
      return isSame(arrival, stored) ? receiptOf(publication, stored, first) : rejected(publication, differs);
    } catch (error) {
      return rejected(publication, failureOf(error));
    }
  }

  function failureOf(error: unknown): Failure {
    if (isFailure(error)) return error;
    unexpected(error);
    return new Unavailable('not-recorded', 'the event could not be recorded');
  }

  return {
    async publish(caller, publications) {
      requirePublisher(caller);
      const received = now();
      return Promise.all(publications.map((each) => receive(caller, each, received)));
    },
    lastEvent: (agency) => index.lastOf(agency),
    decide: (decision) => recordDecision({ log, index, linking, recorder, now }, decision),
    quarantinedAbout: (offender) => quarantinedAbout({ log, vault, index, recorder }, offender),
    erase: (offender, append) =>
      linking.between(offender, async () => {
        const appended = await append();
        index.add(indexEntryOf(appended.logged));
        return appended;
      }),
    quarantine: openQuarantine({ index, linking, flagging, recorder, now, alone }),
    close: () => index.close(),
  };
}

const differs = new Conflict('different-content', 'the source and id belong to an event with other content');

function invalidEvent(errors: Invalid['errors']): Failure {
  return new Invalid('invalid-event', 'the event breaks the rules of the envelope', errors);
}

function isSame(arrival: Arrival, stored: StoredReceipt): boolean {
  return arrival.contentHash === stored.contentHash;
}

function quarantineOf(arrival: Arrival, held: Recording & { outcome: 'held' }): QuarantineMetadata {
  const { publication, publisher: agency, received, contentHash } = arrival;
  const { source, id: sourceId } = publication;
  const { reason, errors, candidates } = held;
  const type = entryOf(publication.type) === undefined ? null : publication.type;
  return { agency, source, sourceId, type, reason, errors, candidates, received, contentHash };
}
