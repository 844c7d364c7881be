import { checkLetter } from '../identity/reading.js';

/*
 * Identifiers of invented people: right check characters (requirements §3.6) in ranges that name nobody. No two
 * people of one seed share one; `offset` sets one seed's people apart from another's.
 */

/** The largest number of people that have identifiers of their own. */
export const MOST_PEOPLE = 400_000;
export const MOST_OFFSET = 9_000_000;
const MOST_CASES = 50;

/** A PNC id, `2001/0171310W`. */
export function pncOf(index: number, offset: number, year: number): string {
  const serial = scattered(index, offset, 7);
  return `${year}/${serial}${checkLetter(`${yearOf(year)}${serial}`)}`;
}

/** A CRO number, `065656/91H`. */
export function croOf(index: number, offset: number, year: number): string {
  const serial = scattered(index, offset, 6);
  return `${serial}/${yearOf(year)}${checkLetter(`${yearOf(year)}${serial}`)}`;
}

/** The arrest summons number of a person's n-th case: force 00, unit ZZ, system 00, none of which exists. */
export function asnOf(index: number, offset: number, nth: number, year: number): string {
  const sequence = scattered(index * MOST_CASES + nth, offset, 11);
  return `${yearOf(year)}00ZZ00${sequence}${checkLetter(`0000${yearOf(year)}${sequence}`)}`;
}

/** A prison number that begins with Z. */
export function nomsOf(index: number, offset: number): string {
  const number = Number(scattered(index, offset, 6));
  const letter = (at: number): string => String.fromCharCode(65 + (at % 26));
  return `Z${String(number % 10_000).padStart(4, '0')}${letter(Math.floor(number / 260_000))}${letter(Math.floor(number / 10_000))}`;
}

/** A case reference number that begins with Z. */
export function crnOf(index: number, offset: number): string {
  return `Z${scattered(index, offset, 6)}`;
}

/** A youth case reference. */
export function ycrnOf(index: number, offset: number): string {
  return `YC${scattered(index, offset, 7)}`;
}

/** An NHS number of the range 999, which is set aside for tests. */
export function nhsOf(index: number, offset: number): string {
  const serial = 2 * ((index * 7919 + offset) % 499_979);
  const [even, odd] = [`999${String(serial).padStart(6, '0')}`, `999${String(serial + 1).padStart(6, '0')}`];
  const nine = nhsCheck(even) === 10 ? odd : even;
  return `${nine}${nhsCheck(nine)}`;
}

/** 11 − (weighted sum mod 11), 11 written 0; numbers whose check is 10 are never issued. */
function nhsCheck(nine: string): number {
  const sum = Array.from(nine, Number).reduce((total, digit, at) => total + digit * (10 - at), 0);
  return (11 - (sum % 11)) % 11;
}

/** A PNC id whose check letter is wrong. */
export function miscopied(pnc: string): string {
  return `${pnc.slice(0, -1)}${pnc.endsWith('Z') ? 'A' : 'Z'}`;
}

/** A PNC id as old systems write it: two digits of the year, no leading zeros. */
export function shortened(pnc: string): string {
  return pnc.slice(2).replace(/\/0+/, '/');
}

/** From 1 to all nines: different for different numbers, because 7919 has no divisor in common with all nines. */
function scattered(number: number, offset: number, digits: number): string {
  return String(1 + ((number * 7919 + offset) % (10 ** digits - 1))).padStart(digits, '0');
}

function yearOf(year: number): string {
  return String(year % 100).padStart(2, '0');
}
