import { dateOf } from './calendar.js';
import { shortened } from './identifiers.js';
import { type Person } from './person.js';
import { type Data } from './story.js';

/**
 * Whom a publication is about, as its agency knows the person. The first one of each agency bears the PNC id beside
 * the agency's own identifier, so that from then on either finds the same person.
 */
export function naming(
  person: Person,
  type: string,
  isFirst: boolean,
): { readonly subject: string; readonly data: Data } {
  const { pnc, cro, noms, crn, nhs, ycrn } = person;
  const about =
    isFirst || /^(police\.(arrest\.recorded|charge\.laid)|court\.hearing\.resulted)$/.test(type)
      ? details(person)
      : {};
  const [kind = ''] = type.split('.');
  switch (kind) {
    case 'police':
      return { subject: `pnc:${pnc}`, data: { pnc, ...(isFirst && { cro }), ...about } };
    case 'court':
      return { subject: `pnc:${pnc}`, data: { pnc, ...about } };
    case 'prison':
      return {
        subject: `noms:${noms}`,
        data: { noms, ...(isFirst && { pnc: asOldSystemsWrite(person) }), ...about },
      };
    case 'probation':
      return { subject: `crn:${crn}`, data: { crn, ...(isFirst && { pnc, noms }), ...about } };
    case 'youth':
      return { subject: `ycrn:${ycrn}`, data: { ycrn, ...(isFirst && { pnc }), ...about } };
    case 'hub':
      return { subject: `pnc:${pnc}`, data: { pnc, ...(isFirst && { crn }), ...about } };
    case 'housing':
      return { subject: isFirst ? `pnc:${pnc}` : `crn:${crn}`, data: { crn, ...about } };
    case 'treatment':
    case 'health':
      return { subject: isFirst ? `pnc:${pnc}` : `nhs:${nhs}`, data: { nhs, ...about } };
    default:
      return { subject: `pnc:${pnc}`, data: about };
  }
}

function details({ name, born, sex, address }: Person): Data {
  return { name, dateOfBirth: dateOf(born), sex, address };
}

function asOldSystemsWrite({ pnc, index }: Person): string {
  return index % 16 === 3 ? shortened(pnc) : pnc;
}
