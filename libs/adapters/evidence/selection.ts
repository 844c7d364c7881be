import { type FactMetadata, isFactStream, LINKED, type LinkMetadata, streamOf } from '../../contract/fact.js';
import { type OperationsQuestion } from '../../domain/audit/questions.js';
import { changesState } from '../../domain/casework/offender-history.js';
import { type CorrectionEvent } from '../../domain/correction/correction.js';
import { isDisclosure } from '../../domain/disclosure/disclosure.js';
import { type EmergencyEvent } from '../../domain/emergency/emergency.js';
import { type DataProtectionEvent } from '../../domain/erasure/data-protection.js';
import { type AuditedLog, eventsWithin, type Reading } from '../audit/log-window.js';
import { operationsIn } from '../audit/operations.js';
import { BEFORE_FIRST, type LoggedEvent } from '../event-log/event-log.js';

/** Whether an answer rests on an event; asked of the events in the order of the log, each once. */
export type Selects = (event: LoggedEvent) => boolean;

/**
 * Finds the events that an answer to a question rests on: the records of the answers; the facts they show, and what
 * superseded these; the links that made them these people's; the facts, emergencies and restrictions that the people's
 * state was made of; every step of the agreements but drafts, which bind nobody; and the obligations to correct what was
 * shown. Reads the log twice, and whoever asks reads it once more; memory holds positions and ids.
 */
export async function selectionFor(
  log: AuditedLog,
  question: OperationsQuestion,
  reading: Reading,
): Promise<Selects> {
  const asked = await whatWasAsked(log, question, reading);
  const ids = new Set<string>();
  for await (const event of eventsWithin(log, BEFORE_FIRST, reading))
    if (isFactStream(event.stream) && isFactOf(asked, event)) ids.add(event.id);
  return selecting(asked, ids);
}

interface Asked {
  /** Log positions. */
  readonly answers: ReadonlySet<number>;
  readonly facts: ReadonlySet<number>;
  /** Hub ids. */
  readonly people: ReadonlySet<string>;
}

async function whatWasAsked(log: AuditedLog, question: OperationsQuestion, reading: Reading): Promise<Asked> {
  const [answers, facts, people] = [new Set<number>(), new Set<number>(), new Set<string>()];
  for await (const operation of operationsIn(log, question, BEFORE_FIRST, reading)) {
    answers.add(Number(operation.position));
    for (const { position, offender } of operation.facts) {
      if (position !== null) facts.add(Number(position));
      people.add(offender);
    }
    operation.offenders.forEach((offender) => people.add(offender));
  }
  return { answers, facts, people };
}

/** A fact that was shown, or that bears on the state of somebody who was. */
function isFactOf({ facts, people }: Asked, { position, type, metadata }: LoggedEvent): boolean {
  if (facts.has(position)) return true;
  const { offender, control } = JSON.parse(metadata) as FactMetadata;
  return people.has(offender) && changesState(type, control);
}

function selecting(asked: Asked, ids: Set<string>): Selects {
  const { answers, facts, people } = asked;
  const steps = new Set<string>();

  /** What supersedes a fact that is in is in, and what supersedes that. */
  function isFact({ id, metadata }: LoggedEvent): boolean {
    const { corrects, retracts } = JSON.parse(metadata) as FactMetadata;
    const isIn = ids.has(id) || ids.has(corrects ?? retracts ?? '');
    if (isIn) ids.add(id);
    return isIn;
  }

  /** What begins something about somebody is in, and every later step of it. */
  function isStep(id: string, begins: boolean): boolean {
    if (begins) steps.add(id);
    return steps.has(id);
  }

  function isEmergency(event: EmergencyEvent): boolean {
    return isStep(event.id, event.type === 'emergency.opened' && people.has(event.offender ?? ''));
  }

  function isCorrection(event: CorrectionEvent): boolean {
    const opens = 'offender' in event && people.has(event.offender);
    return isStep(event.id, opens && event.shown.some(({ position }) => facts.has(position)));
  }

  return (event) => {
    const { stream, type, metadata, position } = event;
    if (isFactStream(stream)) return isFact(event);
    if (isDisclosure(type)) return answers.has(position);
    if (type === LINKED) return people.has((JSON.parse(metadata) as LinkMetadata).offender);
    switch (stream) {
      case streamOf.agreements:
        return type !== 'agreement.drafted';
      case streamOf.emergencies:
        return isEmergency(JSON.parse(metadata) as EmergencyEvent);
      case streamOf.dataProtection:
        return people.has((JSON.parse(metadata) as DataProtectionEvent).offender);
      case streamOf.corrections:
        return isCorrection(JSON.parse(metadata) as CorrectionEvent);
      default:
        return false;
    }
  };
}
