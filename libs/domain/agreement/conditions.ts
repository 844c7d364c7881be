import { type FactMetadata } from '../../contract/fact.js';
import { ageHolds, isRestricted, type OffenderState } from '../casework/offender-state.js';
import { type AgeRange, type Conditions } from './document.js';
import { type Recipient } from './recipient.js';

/** What of a fact a decision depends on: nothing that is sealed, so that decisions replay after erasure. */
export type FactInQuestion = Pick<
  FactMetadata,
  'publisher' | 'version' | 'received' | 'happened' | 'handling' | 'control'
> &
  Partial<Pick<FactMetadata, 'source' | 'sourceId'>> & { readonly type: string };

/** Everything that a condition may look at. `at` is the moment of the question, epoch milliseconds. */
export interface Question {
  readonly fact: FactInQuestion;
  readonly recipient: Recipient;
  readonly state: OffenderState;
  readonly at: number;
}

export type Test = (question: Question) => boolean;

/** `certain`: in doubt a condition does not hold, so nothing is permitted; `possible`: in doubt it does, so the prohibition stands. */
type Certainty = 'certain' | 'possible';

/**
 * The tests that a permission must pass before it applies. Of limited access, handling and reporting restrictions silence
 * means the least: an unmarked case, a fact that may be shared, no restriction (R51, R53).
 */
export function permissionTests(conditions: Conditions = {}): readonly Test[] {
  const { limitedAccess = ['NONE'], handling = ['P'], reportingRestrictions } = conditions;
  const tests = [...namedTests(conditions, 'certain'), marked(limitedAccess), handled(handling)];
  return reportingRestrictions === 'permitted' ? tests : [...tests, unrestricted];
}

/** The tests that a prohibition must pass before it applies: only those of conditions that it names; doubt does not lift it. */
export function prohibitionTests(conditions: Conditions = {}): readonly Test[] {
  const { limitedAccess, handling } = conditions;
  return [
    ...namedTests(conditions, 'possible'),
    ...(limitedAccess === undefined ? [] : [marked(limitedAccess)]),
    ...(handling === undefined ? [] : [handled(handling)]),
  ];
}

function namedTests(conditions: Conditions, certainty: Certainty): readonly Test[] {
  const { cohort, level, mappa, management, areas, age, grading, role, responsibility, emergency } =
    conditions;
  return [
    ...(cohort === undefined ? [] : [({ state }: Question) => meet(cohort, state.cohorts)]),
    ...(level === undefined ? [] : [({ state }: Question) => meet(level, state.levels)]),
    ...(mappa === undefined ? [] : mappaTests(mappa, certainty)),
    ...(management === undefined ? [] : [managed(management, certainty)]),
    ...(areas === undefined ? [] : [managedIn(areas, certainty)]),
    ...(age?.atFact === undefined ? [] : [agedAtFact(age.atFact, certainty)]),
    ...(age?.atQuestion === undefined ? [] : [agedNow(age.atQuestion, certainty)]),
    ...(grading?.source === undefined ? [] : [graded('gradingSource', grading.source, certainty)]),
    ...(grading?.information === undefined
      ? []
      : [graded('gradingInformation', grading.information, certainty)]),
    ...(role === undefined ? [] : [({ recipient }: Question) => meet(role, recipient.roles)]),
    ...(responsibility === undefined ? [] : [({ recipient }: Question) => recipient.responsible]),
    ...(emergency === undefined ? [] : [({ recipient }: Question) => recipient.emergency]),
  ];
}

/** Whether one of the wanted is among the held. */
export function meet(wanted: readonly string[], held: readonly string[]): boolean {
  for (const each of held) if (wanted.includes(each)) return true;
  return false;
}

const mappaLevels = ['MAPPA-1', 'MAPPA-2', 'MAPPA-3'] as const;

/** A MAPPA offender is somebody managed at a MAPPA level, and so in a category, known or not (CJA 2003 s.325, s.327; R34, R40). */
function mappaTests(
  { categories, levels }: NonNullable<Conditions['mappa']>,
  certainty: Certainty,
): readonly Test[] {
  const wanted = levels === undefined ? mappaLevels : levels.map((level) => `MAPPA-${level}`);
  const of = categories?.map(String);
  const unknown = certainty === 'possible';
  return [
    ({ state }) => meet(wanted, state.levels),
    ...(of === undefined
      ? []
      : [
          ({ state }: Question) =>
            state.mappaCategory === null ? unknown : of.includes(state.mappaCategory),
        ]),
  ];
}

/** Nothing flows about somebody who is managed by their own will before they were told of sharing (R15); no prohibition waits for it. */
function managed(wanted: 'statutory' | 'voluntary', certainty: Certainty): Test {
  const unknown = certainty === 'possible';
  const needsInforming = wanted === 'voluntary' && certainty === 'certain';
  return ({ state: { management, informed } }) =>
    management === null ? unknown : management === wanted && (informed || !needsInforming);
}

function managedIn(areas: readonly string[], certainty: Certainty): Test {
  const unknown = certainty === 'possible';
  return ({ state: { area } }) => (area === null ? unknown : areas.includes(area));
}

function agedAtFact(range: AgeRange, certainty: Certainty): Test {
  const aged = agedWithin(range, certainty);
  const unknown = certainty === 'possible';
  return ({ fact: { happened }, state }) =>
    happened.from === null
      ? unknown
      : aged(state.born, happened.from, Math.max(happened.from, happened.to - 1));
}

function agedNow(range: AgeRange, certainty: Certainty): Test {
  const aged = agedWithin(range, certainty);
  return ({ state, at }) => aged(state.born, at, at);
}

type Aged = (born: readonly string[], from: number, to: number) => boolean;

function agedWithin(range: AgeRange, certainty: Certainty): Aged {
  if (certainty === 'certain') return (born, from, to) => ageHolds(born, range, from, to);
  return (born, from, to) => born.length === 0 || born.some((claim) => !isOutside([claim], range, from, to));
}

/** Whether the age is surely below the range, or surely above it. */
function isOutside(born: readonly string[], range: AgeRange, from: number, to: number): boolean {
  const isBelow = range.from !== undefined && ageHolds(born, { to: range.from - 1 }, from, to);
  return isBelow || (range.to !== undefined && ageHolds(born, { from: range.to + 1 }, from, to));
}

function graded(
  attribute: 'gradingSource' | 'gradingInformation',
  accepted: readonly (string | number)[],
  certainty: Certainty,
): Test {
  const wanted = accepted.map(String);
  const unknown = certainty === 'possible';
  return ({ fact: { control } }) => {
    const grade = control[attribute];
    return typeof grade === 'string' ? wanted.includes(grade) : unknown;
  };
}

function marked(accepted: readonly string[]): Test {
  return ({ fact, state }) => accepted.includes(state.limitedAccess[fact.publisher] ?? 'NONE');
}

/** A fact that nobody graded is one that may be shared. */
function handled(accepted: readonly string[]): Test {
  return ({ fact: { handling } }) => accepted.includes(handling === null ? 'P' : handling);
}

const unrestricted: Test = ({ fact, state, at }) => !isRestricted(state, fact.publisher, at);
