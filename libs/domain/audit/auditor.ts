import { agencyOf } from '../../contract/agency.js';

/** Whether a caller audits the hub: an agency's own auditor, whatever its tokens say, audits no other agency. */
export function isAuditor({ agency, roles }: { readonly agency: string; readonly roles: readonly string[] }) {
  return roles.includes('auditor') && agencyOf(agency)?.kind === 'auditor';
}
