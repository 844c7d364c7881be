import { Conflict, Forbidden, Unavailable } from '../../../libs/contract/failure.js';
import { type Follower } from '../projector/follower.js';
import { type Mailbox, openMailbox } from '../projector/mailbox.js';
import { type Asking, requireRole } from '../query/asking.js';
import { type Pictures } from '../query/pictures.js';
import { STALE_AFTER, staleNode } from '../query/stale-node.js';
import { type Candidate, type Watch } from './watch.js';

/** Who asks, and why, at this very moment: throws `Forbidden` or `Invalid` when the question would be refused now. */
export type Ask = () => Promise<Asking>;

export interface CaseloadsParts {
  readonly follower: Pick<Follower, 'lastHeard'>;
  readonly pictures: Pick<Pictures, 'open'>;
  readonly clock: () => number;
}

/** The subscriptions that are open. */
export interface Caseloads {
  /**
   * What may be an item from now on, as the watch finds it. Ends by throwing why: the token expired, the hub doesn't hear
   * its log, items were taken too slowly, or the question would be refused now.
   */
  open(ask: Ask, watch: Watch): Promise<AsyncIterableIterator<Candidate>>;
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
    async open(ask, watch) {
      const asking = await current(parts, ask);
      const user = `${asking.caller.agency} ${asking.caller.user}`;
      await parts.pictures.open(asking);
      if ([...open.values()].filter((each) => each === user).length >= MOST_OF_A_USER)
        throw new Conflict('too-many-subscriptions', 'you have too many subscriptions open: end one first');
      const candidates = openOne(parts, ask, watch, asking.caller.expires * 1000, () =>
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

/** One subscription: what the caller may see of what is watched for as it comes, whether it is taken yet or not. */
function openOne(
  parts: CaseloadsParts,
  ask: Ask,
  watch: Watch,
  expires: number,
  closed: () => void,
): Mailbox<Candidate> {
  let endWatch: () => void = () => undefined;
  const staying = setInterval(() => void stay(), LOOK_EVERY);
  const expiry = setTimeout(() => void stay(), Math.min(expires - parts.clock() + 1, LONGEST_TIMER));
  const candidates = openMailbox<Candidate>(MOST_WAITING, tooSlow, () => {
    clearInterval(staying);
    clearTimeout(expiry);
    endWatch();
    closed();
  });
  const end = (reason: unknown): void => candidates.close(reasonOf(reason));

  async function stay(): Promise<void> {
    try {
      if (parts.clock() - parts.follower.lastHeard() > STALE_AFTER) throw staleNode();
      await current(parts, ask);
    } catch (error) {
      end(error);
    }
  }

  endWatch = watch({
    picture: async () => parts.pictures.open(await current(parts, ask)),
    offer: candidates.put,
    end,
  });
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
  return error instanceof Error ? error : new Error('not an error');
}

function tooSlow(): Unavailable {
  return new Unavailable('too-slow', 'items were not taken as fast as they came: begin anew');
}
