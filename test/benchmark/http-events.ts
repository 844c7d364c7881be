import { sampleData } from '../../libs/testing/samples.js';

/** How many people arrests are about. */
export const PEOPLE = 2000;

let serial = 0;

/** How many events were made so far. */
export function eventsMade(): number {
  return serial;
}

/** An event of a type about a person, with an id of its own. */
export function eventOf(type: string, person: number, data: object): object {
  serial += 1;
  const pnc = pncOf(person);
  return {
    specversion: '1.0',
    id: `bench-${serial}`,
    source: '/police/bench',
    type,
    time: '2025-05-03T10:00:00Z',
    subject: `pnc:${pnc}`,
    data: { ...data, pnc },
  };
}

/** An arrest of one of so many people, each known by a PNC of their own; each arrest has an ASN of its own. */
export function arrest(): object {
  const data = { ...sampleData['police.arrest.recorded'], asn: asnOf(serial + 1), cro: undefined };
  return eventOf('police.arrest.recorded', serial % PEOPLE, data);
}

const checkLetters = 'ZABCDEFGHJKLMNPQRTUVWXY';

/** The PNC of the person of a number. */
export function pncOf(person: number): string {
  const digits = String(person + 1).padStart(7, '0');
  return `2001/${digits}${checkLetters[Number(`01${digits}`) % 23] ?? ''}`;
}

/** An arrest summons number of force 02, system 02, year 22: its letter checks force, system, year and sequence. */
function asnOf(arrest: number): string {
  const sequence = String(arrest).padStart(11, '0');
  return `2202XC02${sequence}${checkLetters[Number(BigInt(`020222${sequence}`) % 23n)] ?? ''}`;
}
