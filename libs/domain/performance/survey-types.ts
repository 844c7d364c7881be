import { type Governance, standing } from '../governance/governance.js';
import { offenderTypes } from '../governance/words.js';
import { heldAt } from '../casework/held.js';
import { recordIn, textIn } from '../casework/read-data.js';
import { beganAt, type ReadFact } from '../casework/read-fact.js';
import { AGE_NOT_KNOWN, ageBandOn, ageBandsOn } from './age-band.js';
import { endOfDay } from './day.js';
import { type PersonHistory } from './history.js';
import { ppoLabelOf } from './key-principles/principle-5.js';

export type OffenderType = (typeof offenderTypes)[number];

/** Whether a person is of a type at a moment: the log event ids that say so, none when they do not; null: nobody says. */
type Derive = (person: PersonHistory, at: number, day: string) => readonly string[] | null;

/** Nationalities that are not foreign, as publishers write them. */
const HOME = [
  'GBR',
  'GB',
  'UK',
  'BRITISH',
  'ENGLISH',
  'WELSH',
  'SCOTTISH',
  'NORTHERN IRISH',
  'UNITED KINGDOM',
];
const YOUNG = ['under-18', '18-24'];

/** How a type is told from facts; a type that is absent cannot be. */
const derivations: Readonly<Partial<Record<OffenderType, Derive>>> = {
  PPO: ppoLabelOf,
  'drug-misusing': (person, at) => [
    ...idsOf(
      person,
      at,
      ({ type, data }) => type === 'police.drugTest.performed' && textIn(data, 'result') === 'positive',
    ),
    ...idsOf(person, at, ({ type }) => type === 'treatment.started'),
    ...person.case.assessments
      .filter((each) => each.at <= at)
      .filter(({ scores }) => scores.some((each) => each.pathway === 'drugs-alcohol' && each.needIdentified))
      .flatMap(({ by }) => by),
  ],
  'non-statutory': ({ case: { management } }, at) => {
    const held = heldAt(management, at);
    if (held.length === 0) return null;
    return held.filter(({ value }) => value === 'voluntary').flatMap(({ by }) => by);
  },
  young: ({ born, facts }, _, day) => {
    const band = ageBandOn(ageBandsOn(day), born, day);
    if (band === AGE_NOT_KNOWN) return null;
    return YOUNG.includes(band)
      ? facts.filter(({ data }) => textIn(data, 'dateOfBirth') !== null).map(({ id }) => id)
      : [];
  },
  women: ({ sex, facts }) => {
    if (sex === null) return null;
    return sex === 'female'
      ? facts.filter(({ data }) => textIn(data, 'sex') === sex).map(({ id }) => id)
      : [];
  },
  dangerous: (person, at) => [
    ...heldAt(person.case.levels, at)
      .filter(({ value }) => value.some((level) => level.startsWith('MAPPA-')))
      .flatMap(({ by }) => by),
    ...idsOf(person, at, isHighRisk),
  ],
  'foreign-nationals': (person, at) => {
    const stated = person.facts.filter(
      (fact) => beganAt(fact) <= at && textIn(fact.data, 'nationality') !== null,
    );
    if (stated.length === 0) return null;
    return stated
      .filter(({ data }) => !HOME.includes((textIn(data, 'nationality') ?? '').trim().toUpperCase()))
      .map(({ id }) => id);
  },
};

function isHighRisk({ type, data }: ReadFact): boolean {
  const rosh = Object.values(recordIn(data, 'rosh'));
  return type === 'probation.riskAssessed' && rosh.some((each) => each === 'high' || each === 'very-high');
}

function idsOf({ facts }: PersonHistory, at: number, isOne: (fact: ReadFact) => boolean): readonly string[] {
  return facts.filter((fact) => beganAt(fact) <= at && isOne(fact)).map(({ id }) => id);
}

/** What can be said of one type of offender. */
export interface TypeAnswer {
  readonly type: OffenderType;
  readonly prioritised: 'yes, adopted' | 'yes, by selection' | 'no' | 'not known';
  /** One entry a person of the type: the log event ids that say so; null where facts cannot tell. */
  readonly people: readonly (readonly string[])[] | null;
  /** Log event ids of the priorities that name it. */
  readonly priorities: readonly string[];
}

/**
 * Which types of offender are put first: those that adopted priorities name; where none names any, those of whom there
 * are people on the caseload, as far as facts can tell.
 */
export function typesPrioritised(
  governance: Governance,
  caseload: readonly PersonHistory[],
  day: string,
): readonly TypeAnswer[] {
  const at = endOfDay(day);
  const naming = standing(governance, 'priorityAdopted', at).filter(
    ({ value }) => (value.offenderTypes ?? []).length > 0,
  );
  return offenderTypes.map((type) => {
    const people = peopleOf(type, caseload, at, day);
    const adopted = naming.filter(({ value }) => value.offenderTypes?.includes(type));
    const priorities = adopted.flatMap(({ by }) => by);
    if (naming.length > 0)
      return { type, people, priorities, prioritised: adopted.length > 0 ? 'yes, adopted' : 'no' };
    if (people === null) return { type, people, priorities, prioritised: 'not known' };
    return { type, people, priorities, prioritised: people.length > 0 ? 'yes, by selection' : 'no' };
  });
}

function peopleOf(
  type: OffenderType,
  caseload: readonly PersonHistory[],
  at: number,
  day: string,
): TypeAnswer['people'] {
  const derive = derivations[type];
  if (derive === undefined) return null;
  const told = caseload.map((person) => derive(person, at, day)).filter((each) => each !== null);
  return told.length === 0 ? null : told.filter((each) => each.length > 0);
}
