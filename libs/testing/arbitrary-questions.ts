import fc from 'fast-check';
import { catalogue } from '../contract/catalogue/catalogue.js';
import { sensitivityClasses } from '../contract/catalogue/entry.js';
import { type Moment, parseMoment, UNKNOWN_MOMENT } from '../contract/moment.js';
import { type AgreementEvent } from '../domain/agreement/agreement.js';
import { startOf } from '../domain/agreement/decide.js';
import { type AgreementDocument, type Clause } from '../domain/agreement/document.js';
import { type FactInQuestion } from '../domain/agreement/conditions.js';
import { type Recipient } from '../domain/agreement/recipient.js';
import { type OffenderState } from '../domain/casework/offender-state.js';
import { arbitraryAgreement, DAY, oneOf, START, vocabulary } from './arbitrary-agreements.js';
import { type Asked, historyOf, signing } from './agreements.js';

const { publishers, recipients, purposes, cohorts, levels, areas, roles } = vocabulary;

/** Everything there is to ask `evaluate` about. */
export interface Question {
  readonly fact: FactInQuestion;
  readonly recipient: Recipient;
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
  const agencies = parties.map(({ agency }) => agency);
  const [first = ''] = agencies;
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
        'withdraw' as const,
      ),
      fc.oneof({ arbitrary: oneOf([first]), weight: 2 }, { arbitrary: oneOf(agencies), weight: 1 }),
      moment,
    )
    .map(([type, agency, at]): Asked => {
      const by = { agency, user: 'signatory' };
      return { reference, command: { type, version, reason: 'tested', by, at } };
    });
  const signed = fc
    .tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 0, max: 9 }))
    .map(([day, luck]) => signing(document, START + day * DAY, luck === 0 ? [first] : signers));
  return fc
    .tuple(signed, fc.array(change, { maxLength: 3 }))
    .map(([begun, changes]) => [...begun, ...changes]);
}

const months = ['1990-04', '2006-12', '2007-02', '2007-06', '2008-02', '2012-01'];
const marking = fc.constantFrom('RESTRICTED' as const, 'EXCLUDED' as const);
const scopes = recipients.flatMap((agency) => [
  ...['*', ...sensitivityClasses].map((each) => `${agency}:${each}`),
  `${agency}:police.arrest.recorded/dateOfBirth`,
  `${agency}:probation.riskAssessed/ogrs`,
]);

export const arbitraryState: fc.Arbitrary<OffenderState> = fc.record({
  cohorts: fc.subarray([...cohorts]),
  levels: fc.subarray([...levels], { maxLength: 3 }),
  mappaCategory: fc.constantFrom(null, '1', '2', '3', '4'),
  management: fc.constantFrom(null, 'statutory' as const, 'voluntary' as const),
  informed: fc.boolean(),
  area: fc.constantFrom(null, ...areas),
  consents: fc.subarray(scopes),
  born: fc.oneof(
    oneOf(months).map((each) => [each]),
    fc.subarray(months, { maxLength: 2 }),
  ),
  limitedAccess: fc.oneof(
    { arbitrary: fc.constant({}), weight: 2 },
    { arbitrary: fc.dictionary(oneOf(publishers), marking, { maxKeys: 2 }), weight: 1 },
  ),
  restrictions: fc.oneof(
    { arbitrary: fc.constant([]), weight: 3 },
    {
      arbitrary: fc.array(fc.record({ by: oneOf(publishers), until: fc.option(moment) }), { maxLength: 2 }),
      weight: 1,
    },
  ),
  responsible: fc.constantFrom([], ['probation:officer']),
  emergencies: fc.constant([]),
  processingRestricted: fc.oneof(
    { arbitrary: fc.constant([]), weight: 12 },
    { arbitrary: fc.constant('all' as const), weight: 1 },
  ),
});

export function arbitraryRecipient(agency: fc.Arbitrary<string>): fc.Arbitrary<Recipient> {
  return fc.record({
    agency,
    roles: fc.subarray([...roles, 'signatory']),
    responsible: fc.boolean(),
    emergency: fc.boolean(),
  });
}

