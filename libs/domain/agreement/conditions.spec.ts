import { describe, expect, it } from '@jest/globals';
import { type Moment, parseMoment, UNKNOWN_MOMENT } from '../../contract/moment.js';
import { UNMANAGED } from '../casework/offender-state.js';
import { meet, permissionTests, prohibitionTests, type Question } from './conditions.js';
import { type Conditions } from './document.js';
import { anybodyOf } from './recipient.js';

interface Known {
  readonly fact?: Partial<Question['fact']>;
  readonly recipient?: Partial<Question['recipient']>;
  readonly state?: Partial<Question['state']>;
  readonly at?: string;
}

const when = (text: string): Moment => parseMoment(text) ?? UNKNOWN_MOMENT;

function question({ fact, recipient, state, at = '2025-06-15' }: Known): Question {
  return {
    fact: {
      publisher: 'probation',
      type: 'probation.riskAssessed',
      version: 1,
      received: 0,
      happened: UNKNOWN_MOMENT,
      handling: null,
      control: {},
      ...fact,
    },
    recipient: { ...anybodyOf('police'), ...recipient },
    state: { ...UNMANAGED, ...state },
    at: when(at).from ?? 0,
  };
}

const permits = (conditions: Conditions | undefined, known: Known): boolean =>
  permissionTests(conditions).every((test) => test(question(known)));
const prohibits = (conditions: Conditions | undefined, known: Known): boolean =>
  prohibitionTests(conditions).every((test) => test(question(known)));

const ADULT = { age: { atQuestion: { from: 18 } } };
const CHILD = { age: { atQuestion: { to: 17 } } };
const TEENAGER = { age: { atQuestion: { from: 13, to: 19 } } };
const THEN_ADULT = { age: { atFact: { from: 18 } } };
const THEN_CHILD = { age: { atFact: { to: 17 } } };
const RELIABLE = { grading: { source: [1, 2] } };
const CLOSE = { grading: { information: ['A', 'B'] } };
const VOLUNTARY = { management: 'voluntary' } as const;
const AREAS = { areas: ['NW', 'NE'] };
const EMERGENCY = { emergency: { hours: 24, reviewWithin: 72 } };
const born = (...months: readonly string[]): Known => ({ state: { born: months } });
const bornThen = (months: readonly string[], happened: string): Known => ({
  state: { born: months },
  fact: { happened: when(happened) },
});
const graded = (control: Question['fact']['control']): Known => ({ fact: { control } });

/** `yes`: permission and prohibition apply; `no`: neither; `doubt`: the prohibition alone. */
type Answer = 'yes' | 'no' | 'doubt';

