import { type FactMetadata, isFactStream, streamOf } from '../../contract/fact.js';
import { readRecord } from '../../domain/audit/compliance-record.js';
import { type ClearEvent, type Operation, operationOf } from '../../domain/audit/operations.js';
import { asAsked, type OperationsQuestion } from '../../domain/audit/questions.js';
import { type CorrectionEvent } from '../../domain/correction/correction.js';
import { isDisclosure } from '../../domain/disclosure/disclosure.js';
import { type GrowingGround, openGround } from '../audit/compliance-ground.js';
import { type LoggedEvent } from '../event-log/event-log.js';
import { type Chart } from './chart.js';
import { openEmptyAnswers } from './empty-answers.js';
import { openFreshness } from './freshness.js';
import { openOutstanding } from './outstanding.js';
import { openRecipientWeeks } from './recipient-weeks.js';
import { openRefusals } from './refusals.js';

/** What the charts of a report count: which answers, and what of everything else was there before a moment. */
export interface FiguresQuestion {
  readonly answers: OperationsQuestion;
  /** Epoch milliseconds: facts received and corrections made by then count. */
  readonly asOf: number;
  /** Which facts there are, in words. */
  readonly facts: string;
}

/** Gathers the figures of a report from events in the order of the log. Close it: the ground it keeps is on the disk. */
export interface Figures {
  /** Gives the answer that the event records, if it is one that is asked for. Throws `Unavailable` `agreement-log`. */
  take(event: LoggedEvent): Operation | undefined;
  readonly ground: GrowingGround;
  /** Records of answers that cannot be read. */
  unreadable(): number;
  charts(): readonly Chart[];
  close(): void;
}

export function openFigures({ answers, asOf, facts }: FiguresQuestion): Figures {
  const ground = openGround();
  const weeks = openRecipientWeeks();
  const refusals = openRefusals();
  const empty = openEmptyAnswers();
  const freshness = openFreshness();
  const outstanding = openOutstanding();
  let unreadable = 0;

  function takeAnswer(event: ClearEvent): Operation | undefined {
    const disclosure = readRecord(event.metadata);
    if (disclosure === undefined) {
      unreadable += 1;
      return undefined;
    }
    const operation = operationOf(event);
    const asked = operation && asAsked(answers, operation);
    if (asked === undefined) return undefined;
    if (asked.kind === 'consultation') empty.add(disclosure.agency, disclosure.purpose);
    else weeks.add(disclosure.agency, disclosure.at);
    const concerned = new Set(asked.facts.map(({ position }) => position));
    refusals.add(ground, { position: event.position, disclosure }, (each) => concerned.has(String(each)));
    return asked;
  }

  function takeCorrection(event: CorrectionEvent): void {
    if (event.at < asOf) outstanding.take(event);
  }

  function takeFact({ publisher, received }: FactMetadata): void {
    if (received < asOf) freshness.add(publisher, received);
  }

  return {
    ground,
    take(event) {
      if (isDisclosure(event.type)) return takeAnswer(event);
      ground.take(event);
      if (isFactStream(event.stream)) takeFact(JSON.parse(event.metadata) as FactMetadata);
      if (event.stream === streamOf.corrections)
        takeCorrection(JSON.parse(event.metadata) as CorrectionEvent);
      return undefined;
    },
    unreadable: () => unreadable,
    charts: () => [
      weeks.chart(),
      refusals.chart(),
      empty.chart(),
      freshness.chart(asOf, facts),
      outstanding.chart(asOf),
    ],
    close: () => ground.close(),
  };
}