/** A question, more often than not one to which a clause of these agreements has something to say. */
export function arbitraryQuestion(documents: readonly AgreementDocument[]): fc.Arbitrary<Question> {
  const clauses = documents.flatMap((document) => document.clauses.map((clause) => ({ clause, document })));
  const aimed = oneOf(clauses).chain(({ clause, document }) => {
    const question = fc.record({
      fact: arbitraryFact(oneOf(clause.publishers), clause.types),
      recipient: arbitraryRecipient(oneOf(clause.recipients)),
      purpose: oneOf(clause.purposes),
      state: arbitraryState,
      at: moment,
    });
    const timely = question.map((each) => during(document, each));
    return fc.oneof(
      question,
      timely,
      timely.map((each) => befitting(clause, each)),
    );
  });
  const blind = fc.record({
    fact: arbitraryFact(oneOf(publishers), [
      'police.*',
      'probation.*',
      'treatment.*',
      'hub.*',
      'nobody.knows',
    ]),
    recipient: arbitraryRecipient(oneOf([...recipients, 'stranger'])),
    purpose: oneOf([...purposes, 'curiosity']),
    state: arbitraryState,
    at: moment,
  });
  return fc.oneof({ arbitrary: aimed, weight: 4 }, { arbitrary: blind, weight: 1 });
}

/** The same question, but asked and its fact received while an agreement is to be in force. */
function during({ inForceFrom, expires }: AgreementDocument, question: Question): Question {
  const at = Math.min(Math.max(question.at, startOf(inForceFrom)), startOf(expires) - 1);
  return { ...question, at, fact: { ...question.fact, received: at } };
}

/** The same question, but so that the conditions of a clause hold, as far as they can be met so simply. */
function befitting({ conditions = {} }: Clause, { fact, recipient, state, ...rest }: Question): Question {
  const { cohort = [], level = [], mappa, management = state.management, handling, role = [] } = conditions;
  const { limitedAccess: [marking = 'NONE'] = [], grading } = conditions;
  const levels =
    mappa === undefined ? level : [...level, ...(mappa.levels ?? [1]).map((each) => `MAPPA-${each}`)];
  const category = mappa?.categories?.[0];
  const ages = conditions.age?.atFact ?? conditions.age?.atQuestion;
  return {
    ...rest,
    fact: {
      ...fact,
      handling: handling?.[0] ?? 'P',
      control: {
        ...fact.control,
        ...(grading?.source && { gradingSource: String(grading.source[0]) }),
        ...(grading?.information && { gradingInformation: grading.information[0] ?? '' }),
      },
    },
    recipient: {
      ...recipient,
      roles: [...new Set([...recipient.roles, ...role])],
      responsible: recipient.responsible || conditions.responsibility !== undefined,
      emergency: recipient.emergency || conditions.emergency !== undefined,
    },
    state: {
      ...state,
      cohorts: [...state.cohorts, ...cohort],
      levels: [...state.levels, ...levels],
      mappaCategory: category === undefined ? state.mappaCategory : String(category),
      management,
      informed: state.informed || management === 'voluntary',
      area: conditions.areas?.[0] ?? state.area,
      consents: conditions.consent ? [...state.consents, `${recipient.agency}:*`] : state.consents,
      born: ages === undefined ? state.born : [ages.to === undefined ? '1990-04' : '2012-01'],
      limitedAccess: marking === 'NONE' ? {} : { [fact.publisher]: marking },
      restrictions: conditions.reportingRestrictions === undefined ? [] : state.restrictions,
    },
  };
}

/** An instant, a day, a month or a time unknown, about the days on which people of the questions come of age. */
const happened: fc.Arbitrary<Moment> = moment.chain((at) => {
  const text = new Date(at).toISOString();
  const texts = [text, text.slice(0, 10), text.slice(0, 7), `2024-06/${text.slice(0, 7)}`];
  return fc.constantFrom(...texts.map((each) => parseMoment(each) ?? UNKNOWN_MOMENT));
});

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
    happened,
    control: fc.record(
      { gradingSource: fc.constantFrom('1', '2', '3'), gradingInformation: fc.constantFrom('A', 'B', 'E') },
      { requiredKeys: [] },
    ),
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
