import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { applyEvent } from '../../../libs/adapters/projection/projection.js';
import { emptyStanding, type Standing, standingAt } from '../../../libs/adapters/projection/standing.js';
import { type ReadModelWriter } from '../../../libs/adapters/read-store/read-store.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import { type Commits, openCommits } from './commits.js';

export interface FollowerParts {
  readonly log: EventLog;
  readonly vault: KeyVault;
  /** Opens the read models for writing; called anew after a fault, so that nothing half-written is ever committed. */
  readonly openModels: () => ReadModelWriter;
  readonly clock: () => number;
  /** Told how long (ms) after its receipt a fact was in the read models; of facts received since the start. */
  readonly onVisible: (milliseconds: number) => void;
  /** Told of a fault by its kind, never with data. */
  readonly onFault: (error: unknown) => void;
}

/** Follows the log into the read models, and tells how far it is and when it last heard from the log. */
export interface Follower {
  /** Everything up to here is in the read models. */
  position(): number;
  /** Epoch milliseconds at which the log last answered. */
  lastHeard(): number;
  /** Resolves once a position is in the read models; throws `Unavailable` `projection-behind` after the timeout (ms). */
  reach(position: number, timeout: number): Promise<void>;
  /** The facts that come into the read models from now on: see `Commits`. */
  readonly facts: Commits['facts'];
  /** What the read models rest on, or will once what was applied is committed; empty until the log was read. */
  standing(): Standing;
  stop(): Promise<void>;
}

const EVENTS_PER_COMMIT = 500;
/** Events that follow one another within so many milliseconds share a commit; none waits longer than the second figure. */
const COMMIT_AFTER = 4;
const COMMIT_WITHIN = 12;
const HEARTBEAT = 250;
const RETRY_AFTER = 500;

export function startFollower(parts: FollowerParts): Follower {
  const stopping = new AbortController();
  const waiting = new Set<() => void>();
  let models = parts.openModels();
  let position = models.checkpoint();
  const started = parts.clock();
  let standing = emptyStanding();
  const commits = openCommits(position, ({ received }) => {
    if (received >= started) parts.onVisible(parts.clock() - received);
  });
  let heard = parts.clock();
  let failed = false;

  function committed(at: number): void {
    position = at;
    heard = parts.clock();
    waiting.forEach((wake) => wake());
    commits.committed(at);
  }

  async function follow(): Promise<void> {
    const ground = await standingAt(parts.log, position);
    standing = ground;
    const round = new AbortController();
    const batch = openBatch(models, committed, () => round.abort());
    try {
      for await (const event of parts.log.follow(
        position,
        AbortSignal.any([stopping.signal, round.signal]),
      )) {
        heard = parts.clock();
        batch.begin();
        const change = await applyEvent({ log: parts.log, vault: parts.vault, models }, ground, event);
        if (change.kind === 'fact') commits.applied(event, change.metadata);
        batch.end(event.position);
      }
      batch.commit();
    } finally {
      batch.abandon();
    }
  }

  async function supervise(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        failed = false;
        await follow();
      } catch (error) {
        failed = true;
        parts.onFault(error);
        await recover();
      }
    }
  }

  /** Opens the models anew from what they committed; tries until they open or the hub stops. */
  async function recover(): Promise<void> {
    models.close();
    commits.abandoned();
    while (!stopping.signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
      try {
        models = parts.openModels();
        position = models.checkpoint();
        return;
      } catch (error) {
        parts.onFault(error);
      }
    }
  }

  async function listen(): Promise<void> {
    if (!failed && (await parts.log.head()) === position) heard = parts.clock();
  }

  const running = supervise();
  const heartbeat = setInterval(() => void listen().catch(() => undefined), HEARTBEAT);
  return {
    position: () => position,
    lastHeard: () => heard,
    reach: (wanted, timeout) => reached(() => position >= wanted, waiting, timeout),
    facts: commits.facts,
    standing: () => standing,
    async stop() {
      clearInterval(heartbeat);
      commits.close();
      stopping.abort();
      await running;
      models.close();
    },
  };
}

/**
 * Commits what was applied within a few milliseconds, or after so many events, never inside one. A commit that fails
 * on its own time calls `broken`, and the next `commit` throws.
 */
function openBatch(models: ReadModelWriter, committed: (position: number) => void, broken: () => void) {
  let applying = false;
  let applied = 0;
  let last = 0;
  let first = 0;
  let latest = 0;
  let scheduled: NodeJS.Timeout | undefined;
  const commit = (): void => {
    clearTimeout(scheduled);
    scheduled = undefined;
    if (applied === 0) return;
    models.commit(last);
    applied = 0;
    committed(last);
  };
  const commitLater = (): void => {
    scheduled = undefined;
    try {
      if (
        applying ||
        (performance.now() - latest < COMMIT_AFTER && performance.now() - first < COMMIT_WITHIN)
      )
        schedule();
      else commit();
    } catch {
      broken();
    }
  };
  const schedule = (): void => {
    scheduled ??= setTimeout(commitLater, COMMIT_AFTER);
  };
  return {
    begin: (): void => {
      applying = true;
    },
    end: (position: number): void => {
      applying = false;
      latest = performance.now();
      if (applied === 0) first = latest;
      applied += 1;
      last = position;
      if (applied >= EVENTS_PER_COMMIT) commit();
      else schedule();
    },
    commit,
    abandon: (): void => clearTimeout(scheduled),
  };
}

function reached(arrived: () => boolean, waiting: Set<() => void>, timeout: number): Promise<void> {
  if (arrived()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const done = (finish: () => void): void => {
      clearTimeout(timer);
      waiting.delete(wake);
      finish();
    };
    const wake = (): void => {
      if (arrived()) done(resolve);
    };
    const late = new Unavailable('projection-behind', 'the read model has not caught up with the log yet');
    const timer = setTimeout(() => done(() => reject(late)), timeout);
    waiting.add(wake);
  });
}
