import { DateTime } from 'luxon';
import { type AgeRange, type Conditions } from '../domain/agreement/document.js';
import { type Question } from './arbitrary-questions.js';

/** Whether a condition holds, as far as anybody can know. */
export type Answer = 'yes' | 'no' | 'unknown';

type Kind = Exclude<keyof Conditions, 'consent'>;

const told = (holds: boolean): Answer => (holds ? 'yes' : 'no');

const among = (wanted: readonly string[], held: readonly string[]): Answer =>
  told(wanted.some((each) => held.includes(each)));

/** What every condition asks, in the words of the document; each is given what the clause says of it. */
const asks: { readonly [K in Kind]: (wanted: NonNullable<Conditions[K]>, question: Question) => Answer } = {
  cohort: (wanted, { state }) => among(wanted, state.cohorts),
  level: (wanted, { state }) => among(wanted, state.levels),
  mappa: ({ categories, levels = [1, 2, 3] }, { state }) => {
    if (!levels.some((level) => state.levels.includes(`MAPPA-${level}`))) return 'no';
    if (categories === undefined) return 'yes';
    return state.mappaCategory === null ? 'unknown' : told(categories.includes(Number(state.mappaCategory)));
  },
  management: (wanted, { state }) => {
    if (state.management === null) return 'unknown';
    if (state.management !== wanted) return 'no';
    return wanted === 'statutory' || state.informed ? 'yes' : 'unknown';
  },
  areas: (wanted, { state }) => (state.area === null ? 'unknown' : among(wanted, [state.area])),
  age: ({ atFact, atQuestion }, { fact: { happened }, state: { born }, at }) => {
    const answers: Answer[] = [];
    if (atQuestion !== undefined) answers.push(aged(born, atQuestion, at, at));
    if (atFact !== undefined && happened.from === null) answers.push('unknown');
    if (atFact !== undefined && happened.from !== null) {
      const isInstant = happened.from === happened.to;
      answers.push(aged(born, atFact, happened.from, isInstant ? happened.to : happened.to - 1));
    }
    return all(answers);
  },
  limitedAccess: (accepted, { fact, state }) =>
    among(accepted, [
      Object.entries(state.limitedAccess).find(([agency]) => agency === fact.publisher)?.[1] ?? 'NONE',
    ]),
  handling: (accepted, { fact }) => among(accepted, [fact.handling ?? 'P']),
  grading: ({ source, information }, { fact: { control } }) => {
    const grade = (accepted: readonly (string | number)[] | undefined, given: unknown): Answer => {
      if (accepted === undefined) return 'yes';
      return given === undefined ? 'unknown' : told(accepted.some((each) => `${each}` === given));
    };
    return all([grade(source, control.gradingSource), grade(information, control.gradingInformation)]);
  },
  reportingRestrictions: () => 'yes',
  role: (wanted, { recipient }) => among(wanted, recipient.roles),
  responsibility: (_, { recipient }) => told(recipient.responsible),
  emergency: (_, { recipient }) => told(recipient.emergency),
};

/** Whether everything that a clause asks about a question holds: no, if anything does not. */
export function holds(conditions: Conditions, question: Question): Answer {
  const kinds = Object.keys(asks) as Kind[];
  return all(kinds.map((kind) => ask(kind, conditions, question)));
}

function ask<K extends Kind>(kind: K, conditions: Conditions, question: Question): Answer {
  const wanted: Conditions[K] = conditions[kind];
  return wanted === undefined ? 'yes' : asks[kind](wanted, question);
}

function all(answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

/** Whether a court that published the fact restricts reporting at a moment. */
export function isForbiddenByCourt({ fact, state, at }: Question): boolean {
  return state.restrictions.some(({ by, until }) => by === fact.publisher && (until === null || until > at));
}

/**
 * Whether somebody's age lay within a range all the time between two moments: yes or no only if that is so on whatever
 * day of whatever month claimed they were born. Before they were born they had no age.
 */
function aged(
  born: readonly string[],
  { from = 0, to = Infinity }: AgeRange,
  first: number,
  last: number,
): Answer {
  const answers = born.flatMap(daysOf).map((birthday): Answer => {
    const [youngest, oldest] = [ageOn(birthday, first), ageOn(birthday, last)];
    if (youngest < 0) return 'unknown';
    if (youngest >= from && oldest <= to) return 'yes';
    return oldest < from || youngest > to ? 'no' : 'unknown';
  });
  const [answer = 'unknown', ...more] = new Set(answers);
  return more.length === 0 ? answer : 'unknown';
}

function daysOf(month: string): readonly string[] {
  const length = DateTime.fromISO(month).daysInMonth ?? 0;
  return Array.from({ length }, (_, day) => `${month}-${String(day + 1).padStart(2, '0')}`);
}

/** Years completed on the calendar in London: those between the years, less one until the day and month come round. */
function ageOn(birthday: string, moment: number): number {
  const today = DateTime.fromMillis(moment, { zone: 'Europe/London' }).toISODate() ?? '';
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4));
  return today.slice(5) < birthday.slice(5) ? years - 1 : years;
}
