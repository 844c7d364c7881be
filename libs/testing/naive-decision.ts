import { entryOf } from '../contract/catalogue/catalogue.js';
import { type Field, fieldsOf } from '../contract/catalogue/fields.js';
import { type AgreementEvent } from '../domain/agreement/agreement.js';
import { type FieldDecision } from '../domain/agreement/decision.js';
import { startOf } from '../domain/agreement/decide.js';
import { type AgreementDocument, type Clause } from '../domain/agreement/document.js';
import { type Question, type World } from './arbitrary-questions.js';
import { holds, isForbiddenByCourt } from './naive-conditions.js';

interface Speaking {
  readonly clause: Clause;
  readonly ref: string;
}

/** Design §6 read word by word: every clause is asked about every field, nothing is prepared and nothing kept. */
export function naiveDecision(
  world: Pick<World, 'documents' | 'events'>,
  question: Question,
): readonly FieldDecision[] {
  const { fact, recipient } = question;
  const entry = entryOf(fact.type, fact.version);
  const fields = entry === undefined ? [] : fieldsOf(entry);
  if (recipient.agency === fact.publisher)
    return fields.map(({ path }) => ({ path, outcome: 'clear', clause: 'own-record' }));
  if (question.state.processingRestricted === 'all')
    return fields.map(({ path }) => ({ path, outcome: 'withhold', reason: 'restricted', clause: null }));
  const speaking = speakingClauses(world, question);
  return fields.map((field) => decisionOn(field, speaking, question));
}

/** The clauses that have something to say about a question: ordinary ones first, in order of agreement, version and place. */
function speakingClauses(
  { documents, events }: Pick<World, 'documents' | 'events'>,
  question: Question,
): readonly Speaking[] {
  const speaking = inOrder(documents).flatMap((document) => {
    const { reference, version } = document;
    return document.clauses
      .filter(
        (clause) =>
          isAbout(clause, question) &&
          question.at < startOf(document.expires) &&
          (clause.effect === 'permit'
            ? isPermitted(clause, document, events, question)
            : isProhibiting(clause, document, events, question)),
      )
      .map((clause) => ({ clause, ref: `${reference}/${version}#${clause.id}` }));
  });
  const isOrdinary = ({ clause }: Speaking): boolean => clause.conditions?.emergency === undefined;
  return [...speaking.filter(isOrdinary), ...speaking.filter((each) => !isOrdinary(each))];
}

function isAbout(clause: Clause, { fact, recipient, purpose }: Question): boolean {
  return (
    clause.publishers.includes(fact.publisher) &&
    clause.recipients.includes(recipient.agency) &&
    clause.purposes.includes(purpose) &&
    ofType(clause, fact.type)
  );
}

/** A permission needs its agreement in force, and every condition certain: its own, and those that go without saying. */
function isPermitted(
  { conditions = {}, ...clause }: Clause,
  document: AgreementDocument,
  events: readonly AgreementEvent[],
  question: Question,
): boolean {
  const { fact, recipient, at } = question;
  const between = [fact.publisher, recipient.agency];
  const isReached = clause.effect === 'permit' && clause.reach === 'history';
  return (
    isInForce(events, document, at, between) &&
    (isReached || isInForce(events, document, fact.received, between)) &&
    holds({ limitedAccess: ['NONE'], handling: ['P'], ...conditions }, question) === 'yes' &&
    (conditions.reportingRestrictions === 'permitted' || !isForbiddenByCourt(question))
  );
}

/** A prohibition goes on while its agreement is suspended and when a party leaves, and wherever its conditions may hold. */
function isProhibiting(
  { conditions = {} }: Clause,
  document: AgreementDocument,
  events: readonly AgreementEvent[],
  question: Question,
): boolean {
  const last = lastChange(events, document, question.at);
  const isBinding = last !== undefined && last.type !== 'agreement.terminated' && isOwn(last, document);
  return isBinding && last.type !== 'agreement.expired' && holds(conditions, question) !== 'no';
}

