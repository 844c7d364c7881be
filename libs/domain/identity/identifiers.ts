import { type IdentifierScheme } from '../../contract/catalogue/entry.js';
import { readAsn, readCro, readPnc } from './police-identifiers.js';
import { type InvalidReason, type Reading } from './reading.js';

/** `value` is the canonical form: equal values name the same record. `pivot` is stored with the event (§3.6). */
export type ParsedIdentifier =
  | {
      readonly outcome: 'valid';
      readonly scheme: IdentifierScheme;
      readonly value: string;
      readonly pivot?: number;
    }
  | { readonly outcome: 'invalid'; readonly scheme: IdentifierScheme; readonly reason: InvalidReason };

const LONGEST_TEXT = 64;

const readers: Readonly<Record<IdentifierScheme, (text: string, receivedYear: number) => Reading>> = {
  pnc: readPnc,
  cro: readCro,
  asn: readAsn,
  noms: (text) => matching(/^[A-Z]\d{4}[A-Z]{2}$/, text),
  crn: (text) => matching(/^[A-Z]\d{6}$/, text),
  nhs: readNhsNumber,
  ycrn: (text) => matching(/^[A-Z\d](?:[A-Z\d ./_-]{0,30}[A-Z\d])?$/, text),
};

/**
 * Reads a person's identifier as it was received, checks it and makes it canonical (requirements §3.6). Case and
 * surrounding spaces do not matter; anything but printable ASCII is a `format` error, because look-alike letters
 * must not link two people. `receivedYear` is the year in which the hub received the publication: it gives
 * two-digit PNC years their century, so that a replay in another year yields the same identifier. Never throws.
 */
export function parseIdentifier(
  scheme: IdentifierScheme,
  raw: string,
  receivedYear: number,
): ParsedIdentifier {
  const reading = read(scheme, raw, receivedYear);
  return 'reason' in reading
    ? { outcome: 'invalid', scheme, reason: reading.reason }
    : { outcome: 'valid', scheme, ...reading };
}

function read(scheme: IdentifierScheme, raw: string, receivedYear: number): Reading {
  if (raw.length > LONGEST_TEXT || !/^[ -~]*$/.test(raw)) return { reason: 'format' };
  const text = raw.trim().toUpperCase();
  return text === '' ? { reason: 'empty' } : readers[scheme](text, receivedYear);
}

function matching(form: RegExp, text: string): Reading {
  return form.test(text) ? { value: text } : { reason: 'format' };
}

/**
 * NHS number: ten digits, in groups of 3, 3 and 4 if the sender likes. The nine first, weighted 10 to 2, sum to
 * `s`; the tenth is 11 − (s mod 11), with 11 written 0 and 10 never issued (§3.6). A number of ten equal digits
 * always passes this check, so those are placeholders.
 */
function readNhsNumber(text: string): Reading {
  if (!/^\d{3}([ -]?)\d{3}\1\d{4}$/.test(text)) return { reason: 'format' };
  const value = text.replace(/[ -]/g, '');
  if (/^(\d)\1{9}$/.test(value)) return { reason: 'placeholder' };
  const sum = Array.from(value.slice(0, 9), Number).reduce(
    (total, digit, at) => total + digit * (10 - at),
    0,
  );
  return (11 - (sum % 11)) % 11 === Number(value.charAt(9)) ? { value } : { reason: 'check-character' };
}