describe('each condition holds, does not, or is in doubt', () => {
  it.each<[string, Conditions, Known, Answer]>([
    ['the cohort', { cohort: ['Fixed', 'Flex'] }, { state: { cohorts: ['Free', 'Flex'] } }, 'yes'],
    ['another cohort', { cohort: ['Fixed'] }, { state: { cohorts: ['Free'] } }, 'no'],
    ['no cohort', { cohort: ['Fixed'] }, {}, 'no'],
    ['the level', { level: ['Priority'] }, { state: { levels: ['Priority'] } }, 'yes'],
    ['another level', { level: ['Priority'] }, { state: { levels: ['Enhanced'] } }, 'no'],
    ['MAPPA of any level', { mappa: {} }, { state: { levels: ['MAPPA-1'] } }, 'yes'],
    ['MAPPA of the highest level', { mappa: {} }, { state: { levels: ['MAPPA-3'] } }, 'yes'],
    ['MAPPA of the middle level', { mappa: {} }, { state: { levels: ['MAPPA-2'] } }, 'yes'],
    ['no MAPPA', { mappa: {} }, { state: { levels: ['Priority'], mappaCategory: '1' } }, 'no'],
    ['the MAPPA level', { mappa: { levels: [2, 3] } }, { state: { levels: ['MAPPA-2'] } }, 'yes'],
    ['another MAPPA level', { mappa: { levels: [2, 3] } }, { state: { levels: ['MAPPA-1'] } }, 'no'],
    [
      'the MAPPA category',
      { mappa: { categories: [1, 2] } },
      { state: { levels: ['MAPPA-1'], mappaCategory: '2' } },
      'yes',
    ],
    [
      'another MAPPA category',
      { mappa: { categories: [1, 2] } },
      { state: { levels: ['MAPPA-1'], mappaCategory: '3' } },
      'no',
    ],
    [
      'an unknown MAPPA category',
      { mappa: { categories: [1] } },
      { state: { levels: ['MAPPA-1'] } },
      'doubt',
    ],
    ['a category without MAPPA', { mappa: { categories: [1] } }, { state: { mappaCategory: '1' } }, 'no'],
    ['statutory', { management: 'statutory' }, { state: { management: 'statutory' } }, 'yes'],
    ['voluntary', { management: 'statutory' }, { state: { management: 'voluntary' } }, 'no'],
    ['unknown management', { management: 'statutory' }, {}, 'doubt'],
    ['voluntary and informed', VOLUNTARY, { state: { management: 'voluntary', informed: true } }, 'yes'],
    ['voluntary and not informed', VOLUNTARY, { state: { management: 'voluntary' } }, 'doubt'],
    [
      'informed, but under a sentence',
      VOLUNTARY,
      { state: { management: 'statutory', informed: true } },
      'no',
    ],
    ['informed, but of unknown management', VOLUNTARY, { state: { informed: true } }, 'doubt'],
    ['one of the areas', AREAS, { state: { area: 'NE' } }, 'yes'],
    ['another area', AREAS, { state: { area: 'Nextshire' } }, 'no'],
    ['an unknown area', AREAS, {}, 'doubt'],
    ['an adult', ADULT, born('1990-04'), 'yes'],
    ['a child', ADULT, born('2010-04'), 'no'],
    ['somebody of unknown age', ADULT, {}, 'doubt'],
    ['somebody in the month of birth', ADULT, born('2007-06'), 'doubt'],
    ['somebody with two records', ADULT, born('1990-04', '2010-04'), 'doubt'],
    ['somebody with two records that agree on this', ADULT, born('1990-04', '1985-04'), 'yes'],
    ['somebody with two records that agree against it', ADULT, born('2010-04', '2011-04'), 'no'],
    ['a record that is no month', ADULT, born('unknown'), 'doubt'],
    ['a child as a child', CHILD, born('2010-04'), 'yes'],
    ['an adult as a child', CHILD, born('1990-04'), 'no'],
    ['somebody below a range', TEENAGER, born('2013-01'), 'no'],
    ['somebody who may be below a range', TEENAGER, born('2012-06'), 'doubt'],
    ['somebody within a range', TEENAGER, born('2012-01'), 'yes'],
    ['somebody at the end of a range', TEENAGER, born('2005-07'), 'yes'],
    ['somebody who may be above a range', TEENAGER, born('2005-06'), 'doubt'],
    ['somebody above a range', TEENAGER, born('2005-05'), 'no'],
    ['an adult then', THEN_ADULT, bornThen(['2007-06'], '2025-07-01'), 'yes'],
    ['a child then', THEN_ADULT, bornThen(['2007-06'], '2025-05-31'), 'no'],
    ['perhaps an adult then', THEN_ADULT, bornThen(['2007-06'], '2025-06-15'), 'doubt'],
    ['an adult in part of the time', THEN_ADULT, bornThen(['2007-06'], '2025-05/2025-08'), 'doubt'],
    ['nobody knows when', THEN_ADULT, { state: { born: ['1990-04'] } }, 'doubt'],
    ['nobody knows of what age then', THEN_ADULT, bornThen([], '2025-07-01'), 'doubt'],
    ['the day that ends childhood', THEN_CHILD, bornThen(['2007-06'], '2025-05-31'), 'yes'],
    ['the instant that ends childhood', THEN_CHILD, bornThen(['2007-06'], '2025-05-31T22:59:59.999Z'), 'yes'],
    ['the instant after it', THEN_CHILD, bornThen(['2007-06'], '2025-05-31T23:00:00Z'), 'doubt'],
    ['the whole month after it', THEN_CHILD, bornThen(['2007-06'], '2025-07'), 'no'],
    ['a reliable source', RELIABLE, graded({ gradingSource: '2' }), 'yes'],
    ['an unreliable source', RELIABLE, graded({ gradingSource: '3', gradingInformation: 'A' }), 'no'],
    ['a source not graded', RELIABLE, graded({ gradingInformation: 'A' }), 'doubt'],
    ['information known directly', CLOSE, graded({ gradingInformation: 'A' }), 'yes'],
    ['information suspected false', CLOSE, graded({ gradingSource: '1', gradingInformation: 'E' }), 'no'],
    ['information not graded', CLOSE, graded({ gradingSource: '1' }), 'doubt'],
    ['nothing graded', { grading: { ...RELIABLE.grading, ...CLOSE.grading } }, graded({}), 'doubt'],
    ['the role', { role: ['coordinator'] }, { recipient: { roles: ['auditor', 'coordinator'] } }, 'yes'],
    ['another role', { role: ['coordinator'] }, { recipient: { roles: ['auditor'] } }, 'no'],
    ['responsible', { responsibility: 'case' }, { recipient: { responsible: true } }, 'yes'],
    ['not responsible', { responsibility: 'case' }, { recipient: { emergency: true } }, 'no'],
    ['an emergency', EMERGENCY, { recipient: { emergency: true } }, 'yes'],
    ['no emergency', EMERGENCY, { recipient: { responsible: true } }, 'no'],
    [
      'marked so',
      { limitedAccess: ['RESTRICTED'] },
      { state: { limitedAccess: { probation: 'RESTRICTED' } } },
      'yes',
    ],
    [
      'marked otherwise',
      { limitedAccess: ['RESTRICTED'] },
      { state: { limitedAccess: { probation: 'EXCLUDED' } } },
      'no',
    ],
    [
      'marked by another',
      { limitedAccess: ['RESTRICTED'] },
      { state: { limitedAccess: { police: 'RESTRICTED' } } },
      'no',
    ],
    ['not marked', { limitedAccess: ['NONE'] }, {}, 'yes'],
    ['handled with conditions', { handling: ['C'] }, { fact: { handling: 'C' } }, 'yes'],
    ['handled without', { handling: ['C'] }, { fact: { handling: 'P' } }, 'no'],
    ['handling not said', { handling: ['C'] }, {}, 'no'],
    ['handling not said counts as P', { handling: ['P'] }, {}, 'yes'],
  ])('%s', (_, conditions, known, answer) => {
    expect(permits(conditions, known)).toBe(answer === 'yes');
    expect(prohibits(conditions, known)).toBe(answer !== 'no');
  });
});

