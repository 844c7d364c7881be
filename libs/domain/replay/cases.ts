import { UNKNOWN_MOMENT } from '../../contract/moment.js';
import { permissionTests, prohibitionTests, type Question } from '../agreement/conditions.js';
import { type Clause, type Conditions } from '../agreement/document.js';
import { anybodyOf } from '../agreement/recipient.js';
import { UNMANAGED } from '../casework/offender-state.js';
import { agesAround, ASKED } from './ages.js';

/** When a clause applies, whatever it does. */
export interface Circumstance {
  readonly effect: Clause['effect'];
  readonly conditions: Conditions;
  readonly reach: 'prospective' | 'history';
}

/** A combination of circumstances that can be met together, and what makes a plain question one in which exactly these are. */
export interface Case {
  readonly holds: readonly boolean[];
  readonly change: Change;
}

type Change = (question: Question) => Question;

/** Between whom facts flow, and of which type. */
export interface Between {
  readonly publisher: string;
  readonly recipient: string;
  readonly type: string;
  readonly version: number;
}

/** Since when the agreements of a comparison are as if in force, epoch milliseconds; the question comes two days later. */
export const IN_FORCE = ASKED - 2 * 86_400_000;
const SINCE = IN_FORCE + 1;
const BEFORE = IN_FORCE - 1;

/** The plainest question: of a person of whom nothing is known, about a fact that nothing restricts. */
export function plainQuestion({ publisher, recipient, type, version }: Between): Question {
  const happened = UNKNOWN_MOMENT;
  const fact = { publisher, type, version, received: SINCE, happened, handling: null, control: {} };
  return { fact, recipient: anybodyOf(recipient), state: UNMANAGED, at: ASKED };
}

/**
 * Every combination of the circumstances that some question meets, each with the first such question, the plainest
 * first. Conditions look at different parts of a question, so each part is varied by itself, as far as some
 * circumstance looks at it, and what holds of the parts holds together.
 */
export function casesOf(circumstances: readonly Circumstance[]): readonly Case[] {
  const looksAt = Object.entries(parts).filter(([, part]) => circumstances.some((each) => part.bears(each)));
  return looksAt.reduce<readonly Case[]>(
    (cases, [, part]) => {
      const varied = firstOfEach(variations(part, circumstances));
      return firstOfEach(cases.flatMap((each) => varied.map((variation) => both(each, variation))));
    },
    [{ holds: circumstances.map(() => true), change: (question) => question }],
  );
}

const somebody = plainQuestion({ publisher: 'publisher', recipient: 'recipient', type: '', version: 1 });

function variations(part: Part, circumstances: readonly Circumstance[]): readonly Case[] {
  return part
    .vary(circumstances)
    .map((change) => ({ change, holds: circumstances.map((each) => part.holds(each, change(somebody))) }));
}

function both(one: Case, other: Case): Case {
  return {
    holds: one.holds.map((each, index) => each && other.holds[index] === true),
    change: (question) => other.change(one.change(question)),
  };
}

function firstOfEach(all: readonly Case[]): readonly Case[] {
  const firsts = new Map<string, Case>();
  for (const each of all) {
    const key = each.holds.map(Number).join('');
    if (!firsts.has(key)) firsts.set(key, each);
  }
  return [...firsts.values()];
}

/** A part of a question that conditions look at. */
interface Part {
  readonly bears: (circumstance: Circumstance) => boolean;
  readonly holds: (circumstance: Circumstance, question: Question) => boolean;
  /** Enough changes of the part to tell apart whatever the circumstances tell apart. */
  readonly vary: (circumstances: readonly Circumstance[]) => readonly Change[];
}

function part(
  keys: readonly (keyof Conditions)[],
  vary: (all: readonly Conditions[]) => readonly Change[],
): Part {
  return {
    bears: ({ conditions }) => keys.some((key) => conditions[key] !== undefined),
    holds: ({ effect, conditions }, question) => {
      const own = Object.fromEntries(keys.map((key) => [key, conditions[key]]));
      const tests = effect === 'permit' ? permissionTests(own) : prohibitionTests(own);
      return tests.every((test) => test(question));
    },
    vary: (circumstances) => vary(circumstances.map(({ conditions }) => conditions)),
  };
}

