import { describe, expect, it } from '@jest/globals';
import { agreementOf } from '../../testing/agreements.js';
import { cameIntoForce, changed, withdrew } from '../../testing/world.js';
import { type AgreementEvent } from '../agreement/agreement.js';
import { startOf } from '../agreement/decide.js';
import { readAgreement } from '../agreement/read-agreement.js';
import { EMPTY_REGISTER, register } from '../agreement/register.js';
import { requiresJustification } from './justification.js';

const short = agreementOf({
  reference: 'reasons',
  clauses: [
    {
      id: 'shares',
      publishers: ['police'],
      recipients: ['probation'],
      purposes: ['supervision', 'housing'],
      types: ['police.*'],
      fields: { clear: ['class:ID'] },
    },
  ],
});
const [first, ...others] = short.purposes;
const document = {
  ...short,
  purposes: [
    ...(first === undefined ? [] : [{ ...first, justification: 'required' as const }]),
    ...others.map((each) => ({ ...each, justification: 'optional' as const })),
  ],
};
const day = startOf('2025-06-01');

const requires = (
  events: readonly AgreementEvent[],
  agency = 'probation',
  purpose = 'supervision',
  at = day,
): boolean => requiresJustification(events.reduce(register, EMPTY_REGISTER), agency, purpose, at);

describe('a justification', () => {
  it.each([
    ['required', 'valid'],
    ['optional', 'valid'],
    [undefined, 'valid'],
    ['sometimes', 'invalid'],
  ])('may be %s in an agreement: %s', (justification, outcome) => {
    const purposes = short.purposes.map((each) => ({
      ...each,
      ...(justification !== undefined && { justification }),
    }));
    expect(readAgreement({ ...short, purposes }).outcome).toBe(outcome);
  });

  const inForce = cameIntoForce(document, day);

  it('is asked of the parties, for the purposes of which the agreement says so', () => {
    expect(requires(inForce)).toBe(true);
    expect(requires(inForce, 'police')).toBe(true);
    expect(requires(inForce, 'housing')).toBe(false);
    expect(requires(inForce, 'probation', 'housing')).toBe(false);
    expect(requires(cameIntoForce(short, day))).toBe(false);
  });

  it('is asked only while the agreement is in force and binds the agency', () => {
    expect(requires([])).toBe(false);
    expect(requires(inForce.slice(0, -1))).toBe(false);
    expect(requires([...inForce, changed(document, 'agreement.suspended', day)])).toBe(false);
    expect(requires([...inForce, withdrew(document, 'probation', day)])).toBe(false);
    expect(requires([...inForce, withdrew(document, 'probation', day)], 'police')).toBe(true);
    expect(requires(inForce, 'probation', 'supervision', startOf('2026-01-01'))).toBe(false);
  });
});
