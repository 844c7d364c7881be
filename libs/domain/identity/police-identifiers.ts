import { checkLetter, type Reading } from './reading.js';

const EARLIEST_PNC_YEAR = 1900;

/**
 * A PNC id: `YYYY/NNNNNNNX`, or `YY/…`, leading zeros of the serial optional, or `YYYYNNNNNNNX`. Canonical is the
 * first. Without the slash only the whole twelve characters are read, because shorter ones could mean two things.
 * The check covers the two-digit year and the serial, never the century (§3.6). A two-digit year greater than the
 * received year's is of the century before; that received year is then returned as `pivot`, to be stored.
 */
export function readPnc(text: string, receivedYear: number): Reading {
  const match = /^(\d{4}|\d{2})\/(\d{1,7})([A-Z])$/.exec(text) ?? /^(\d{4})(\d{7})([A-Z])$/.exec(text);
  if (!match) return { reason: 'format' };
  const [, written = '', unpadded = '', letter] = match;
  const serial = unpadded.padStart(7, '0');
  if (Number(serial) === 0) return { reason: 'placeholder' };
  if (checkLetter(written.slice(-2) + serial) !== letter) return { reason: 'check-character' };
  const short = written.length === 2;
  const year = short ? inCenturyOf(Number(written), receivedYear) : Number(written);
  if (!(year >= EARLIEST_PNC_YEAR && year <= receivedYear)) return { reason: 'year' };
  const value = `${String(year)}/${serial}${letter}`;
  return short ? { value, pivot: receivedYear } : { value };
}

function inCenturyOf(twoDigits: number, receivedYear: number): number {
  const year = receivedYear - (receivedYear % 100) + twoDigits;
  return year > receivedYear ? year - 100 : year;
}

/**
 * A CRO number (§3.6): `NNNNNN/YYX`, zeros of the serial optional, its check over the year and the padded serial;
 * or, for a file without fingerprints, `SFYY/NNNNNNX`, whose serial is never padded and checked as it stands.
 */
export function readCro(text: string): Reading {
  const standard = /^(\d{1,6})\/(\d{2})([A-Z])$/.exec(text);
  if (standard) {
    const [, unpadded = '', year = '', letter = ''] = standard;
    const serial = unpadded.padStart(6, '0');
    return croOf(year, serial, letter, `${serial}/${year}${letter}`);
  }
  const [, year, serial, letter] = /^SF(\d{2})\/(0|[1-9]\d{0,5})([A-Z])$/.exec(text) ?? [];
  return year && serial && letter ? croOf(year, serial, letter, text) : { reason: 'format' };
}

function croOf(year: string, serial: string, letter: string, value: string): Reading {
  if (Number(serial) === 0) return { reason: 'placeholder' };
  return checkLetter(year + serial) === letter ? { value } : { reason: 'check-character' };
}

/**
 * An arrest summons number (§3.6): year 2, force 2 (or 3), unit 2, system 2, sequence 11, check letter; written
 * whole, 20 or 21 characters, which is canonical, or as `YY/FFUU/SS/NX`, where the sequence may drop its zeros.
 * The check covers force and system (each only when all digits), year and sequence; the unit is outside it.
 * Without a check letter, or short without slashes, it is refused: there is no telling what was left out.
 */
export function readAsn(text: string): Reading {
  const match =
    /^(\d{2})([A-Z\d]{2,3})([A-Z\d]{2})([A-Z\d]{2})(\d{11})([A-Z])$/.exec(text) ??
    /^(\d{2})\/([A-Z\d]{2,3})([A-Z\d]{2})\/([A-Z\d]{2})\/(\d{1,11})([A-Z])$/.exec(text);
  if (!match) return { reason: 'format' };
  const [, year = '', force = '', unit = '', system = '', unpadded = '', letter = ''] = match;
  const sequence = unpadded.padStart(11, '0');
  if (Number(sequence) === 0) return { reason: 'placeholder' };
  const checked = onlyDigits(force) + onlyDigits(system) + year + sequence;
  if (checkLetter(checked) !== letter) return { reason: 'check-character' };
  return { value: year + force + unit + system + sequence + letter };
}

function onlyDigits(code: string): string {
  return /^\d+$/.test(code) ? code : '';
}
