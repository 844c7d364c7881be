import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type CorrectionTable, openCorrectionTable } from './correction-table.js';
import { type Corrections, openCorrections } from './corrections.js';
import { startFollower } from './follower.js';

export interface RoomParts {
  readonly log: EventLog;
  /** Of the table, made when it is absent. */
  readonly file: string;
  readonly clock: () => number;
  /** Told of a fault by its kind, never with data. */
  readonly onFault: (error: unknown) => void;
}

/** Corrections as callers meet them: what is asked is answered as of the newest event of the log. */
export interface CorrectionRoom extends Omit<Corrections, 'open'> {
  stop(): Promise<void>;
}

const CATCH_UP_WITHIN = 10_000;

/** Opens the table, empty when it is of another log, folds the obligations and begins to follow the log. */
export async function openCorrectionRoom({ log, file, clock, onFault }: RoomParts): Promise<CorrectionRoom> {
  const table = openCorrectionTable(file);
  if (!(await isOf(log, table))) table.clear();
  const corrections = await openCorrections({ log, table, clock });
  const follower = startFollower({ log, table, corrections, onFault });
  const caughtUp = async (): Promise<void> => follower.reach(await log.head(), CATCH_UP_WITHIN);
  return {
    async list(caller, page) {
      await caughtUp();
      return corrections.list(caller, page);
    },
    async feed(caller, after, limit) {
      await caughtUp();
      return corrections.feed(caller, after, limit);
    },
    async acknowledge(caller, id, answer) {
      await caughtUp();
      return corrections.acknowledge(caller, id, answer);
    },
    elapse: corrections.elapse,
    countOverdue: corrections.countOverdue,
    async stop() {
      await follower.stop();
      table.close();
    },
  };
}

/** Whether the event that the table saw last is still where it was: no other log, and none that was cut short. */
async function isOf(log: Pick<EventLog, 'readAll'>, table: CorrectionTable): Promise<boolean> {
  const seen = table.checkpoint();
  if (seen.position === 0) return seen.revision < 0;
  for await (const { position, id } of log.readAll(seen.position - 1)) {
    return position === seen.position && id === seen.id;
  }
  return false;
}