const levels: Part = part(['level', 'mappa'], (all) => {
  const named = distinct(all, ({ level, mappa }) => [
    ...(level ?? []),
    ...(mappa === undefined ? [] : (mappa.levels ?? [1, 2, 3]).map((each) => `MAPPA-${each}`)),
  ]);
  const categories = distinct(all, ({ mappa }) => (mappa?.categories ?? []).map(String));
  return subsets(named).flatMap((chosen) =>
    [null, ...categories].map((mappaCategory) => ofState({ levels: chosen, mappaCategory })),
  );
});

/** An area that no agreement can name. */
const ELSEWHERE = '-';

/** By condition, the part of the question that it looks at; two conditions may look at the same. */
const parts: Readonly<Record<keyof Conditions | 'reach', Part>> = {
  cohort: part(['cohort'], (all) =>
    subsets(distinct(all, ({ cohort }) => cohort ?? [])).map((cohorts) => ofState({ cohorts })),
  ),
  level: levels,
  mappa: levels,
  management: part(['management'], () => [
    ...([null, 'statutory'] as const).map((management) => ofState({ management })),
    ...[true, false].map((informed) => ofState({ management: 'voluntary', informed })),
  ]),
  areas: part(['areas'], (all) =>
    [null, ...distinct(all, ({ areas }) => areas ?? []), ELSEWHERE].map((area) => ofState({ area })),
  ),
  age: part(['age'], (all) =>
    agesAround(all).map(
      ({ born, happened }): Change =>
        (question) =>
          ofState({ born })(ofFact({ happened })(question)),
    ),
  ),
  consent: {
    bears: ({ conditions }) => conditions.consent === true,
    holds: ({ conditions }, { state }) => conditions.consent !== true || state.consents.length > 0,
    vary: () => [
      ofState({ consents: [] }),
      (question) => ofState({ consents: [`${question.recipient.agency}:*`] })(question),
    ],
  },
  limitedAccess: part(['limitedAccess'], () => [
    ofState({}),
    ...(['RESTRICTED', 'EXCLUDED'] as const).map(
      (marking): Change =>
        (question) =>
          ofState({ limitedAccess: { [question.fact.publisher]: marking } })(question),
    ),
  ]),
  handling: part(['handling'], () => (['P', 'C'] as const).map((handling) => ofFact({ handling }))),
  grading: part(['grading'], () =>
    ['', '1', '2', '3'].flatMap((gradingSource) =>
      ['', 'A', 'B', 'C', 'D', 'E'].map((gradingInformation) =>
        ofFact({
          control: {
            ...(gradingSource !== '' && { gradingSource }),
            ...(gradingInformation !== '' && { gradingInformation }),
          },
        }),
      ),
    ),
  ),
  reportingRestrictions: part(['reportingRestrictions'], () => [
    ofState({}),
    (question) => ofState({ restrictions: [{ by: question.fact.publisher, until: null }] })(question),
  ]),
  role: part(['role'], (all) =>
    subsets(distinct(all, ({ role }) => role ?? [])).map((roles) => ofRecipient({ roles })),
  ),
  responsibility: part(['responsibility'], () =>
    [false, true].map((responsible) => ofRecipient({ responsible })),
  ),
  emergency: part(['emergency'], () => [false, true].map((emergency) => ofRecipient({ emergency }))),
  reach: {
    bears: ({ reach }) => reach === 'prospective',
    holds: ({ reach }, { fact }) => reach === 'history' || fact.received >= IN_FORCE,
    vary: () => [SINCE, BEFORE].map((received) => ofFact({ received })),
  },
};

function ofState(change: Partial<Question['state']>): Change {
  return (question) => ({ ...question, state: { ...question.state, ...change } });
}

function ofFact(change: Partial<Question['fact']>): Change {
  return (question) => ({ ...question, fact: { ...question.fact, ...change } });
}

function ofRecipient(change: Partial<Question['recipient']>): Change {
  return (question) => ({ ...question, recipient: { ...question.recipient, ...change } });
}

function distinct(
  all: readonly Conditions[],
  named: (conditions: Conditions) => readonly string[],
): readonly string[] {
  return [...new Set(all.flatMap(named))].sort();
}

function subsets(names: readonly string[]): readonly (readonly string[])[] {
  return names.reduce<readonly (readonly string[])[]>(
    (sets, name) => [...sets, ...sets.map((set) => [...set, name])],
    [[]],
  );
}
