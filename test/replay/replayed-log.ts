import { randomUUID } from 'node:crypto';
import {
  openJournal,
  type ReplayJournal,
  type ReplayQuestion,
} from '../../libs/adapters/audit/compliance-journal.js';
import { type Replay, replayCompliance } from '../../libs/adapters/audit/compliance.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { streamOf } from '../../libs/contract/fact.js';
import { type Finding } from '../../libs/domain/audit/compliance-finding.js';
import { type RecordedDisclosure } from '../../libs/domain/audit/compliance-grants.js';
import { CONSULTED, type DisclosedFact, DISCLOSED } from '../../libs/domain/disclosure/disclosure.js';
import { agreementOf } from '../../libs/testing/agreements.js';
import { sampleData } from '../../libs/testing/samples.js';
import {
  cameIntoForce,
  changed,
  type GivenFact,
  recordAgreement,
  recordFact,
  type World,
} from '../../libs/testing/world.js';

export const SAM = 'P0000000001A';
export const NADIA = 'P0000000002B';
export const TERRY = 'P0000000003C';

export const IN_FORCE = Date.parse('2025-02-01T00:00:00Z');
export const RECEIVED = Date.parse('2025-03-02T09:00:00Z');
export const ASKED = Date.parse('2025-06-01T12:00:00Z');

const arrests = { publishers: ['police'], types: ['police.arrest.recorded'] };

/** What the parties of the replayed log agreed: each clause in a way of its own. */
export const agreed = agreementOf({
  reference: 'core',
  clauses: [
    {
      id: 'arrests',
      ...arrests,
      recipients: ['housing'],
      purposes: ['resettlement'],
      fields: { clear: ['pnc', 'arrestedAt'], generalise: ['dateOfBirth'], mask: ['custodyRef'] },
    },
    {
      id: 'coordinators',
      ...arrests,
      recipients: ['probation'],
      purposes: ['reducing-reoffending'],
      conditions: { role: ['coordinator'] },
      fields: { clear: ['stationCode'] },
    },
    {
      id: 'responsible',
      ...arrests,
      recipients: ['probation'],
      purposes: ['reducing-reoffending'],
      conditions: { responsibility: 'case' },
      fields: { clear: ['sex'] },
    },
    {
      id: 'emergency',
      ...arrests,
      recipients: ['health'],
      purposes: ['safeguarding'],
      conditions: { emergency: { hours: 4, reviewWithin: 48 } },
      fields: { clear: ['address'] },
    },
    {
      id: 'attendance',
      publishers: ['treatment'],
      types: ['treatment.attendance.recorded'],
      recipients: ['police'],
      purposes: ['reducing-reoffending'],
      conditions: { consent: true },
      fields: { clear: ['class:HLTH'] },
    },
    {
      id: 'earlier',
      publishers: ['housing'],
      types: ['housing.placement.started'],
      recipients: ['police'],
      purposes: ['reducing-reoffending'],
      fields: { clear: ['accommodationType', 'arrivedOn'] },
    },
  ],
});

/** Puts the agreement into force, and two people's arrests into the log; gives the log event ids of the arrests. */
export async function recordBeginning(world: World): Promise<readonly string[]> {
  await recordAgreement(world.log, ...cameIntoForce(agreed, IN_FORCE));
  return [await recordArrest(world, SAM), await recordArrest(world, NADIA)];
}

export function recordArrest(world: World, offender: string): Promise<string> {
  return record(world, { offender, publisher: 'police', type: 'police.arrest.recorded' });
}

export function record(
  world: World,
  fact: Omit<GivenFact, 'data'> & Partial<Pick<GivenFact, 'data'>>,
): Promise<string> {
  return recordFact(world, { received: RECEIVED, data: sampleData[fact.type] ?? {}, ...fact });
}

/** The log position of an event. */
export async function positionOf(log: Pick<EventLog, 'readAll'>, id: string): Promise<number> {
  for await (const event of log.readAll(0)) if (event.id === id) return event.position;
  throw new Error(`the log has no event ${id}`);
}

/** An answer to housing for resettlement, about nobody unless told; its read model had followed the whole log. */
export async function recordAnswer(
  { log }: Pick<World, 'log'>,
  given: Partial<RecordedDisclosure>,
  type = DISCLOSED,
): Promise<number> {
  const disclosure: RecordedDisclosure = {
    agency: 'housing',
    user: 'housing-user',
    purpose: 'resettlement',
    justification: null,
    at: ASKED,
    asOf: await log.head(),
    query: '',
    asked: ['offender'],
    sought: [],
    confirmed: [],
    offenders: [...new Set((given.facts ?? []).map(({ offender }) => offender))],
    facts: [],
    ...given,
  };
  const metadata = JSON.stringify(disclosure);
  const event = { id: randomUUID(), type, metadata, data: new Uint8Array() };
  await log.append(streamOf.disclosure(disclosure.agency), [event], 'any');
  return log.head();
}

/** What a replay of a whole log finds. */
export async function replayed(
  log: Pick<EventLog, 'readAll' | 'head'>,
  question: Partial<ReplayQuestion> = {},
): Promise<{ readonly replay: Replay; readonly findings: readonly Finding[] }> {
  const journal = openJournal();
  try {
    const whole = { from: null, to: null, upTo: await log.head(), ...question };
    const replay = await replayCompliance(log, whole, journal);
    return { replay, findings: await findingsIn(journal) };
  } finally {
    journal.close();
  }
}

/** A log that two people's arrests and eight answers are in, with findings of several kinds. */
export async function recordFindings(world: World): Promise<void> {
  const [first = ''] = await recordBeginning(world);
  const position = await positionOf(world.log, first);
  const shownAs = (shown: Shown) => recordAnswer(world, { facts: [{ position, offender: SAM, shown }] });
  await shownAs({ 'core/1#arrests': { clear: ['pnc', 'arrestedAt'] } });
  await shownAs({ 'core/1#arrests': { clear: ['dateOfBirth'], mask: ['pnc'], absent: ['arrestedAt'] } });
  await recordAnswer(world, { offenders: [TERRY, SAM] });
  await recordAgreement(world.log, changed(agreed, 'agreement.suspended', ASKED - 10));
  await shownAs({ 'core/1#arrests': { clear: ['pnc'] }, 'other/1#clause': { clear: ['sex'] } });
  await record(world, { offender: SAM, publisher: 'hub', type: 'hub.consent.given' });
  await recordAgreement(world.log, changed(agreed, 'agreement.resumed', ASKED));
  await shownAs({ 'core/1#arrests': { clear: ['pnc'] } });
  await recordAnswer(world, { offenders: [] }, CONSULTED);
  await recordAnswer(world, { agency: 'probation', offenders: [SAM] });
  await shownAs({ 'core/1#arrests': { mask: ['custodyRef'] } });
}

type Shown = DisclosedFact['shown'];

export async function findingsIn(journal: ReplayJournal): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of journal.findings()) findings.push(finding);
  return findings;
}
