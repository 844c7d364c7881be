import { Invalid } from '../../contract/failure.js';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LENGTH = 10;

/**
 * A new identifier for a person in the hub: `P`, ten characters of Crockford's base 32 (50 random bits, five from
 * each of the first ten bytes of `random`), and a check character over all eleven. It carries no meaning.
 * Throws `Invalid` `random-too-short` for fewer than ten bytes.
 */
export function offenderIdFrom(random: Uint8Array): string {
  if (random.length < LENGTH) throw new Invalid('random-too-short', 'an offender id needs ten random bytes');
  const body = Array.from(random.subarray(0, LENGTH), (byte) => crockford.charAt(byte & 31)).join('');
  return `P${body}${isoCheckCharacter(`P${body}`)}`;
}

/** True for exactly what `offenderIdFrom` makes: any one wrong character is noticed, and so is another case. */
export function isOffenderId(text: string): boolean {
  if (!/^P[0-9A-HJKMNP-TV-Z]{10}[0-9A-Z]$/.test(text)) return false;
  return isoCheckCharacter(text.slice(0, -1)) === text.slice(-1);
}

/**
 * The check character of ISO/IEC 7064 MOD 37,36 (the hybrid system for the characters 0–9 and A–Z, as in GRid and
 * ISAN): finds every single wrong character and nearly every swap of neighbours.
 */
export function isoCheckCharacter(text: string): string {
  const carry = Array.from(text).reduce(
    (product, character) => (((product + alphanumeric.indexOf(character)) % 36 || 36) * 2) % 37,
    36,
  );
  return alphanumeric.charAt((37 - carry) % 36);
}
