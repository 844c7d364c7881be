import { type EventLog, type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { type FactMetadata, isFactStream } from '../../../libs/contract/fact.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import { type Concern } from '../../../libs/domain/correction/cause.js';
import { obligations } from '../../../libs/domain/correction/obligations.js';
import { type Disclosure, isDisclosure } from '../../../libs/domain/disclosure/disclosure.js';
import { concernOf, concernOfFact } from './concern.js';
import { type CorrectionTable } from './correction-table.js';
import { type Corrections, identify } from './corrections.js';

export interface FollowerParts {
  readonly log: Pick<EventLog, 'readStream' | 'follow'>;
  readonly table: CorrectionTable;
  readonly corrections: Pick<Corrections, 'open'>;
  /** Told of a fault by its kind, never with data. */
  readonly onFault: (error: unknown) => void;
}

/** Follows the log: notes who was shown what, and opens obligations where that stopped being right. */
export interface CorrectionFollower {
  position(): number;
  /** Resolves once everything up to a position was seen to; throws `Unavailable` `corrections-behind` after the timeout (ms). */
  reach(position: number, timeout: number): Promise<void>;
  stop(): Promise<void>;
}

const EVENTS_PER_COMMIT = 500;
const COMMIT_WITHIN = 50;
const RETRY_AFTER = 500;
const LOOK_EVERY = 5;

/**
 * Starts where the table left off. Whatever it sees again, after a crash or from the first event when the table was
 * deleted, it works out alike, and what is open already is not opened twice.
 */
export function startFollower({ log, table, corrections, onFault }: FollowerParts): CorrectionFollower {
  const stopping = new AbortController();
  let { position } = table.checkpoint();
  let newestConcern = table.newestConcern();

  async function take(event: LoggedEvent): Promise<void> {
    if (isDisclosure(event.type)) return noteDisclosure(event);
    const concern = isFactStream(event.stream) ? await noteFact(event) : await concernOf(log, event);
    if (concern === undefined || concern.facts.length === 0) return;
    table.noteConcern(concern);
    newestConcern = event.position;
    const tellings = table.tellings(concern.offender, concern.facts);
    await corrections.open(obligations(concern, tellings, identify, concern.cause.at));
  }

  function noteFact(event: LoggedEvent): Promise<Concern | undefined> {
    const metadata = JSON.parse(event.metadata) as FactMetadata;
    table.noteFact(event.id, metadata.offender);
    return concernOfFact(log, table.offenderOf, event, metadata);
  }

  /** An answer may have been on its way when what it shows stopped being right: it was recorded after that. */
  async function noteDisclosure({ position: disclosed, metadata }: LoggedEvent): Promise<void> {
    const disclosure = JSON.parse(metadata) as Disclosure;
    table.noteDisclosure(disclosed, disclosure);
    if (disclosure.asOf >= newestConcern) return;
    const shown = new Set(disclosure.facts.map((fact) => fact.position));
    for (const concern of table.concernsAfter(disclosure.asOf)) {
      const facts = concern.facts.filter((fact) => shown.has(fact.position));
      if (facts.length > 0) await openLate({ ...concern, facts }, disclosed, disclosure.at);
    }
  }

  async function openLate(concern: Concern, disclosed: number, at: number): Promise<void> {
    const tellings = table
      .tellings(concern.offender, concern.facts)
      .filter(({ disclosure }) => disclosure === disclosed);
    await corrections.open(obligations(concern, tellings, identify, Math.max(at, concern.cause.at)));
  }

  async function follow(): Promise<void> {
    const round = new AbortController();
    const commits = openCommits(table, (error) => {
      onFault(error);
      round.abort();
    });
    try {
      for await (const event of log.follow(position, AbortSignal.any([stopping.signal, round.signal]))) {
        table.begin();
        await take(event);
        table.begin();
        table.reached(event.position, event.id);
        ({ position } = event);
        commits.next();
      }
      commits.now();
    } finally {
      commits.stop();
    }
  }

  async function supervise(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await follow();
      } catch (error) {
        onFault(error);
      }
      if (stopping.signal.aborted) return;
      table.rollback();
      ({ position } = table.checkpoint());
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
    }
  }

  const running = supervise();
  return {
    position: () => position,
    async reach(wanted, timeout) {
      const late = performance.now() + timeout;
      while (position < wanted) {
        if (performance.now() > late)
          throw new Unavailable('corrections-behind', 'corrections have not caught up with the log yet');
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
      }
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Commits after so many events or milliseconds. A commit that fails on its own time is told to `broken`. */
function openCommits(table: Pick<CorrectionTable, 'commit'>, broken: (error: unknown) => void) {
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  const now = (): void => {
    clearTimeout(timer);
    timer = undefined;
    waiting = 0;
    table.commit();
  };
  const later = (): void => {
    try {
      now();
    } catch (error) {
      broken(error);
    }
  };
  return {
    next: (): void => {
      waiting += 1;
      if (waiting >= EVENTS_PER_COMMIT) now();
      else timer ??= setTimeout(later, COMMIT_WITHIN);
    },
    now,
    stop: (): void => clearTimeout(timer),
  };
}
