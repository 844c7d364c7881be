import { type AgeRange, type Clause, type Conditions } from '../agreement/document.js';

/** When a clause applies, as somebody would say it: empty when always. Conditions hold together. */
export function conditionsInWords(conditions: Conditions = {}): readonly string[] {
  return Object.entries(conditions).flatMap(([key, value]) =>
    value === undefined ? [] : words[key as keyof Conditions](conditions),
  );
}

/** What a clause does to a field and when, in one line. `does` is the treatment, or `withhold`. */
export function bearingInWords(clause: Clause, does: string): string {
  const where = [...conditionsInWords(clause.conditions), ...informingInWords(clause)];
  const effect = clause.effect === 'permit' ? does : 'withheld whatever permits it';
  const reach = clause.effect === 'permit' && clause.reach === 'history' ? ', earlier facts too' : '';
  return `${effect}${where.length === 0 ? '' : ` where ${where.join(' and ')}`}${reach}`;
}

/** What goes without saying of a permission about somebody who is managed by their own will (R15). */
function informingInWords({ effect, conditions }: Clause): readonly string[] {
  const needsInforming = effect === 'permit' && conditions?.management === 'voluntary';
  return needsInforming ? ['the person was told of sharing'] : [];
}

const words: Readonly<Record<keyof Conditions, (conditions: Conditions) => readonly string[]>> = {
  cohort: ({ cohort }) => [`the person is in the cohort ${either(cohort)}`],
  level: ({ level }) => [`the person is managed at the level ${either(level)}`],
  mappa: ({ mappa }) => [
    'the person is managed under MAPPA',
    ...(mappa?.categories === undefined ? [] : [`in MAPPA category ${either(mappa.categories)}`]),
    ...(mappa?.levels === undefined ? [] : [`at MAPPA level ${either(mappa.levels)}`]),
  ],
  management: ({ management }) => [`the person's management is ${management ?? ''}`],
  areas: ({ areas }) => [`the person is managed in the area ${either(areas)}`],
  age: ({ age }) => [
    ...(age?.atFact === undefined ? [] : [`the person was ${range(age.atFact)} when it happened`]),
    ...(age?.atQuestion === undefined ? [] : [`the person is ${range(age.atQuestion)} when asked about`]),
  ],
  consent: () => ['the person consents to the recipient having it'],
  limitedAccess: ({ limitedAccess }) => [`the publisher's marking of the case is ${either(limitedAccess)}`],
  handling: ({ handling }) => [`the handling code is ${either(handling)}`],
  grading: ({ grading }) => [
    ...(grading?.source === undefined ? [] : [`the source is graded ${either(grading.source)}`]),
    ...(grading?.information === undefined
      ? []
      : [`the information is graded ${either(grading.information)}`]),
  ],
  reportingRestrictions: () => ['even while its publisher restricts reporting'],
  role: ({ role }) => [`whoever asks is a ${either(role)}`],
  responsibility: () => ['whoever asks is responsible for the case'],
  emergency: ({ emergency }) => [
    `whoever asks has opened an emergency disclosure, for ${emergency?.hours ?? 0} hours, to be reviewed within ${emergency?.reviewWithin ?? 0}`,
  ],
};

function either(names: readonly (string | number)[] = []): string {
  const [last = '', ...others] = names.map(String).toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} or ${last}`;
}

function range({ from, to }: AgeRange): string {
  if (from === undefined) return to === undefined ? 'of a known age' : `${to} or younger`;
  return to === undefined ? `${from} or older` : `from ${from} to ${to}`;
}
