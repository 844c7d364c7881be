import { type FactMetadata, isFactStream, streamOf } from '../../contract/fact.js';
import { EMPTY_REGISTER, type Register } from '../../domain/agreement/register.js';
import { type Disclosure, isDisclosure } from '../../domain/disclosure/disclosure.js';
import { type GovernanceEvent } from '../../domain/governance/act.js';
import { governanceOf, type RecordedAct } from '../../domain/governance/governance.js';
import { type RecordedAnswer } from '../../domain/performance/key-principles/disclosures.js';
import { type PersonHistory } from '../../domain/performance/history.js';
import { type ReportGround } from '../../domain/performance/registry.js';
import { supersededBy } from '../../domain/performance/selections.js';
import { foldRecorded } from '../agreement-document/recorded-step.js';
import { type EventLog, type LoggedEvent } from '../event-log/event-log.js';
import { readingOn } from '../event-log/reading-on.js';
import { type KeyVault } from '../key-vault/key-vault.js';
import { openFeeds } from '../performance/feeds.js';
import { openHistories } from '../performance/histories.js';

/** What reports are made from, kept up with the log. */
export interface Grounds {
  /**
   * The ground as of the newest event of the log; of what had been received by `knownAt` (epoch milliseconds), or of
   * everything where it is null. Reads only what the log has taken since the last time.
   */
  ground(knownAt: number | null): Promise<LoggedGround>;
  /** One person's history as of the newest event of the log; undefined when nothing counts of them. */
  history(offender: string): Promise<PersonHistory | undefined>;
}

/** What reports are made from, but for what no log says: how soon facts become visible. */
export type LoggedGround = Omit<ReportGround, 'visibleWithin'>;

/** What is kept of the log besides histories and feeds: all of it stands in the clear. */
interface Kept {
  readonly superseding: Superseding[];
  /** After each event of the stream of agreements. */
  readonly registers: Register[];
  readonly acts: RecordedAct[];
  readonly answers: RecordedAnswer[];
}

type Superseding = Pick<FactMetadata, 'corrects' | 'retracts' | 'received'> & { readonly id: string };

/**
 * Follows the log for reports, from its beginning. Throws `Unavailable` `agreement-log` where agreements were altered.
 */
export function openGrounds(log: Pick<EventLog, 'readAll'>, vault: KeyVault): Grounds {
  const people = openHistories(vault);
  const feeds = openFeeds();
  const kept: Kept = { superseding: [], registers: [EMPTY_REGISTER], acts: [], answers: [] };
  const refresh = readingOn(log, (event) => {
    people.take(event);
    feeds.take(event);
    keep(kept, event);
  });

  return {
    async ground(knownAt) {
      await refresh();
      const [histories, receipts] = [people.histories(knownAt), feeds.receipts(knownAt)];
      return { histories, receipts, ...asKnown(kept, knownAt ?? Infinity) };
    },
    async history(offender) {
      await refresh();
      return people.history(offender);
    },
  };
}

function keep(kept: Kept, { id, stream, metadata, ...event }: LoggedEvent): void {
  const { superseding, registers, acts, answers } = kept;
  if (isDisclosure(event.type)) answers.push(answerIn(JSON.parse(metadata) as Disclosure));
  if (isFactStream(stream)) {
    const { corrects, retracts, received } = JSON.parse(metadata) as FactMetadata;
    if (corrects !== null || retracts !== null) superseding.push({ id, corrects, retracts, received });
  }
  if (stream === streamOf.agreements)
    registers.push(foldRecorded(registers.at(-1) ?? EMPTY_REGISTER, { ...event, metadata }).register);
  if (stream === streamOf.governance) acts.push({ id, event: JSON.parse(metadata) as GovernanceEvent });
}

function answerIn({ at, facts }: Disclosure): RecordedAnswer {
  return { at, clauses: [...new Set(facts.flatMap(({ shown }) => Object.keys(shown)))] };
}

function asKnown(
  { superseding, registers, acts, answers }: Kept,
  moment: number,
): Omit<LoggedGround, 'histories' | 'receipts'> {
  return {
    superseded: supersededBy(superseding.filter(({ received }) => received <= moment)),
    register: registers.findLast(({ asOf }) => asOf <= moment) ?? EMPTY_REGISTER,
    governance: governanceOf(acts, moment),
    answers: answers.filter(({ at }) => at <= moment),
  };
}
