import { type FactMetadata, isFactStream, streamOf } from '../../contract/fact.js';
import { type Table } from '../../domain/agreement/compile.js';
import {
  type AuditClock,
  disclosedFields,
  grantedFields,
  happenedBy,
  type Knowledge,
  type KnownFact,
  type KnownField,
} from '../../domain/audit/knowledge.js';
import { requireAgency, requirePerson } from '../../domain/audit/questions.js';
import { type OffenderState } from '../../domain/casework/offender-state.js';
import { type Disclosure, isDisclosure } from '../../domain/disclosure/disclosure.js';
import { type Grants, grantsText } from '../../domain/picture/grants.js';
import { BEFORE_FIRST, type LoggedEvent } from '../event-log/event-log.js';
import { emptyStanding, type Standing } from '../projection/standing.js';
import { type AuditedLog, eventsWithin, type Reading } from './log-window.js';

/** Which agency, which person (hub id), and the moment (epoch milliseconds) on which clock. */
export interface KnowledgeQuestion {
  readonly agency: string;
  readonly person: string;
  readonly at: number;
  readonly clock: AuditClock;
}

/**
 * What an agency could see of a person at a moment: facts and names of fields, with clause, by purpose and audience. On
 * the clock `received` as the log stood then; on `happened` what had happened by then, whenever the hub came to know,
 * decided by the agreements of then; on `disclosed` what answers had shown by then. Needs no keys, so it answers after an
 * erasure too.
 */
export async function knowledge(
  log: AuditedLog,
  question: KnowledgeQuestion,
  reading: Reading,
): Promise<Knowledge> {
  const { agency, person, at, clock } = question;
  requireAgency(agency);
  requirePerson(person);
  const { standing, disclosed } = await foldTo(log, question, reading);
  const fieldsOf =
    clock === 'disclosed'
      ? ({ position }: LoggedFact) => disclosed.get(position) ?? []
      : decidedFor(agency, { ...standing.table(), asOf: at }, standing.state(person));
  const facts: KnownFact[] = [];
  for await (const event of log.readStream(streamOf.offender(person))) {
    if (event.position > reading.upTo) break;
    const fact = { ...event, metadata: JSON.parse(event.metadata) as FactMetadata };
    const fields = isListed(fact.metadata, question) ? fieldsOf(fact) : [];
    if (fields.length > 0) facts.push(knownFact(fact, fields, standing));
  }
  return { agency, person, at: new Date(at).toISOString(), clock, facts };
}

type LoggedFact = Omit<LoggedEvent, 'metadata'> & { readonly metadata: FactMetadata };

function decidedFor(agency: string, table: Table, state: OffenderState) {
  return (fact: LoggedFact): readonly KnownField[] => {
    const text = grantsText(table, state, fact, agency);
    return text === undefined ? [] : grantedFields(JSON.parse(text) as Grants, fact.metadata);
  };
}

function isListed(metadata: FactMetadata, { clock, at }: KnowledgeQuestion): boolean {
  return clock === 'happened' ? happenedBy(metadata, at) : metadata.received <= at;
}

function knownFact(
  { id, position, type, metadata }: LoggedFact,
  fields: readonly KnownField[],
  standing: Standing,
) {
  const { publisher, happened, received } = metadata;
  const superseded = standing.supersession(id);
  return {
    position: String(position),
    type,
    publisher,
    happened: happened.verbatim,
    received: new Date(received).toISOString(),
    superseded:
      superseded === undefined ? null : { kind: superseded.kind, position: String(superseded.position) },
    fields,
  };
}

interface Folded {
  readonly standing: Standing;
  /** What answers had shown to the agency of the person: by position of the fact, each field once. */
  readonly disclosed: ReadonlyMap<number, readonly KnownField[]>;
}

async function foldTo(log: AuditedLog, question: KnowledgeQuestion, reading: Reading): Promise<Folded> {
  const standing = emptyStanding();
  const shown = new Map<number, Map<string, KnownField>>();
  for await (const event of eventsWithin(log, BEFORE_FIRST, reading)) {
    if (isDisclosure(event.type)) note(shown, event, question);
    else if (isFolded(event, question)) standing.apply(event);
  }
  const disclosed = [...shown].map(([position, fields]) => [position, [...fields.values()]] as const);
  return { standing, disclosed: new Map(disclosed) };
}

/** On the clock of what happened, what puts a fact right counts whenever it came. */
function isFolded({ stream, metadata }: LoggedEvent, { clock, at }: KnowledgeQuestion): boolean {
  if (!isFactStream(stream)) return ((JSON.parse(metadata) as { readonly at?: number }).at ?? 0) <= at;
  const fact = JSON.parse(metadata) as FactMetadata;
  if (clock !== 'happened') return fact.received <= at;
  return fact.corrects !== null || fact.retracts !== null || happenedBy(fact, at);
}

function note(
  shown: Map<number, Map<string, KnownField>>,
  { stream, metadata }: LoggedEvent,
  { agency, person, at }: KnowledgeQuestion,
): void {
  if (stream !== streamOf.disclosure(agency) || !metadata.includes(person)) return;
  const disclosure = JSON.parse(metadata) as Disclosure;
  if (disclosure.at > at) return;
  for (const [position, field] of disclosedFields(disclosure, person)) {
    const fields = shown.get(position) ?? new Map<string, KnownField>();
    shown.set(position, fields);
    const { path, as, purpose, clause } = field;
    fields.set([path, as, purpose, clause].join(' '), field);
  }
}
