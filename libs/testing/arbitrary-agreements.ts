import fc from 'fast-check';
import { agencies } from '../contract/agency.js';
import { catalogue } from '../contract/catalogue/catalogue.js';
import { type CatalogueEntry } from '../contract/catalogue/entry.js';
import { type Field, fieldsOf } from '../contract/catalogue/fields.js';
import { startOf } from '../domain/agreement/decide.js';
import { type AgreementDocument, type Conditions } from '../domain/agreement/document.js';
import { agreementOf, type ShortClause } from './agreements.js';

export const DAY = 86_400_000;
/** Midnight of the first day of the year in which the agreements live. */
export const START = startOf('2025-01-01');
/** The names that arbitrary agreements and questions have in common. */
export const vocabulary = {
  publishers: ['police', 'probation', 'treatment', 'hub'],
  recipients: ['probation', 'housing', 'treatment', 'vcse'],
  purposes: ['supervision', 'resettlement', 'prevention'],
  cohorts: ['Fixed', 'Flex', 'Free', 'PPO'],
  levels: ['Standard', 'Enhanced', 'Priority', 'MAPPA-1', 'MAPPA-2', 'MAPPA-3'],
  areas: ['NW', 'NE', 'Nextshire'],
  roles: ['practitioner', 'coordinator'],
} as const;
const { publishers, recipients, purposes, cohorts, levels, areas, roles } = vocabulary;

const some = <T>(list: readonly T[], maxLength = list.length) =>
  fc.subarray([...list], { minLength: 1, maxLength: Math.min(maxLength, list.length) });
export const oneOf = <T>(list: readonly T[]) => fc.constantFrom(...list);
const dateOf = (day: number): string => new Date(START + day * DAY).toISOString().slice(0, 10);

function publishableBy(agency: string): readonly CatalogueEntry[] {
  const kind = agencies.find(({ id }) => id === agency)?.kind;
  return catalogue.filter((entry) => entry.publishers.some((each) => each === kind));
}

/** Every way to name a field: its path, what holds it, its class. */
function selectorsOf({ path, class: sensitivity }: Field): readonly string[] {
  const holders = [...path.matchAll(/\[\]|\./g)].map(({ index }) => path.slice(0, index));
  return [path, ...holders.filter((holder) => !holder.endsWith('[]')), `class:${sensitivity}`];
}

/** Ranges whose ends people of the arbitrary questions reach while the agreements live. */
const ageRange = fc.constantFrom({ from: 18 }, { to: 17 }, { from: 10, to: 17 }, { from: 18, to: 18 });

/** Every condition that a clause may have, one by one. */
const eachCondition: { readonly [K in keyof Conditions]-?: fc.Arbitrary<NonNullable<Conditions[K]>> } = {
  cohort: some(cohorts, 3),
  level: some(levels, 4),
  mappa: fc.record({ categories: some([1, 2, 3, 4], 3), levels: some([1, 2, 3], 2) }, { requiredKeys: [] }),
  management: fc.constantFrom('statutory', 'voluntary'),
  areas: some(areas, 2),
  age: fc.oneof(
    fc.record({ atFact: ageRange }),
    fc.record({ atQuestion: ageRange }),
    fc.record({ atFact: ageRange, atQuestion: ageRange }),
  ),
  consent: fc.constant(true),
  limitedAccess: some(['NONE', 'RESTRICTED', 'EXCLUDED']),
  handling: some(['P', 'C']),
  grading: fc.oneof(
    fc.record({ source: some([1, 2, 3], 2) }),
    fc.record({ information: some(['A', 'B', 'E']) }),
    fc.record({ source: some([1, 2, 3], 2), information: some(['A', 'B', 'E']) }),
  ),
  reportingRestrictions: fc.constant('permitted'),
  role: some(roles),
  responsibility: fc.constant('case'),
  emergency: fc.constant({ hours: 24, reviewWithin: 72 }),
};
export const conditionNames = Object.keys(eachCondition) as (keyof Conditions)[];

