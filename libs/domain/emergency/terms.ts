import { type AgreementVersion } from '../agreement/agreement.js';
import { forceOf } from '../agreement/force.js';
import { type ClauseRef, clauseRef } from '../agreement/document.js';
import { inForce, type Register } from '../agreement/register.js';

/** What agreements allow in an emergency: under which clauses, for how many hours, to be reviewed within how many. */
export interface EmergencyTerms {
  readonly clauses: readonly ClauseRef[];
  readonly hours: number;
  readonly reviewWithin: number;
}

/**
 * The terms on which people of an agency may open an emergency disclosure for a purpose at a moment (epoch milliseconds):
 * those of every emergency clause in force towards it, and of several the strictest. Undefined when there is none.
 */
export function emergencyTerms(
  register: Register,
  agency: string,
  purpose: string,
  at: number,
): EmergencyTerms | undefined {
  const found = inForce(register, at).flatMap((version) =>
    version.document.clauses.flatMap((clause) => {
      const terms = clause.effect === 'permit' ? clause.conditions?.emergency : undefined;
      const isFor = clause.recipients.includes(agency) && clause.purposes.includes(purpose);
      const flows = isFor && clause.publishers.some((publisher) => isFlowing(version, publisher, agency));
      return terms === undefined || !flows ? [] : [{ ...terms, clause: clauseRef(version.document, clause) }];
    }),
  );
  if (found.length === 0) return undefined;
  return {
    clauses: found.map(({ clause }) => clause),
    hours: Math.min(...found.map(({ hours }) => hours)),
    reviewWithin: Math.min(...found.map(({ reviewWithin }) => reviewWithin)),
  };
}

function isFlowing(version: AgreementVersion, publisher: string, recipient: string): boolean {
  return forceOf(version, publisher, recipient).some(({ to }) => to === null);
}
