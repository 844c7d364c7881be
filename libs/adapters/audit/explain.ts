import { entryOf } from '../../contract/catalogue/catalogue.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { Invalid } from '../../contract/failure.js';
import { type FactMetadata, isFactStream, LINKED, type LinkMetadata } from '../../contract/fact.js';
import { OWN_RECORD } from '../../domain/agreement/decision.js';
import { clauseRef } from '../../domain/agreement/document.js';
import { type Register, versions } from '../../domain/agreement/register.js';
import {
  carriedBy,
  decideAgain,
  type ExplainedAgreement,
  type ExplainedLink,
  type ExplainedSupersession,
  type Explanation,
  type ShownField,
  shownField,
} from '../../domain/audit/explain.js';
import { type Disclosure, isDisclosure } from '../../domain/disclosure/disclosure.js';
import { verifySignature } from '../agreement-document/signature.js';
import { BEFORE_FIRST, type LoggedEvent, type Position } from '../event-log/event-log.js';
import { emptyStanding, type Standing } from '../projection/standing.js';
import { type AuditedLog, eventAt, eventsWithin, type Reading } from './log-window.js';
import { justificationOf } from './question.js';

/** Log positions of a disclosure and of a fact in it, and the path of the field that is to be explained. */
export interface ExplainQuestion {
  readonly disclosure: Position;
  readonly fact: Position;
  readonly field: string;
}

/**
 * Explains one field of one disclosure from the log alone: the fact, the links that made it this person's, the agreement
 * version, clause and signatures, and what is decided when it is decided once more as of the answer. Throws `Invalid`
 * `position` or `field` when there is no such thing, `Unavailable` `log-altered` when one of the two was tampered with.
 */
export async function explain(
  log: AuditedLog,
  question: ExplainQuestion,
  reading: Reading,
): Promise<Explanation> {
  const recorded = await eventAt(log, 'disclosure', question.disclosure);
  const disclosure = disclosureIn(recorded);
  const fact = factIn(await eventAt(log, 'fact', question.fact));
  const shown = shownField(disclosure, question.fact, question.field);
  if (shown === undefined) throw new Invalid('field', 'the disclosure did not show that field of that fact');
  const gathered = await gather(log, disclosure, fact, reading);
  const { standing, links, superseded } = gathered;
  const { type, metadata } = fact;
  const decision = decideAgain(standing.table(), standing.state(metadata.offender), fact, disclosure, shown);
  return {
    disclosure: {
      position: String(question.disclosure),
      at: instant(disclosure.at),
      agency: disclosure.agency,
      user: disclosure.user,
      purpose: disclosure.purpose,
      justification:
        reading.vault === undefined ? disclosure.justification : justificationOf(reading.vault, recorded),
      asOf: String(disclosure.asOf),
    },
    field: { ...shown, class: classOf(type, metadata.version, shown.path) },
    fact: {
      position: String(question.fact),
      id: fact.id,
      type,
      title: entryOf(type, metadata.version)?.title ?? type,
      offender: metadata.offender,
      publisher: metadata.publisher,
      happened: metadata.happened.verbatim,
      received: instant(metadata.received),
      contentHash: metadata.contentHash,
      superseded,
    },
    links,
    agreement: agreementOf(standing.register(), shown),
    decision,
  };
}

function disclosureIn({ type, metadata, position }: LoggedEvent): Disclosure {
  if (!isDisclosure(type)) throw new Invalid('position', `there is no disclosure at position ${position}`);
  return JSON.parse(metadata) as Disclosure;
}

type LoggedFact = Pick<LoggedEvent, 'position' | 'id' | 'type'> & { readonly metadata: FactMetadata };

function factIn({ stream, position, id, type, metadata }: LoggedEvent): LoggedFact {
  if (!isFactStream(stream)) throw new Invalid('position', `there is no fact at position ${position}`);
  return { position, id, type, metadata: JSON.parse(metadata) as FactMetadata };
}

interface Gathered {
  readonly standing: Standing;
  readonly links: readonly ExplainedLink[];
  readonly superseded: ExplainedSupersession | null;
}

/** One way through the log: how things stood for the answer, and what bears on the fact before and after it. */
async function gather(
  log: AuditedLog,
  { asOf }: Disclosure,
  fact: LoggedFact,
  reading: Reading,
): Promise<Gathered> {
  const standing = emptyStanding();
  const links: ExplainedLink[] = [];
  let superseded: ExplainedSupersession | null = null;
  for await (const event of eventsWithin(log, BEFORE_FIRST, reading)) {
    if (event.position <= asOf) standing.apply(event);
    const link = event.position < fact.position ? linkOf(event, fact) : undefined;
    if (link !== undefined) links.push(link);
    superseded = supersessionOf(event, fact.id) ?? superseded;
  }
  return { standing, links, superseded };
}

function linkOf({ type, metadata, position }: LoggedEvent, fact: LoggedFact): ExplainedLink | undefined {
  if (type !== LINKED) return undefined;
  const { offender, scheme, received, by } = JSON.parse(metadata) as LinkMetadata;
  if (offender !== fact.metadata.offender) return undefined;
  return { position: String(position), scheme, received: instant(received), byThisFact: by === fact.id };
}

/** What an event does to the fact of an id: undefined when nothing. */
export function supersessionOf(
  { stream, metadata, position }: LoggedEvent,
  id: string,
): ExplainedSupersession | undefined {
  if (!isFactStream(stream) || !metadata.includes(id)) return undefined;
  const { corrects, retracts, received } = JSON.parse(metadata) as FactMetadata;
  if (corrects !== id && retracts !== id) return undefined;
  const kind = retracts === id ? 'retracted' : 'corrected';
  return { kind, position: String(position), received: instant(received) };
}

function agreementOf(register: Register, { clause: ref }: ShownField): ExplainedAgreement | null {
  if (ref === OWN_RECORD) return null;
  for (const { document, hash, signatures } of versions(register)) {
    const clause = document.clauses.find((each) => clauseRef(document, each) === ref);
    if (clause === undefined) continue;
    const { reference, version, title } = document;
    return {
      reference,
      version,
      title,
      hash,
      clause: clause.id,
      text: JSON.stringify(clause),
      ...carriedBy(clause),
      signatures: signatures.map(({ party, user, key, at, signature }) => {
        const known = register.keys.get(key);
        const holds = known !== undefined && verifySignature(document, known.publicKey, signature);
        const revoked = known?.revoked == null ? null : instant(known.revoked.at);
        return { party, user, key, at: instant(at), holds, revoked };
      }),
    };
  }
  return null;
}

function classOf(type: string, version: number, path: string): string | null {
  const entry = entryOf(type, version);
  const field = entry && fieldsOf(entry).find((each) => each.path === path);
  return field?.class ?? null;
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
