import { catalogue } from '../../contract/catalogue/catalogue.js';
import { type FactMetadata, isFactStream } from '../../contract/fact.js';
import { compile } from '../../domain/agreement/compile.js';
import { type AgreementDocument } from '../../domain/agreement/document.js';
import { counterfactual, isStanding, standIn } from '../../domain/replay/counterfactual.js';
import { openTally, type Tallied } from '../../domain/replay/tally.js';
import { BEFORE_FIRST, type LoggedEvent, type Position } from '../event-log/event-log.js';
import { type LogReader } from '../event-log/log-reader.js';
import { emptyStanding, type Standing } from '../projection/standing.js';

/** How a draft is tried on a log. Moments are epoch milliseconds. */
export interface WhatIfQuestion {
  readonly draft: AgreementDocument;
  /** From when the draft is as if in force; null: as long as the version that it stands in for, or always. */
  readonly since: number | null;
  /** The moment up to which the log is followed, and that of the question; null: the end of the log. */
  readonly asOf: number | null;
}

export interface WhatIf extends Tallied {
  readonly reference: string;
  /** The version that the draft stands in for, null when there is none. */
  readonly replaces: number | null;
  /** The moment of the question, epoch milliseconds, and the last position that was read. */
  readonly at: number;
  readonly position: Position;
  /** How many facts were decided under both. */
  readonly facts: number;
}

/**
 * What every agency would be shown otherwise if a draft were in force in the place of the version it would replace, by
 * deciding every fact of the log under both registers, as the people's states are in the end. Needs no keys: decisions
 * rest on clear metadata, and a field counts where the fact holds it. Reads the log twice, so memory is bounded by the
 * people's states; what a running hub appends meanwhile is left out. `progress` hears of positions.
 */
export async function whatIf(
  log: Pick<LogReader, 'readAll' | 'head'>,
  { draft, since, asOf }: WhatIfQuestion,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<WhatIf> {
  const head = await log.head();
  const told = (done: Position): void => (done % REPORT_EVERY === 0 ? progress(done, 2 * head) : undefined);
  const { standing, last } = await foldUntil(eventsUntil(log, head, asOf, told));
  const at = asOf ?? last;
  const register = standing.register();
  const after = compile(standIn(register, draft, since), catalogue);
  const differ = counterfactual(standing.table(), after, draft.reference);
  const tally = openTally();
  let facts = 0;
  for await (const event of eventsUntil(log, head, asOf, (done) => told(head + done))) {
    if (!isFactStream(event.stream)) continue;
    const fact = { type: event.type, metadata: JSON.parse(event.metadata) as FactMetadata };
    tally.take(fact, differ(fact, standing.state(fact.metadata.offender), at));
    facts += fact.metadata.retracts === null ? 1 : 0;
  }
  const replaced = register.agreements.get(draft.reference)?.find(isStanding);
  const { reference } = draft;
  const replaces = replaced?.document.version ?? null;
  return { reference, replaces, at, position: head, facts, ...tally.total() };
}

const REPORT_EVERY = 500;

async function* eventsUntil(
  log: Pick<LogReader, 'readAll'>,
  head: Position,
  asOf: number | null,
  told: (done: Position) => void,
): AsyncGenerator<LoggedEvent> {
  for await (const event of log.readAll(BEFORE_FIRST)) {
    if (event.position > head) return;
    told(event.position);
    if (asOf === null || momentOf(event) <= asOf) yield event;
  }
}

/** When the hub took an event in: a fact has a moment of receipt, everything else the moment at which it was. */
function momentOf({ metadata }: LoggedEvent): number {
  const { received, at } = JSON.parse(metadata) as { readonly received?: number; readonly at?: number };
  return received ?? at ?? 0;
}

async function foldUntil(
  events: AsyncIterable<LoggedEvent>,
): Promise<{ readonly standing: Standing; readonly last: number }> {
  const standing = emptyStanding();
  let last = 0;
  for await (const event of events) {
    const change = standing.apply(event);
    if (change.kind === 'fact') last = Math.max(last, change.metadata.received);
  }
  return { standing, last: Math.max(last, standing.register().asOf) };
}
