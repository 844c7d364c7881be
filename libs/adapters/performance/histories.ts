import { type FactMetadata, isFactStream, streamOf } from '../../contract/fact.js';
import { publicationKey } from '../../domain/casework/offender-state.js';
import { type ReadFact } from '../../domain/casework/read-fact.js';
import {
  type DataProtectionEvent,
  evolve,
  type Protection,
  restrictedIn,
  UNPROTECTED,
} from '../../domain/erasure/data-protection.js';
import { historyOf, type PersonHistory } from '../../domain/performance/history.js';
import { type EventLog, type LoggedEvent } from '../event-log/event-log.js';
import { readingOn } from '../event-log/reading-on.js';
import { type KeyVault } from '../key-vault/key-vault.js';
import { readFact } from '../projection/opened-fact.js';

/** Everybody's history as reports count it, kept up with the log. */
export interface Histories {
  /** Takes the next event of the log in. */
  take(event: LoggedEvent): void;
  /** One person's, of whatever is known; undefined when nothing is. */
  history(offender: string): PersonHistory | undefined;
  /**
   * Everybody of whom a fact was received by `knownAt` (epoch milliseconds; null: whatever is known), by hub id. Only what
   * changed since the last time is folded anew.
   */
  histories(knownAt?: number | null): readonly PersonHistory[];
}

interface Person {
  readonly facts: HeldFact[];
  protection: Protection;
  /** Of all the facts; undefined when it must be folded anew. */
  history: PersonHistory | undefined;
}

interface HeldFact {
  readonly publication: string;
  readonly read: ReadFact;
}

/** What corrects or retracts a fact: about whom, and when it was received. */
interface Superseding {
  readonly offender: string;
  readonly received: number;
}

/**
 * Opens the facts of the log for reports. Of a person who was erased there is nothing, and what may not be processed
 * (R18) does not count, nor what one about somebody else put right: it was never theirs (R5).
 */
export function openHistories(vault: KeyVault): Histories {
  const people = new Map<string, Person>();
  /** Whom each fact is about, and what supersedes it, by log event id. */
  const about = new Map<string, string>();
  const superseding = new Map<string, Superseding>();

  function personOf(offender: string): Person {
    const person = people.get(offender) ?? { facts: [], protection: UNPROTECTED, history: undefined };
    people.set(offender, person);
    return person;
  }

  function take(event: LoggedEvent): void {
    if (isFactStream(event.stream)) takeFact(event);
    if (event.stream === streamOf.dataProtection) takeProtection(event);
  }

  function takeFact(event: LoggedEvent): void {
    const metadata = JSON.parse(event.metadata) as FactMetadata;
    const { offender, received, corrects, retracts } = metadata;
    const person = personOf(offender);
    about.set(event.id, offender);
    for (const id of [corrects, retracts]) if (id !== null) supersede(id, { offender, received });
    const read = person.protection.erased === null ? readFact(vault, event) : undefined;
    if (read === undefined) return;
    person.facts.push({ publication: publicationKey(metadata), read });
    person.history = undefined;
  }

  function supersede(id: string, by: Superseding): void {
    superseding.set(id, by);
    const former = people.get(about.get(id) ?? '');
    if (former !== undefined) former.history = undefined;
  }

  function isTheirs(offender: string, { id }: ReadFact, knownAt: number): boolean {
    const by = superseding.get(id);
    return by === undefined || by.offender === offender || by.received > knownAt;
  }

  function historyKnown(offender: string, person: Person, knownAt: number | null): PersonHistory {
    const until = knownAt ?? Infinity;
    const known = (): readonly ReadFact[] =>
      countedFacts(person).filter((fact) => fact.received <= until && isTheirs(offender, fact, until));
    if (knownAt !== null) return historyOf(offender, known());
    return (person.history ??= historyOf(offender, known()));
  }

  function takeProtection({ metadata }: LoggedEvent): void {
    const event = JSON.parse(metadata) as DataProtectionEvent;
    const person = personOf(event.offender);
    person.protection = evolve(person.protection, event);
    person.history = undefined;
    if (person.protection.erased !== null) person.facts.length = 0;
  }

  return {
    take,
    history(offender) {
      const person = people.get(offender);
      const history = person && historyKnown(offender, person, null);
      return history === undefined || history.facts.length === 0 ? undefined : history;
    },
    histories: (knownAt = null) =>
      [...people]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([offender, person]) => historyKnown(offender, person, knownAt))
        .filter(({ facts }) => facts.length > 0),
  };
}

/** Everybody's history read from nothing: what had been received by `knownAt` (epoch milliseconds; null: all). */
export async function readHistories(
  log: Pick<EventLog, 'readAll'>,
  vault: KeyVault,
  knownAt: number | null = null,
): Promise<readonly PersonHistory[]> {
  const all = openHistories(vault);
  await readingOn(log, all.take)();
  return all.histories(knownAt);
}

function countedFacts({ facts, protection }: Person): readonly ReadFact[] {
  const restricted = restrictedIn(protection);
  if (restricted === 'all') return [];
  return facts.filter(({ publication }) => !restricted.includes(publication)).map(({ read }) => read);
}
