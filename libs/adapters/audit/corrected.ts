import { Invalid } from '../../contract/failure.js';
import { type FactMetadata, isFactStream, streamOf } from '../../contract/fact.js';
import { type CorrectedReceipt, correctedIn, type SupersededFact } from '../../domain/audit/corrected.js';
import { requirePerson, SHOWING_KINDS } from '../../domain/audit/questions.js';
import { BEFORE_FIRST, type Position } from '../event-log/event-log.js';
import { supersessionOf } from './explain.js';
import { type AuditedLog, eventAt, eventsWithin, positionOf, type Reading } from './log-window.js';
import { operationsIn } from './operations.js';

/** One fact by its position, or every fact of a person by hub id. */
export type CorrectedQuestion =
  | { readonly position: Position; readonly person?: undefined }
  | { readonly person: string; readonly position?: undefined };

/** Exactly one of the two. Throws `Invalid` `corrected`, `position` or `person`. */
export function correctedQuestion(
  position: string | undefined,
  person: string | undefined,
): CorrectedQuestion {
  if (position !== undefined && person === undefined) return { position: positionOf('position', position) };
  if (person === undefined || position !== undefined)
    throw new Invalid('corrected', 'name either the position of a fact or a person');
  requirePerson(person);
  return { person };
}

/**
 * Who was shown facts that were later corrected or retracted, or were so already: when, under which clause, and whether
 * after the correction (R9, R20). Oldest first. Reads the log three times, with the person's superseded facts in memory.
 */
export async function* correctedReceipts(
  log: AuditedLog,
  question: CorrectedQuestion,
  reading: Reading,
): AsyncGenerator<CorrectedReceipt> {
  const { person, facts } = await factsAsked(log, question, reading);
  const superseded = await supersededAmong(log, facts, reading);
  if (superseded.size === 0) return;
  const shown = operationsIn(log, { person, kinds: SHOWING_KINDS }, BEFORE_FIRST, reading);
  for await (const operation of shown) yield* correctedIn(operation, superseded);
}

/** By log event id. */
type Facts = ReadonlyMap<string, { readonly position: string; readonly type: string }>;

async function factsAsked(
  log: AuditedLog,
  { position, person }: CorrectedQuestion,
  { upTo }: Reading,
): Promise<{ readonly person: string; readonly facts: Facts }> {
  if (position !== undefined) {
    const { stream, id, type, metadata } = await eventAt(log, 'fact', position);
    if (!isFactStream(stream)) throw new Invalid('position', `there is no fact at position ${position}`);
    const { offender } = JSON.parse(metadata) as FactMetadata;
    return { person: offender, facts: new Map([[id, { position: String(position), type }]]) };
  }
  const facts = new Map<string, { readonly position: string; readonly type: string }>();
  for await (const event of log.readStream(streamOf.offender(person))) {
    if (event.position <= upTo) facts.set(event.id, { position: String(event.position), type: event.type });
  }
  return { person, facts };
}

/** A fact may be superseded by one that is another person's: what put it right was found to be about somebody else. */
async function supersededAmong(
  log: AuditedLog,
  facts: Facts,
  reading: Reading,
): Promise<ReadonlyMap<string, SupersededFact>> {
  const superseded = new Map<string, SupersededFact>();
  for await (const event of eventsWithin(log, BEFORE_FIRST, reading)) {
    if (!isFactStream(event.stream)) continue;
    const { corrects, retracts } = JSON.parse(event.metadata) as FactMetadata;
    const id = retracts ?? corrects;
    const fact = id === null ? undefined : facts.get(id);
    const found = fact === undefined || id === null ? undefined : supersessionOf(event, id);
    if (fact !== undefined && found !== undefined)
      superseded.set(fact.position, { type: fact.type, superseded: found });
  }
  return superseded;
}
