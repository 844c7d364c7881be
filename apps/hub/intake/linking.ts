import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { identifierPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type FactIdentifier, LINKED, type LinkMetadata, streamOf } from '../../../libs/contract/fact.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import { decideLink, type KnownIdentifier } from '../../../libs/domain/identity/link.js';
import { offenderIdFrom } from '../../../libs/domain/identity/offender-id.js';
import { companionIdOf } from './event-id.js';
import { indexEntryOf } from './index-entry.js';
import { type ReceiptIndex } from './receipt-index.js';
import { openTurns } from './turns.js';

/** The publication that asks whose it is. */
export interface Claimant {
  readonly eventId: string;
  readonly received: number;
  readonly identifiers: readonly FactIdentifier[];
  /** The person that its subject names, or an operator chose. */
  readonly offender: string | undefined;
  /** An operator chose the person: identifiers of others stay with them. */
  readonly chosen: boolean;
  /** An operator begins a new record: identifiers of people who were erased become the new person's. */
  readonly anew: boolean;
}

/**
 * Prepares a fact for a person, with those of its identifiers that are this person's, and returns how to append it,
 * which is called when it is the fact's turn.
 */
export type RecordFact<T> = (
  offender: string,
  identifiers: readonly FactIdentifier[],
) => Promise<() => Promise<T>>;

export type Linked<T> =
  | { readonly outcome: 'recorded'; readonly result: T }
  | { readonly outcome: 'ambiguous'; readonly offenders: readonly string[] }
  /** It is about somebody who was erased; `offenders` are others whom it might be about. */
  | { readonly outcome: 'erased'; readonly offenders: readonly string[] };

export interface Linking {
  /** Everybody whom the identifiers, the subject or an operator's choice name; claims nothing. */
  people(claimant: Claimant): readonly string[];
  /** Runs work once what is being recorded about a person has been appended, and before anything more of them is. */
  between<T>(offender: string, work: () => Promise<T>): Promise<T>;
  /**
   * Finds or makes the person a publication is about and records the fact for that person. Each identifier nobody
   * had is claimed in a stream of its own, durably, before the fact is appended, so that two first publications about
   * one person end as one person, also when they arrive together. Facts of one person are appended in the order in
   * which this was called. Throws `Unavailable` when the log or the keys cannot be reached.
   */
  record<T>(claimant: Claimant, record: RecordFact<T>): Promise<Linked<T>>;
}

interface LinkingDependencies {
  readonly log: EventLog;
  readonly vault: KeyVault;
  readonly index: ReceiptIndex;
  readonly random: (bytes: number) => Uint8Array;
}

interface Pending {
  readonly offender: string;
  readonly settled: Promise<void>;
}

const ID_BYTES = 16;
const MOST_ATTEMPTS = 5;

