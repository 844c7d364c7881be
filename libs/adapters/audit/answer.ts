import { Invalid, Unavailable } from '../../contract/failure.js';
import { streamOf } from '../../contract/fact.js';
import { EMPTY_REGISTER, type Register } from '../../domain/agreement/register.js';
import {
  type AskedQuestion,
  type Disclosure,
  isDisclosure,
  isRebuildable,
} from '../../domain/disclosure/disclosure.js';
import { foldRecorded } from '../agreement-document/recorded-step.js';
import { type Position } from '../event-log/event-log.js';
import { identifierPseudonym } from '../key-vault/identifier-pseudonym.js';
import { ERASED, type KeyVault } from '../key-vault/key-vault.js';
import { rebuild } from '../projection/rebuild.js';
import { openEmbeddedWriter } from '../read-store/embedded-writer.js';
import { type ReadModelWriter } from '../read-store/read-store.js';
import { type AuditedLog, eventAt } from './log-window.js';
import { openWords } from './question.js';

/** Where past answers are made again from. */
export interface AnswerSources {
  readonly log: AuditedLog;
  readonly vault: KeyVault;
}

/** An answer as its record has it, and what was asked. */
export interface RecordedAnswer {
  readonly record: Disclosure & Required<Pick<Disclosure, 'agreementsAsOf' | 'answer' | 'roles'>>;
  readonly question: AskedQuestion;
}

/** An answer that was made again: the body of its response, and whether that is the same byte for byte. */
export interface RebuiltAnswer {
  readonly text: string;
  readonly same: boolean;
}

/**
 * The recorded answer at a position, its question opened. Throws `Invalid` `position` when there is none, and
 * `Unavailable` with what stands in the way of making it again: `question-erased` after a person of the answer was,
 * `question-not-kept`, `answer-not-rebuildable`, `record-of-before`, `log-altered`.
 */
export async function recordedAnswer(
  { log, vault }: AnswerSources,
  position: Position,
): Promise<RecordedAnswer> {
  const event = await eventAt(log, 'record of an answer', position);
  if (!isDisclosure(event.type))
    throw new Invalid('position', `there is no record of an answer at position ${position}`);
  const record = JSON.parse(event.metadata) as Disclosure;
  if (!isRebuildable(record))
    throw new Unavailable('answer-not-rebuildable', 'only answers from pictures of people can be made again');
  if (!isWhole(record))
    throw new Unavailable('record-of-before', 'the record was made before questions were kept');
  const words = openWords(vault, event);
  if (words === ERASED)
    throw new Unavailable(
      'question-erased',
      'a person in the answer was erased, and the question can be read no more',
    );
  if (words?.question == null)
    throw new Unavailable('question-not-kept', 'the question found nobody and was not kept');
  return { record, question: words.question };
}

function isWhole(record: Disclosure): record is RecordedAnswer['record'] {
  return record.agreementsAsOf !== undefined && record.answer !== undefined && record.roles !== undefined;
}

/** Builds the read model of the agency that was answered, as it stood then, under a folder that holds none. */
export async function rebuildModel(
  { log, vault }: AnswerSources,
  { agency, asOf }: Disclosure,
  dir: string,
): Promise<void> {
  const models = openEmbeddedWriter(dir, identifierPseudonym(vault));
  try {
    await rebuild({ log, vault, models: onlyOf(agency, models) }, asOf);
  } finally {
    models.close();
  }
}

function onlyOf(agency: string, models: ReadModelWriter): ReadModelWriter {
  return {
    ...models,
    put(row, supersession) {
      if (row.agency === agency) models.put(row, supersession);
    },
    note: () => undefined,
    tie(id, offender, ties) {
      if (id === agency) models.tie(id, offender, ties);
    },
  };
}

/** The agreements as they stood at a position. Throws `Unavailable` `agreement-log` as `foldRecorded` does. */
export async function registerAt(log: Pick<AuditedLog, 'readStream'>, position: Position): Promise<Register> {
  let register = EMPTY_REGISTER;
  for await (const event of log.readStream(streamOf.agreements)) {
    if (event.position > position) break;
    ({ register } = foldRecorded(register, event));
  }
  return register;
}
