import { agencyOf } from '../../../libs/contract/agency.js';
import { type AgreementVersion } from '../../../libs/domain/agreement/agreement.js';
import { forceOf } from '../../../libs/domain/agreement/force.js';
import { matchesType } from '../../../libs/domain/agreement/compile.js';
import { meet } from '../../../libs/domain/agreement/conditions.js';
import { type Clause } from '../../../libs/domain/agreement/document.js';
import { type Recipient } from '../../../libs/domain/agreement/recipient.js';
import { inForce, type Register } from '../../../libs/domain/agreement/register.js';

/** Whether any agreement in force at a moment, or their agency's own record, could tell somebody anything of a type. */
export function mayTell(
  register: Register,
  type: string,
  recipient: Recipient,
  purpose: string,
  at: number,
): boolean {
  if (agencyOf(recipient.agency)?.kind === type.split('.')[0]) return true;
  return inForce(register, at).some((version) =>
    version.document.clauses.some(
      (clause) =>
        clause.effect === 'permit' &&
        clause.purposes.includes(purpose) &&
        matchesType(clause, type) &&
        reaches(version, clause, recipient),
    ),
  );
}

/** Whether a clause speaks of whoever asks, and its flow to their agency has not been ended by a withdrawal. */
function reaches(version: AgreementVersion, clause: Clause, recipient: Recipient): boolean {
  const { role, responsibility, emergency } = clause.conditions ?? {};
  return (
    clause.recipients.includes(recipient.agency) &&
    (role === undefined || meet(role, recipient.roles)) &&
    (responsibility === undefined || recipient.responsible) &&
    (emergency === undefined || recipient.emergency) &&
    clause.publishers.some((publisher) =>
      forceOf(version, publisher, recipient.agency).some(({ to }) => to === null),
    )
  );
}

/** Whom an agency asks about a publisher's data: the contact in an agreement in force between the two. */
export function contactOf(register: Register, publisher: string, agency: string, at: number): string | null {
  for (const { document } of inForce(register, at)) {
    const contact = document.parties.find((party) => party.agency === publisher)?.contact;
    if (contact !== undefined && document.parties.some((party) => party.agency === agency)) return contact;
  }
  return null;
}
