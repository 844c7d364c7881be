import { type Conditions } from '../../libs/domain/agreement/document.js';
import { randomFrom } from '../../libs/domain/demonstration/random.js';
import { type ShortClause } from '../../libs/testing/agreements.js';

export const publishers = ['police', 'probation'];
export const recipients = ['prison', 'courts', 'housing', 'treatment', 'youth', 'health'];
export const purposes = ['supervision', 'resettlement'];
export const types: Readonly<Record<string, readonly string[]>> = {
  police: ['police.arrest.recorded', 'police.drugTest.performed', 'police.intel.submitted'],
  probation: ['probation.riskAssessed', 'probation.recall.decided', 'probation.case.allocated'],
};
export const cohorts = ['Fixed', 'Flex', 'Free'];
export const levels = ['Priority', 'Enhanced', 'MAPPA-1', 'MAPPA-2', 'MAPPA-3'];
export const roles = ['practitioner', 'coordinator', 'manager'];

/** Every condition that an agreement knows, alone and with others; consent alone is asked of every field. */
const permitted: readonly Conditions[] = [
  { cohort: ['Fixed', 'Flex'] },
  { level: ['Priority'], limitedAccess: ['NONE', 'RESTRICTED'] },
  { mappa: { categories: [1, 3], levels: [2, 3] } },
  { mappa: { levels: [1] }, reportingRestrictions: 'permitted' },
  { management: 'statutory', age: { atQuestion: { from: 18 } } },
  { management: 'voluntary', consent: true },
  { age: { atFact: { from: 18, to: 24 } } },
  { age: { atFact: { from: 18 }, atQuestion: { to: 39 } }, cohort: ['Fixed'] },
  { consent: true },
  { limitedAccess: ['NONE', 'RESTRICTED', 'EXCLUDED'], role: ['manager'] },
  { handling: ['P', 'C'], grading: { source: [1, 2], information: ['A', 'B'] } },
  { handling: ['C'], role: ['coordinator', 'manager'] },
  { grading: { source: [1] } },
  { reportingRestrictions: 'permitted', responsibility: 'case' },
  { role: ['coordinator'], level: ['Enhanced'] },
  { emergency: { hours: 4, reviewWithin: 72 } },
  {},
];

const prohibited: readonly Conditions[] = [
  { cohort: ['Free'], role: ['practitioner'] },
  { level: ['MAPPA-3'] },
];

const classes = ['ID', 'PERS', 'LOC', 'CJF', 'CJA', 'INTEL', 'DRUG', 'STAFF', 'ADM'];

/** Two hundred clauses of one agreement, one in twenty a prohibition: about ten bear on each question. */
export function benchmarkClauses(): readonly ShortClause[] {
  const { pick, chance, shuffle } = randomFrom(200);
  return Array.from({ length: 200 }, (_, index): ShortClause => {
    const publisher = pick(publishers);
    const named = shuffle(types[publisher] ?? []).slice(0, 2);
    const terms = {
      id: `c${index}`,
      publishers: [publisher],
      recipients: [pick(recipients)],
      purposes: [pick(purposes)],
      types: chance(0.5) ? [`${publisher}.*`] : named,
    };
    const some = shuffle(classes)
      .slice(0, 3)
      .map((each) => `class:${each}`);
    if (index % 20 === 19)
      return { ...terms, effect: 'prohibit', fields: { withhold: some }, conditions: pick(prohibited) };
    return {
      ...terms,
      fields: { [pick(['clear', 'clear', 'generalise', 'mask'])]: some },
      conditions: permitted[index % permitted.length] ?? {},
      reach: chance(0.5) ? 'history' : 'prospective',
    };
  });
}
