import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arbitraryAgreement } from '../../testing/arbitrary-agreements.js';
import { permissionTests, prohibitionTests, type Question } from '../agreement/conditions.js';
import { type Conditions } from '../agreement/document.js';
import { casesOf, type Circumstance, IN_FORCE, plainQuestion } from './cases.js';

const between = { publisher: 'police', recipient: 'housing', type: 'police.arrest.recorded', version: 1 };

function permitting(conditions: Conditions, reach: Circumstance['reach'] = 'history'): Circumstance {
  return { effect: 'permit', conditions, reach };
}

function prohibiting(conditions: Conditions): Circumstance {
  return { effect: 'prohibit', conditions, reach: 'history' };
}

/** Which of the circumstances can hold together: `+` for each that does. */
function combinations(...circumstances: readonly Circumstance[]): readonly string[] {
  const cases = casesOf(circumstances);
  return cases.map(({ holds }) => holds.map((each) => (each ? '+' : '-')).join('')).sort();
}

const over18 = { from: 18 };
const under18 = { to: 17 };

it.each<[string, readonly Circumstance[], readonly string[]]>([
  ['what always applies', [permitting({})], ['+']],
  ['one cohort', [permitting({ cohort: ['Fixed'] })], ['+', '-']],
  [
    'two cohorts, which somebody may both be in',
    [permitting({ cohort: ['Fixed'] }), permitting({ cohort: ['Flex'] })],
    ['++', '+-', '-+', '--'],
  ],
  [
    'a MAPPA level by two names',
    [permitting({ level: ['MAPPA-2'] }), permitting({ mappa: { levels: [2] } })],
    ['++', '--'],
  ],
  [
    'two managements, of which one may be unknown',
    [permitting({ management: 'statutory' }), permitting({ management: 'voluntary' })],
    ['+-', '-+', '--'],
  ],
  [
    'two prohibitions of either management, which both hold where it is unknown',
    [prohibiting({ management: 'statutory' }), prohibiting({ management: 'voluntary' })],
    ['++', '+-', '-+'],
  ],
  [
    'a permission that waits for the person to be told, and a prohibition that does not',
    [permitting({ management: 'voluntary' }), prohibiting({ management: 'voluntary' })],
    ['++', '-+', '--'],
  ],
  [
    'two areas, of which the person is in one, in neither, or nobody knows',
    [permitting({ areas: ['NW'] }), permitting({ areas: ['NE'] }), prohibiting({ areas: ['NW'] })],
    ['+-+', '-+-', '--+', '---'],
  ],
  [
    'both sides of an age, neither of which holds where it is unknown',
    [permitting({ age: { atQuestion: over18 } }), permitting({ age: { atQuestion: under18 } })],
    ['+-', '-+', '--'],
  ],
  [
    'the age at the fact and the age now',
    [permitting({ age: { atFact: over18 } }), permitting({ age: { atQuestion: over18 } })],
    ['++', '+-', '-+', '--'],
  ],
  [
    'an age now that is uncertain although that at the fact is not',
    [
      permitting({ age: { atFact: { from: 14, to: 14 } } }),
      permitting({ age: { atQuestion: over18 } }),
      permitting({ age: { atQuestion: under18 } }),
    ],
    ['++-', '+-+', '+--', '-+-', '--+', '---'],
  ],
  [
    'silence about handling beside a permission to share what has conditions',
    [permitting({}), permitting({ handling: ['C'] })],
    ['+-', '-+'],
  ],
  ['a reach forward and one back', [permitting({}, 'prospective'), permitting({})], ['++', '-+']],
])('tells apart %s', (_, circumstances, expected) => {
  expect(combinations(...circumstances)).toEqual(expected);
});

function isMet({ effect, conditions, reach }: Circumstance, question: Question): boolean {
  const tests = effect === 'permit' ? permissionTests(conditions) : prohibitionTests(conditions);
  const isReached = reach === 'history' || question.fact.received >= IN_FORCE;
  const isConsented = conditions.consent !== true || question.state.consents.includes('housing:*');
  return isReached && isConsented && tests.every((test) => test(question));
}

it('every case is one in which exactly what it says holds', () => {
  fc.assert(
    fc.property(arbitraryAgreement('one'), ({ clauses }) => {
      const circumstances = clauses.map((clause): Circumstance => {
        const { effect, conditions = {} } = clause;
        return { effect, conditions, reach: clause.effect === 'permit' ? clause.reach : 'history' };
      });
      const cases = casesOf(circumstances);
      for (const { holds, change } of cases) {
        const question = change(plainQuestion(between));
        expect(circumstances.map((each) => isMet(each, question))).toEqual(holds);
      }
      expect(new Set(cases.map(({ holds }) => holds.join())).size).toBe(cases.length);
    }),
    { numRuns: 100 },
  );
});
