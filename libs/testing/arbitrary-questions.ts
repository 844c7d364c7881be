import fc from 'fast-check';
import { catalogue } from '../contract/catalogue/catalogue.js';
import { sensitivityClasses } from '../contract/catalogue/entry.js';
import { type AgreementEvent } from '../domain/agreement/agreement.js';
import { startOf } from '../domain/agreement/decide.js';
import { type AgreementDocument } from '../domain/agreement/document.js';
import { type FactInQuestion } from '../domain/agreement/evaluate.js';
import { type OffenderState } from '../domain/casework/offender-state.js';
import { arbitraryAgreement, DAY, oneOf, START, vocabulary } from './arbitrary-agreements.js';
import { type Asked, historyOf, signing } from './agreements.js';

const { publishers, recipients, purposes, cohorts, levels } = vocabulary;

/** Everything there is to ask `evaluate` about. */
export interface Question {
  readonly fact: FactInQuestion;
  readonly recipient: string;
  readonly purpose: string;
  readonly state: OffenderState;
  readonly at: number;
}

/** Agreements, what became of them, and questions about them. */
export interface World {
  readonly documents: readonly AgreementDocument[];
  readonly events: readonly AgreementEvent[];
  readonly questions: readonly Question[];
}

/** A moment of the year and a bit in which the agreements live; whole days meet their boundaries often. */
const moment = fc.oneof(
  fc.integer({ min: -20, max: 400 }).map((day) => START + day * DAY),
  fc.integer({ min: -20 * DAY, max: 400 * DAY }).map((offset) => START + offset),
);

/** What is asked of an agreement during its life; much of it will be refused. `all` holds its earlier versions. */
function arbitraryLife(
  document: AgreementDocument,
  all: readonly AgreementDocument[],
): fc.Arbitrary<readonly Asked[]> {
  const { reference, version, parties } = document;
  const by = { agency: parties[0]?.agency ?? '', user: 'signatory' };
  const concerned = all.filter((each) => each.reference === reference && each.version <= version);
  const signers = [...new Set(concerned.flatMap((each) => each.parties.map(({ agency }) => agency)))];
  const change = fc
    .tuple(
      fc.constantFrom(
        'suspend' as const,
        'resume' as const,
        'terminate' as const,
        'suspend' as const,
        'resume' as const,
      ),
      moment,
    )
    .map(([type, at]): Asked => ({ reference, command: { type, version, reason: 'tested', by, at } }));
  const signed = fc
    .tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 0, max: 9 }))
    .map(([day, luck]) => signing(document, START + day * DAY, luck === 0 ? [by.agency] : signers));
  return fc
    .tuple(signed, fc.array(change, { maxLength: 3 }))
    .map(([begun, changes]) => [...begun, ...changes]);
}

export const arbitraryState: fc.Arbitrary<OffenderState> = fc.record({
  cohorts: fc.subarray([...cohorts]),
  levels: fc.subarray([...levels], { maxLength: 3 }),
  consents: fc.subarray([
    ...recipients.map((agency) => `${agency}:*`),
    ...recipients.flatMap((agency) => sensitivityClasses.map((each) => `${agency}:${each}`)),
  ]),
});

/** A question, more often than not one to which a clause of these agreements has something to say. */
export function arbitraryQuestion(documents: readonly AgreementDocument[]): fc.Arbitrary<Question> {
  const clauses = documents.flatMap((document) => document.clauses);
  const aimed = oneOf(clauses).chain((clause) =>
    arbitraryFact(oneOf(clause.publishers), clause.types).chain((fact) =>
      fc.record({
        fact: fc.constant(fact),
        recipient: oneOf(clause.recipients),
        purpose: oneOf(clause.purposes),
        state: arbitraryState,
        at: moment,
      }),
    ),
  );
  const blind = fc.record({
    fact: arbitraryFact(oneOf(publishers), [
      'police.*',
      'probation.*',
      'treatment.*',
      'hub.*',
      'nobody.knows',
    ]),
    recipient: oneOf([...recipients, 'stranger']),
    purpose: oneOf([...purposes, 'curiosity']),
    state: arbitraryState,
    at: moment,
  });
  return fc.oneof({ arbitrary: aimed, weight: 4 }, { arbitrary: blind, weight: 1 });
}

function arbitraryFact(
  publisher: fc.Arbitrary<string>,
  patterns: readonly string[],
): fc.Arbitrary<FactInQuestion> {
  const types = patterns.flatMap((pattern) =>
    pattern.endsWith('*')
      ? catalogue.map(({ type }) => type).filter((type) => type.startsWith(pattern.slice(0, -1)))
      : [pattern],
  );
  return fc.record({
    publisher,
    type: oneOf(types),
    version: fc.constantFrom(1, 1, 1, 1, 2),
    received: moment,
    handling: fc.constantFrom(null, null, null, 'P' as const, 'P' as const, 'C' as const),
  });
}

/** One to four agreements, one of them at times in two versions, their lives, and questions about them. */
export const arbitraryWorld: fc.Arbitrary<World> = fc
  .tuple(
    fc
      .integer({ min: 1, max: 3 })
      .chain((count) =>
        fc.tuple(...Array.from({ length: count }, (_, index) => arbitraryAgreement(`agreement-${index}`))),
      ),
    fc.option(arbitraryAgreement('agreement-0', 2)),
  )
  .chain(([firsts, second]) => {
    const documents = second === null ? firsts : [...firsts, second];
    const lives = fc
      .tuple(...documents.map((each) => arbitraryLife(each, documents)))
      .map((each) => each.flat());
    const ticks = documents.map(({ inForceFrom }) => startOf(inForceFrom));
    return fc.record({
      documents: fc.constant(documents),
      events: lives.map((asked) => historyOf(asked, ticks, 'skipped')),
      questions: fc.array(arbitraryQuestion(documents), { minLength: 1, maxLength: 12 }),
    });
  });
