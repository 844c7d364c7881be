import { entryOf } from '../contract/catalogue/catalogue.js';
import { type Field, fieldsOf } from '../contract/catalogue/fields.js';
import { type AgreementEvent } from '../domain/agreement/agreement.js';
import { type FieldDecision } from '../domain/agreement/decision.js';
import { startOf } from '../domain/agreement/decide.js';
import { type AgreementDocument, type Clause } from '../domain/agreement/document.js';
import { type Question, type World } from './arbitrary-questions.js';

/** Design §6 read word by word: every clause is asked about every field, nothing is prepared and nothing kept. */
export function naiveDecision(
  { documents, events }: World,
  { fact, recipient, purpose, state, at }: Question,
): readonly FieldDecision[] {
  const entry = entryOf(fact.type, fact.version);
  const speaking = inOrder(documents).flatMap((document) => {
    const bearing = document.clauses.filter(
      (clause) =>
        (clause.effect === 'prohibit' ? prohibits : isInForce)(events, document, at) &&
        at < startOf(document.expires) &&
        clause.publishers.includes(fact.publisher) &&
        clause.recipients.includes(recipient) &&
        clause.purposes.includes(purpose) &&
        ofType(clause, fact.type) &&
        (clause.effect === 'prohibit' ||
          clause.reach === 'history' ||
          isInForce(events, document, fact.received)) &&
        (clause.conditions?.cohort?.some((each) => state.cohorts.includes(each)) ?? true) &&
        (clause.conditions?.level?.some((each) => state.levels.includes(each)) ?? true),
    );
    return bearing.map((clause) => ({
      clause,
      ref: `${document.reference}/${document.version}#${clause.id}`,
    }));
  });
  return (entry === undefined ? [] : fieldsOf(entry)).map((field): FieldDecision => {
    const { path } = field;
    if (recipient === fact.publisher) return { path, outcome: 'clear', clause: 'own-record' };
    if (fact.handling === 'C') return { path, outcome: 'withhold', reason: 'handling', clause: null };
    const consented = ['*', field.class].some((each) => state.consents.includes(`${recipient}:${each}`));
    const bearing = speaking.flatMap(({ clause, ref }) =>
      clause.conditions?.consent === undefined || consented
        ? [{ ref, does: treatmentBy(clause, field) }]
        : [],
    );
    const prohibition = bearing.find(({ does }) => does === 'withhold');
    if (prohibition) return { path, outcome: 'withhold', reason: 'prohibited', clause: prohibition.ref };
    for (const outcome of ['clear', 'generalise', 'mask'] as const) {
      const permission = bearing.find(({ does }) => does === outcome);
      if (permission) return { path, outcome, clause: permission.ref };
    }
    return { path, outcome: 'withhold', reason: 'no-clause', clause: null };
  });
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

export function ofType({ types }: Clause, type: string): boolean {
  return types.some(
    (each) => each === type || (each.endsWith('*') && type.startsWith(each.replace('*', ''))),
  );
}

/** In force: the last thing until then that bears on it brought it into force, or back. */
export function isInForce(
  events: readonly AgreementEvent[],
  document: AgreementDocument,
  at: number,
): boolean {
  return isLast(events, document, at, ['agreement.cameIntoForce', 'agreement.resumed']);
}

/** A prohibition goes on while its agreement is suspended. */
function prohibits(events: readonly AgreementEvent[], document: AgreementDocument, at: number): boolean {
  return isLast(events, document, at, [
    'agreement.cameIntoForce',
    'agreement.resumed',
    'agreement.suspended',
  ]);
}

function isLast(
  events: readonly AgreementEvent[],
  { reference, version }: AgreementDocument,
  at: number,
  types: readonly AgreementEvent['type'][],
): boolean {
  const bearing = events.filter(
    (event) =>
      event.reference === reference &&
      event.at <= at &&
      event.type !== 'agreement.proposed' &&
      event.type !== 'agreement.signed' &&
      (event.version === version || (event.type === 'agreement.cameIntoForce' && event.version > version)),
  );
  const last = bearing.at(-1);
  return last?.version === version && types.includes(last.type);
}

function inOrder(documents: readonly AgreementDocument[]): readonly AgreementDocument[] {
  const key = ({ reference, version }: AgreementDocument): string => `${reference} ${version}`;
  return documents.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
