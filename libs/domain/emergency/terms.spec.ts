import { expect, it } from '@jest/globals';
import { inForceRegister, agreementOf, type ShortClause } from '../../testing/agreements.js';
import { startOf } from '../agreement/decide.js';
import { emergencyTerms } from './terms.js';

const clause = (id: string, hours: number, reviewWithin: number): ShortClause => ({
  id,
  publishers: ['probation'],
  recipients: ['housing'],
  purposes: ['protection'],
  types: ['probation.riskAssessed'],
  fields: { clear: ['rosh'] },
  conditions: { emergency: { hours, reviewWithin } },
});
const register = inForceRegister([
  agreementOf({ reference: 'pair', clauses: [clause('one', 8, 72), clause('two', 24, 48)] }),
]);
const during = startOf('2025-06-01');

it('are the strictest of every emergency clause towards the agency for the purpose', () => {
  expect(emergencyTerms(register, 'housing', 'protection', during)).toEqual({
    clauses: ['pair/1#one', 'pair/1#two'],
    hours: 8,
    reviewWithin: 48,
  });
});

it.each([
  ['another agency', 'police', 'protection', during],
  ['another purpose', 'housing', 'curiosity', during],
  ['after the agreement', 'housing', 'protection', startOf('2026-01-01')],
])('are none for %s', (_, agency, purpose, at) => {
  expect(emergencyTerms(register, agency, purpose, at)).toBeUndefined();
});