describe('what a clause does not mention', () => {
  const marked: Known = { state: { limitedAccess: { probation: 'RESTRICTED' } } };
  const conditional: Known = { fact: { handling: 'C' } };
  const restricted = (until: number | null, by = 'probation'): Known => ({
    state: { restrictions: [{ by, until }] },
  });
  const now = question({}).at;

  it.each<[string, Known]>([
    ['a marked case', marked],
    ['what may be shared only with conditions', conditional],
    ['what the publisher restricts', restricted(null)],
    ['what the publisher restricts for a millisecond more', restricted(now + 1)],
  ])('is not permitted of %s, and is prohibited all the same', (_, known) => {
    expect(permits(undefined, known)).toBe(false);
    expect(permits({}, known)).toBe(false);
    expect(prohibits(undefined, known)).toBe(true);
  });

  it.each<[string, Known]>([
    ['a case that nobody marked', {}],
    ['a case that another agency marked', { state: { limitedAccess: { police: 'EXCLUDED' } } }],
    ['what may be shared', { fact: { handling: 'P' } }],
    ['what the publisher restricted until now', restricted(now)],
    ['what another publisher restricts', restricted(null, 'courts')],
  ])('is permitted of %s', (_, known) => {
    expect(permits(undefined, known)).toBe(true);
  });

  it('is permitted under a restriction where the clause says so', () => {
    expect(permits({ reportingRestrictions: 'permitted' }, restricted(null))).toBe(true);
  });

  it('stays not permitted where the clause mentions something else', () => {
    expect(permits({ handling: ['C'] }, { ...conditional, ...marked })).toBe(false);
    expect(permits({ limitedAccess: ['RESTRICTED'] }, { ...conditional, ...marked })).toBe(false);
    expect(permits({ limitedAccess: ['RESTRICTED'], handling: ['C'] }, { ...conditional, ...marked })).toBe(
      true,
    );
  });
});

it('every condition of several must hold', () => {
  const both: Conditions = { cohort: ['Fixed'], level: ['Priority'] };
  expect(permits(both, { state: { cohorts: ['Fixed'], levels: ['Priority'] } })).toBe(true);
  expect(permits(both, { state: { cohorts: ['Fixed'] } })).toBe(false);
  expect(prohibits(both, { state: { levels: ['Priority'] } })).toBe(false);
});

it('two lists meet in one member, and nothing meets in nothing', () => {
  expect(meet(['a', 'b'], ['c', 'b'])).toBe(true);
  expect(meet(['a'], ['b'])).toBe(false);
  expect(meet([], [])).toBe(false);
});
