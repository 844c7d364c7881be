import { type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { type FactMetadata } from '../../../libs/contract/fact.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import { type Mailbox, openMailbox } from './mailbox.js';

/** A fact that has come into the read models, as its clear metadata tell: no more than where to look for it. */
export interface CommittedFact {
  readonly position: number;
  readonly offender: string;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly received: number;
  /** Id of the fact that it corrects or retracts. */
  readonly supersedes: string | null;
}

type AppliedFact = Pick<LoggedEvent, 'position' | 'type'>;
type AppliedMetadata = Pick<FactMetadata, 'offender' | 'received' | 'corrects' | 'retracts'>;

/** Tells of facts once they are in the read models: in the order of the log, each once. */
export interface Commits {
  /** Notes a fact that was applied, but isn't committed yet. */
  applied(event: AppliedFact, metadata: AppliedMetadata): void;
  /** Everything applied up to a position is committed now. */
  committed(position: number): void;
  /** What was applied and not committed will be applied anew. */
  abandoned(): void;
  /**
   * The facts that are wanted, committed from now on. Whoever takes them too slowly gets `Unavailable` `too-far-behind`.
   * Closed by whoever takes them.
   */
  facts(wants: (fact: CommittedFact) => boolean): Mailbox<CommittedFact>;
  close(): void;
}

const MOST_WAITING = 10_000;

/** `seen` is told of every fact, whether anybody takes it or not. */
export function openCommits(start: number, seen: (fact: CommittedFact) => void): Commits {
  const takers = new Map<Mailbox<CommittedFact>, (fact: CommittedFact) => boolean>();
  let pending: CommittedFact[] = [];
  let told = start;
  return {
    applied({ position, type }, { offender, received, corrects, retracts }) {
      if (position > told)
        pending.push({ position, offender, type, received, supersedes: corrects ?? retracts });
    },
    committed(position) {
      const facts = pending;
      pending = [];
      told = Math.max(told, position);
      facts.forEach(seen);
      for (const [mailbox, wants] of takers) facts.filter(wants).forEach(mailbox.put);
    },
    abandoned() {
      pending = [];
    },
    facts(wants) {
      const mailbox: Mailbox<CommittedFact> = openMailbox(MOST_WAITING, tooFarBehind, () =>
        takers.delete(mailbox),
      );
      takers.set(mailbox, wants);
      return mailbox;
    },
    close: () => [...takers.keys()].forEach((mailbox) => mailbox.close()),
  };
}

function tooFarBehind(): Unavailable {
  return new Unavailable('too-far-behind', 'more has happened than could be looked at: begin anew');
}
