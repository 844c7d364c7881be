import { randomUUID } from 'node:crypto';
import { type Caller, requireRole } from '../../../libs/adapters/caller/caller.js';
import { type EventLog, type NewEvent } from '../../../libs/adapters/event-log/event-log.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { SHORT_REASON, statedReason } from '../../../libs/contract/stated-reason.js';
import { isAuditor } from '../../../libs/domain/audit/auditor.js';
import {
  type Correction,
  type CorrectionAction,
  type CorrectionEvent,
  type CorrectionOpened,
  evolve,
  type OnwardRecipient,
} from '../../../libs/domain/correction/correction.js';
import { acknowledge, elapse, notify, open } from '../../../libs/domain/correction/decide.js';
import { type Identify } from '../../../libs/domain/correction/obligations.js';
import { mayKnow } from '../../../libs/domain/correction/sight.js';
import { companionIdOf } from '../intake/event-id.js';
import { type CorrectionTable, type Listed, type Selection } from './correction-table.js';

/** An answer to an obligation. */
export interface Answer {
  readonly action: CorrectionAction;
  readonly reason: string;
  readonly onward: readonly OnwardRecipient[];
}

export interface Page extends Omit<Selection, 'agency'> {
  readonly limit: number;
}

/** Obligations to tell whoever was shown what no longer stands (R9, R20): opened, told, answered, overdue. */
export interface Corrections {
  /** What a caller may know of, in the order of opening; telling somebody of the recipient is recorded before it is given. */
  list(caller: Caller, page: Page): Promise<readonly Listed[]>;
  /** What the caller's agency must answer or has answered, for its systems: roles publisher or coordinator. */
  feed(caller: Caller, after: number, limit: number): Promise<readonly Listed[]>;
  acknowledge(caller: Caller, id: string, answer: Answer): Promise<Listed>;
  /** Opens what is not open yet; said again, it changes nothing. */
  open(openings: readonly CorrectionOpened[]): Promise<void>;
  /** Writes down what became overdue. */
  elapse(): Promise<void>;
  countOverdue(): number;
}

export interface CorrectionParts {
  readonly log: Pick<EventLog, 'append' | 'readStream'>;
  readonly table: CorrectionTable;
  readonly clock: () => number;
}

const MOST_AT_ONCE = 100;

/** The id of an obligation, by which whatever opens it again is seen to repeat itself. */
export const identify: Identify = (causeEvent, recipient) =>
  companionIdOf(causeEvent, `correction ${recipient}`);

/** Folds the stream `corrections` into the table, and decides what is appended to it, one decision after another. */
export async function openCorrections({ log, table, clock }: CorrectionParts): Promise<Corrections> {
  let last: Promise<unknown> = Promise.resolve();

  async function refresh(): Promise<void> {
    const from = table.checkpoint().revision + 1;
    for await (const { metadata, position, revision } of log.readStream(streamOf.corrections, from)) {
      const event = JSON.parse(metadata) as CorrectionEvent;
      const correction = evolve(table.find(event.id), event);
      if (correction !== undefined) table.put(correction, position);
      table.folded(revision);
    }
  }

  /** Appends what follows from the obligations as they stand; decides anew when another process came first. */
  async function append(follows: () => readonly CorrectionEvent[]): Promise<void> {
    for (;;) {
      await refresh();
      const events = follows();
      if (events.length === 0) return;
      const { revision } = table.checkpoint();
      const expected = revision < 0 ? 'none' : revision;
      const { outcome } = await log.append(streamOf.corrections, events.map(logged), expected);
      if (outcome === 'conflict') continue;
      return refresh();
    }
  }

  function inTurn(follows: () => readonly CorrectionEvent[]): Promise<void> {
    const turn = last.then(() => append(follows));
    last = turn.catch(() => undefined);
    return turn;
  }

  async function tell({ agency, user }: Caller, found: readonly Listed[]): Promise<readonly Listed[]> {
    const by = { agency, user };
    const untold = found.filter(({ correction }) => notify(correction, by, clock()).length > 0);
    if (untold.length === 0) return found;
    await inTurn(() => untold.flatMap(({ correction }) => notify(table.find(correction.id), by, clock())));
    return found.map(({ position, correction }) => ({ position, correction: current(correction.id) }));
  }

  function current(id: string): Correction {
    const correction = table.find(id);
    if (correction === undefined) throw new Error('an obligation that was there is gone');
    return correction;
  }

  await refresh();
  return {
    async list(caller, { limit, ...selection }) {
      requireRole(caller, 'practitioner', 'coordinator', 'signatory', 'auditor');
      const agency = isAuditor(caller) ? undefined : caller.agency;
      const most = within(limit);
      const found: Listed[] = [];
      for (const each of table.select({ ...selection, agency })) {
        if (mayKnow(each.correction, caller) && found.push(each) === most) break;
      }
      return tell(caller, found);
    },
    async feed(caller, after, limit) {
      requireRole(caller, 'publisher', 'coordinator');
      return tell(caller, table.answeredBy(caller.agency, after, within(limit)));
    },
    async acknowledge(caller, id, { action, reason, onward }) {
      requireRole(caller, 'practitioner', 'coordinator', 'signatory');
      const why = statedReason(reason, SHORT_REASON);
      if (onward.length > MOST_AT_ONCE)
        throw new Invalid('correction-onward', `onward may name at most ${MOST_AT_ONCE} recipients`);
      const answer = { id, by: caller, action, reason: why, onward };
      await inTurn(() => acknowledge(table.find, identify, { ...answer, at: clock() }));
      return { position: table.positionOf(id), correction: current(id) };
    },
    open: (openings) => inTurn(() => openings.flatMap((each) => open(table.find(each.id), each))),
    async elapse() {
      const at = clock();
      for (;;) {
        const passed = table.passed(at, MOST_AT_ONCE);
        if (passed.length === 0) return;
        await inTurn(() => passed.flatMap((id) => elapse(table.find(id), at)));
      }
    },
    countOverdue: table.countOverdue,
  };
}

/** What opens an obligation has the obligation's id, so that the log itself refuses a second one. */
function logged(event: CorrectionEvent): NewEvent {
  const opens = event.type === 'correction.opened' || event.type === 'correction.onwardOpened';
  const id = opens ? event.id : randomUUID();
  return { id, type: event.type, metadata: JSON.stringify(event), data: new Uint8Array() };
}

function within(limit: number): number {
  if (Number.isInteger(limit) && limit > 0 && limit <= MOST_AT_ONCE) return limit;
  throw new Invalid('limit', `a page holds 1 to ${MOST_AT_ONCE} corrections`);
}