/** None, or up to three together: with more of them a clause would hardly ever apply. */
const conditions: fc.Arbitrary<Conditions | undefined> = fc.option(
  fc
    .subarray(conditionNames, { minLength: 1, maxLength: 3 })
    .chain((names) =>
      fc.record<Conditions>(Object.fromEntries(names.map((name) => [name, eachCondition[name]]))),
    ),
  { nil: undefined, freq: 2 },
);

/** Types and fields that many clauses speak of, so that clauses meet and contradict each other. */
const popularTypes = [
  'police.arrest.recorded',
  'probation.riskAssessed',
  'treatment.referral.made',
  'hub.cohort.selected',
];
const popularSelectors = ['dateOfBirth', 'address', 'class:PERS', 'name', 'ogrs'];

/** Some of a list, often of its popular members. */
function someOf(list: readonly string[], popular: readonly string[], maxLength: number) {
  const known = list.filter((each) => popular.includes(each));
  return known.length === 0
    ? some(list, maxLength)
    : fc.oneof(some(list, maxLength), { arbitrary: some(known, maxLength), weight: 3 });
}

function arbitraryClause(id: string, effects: readonly ('permit' | 'prohibit')[]): fc.Arbitrary<ShortClause> {
  return oneOf(['police', ...publishers]).chain((publisher) =>
    someOf(
      publishableBy(publisher).map(({ type }) => type),
      popularTypes,
      3,
    ).chain((types) => {
      const patterns = fc.constantFrom(types, [`${publisher}.*`], types);
      const fields = publishableBy(publisher)
        .filter(({ type }) => types.includes(type))
        .flatMap((entry) => fieldsOf(entry));
      return fc
        .record({
          id: fc.constant(id),
          publishers: fc.constantFrom([publisher], [...publishers]),
          recipients: some(recipients).filter((each) => each.some((agency) => agency !== publisher)),
          purposes: some(purposes),
          types: patterns,
          effect: oneOf(effects),
          conditions,
          reach: fc.constantFrom('prospective' as const, 'history' as const),
        })
        .chain((clause) =>
          arbitraryFields(fields, clause.effect).map((chosen) => whole({ ...clause, fields: chosen })),
        );
    }),
  );
}

function arbitraryFields(
  fields: readonly Field[],
  effect: 'permit' | 'prohibit',
): fc.Arbitrary<ShortClause['fields']> {
  const any = someOf([...new Set(fields.flatMap(selectorsOf))], popularSelectors, 4);
  if (effect === 'prohibit') return any.map((withhold) => ({ withhold }));
  const coarse = [
    ...new Set(fields.filter(({ generalise }) => generalise !== undefined).flatMap(selectorsOf)),
  ];
  const treatments = {
    clear: any,
    mask: any,
    ...(coarse.length > 0 && { generalise: someOf(coarse, popularSelectors, 2) }),
  };
  return fc.record(treatments, { requiredKeys: [] }).filter((each) => Object.keys(each).length > 0);
}

/** A prohibition has no reach, and a clause without conditions does not mention them. */
function whole({ conditions: needed, reach, ...clause }: Loose): ShortClause {
  return {
    ...clause,
    ...(needed !== undefined && { conditions: needed }),
    ...(clause.effect === 'permit' && { reach }),
  };
}

type Loose = Omit<ShortClause, 'conditions' | 'reach'> & {
  readonly conditions: ShortClause['conditions'] | undefined;
  readonly reach: 'prospective' | 'history';
};

/** A valid agreement over the real catalogue, in force for somewhere between a day and a year of 2025. */
export function arbitraryAgreement(
  reference: string,
  version = 1,
  effects: readonly ('permit' | 'prohibit')[] = ['permit', 'permit', 'prohibit'],
): fc.Arbitrary<AgreementDocument> {
  const clauses = fc
    .integer({ min: 1, max: 4 })
    .chain((count) =>
      fc.tuple(...Array.from({ length: count }, (_, index) => arbitraryClause(`c${index}`, effects))),
    );
  return fc
    .tuple(clauses, fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 365 }))
    .map(([chosen, from, length]) =>
      agreementOf({
        reference,
        version,
        clauses: chosen,
        inForceFrom: dateOf(from),
        expires: dateOf(from + length),
      }),
    );
}