export function openLinking({ log, vault, index, random }: LinkingDependencies): Linking {
  const pending = new Map<string, Pending>();
  const turns = openTurns();
  const appends = new Map<string, Promise<unknown>>();
  const pseudonymOf = identifierPseudonym(vault);

  function ownerOf(pseudonym: string, anew: boolean): string | undefined {
    const owner = pending.get(pseudonym)?.offender ?? index.offender(pseudonym);
    return anew && owner !== undefined && index.isErased(owner) ? undefined : owner;
  }

  function known(
    pseudonyms: readonly string[],
    { chosen, offender, anew }: Claimant,
  ): readonly KnownIdentifier[] {
    const all = pseudonyms.map((pseudonym) => ({ pseudonym, offender: ownerOf(pseudonym, anew) }));
    return chosen ? all.filter((each) => each.offender === undefined || each.offender === offender) : all;
  }

  function named(candidates: readonly KnownIdentifier[], { offender }: Claimant): readonly string[] {
    const all = [offender, ...candidates.map((each) => each.offender)];
    return [...new Set(all.filter((each) => each !== undefined))].sort();
  }

  function claimAll(
    claimant: Claimant,
    pseudonyms: readonly string[],
    newOnes: readonly string[],
    offender: string,
  ) {
    return newOnes.map((pseudonym) => {
      const identifier = claimant.identifiers[pseudonyms.indexOf(pseudonym)];
      if (identifier === undefined) throw new Unavailable('link', 'an identifier was lost on its way');
      const claim = claimOne(claimant, identifier, pseudonym, offender);
      const settled = claim.then(
        () => void pending.delete(pseudonym),
        () => void pending.delete(pseudonym),
      );
      pending.set(pseudonym, { offender, settled });
      return claim;
    });
  }

  async function claimOne(
    claimant: Claimant,
    { scheme }: FactIdentifier,
    pseudonym: string,
    offender: string,
  ) {
    const { eventId: by, received, anew } = claimant;
    const metadata: LinkMetadata = { offender, scheme, pseudonym, by, received };
    const id = companionIdOf(by, `link ${pseudonym}`);
    const event = { id, type: LINKED, metadata: JSON.stringify(metadata), data: new Uint8Array() };
    const expected = anew ? await lastRevision(pseudonym) : 'none';
    const appended = await log.append(streamOf.identifier(pseudonym), [event], expected);
    const [position] = appended.outcome === 'appended' ? appended.positions : [];
    if (position === undefined) return learnWinner(pseudonym);
    index.add({ at: { position, id }, kind: 'link', pseudonym, offender });
  }

  async function lastRevision(pseudonym: string): Promise<number | 'none'> {
    let last: number | 'none' = 'none';
    for await (const { revision } of log.readStream(streamOf.identifier(pseudonym))) last = revision;
    return last;
  }

  /** Another process claimed the identifier first: its link counts. */
  async function learnWinner(pseudonym: string): Promise<void> {
    for await (const event of log.readStream(streamOf.identifier(pseudonym))) index.add(indexEntryOf(event));
  }

  async function attempt<T>(
    claimant: Claimant,
    pseudonyms: readonly string[],
    record: RecordFact<T>,
  ): Promise<Linked<T> | undefined> {
    const candidates = known(pseudonyms, claimant);
    const people = named(candidates, claimant);
    if (people.some((each) => index.isErased(each)))
      return { outcome: 'erased', offenders: people.filter((each) => !index.isErased(each)) };
    const link = decideLink(candidates, claimant.offender);
    if (link.outcome === 'ambiguous') return settledAmbiguity(pseudonyms, link.offenders);
    const offender = link.outcome === 'found' ? link.offender : offenderIdFrom(random(ID_BYTES));
    const own = new Set(candidates.map(({ pseudonym }) => pseudonym));
    const identifiers = claimant.identifiers.filter((_, at) => own.has(pseudonyms[at] ?? ''));
    const isOpen = link.newIdentifiers.length > 0 || pseudonyms.some((pseudonym) => pending.has(pseudonym));
    const claims = claimAll(claimant, pseudonyms, link.newIdentifiers, offender);
    const turn = turns.take(offender);
    try {
      const [append] = await Promise.all([record(offender, identifiers), turn.ready, ...claims]);
      if (index.isErased(offender) || (isOpen && !isSettled(pseudonyms, own, offender))) return undefined;
      const appending = begun(offender, append());
      turn.done();
      return { outcome: 'recorded', result: await appending };
    } catch (error) {
      if (index.isErased(offender)) return undefined;
      throw error;
    } finally {
      turn.done();
    }
  }

  /** Remembers an append until it and those before it are done with. */
  function begun<T>(offender: string, appending: Promise<T>): Promise<T> {
    const all = Promise.allSettled([appends.get(offender), appending]);
    appends.set(offender, all);
    void all.then(() => appends.get(offender) === all && appends.delete(offender));
    return appending;
  }

  /** Two people are two people only when both are durable: a claim still on its way may yet be lost. */
  async function settledAmbiguity<T>(
    pseudonyms: readonly string[],
    offenders: readonly string[],
  ): Promise<Linked<T> | undefined> {
    const open = pseudonyms.flatMap((pseudonym) => pending.get(pseudonym)?.settled ?? []);
    if (open.length === 0) return { outcome: 'ambiguous', offenders };
    await Promise.all(open);
    return undefined;
  }

  /**
   * Whether every identifier that was taken for this person's is durably theirs, and every other one somebody else's: a
   * claim of ours or of another publication may have failed.
   */
  function isSettled(pseudonyms: readonly string[], own: ReadonlySet<string>, offender: string): boolean {
    return pseudonyms.every((pseudonym) => {
      const owner = index.offender(pseudonym);
      return owner !== undefined && (owner === offender) === own.has(pseudonym);
    });
  }

  return {
    people: (claimant) => named(known(claimant.identifiers.map(pseudonymOf), claimant), claimant),
    async between(offender, work) {
      const turn = turns.take(offender);
      try {
        await turn.ready;
        await appends.get(offender);
        return await work();
      } finally {
        turn.done();
      }
    },
    async record(claimant, record) {
      const pseudonyms = claimant.identifiers.map(pseudonymOf);
      for (let attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
        const linked = await attempt(claimant, pseudonyms, record);
        if (linked !== undefined) return linked;
      }
      throw new Unavailable('link-contention', 'the person could not be linked: identifiers are changing');
    },
  };
}
