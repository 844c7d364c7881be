import { Invalid } from '../../contract/failure.js';
import { streamOf } from '../../contract/fact.js';
import { type Finding, recordFinding } from '../../domain/audit/compliance-finding.js';
import { complianceOf } from '../../domain/audit/compliance.js';
import { type RecordedDisclosure } from '../../domain/audit/compliance-grants.js';
import { readRecord } from '../../domain/audit/compliance-record.js';
import { CONSULTED, isDisclosure } from '../../domain/disclosure/disclosure.js';
import { BEFORE_FIRST, type EventLog, type LoggedEvent, type Position } from '../event-log/event-log.js';
import { type GrowingGround, openGround } from './compliance-ground.js';
import {
  type ReplayJournal,
  type ReplayProgress,
  type ReplayQuestion,
  type ReplayTally,
} from './compliance-journal.js';

/** What a replay judged, and found; the findings themselves are in its journal. */
export type Replay = ReplayQuestion & ReplayTally;

/** Who hears how far a replay has come, and how often it keeps what it found. */
export interface ReplayPace {
  readonly progress?: (done: Position, total: Position) => void;
  readonly eventsPerCommit?: number;
}

const EVENTS_PER_COMMIT = 5000;
const REPORT_EVERY = 500;

/**
 * Replays the log and judges every recorded answer of a period by the agreements and states of its moment (design §9).
 * Needs no keys: decisions rest on clear metadata. Streams: memory is bounded by the standing, however many answers
 * there are. What is found goes to the journal, from whose last commit an interrupted replay goes on; up to there the
 * log is folded again, but not judged. `progress` hears of positions.
 */
export async function replayCompliance(
  log: Pick<EventLog, 'readAll'>,
  question: ReplayQuestion,
  journal: ReplayJournal,
  { progress = () => undefined, eventsPerCommit = EVENTS_PER_COMMIT }: ReplayPace = {},
): Promise<Replay> {
  const begun = journal.begin(question);
  const ground = openGround();
  try {
    const judge = openJudge(ground, question, journal, begun);
    let taken = 0;
    for await (const event of log.readAll(BEFORE_FIRST)) {
      if (event.position > question.upTo) break;
      judge.take(event);
      if (++taken % eventsPerCommit === 0) judge.commit();
      if (event.position % REPORT_EVERY === 0) progress(event.position, question.upTo);
    }
    return { ...question, ...judge.end() };
  } finally {
    ground.close();
  }
}

function openJudge(
  ground: GrowingGround,
  question: ReplayQuestion,
  journal: ReplayJournal,
  begun: ReplayProgress,
) {
  let reached = begun;
  return {
    take(event: LoggedEvent): void {
      if (event.position === begun.position && leafOf(event) !== begun.leaf) throw otherLog();
      const isAnswer = isDisclosure(event.type);
      if (!isAnswer) ground.take(event);
      if (event.position <= begun.position) return;
      const tally = isAnswer ? judged(ground, question, event, reached.tally, journal.add) : reached.tally;
      reached = { position: event.position, leaf: leafOf(event), tally };
    },
    commit: () => journal.commit(reached),
    end(): ReplayTally {
      if (reached.position < question.upTo) throw otherLog();
      journal.commit(reached);
      return reached.tally;
    },
  };
}

function leafOf({ leafHash }: LoggedEvent): string {
  return Buffer.from(leafHash).toString('hex');
}

function otherLog(): Invalid {
  return new Invalid('resume-log', 'the replay began with another log');
}

function judged(
  ground: GrowingGround,
  { from, to }: ReplayQuestion,
  event: LoggedEvent,
  tally: ReplayTally,
  add: (finding: Finding) => void,
): ReplayTally {
  const { position, stream, type, metadata } = event;
  const disclosure = readRecord(metadata);
  const agency = stream.slice(streamOf.disclosure('').length);
  if (disclosure === undefined) {
    add(recordFinding(position, agency, 'unreadable'));
    return { ...tally, records: tally.records + 1 };
  }
  const { at } = disclosure;
  if ((from !== null && at < from) || (to !== null && at >= to)) return tally;
  const isElsewhere = stream !== streamOf.disclosure(disclosure.agency);
  const findings = [
    ...(isElsewhere ? [recordFinding(position, agency, 'other-agency')] : []),
    ...complianceOf(ground, { position, disclosure }),
  ];
  findings.forEach(add);
  return counted(tally, type, disclosure, findings);
}

function counted(
  tally: ReplayTally,
  type: string,
  { facts }: RecordedDisclosure,
  findings: readonly Finding[],
): ReplayTally {
  const isConsultation = type === CONSULTED;
  const found = (kind: Finding['kind']): number => findings.filter((each) => each.kind === kind).length;
  const fields = facts
    .flatMap(({ shown }) => Object.values(shown))
    .flatMap((under) => Object.values(under))
    .reduce((sum, { length }) => sum + length, 0);
  return {
    disclosures: tally.disclosures + (isConsultation ? 0 : 1),
    consultations: tally.consultations + (isConsultation ? 1 : 0),
    facts: tally.facts + facts.length,
    fields: tally.fields + fields,
    notPermitted: tally.notPermitted + found('not-permitted'),
    withheld: tally.withheld + found('withheld'),
    records: tally.records + found('record'),
  };
}
