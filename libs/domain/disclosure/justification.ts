import { inForce, type Register } from '../agreement/register.js';

/**
 * Whether somebody of an agency must say why they ask for a purpose at a moment (epoch milliseconds): when any agreement
 * in force that binds the agency asks for it (R27, R57).
 */
export function requiresJustification(
  register: Register,
  agency: string,
  purpose: string,
  at: number,
): boolean {
  return inForce(register, at).some(
    ({ document, withdrawn }) =>
      document.parties.some((party) => party.agency === agency) &&
      !withdrawn.some(({ party }) => party === agency) &&
      document.purposes.some(({ id, justification }) => id === purpose && justification === 'required'),
  );
}