function decisionOn(field: Field, speaking: readonly Speaking[], question: Question): FieldDecision {
  const { path } = field;
  const bearing = speaking
    .filter(({ clause }) => clause.conditions?.consent === undefined || isConsented(field, question))
    .map(({ clause, ref }) => ({ clause: ref, does: treatmentBy(clause, field) }))
    .filter(({ does }) => does !== undefined);
  const permissions = bearing.filter(({ does }) => does !== 'withhold');
  if (!['P', null].includes(question.fact.handling) && permissions.length === 0)
    return { path, outcome: 'withhold', reason: 'handling', clause: null };
  const prohibition = bearing.find(({ does }) => does === 'withhold');
  if (prohibition !== undefined)
    return { path, outcome: 'withhold', reason: 'prohibited', clause: prohibition.clause };
  for (const outcome of ['clear', 'generalise', 'mask'] as const) {
    const permission = permissions.find(({ does }) => does === outcome);
    if (permission !== undefined) return { path, outcome, clause: permission.clause };
  }
  return { path, outcome: 'withhold', reason: 'no-clause', clause: null };
}

/** Consent is to this recipient's receiving everything, the field's class, or this very field (R38). */
function isConsented({ path, class: sensitivity }: Field, { fact, recipient, state }: Question): boolean {
  const enough = ['*', sensitivity, `${fact.type}/${path}`];
  return enough.some((scope) => state.consents.includes(`${recipient.agency}:${scope}`));
}

/** What one clause says of a field: the strictest thing, and nothing if that is a coarser value that cannot be. */
function treatmentBy(
  { effect, fields }: Clause,
  field: Field,
): 'withhold' | 'mask' | 'generalise' | 'clear' | undefined {
  if (effect === 'prohibit')
    return fields.withhold.some((each) => names(each, field)) ? 'withhold' : undefined;
  if (fields.mask?.some((each) => names(each, field))) return 'mask';
  if (fields.generalise?.some((each) => names(each, field))) return field.generalise && 'generalise';
  return fields.clear?.some((each) => names(each, field)) ? 'clear' : undefined;
}

/** Whether a selector is a field's class, or its path or the beginning of it. */
export function names(
  selector: string,
  { path, class: sensitivity }: Pick<Field, 'path' | 'class'>,
): boolean {
  const [steps, own] = [selector, path].map((each) => each.replaceAll('[]', '').split('.'));
  return selector === `class:${sensitivity}` || (steps ?? []).every((step, index) => step === own?.[index]);
}

export function ofType({ types }: Pick<Clause, 'types'>, type: string): boolean {
  return types.some(
    (each) => each === type || (each.endsWith('*') && type.startsWith(each.replace('*', ''))),
  );
}

/** In force: the last thing until then that bears on it brought it into force, or back, and nobody of a flow has left. */
export function isInForce(
  events: readonly AgreementEvent[],
  document: AgreementDocument,
  at: number,
  between: readonly string[] = [],
): boolean {
  const last = lastChange(events, document, at);
  const isOn = last?.type === 'agreement.cameIntoForce' || last?.type === 'agreement.resumed';
  const hasLeft = events.some(
    (event) =>
      event.type === 'agreement.partyWithdrew' &&
      event.reference === document.reference &&
      isOwn(event, document) &&
      event.at <= at &&
      between.includes(event.party),
  );
  return isOn && isOwn(last, document) && !hasLeft;
}

const changes: readonly AgreementEvent['type'][] = [
  'agreement.cameIntoForce',
  'agreement.suspended',
  'agreement.resumed',
  'agreement.terminated',
  'agreement.expired',
];

/** The last thing that began, interrupted or ended a version; a later version that comes into force ends it. */
function lastChange(
  events: readonly AgreementEvent[],
  document: AgreementDocument,
  at: number,
): AgreementEvent | undefined {
  const bearing = events.filter(
    (event) =>
      event.reference === document.reference &&
      event.at <= at &&
      changes.includes(event.type) &&
      (isOwn(event, document) ||
        (event.type === 'agreement.cameIntoForce' && event.version > document.version)),
  );
  return bearing.at(-1);
}

function isOwn({ version }: AgreementEvent, document: AgreementDocument): boolean {
  return version === document.version;
}

function inOrder(documents: readonly AgreementDocument[]): readonly AgreementDocument[] {
  const key = ({ reference, version }: AgreementDocument): string => `${reference} ${version}`;
  return documents.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
