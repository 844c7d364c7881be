import { streamOf } from '../../contract/fact.js';
import { type Operation, operationOf } from '../../domain/audit/operations.js';
import {
  asAsked,
  type OperationsQuestion,
  requireBounded,
  SHOWING_KINDS,
} from '../../domain/audit/questions.js';
import { isDisclosure } from '../../domain/disclosure/disclosure.js';
import { type LoggedEvent, type Position } from '../event-log/event-log.js';
import { type AuditedLog, eventsWithin, type Reading } from './log-window.js';
import { justificationOf } from './question.js';

/**
 * The operations that an auditor asks for (R24), after a position, oldest first, read from the log as they are taken: one
 * at a time in memory. Asked for showing kinds alone, they are answers; packs for an access request stand among the others.
 * Throws `Invalid` for what `requireBounded` refuses.
 */
export async function* operationsIn(
  log: AuditedLog,
  question: OperationsQuestion,
  after: Position,
  reading: Reading,
): AsyncGenerator<Operation> {
  requireBounded(question);
  const isShowing = question.kinds.every((kind) => SHOWING_KINDS.includes(kind));
  for await (const event of eventsFor(log, question, after, reading)) {
    if (!mayAnswer(question, event) || (isShowing && !isDisclosure(event.type))) continue;
    const operation = operationOf(event);
    const asked = operation === undefined ? undefined : asAsked(question, operation);
    if (asked !== undefined) yield withReason(asked, event, reading);
  }
}

function withReason(operation: Operation, event: LoggedEvent, { vault }: Reading): Operation {
  if (vault === undefined || operation.justification !== null) return operation;
  return { ...operation, justification: justificationOf(vault, event) };
}

/** A page of them; `more` when there are others behind it. */
export async function operationsPage(
  log: AuditedLog,
  question: OperationsQuestion,
  page: { readonly after: Position; readonly first: number },
  reading: Reading,
): Promise<{ readonly operations: readonly Operation[]; readonly more: boolean }> {
  const operations: Operation[] = [];
  for await (const operation of operationsIn(log, question, page.after, reading)) {
    if (operations.length === page.first) return { operations, more: true };
    operations.push(operation);
  }
  return { operations, more: false };
}

/** What one agency was shown lies in a stream of its own, which is shorter than the log. */
async function* eventsFor(
  log: AuditedLog,
  { agency, kinds }: OperationsQuestion,
  after: Position,
  reading: Reading,
): AsyncGenerator<LoggedEvent> {
  const isShowing = kinds.every((kind) => SHOWING_KINDS.includes(kind));
  if (agency === undefined || !isShowing) {
    yield* eventsWithin(log, after, reading);
    return;
  }
  for await (const event of log.readStream(streamOf.disclosure(agency))) {
    if (event.position > reading.upTo) return;
    if (event.position > after) yield event;
  }
}

/** A quick look, before anything is parsed: whoever and whatever is asked for stands in the event as it is written. */
function mayAnswer({ person, user, clause }: OperationsQuestion, { metadata }: LoggedEvent): boolean {
  const named = [person, user, clause].filter((each) => each !== undefined);
  return named.every((each) => metadata.includes(JSON.stringify(each).slice(1, -1)));
}
