import { Conflict, Forbidden, isFailure, Unavailable } from '../../../libs/contract/failure.js';
import { type CommittedFact } from '../projector/commits.js';
import { type Follower } from '../projector/follower.js';
import { type Mailbox, openMailbox } from '../projector/mailbox.js';
import { type Asking, requireRole } from '../query/asking.js';
import { type Pictures } from '../query/pictures.js';
import { type QueryContext } from '../query/query-context.js';
import { STALE_AFTER, staleNode } from '../query/stale-node.js';
import { mayBeSighted, type Scope, sight, type Sighting } from './sighting.js';

/** What may be an item: looked at anew, in the caller's picture of that very moment, whenever it is to be sent. */
export interface Candidate {
  /** Undefined when it is nothing to the caller (any more). Throws as a question is refused. */
  look(): Promise<Item | undefined>;
}

export interface Item {
  readonly context: QueryContext;
  readonly sighting: Sighting;
}

/** Who asks, and why, at this very moment: throws `Forbidden` or `Invalid` when the question would be refused now. */
export type Ask = () => Promise<Asking>;

export interface CaseloadsParts {
  readonly follower: Pick<Follower, 'facts' | 'lastHeard' | 'position'>;
  readonly pictures: Pick<Pictures, 'open'>;
  readonly clock: () => number;
}

export interface Caseloads {
  /**
   * What may be an item from now on, in the order in which it happened to the hub. Ends by throwing why: the token
   * expired, the hub doesn't hear its log, items were taken too slowly, or the question would be refused now.
   */
  open(ask: Ask, scope: Scope): Promise<AsyncIterableIterator<Candidate>>;
  /** How many are open. */
  size(): number;
  close(): void;
}

/** Open subscriptions of one user of an agency. */
const MOST_OF_A_USER = 5;
/** Items that wait for whoever takes them slowly. */
const MOST_WAITING = 200;
/** How often (ms) it is looked whether a subscription may stay open although nothing happens. */
const LOOK_EVERY = 1000;

export function openCaseloads(parts: CaseloadsParts): Caseloads {
  const open = new Map<Mailbox<Candidate>, string>();
  return {
    async open(ask, scope) {
      const asking = await current(parts, ask);
      const user = `${asking.caller.agency} ${asking.caller.user}`;
      await parts.pictures.open(asking);
      if ([...open.values()].filter((each) => each === user).length >= MOST_OF_A_USER)
        throw new Conflict('too-many-subscriptions', 'you have too many subscriptions open: end one first');
      const candidates = openOne(parts, ask, scope, asking.caller.expires * 1000, () =>
        open.delete(candidates),
      );
      open.set(candidates, user);
      return candidates;
    },
    size: () => open.size,
    close: () =>
      [...open.keys()].forEach((each) => each.close(new Unavailable('closing', 'the hub is closing'))),
  };
}

/** One subscription: what the caller may see of the facts as they come, whether it is taken yet or not. */
function openOne(
  parts: CaseloadsParts,
  ask: Ask,
  scope: Scope,
  expires: number,
  closed: () => void,
): Mailbox<Candidate> {
  const facts = parts.follower.facts(mayBeSighted);
  const since = parts.follower.position();
  const told = new Set<number>();
  const wasTold = (position: number): boolean => position <= since || told.has(position);
  const watch = setInterval(() => void stay(), LOOK_EVERY);
  const expiry = setTimeout(() => void stay(), Math.min(expires - parts.clock() + 1, LONGEST_TIMER));
  const candidates = openMailbox<Candidate>(MOST_WAITING, tooSlow, () => {
    clearInterval(watch);
    clearTimeout(expiry);
    facts.close();
    closed();
  });

  const look = async (fact: CommittedFact): Promise<Item | undefined> => {
    const asking = await current(parts, ask);
    const picture = await parts.pictures.open(asking);
    const sighting = sight(picture, scope, fact, wasTold);
    return sighting && { context: { asking, pictures: [picture] }, sighting };
  };

  function offer(fact: CommittedFact): void {
    told.add(fact.position);
    candidates.put({
      async look() {
        const item = await look(fact);
        if (item === undefined) told.delete(fact.position);
        return item;
      },
    });
  }

  async function stay(): Promise<void> {
    try {
      if (parts.clock() - parts.follower.lastHeard() > STALE_AFTER) throw staleNode();
      await current(parts, ask);
    } catch (error) {
      candidates.close(reasonOf(error));
    }
  }

  async function follow(): Promise<void> {
    try {
      for await (const fact of facts) if ((await look(fact)) !== undefined) offer(fact);
    } catch (error) {
      candidates.close(reasonOf(error));
    }
    candidates.close(new Unavailable('closing', 'the hub is closing'));
  }

  void follow();
  return candidates;
}

/** What a timer can wait at most, ms; until then the other timer looks as well. */
const LONGEST_TIMER = 2 ** 31 - 1;

async function current({ clock }: CaseloadsParts, ask: Ask): Promise<Asking> {
  const asking = await ask();
  if (asking.caller.expires * 1000 <= clock()) throw new Forbidden('token-expired', 'the token has expired');
  requireRole(asking, 'practitioner', 'coordinator');
  return asking;
}

function reasonOf(error: unknown): Error {
  return isFailure(error) || error instanceof Error ? error : new Error('not an error');
}

function tooSlow(): Unavailable {
  return new Unavailable('too-slow', 'items were not taken as fast as they came: begin anew');
}
