import { isAuditor } from '../audit/auditor.js';
import { type Correction } from './correction.js';

/** Whoever asks about corrections, as their token says. */
export interface Asker {
  readonly agency: string;
  readonly user: string;
  readonly roles: readonly string[];
}

/** The agency that must answer: the recipient, or for one outside the hub whoever passed it on. */
export function answerable({ recipient, passedOn }: Pick<Correction, 'recipient' | 'passedOn'>): string {
  return passedOn?.isOutside === true ? passedOn.by : recipient;
}

/** The agencies whose coordinators and signatories may know: who answers, whose facts they are, and who passed them on. */
export function concernedAgencies(
  correction: Pick<Correction, 'recipient' | 'passedOn' | 'publishers'>,
): ReadonlySet<string> {
  const { publishers, passedOn } = correction;
  return new Set([answerable(correction), ...publishers, ...(passedOn === null ? [] : [passedOn.by])]);
}

/** An auditor may know of all, those who lead of their agency's, a practitioner of what they were shown themselves. */
export function mayKnow(correction: Correction, asker: Asker): boolean {
  if (isAuditor(asker)) return true;
  if (leads(asker)) return concernedAgencies(correction).has(asker.agency);
  return wasShown(correction, asker);
}

/** Who may answer: those who lead the agency that must, and the practitioners who were shown it. */
export function mayAnswer(correction: Correction, asker: Asker): boolean {
  const isTheirs = answerable(correction) === asker.agency;
  return isTheirs && (leads(asker) || wasShown(correction, asker));
}

function leads({ roles }: Asker): boolean {
  return roles.includes('coordinator') || roles.includes('signatory');
}

function wasShown({ recipient, users }: Correction, { agency, user, roles }: Asker): boolean {
  return roles.includes('practitioner') && recipient === agency && users.includes(user);
}
