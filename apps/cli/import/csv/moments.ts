import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';
import { parseInstant } from '../../../../libs/contract/moment.js';

/** What a text says of a moment, no more precisely than its format does. */
export interface ReadMoment {
  readonly precision: 'instant' | 'day' | 'month';
  /** As events write it: an RFC 3339 date-time with its offset, a day, or a month. */
  readonly text: string;
  readonly day: string;
  /** Where the clock showed it twice, as summer time ended: the second reading, with the other offset. */
  readonly again: string | undefined;
  /** Epoch milliseconds of its beginning. */
  readonly from: number;
}

type Reading =
  ({ readonly outcome: 'read' } & ReadMoment) | { readonly outcome: 'unread'; readonly reason: string };

const ZONE = 'Europe/London';
const RFC3339 = 'rfc3339';
const TOKENS = /^(?:yyyy|MMMM|MMM|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|a|ZZ|ZZZ|'[^']*'|[^A-Za-z'])+$/;

/**
 * How precise a format of a date or time is; undefined for one that is not understood. Made of `yyyy MM M MMM MMMM dd
 * d HH H hh h mm ss SSS a ZZ ZZZ`, quoted words and signs; or `rfc3339`, which is itself written with its offset. A year
 * has four digits: two cannot tell a century. A quoted `Z` would pass for London's clock and is not understood.
 */
export function precisionOf(format: string): ReadMoment['precision'] | undefined {
  if (format === RFC3339) return 'instant';
  const tokens = format.replaceAll(/'[^']*'/g, '');
  if (format.includes("'Z'") || !TOKENS.test(format) || !tokens.includes('yyyy') || !tokens.includes('M'))
    return undefined;
  const [hasDay, hasHour, hasMinute] = ['d', /[Hh]/, 'm'].map((token) => tokens.search(token) >= 0);
  if (hasHour === true) return hasDay === true && hasMinute === true ? 'instant' : undefined;
  return hasDay === true ? 'day' : 'month';
}

/** Asking the calendar costs more than all the rest of reading a row, and the same days come again and again. */
const calendar = new LRUCache<string, Reading>({ max: 10_000 });

/** Reads a text in the first of the formats that fits; a time without an offset is one of London's clock. */
export function readMomentIn(text: string, formats: readonly string[]): Reading {
  const name = [text, ...formats].join('\n');
  const known = calendar.get(name) ?? readAnew(text, formats);
  calendar.set(name, known);
  return known;
}

function readAnew(text: string, formats: readonly string[]): Reading {
  for (const format of formats) {
    const instant = format === RFC3339 ? parseInstant(text) : undefined;
    if (instant !== undefined) return asWritten(text, instant);
    const moment = DateTime.fromFormat(text, format, {
      zone: ZONE,
      locale: 'en-GB',
      setZone: format.includes('Z'),
    });
    if (moment.isValid) return reading(moment, text, format);
  }
  return { outcome: 'unread', reason: 'is no date or time in the format of the mapping' };
}

function reading(moment: DateTime<true>, text: string, format: string): Reading {
  const precision = precisionOf(format) ?? 'instant';
  const found = { outcome: 'read' as const, precision, day: moment.setZone(ZONE).toFormat('yyyy-MM-dd') };
  const from = moment.toMillis();
  if (precision === 'day') return { ...found, text: found.day, again: undefined, from };
  if (precision === 'month') return { ...found, text: moment.toFormat('yyyy-MM'), again: undefined, from };
  if (format.includes('Z')) return { ...found, text: written(moment), again: undefined, from };
  if (isSkipped(moment, text, format))
    return { outcome: 'unread', reason: 'is a time that the clock never showed, as summer time began' };
  const [first = moment, second] = moment
    .getPossibleOffsets()
    .toSorted((a, b) => a.toMillis() - b.toMillis());
  return { ...found, text: written(first), again: second && written(second), from: first.toMillis() };
}

function asWritten(text: string, from: number): Reading {
  const day = DateTime.fromMillis(from, { zone: ZONE }).toFormat('yyyy-MM-dd');
  return { outcome: 'read', precision: 'instant', text, day, again: undefined, from };
}

function written(moment: DateTime): string {
  return moment.toISO({ suppressMilliseconds: true }) ?? '';
}

function isSkipped(moment: DateTime, text: string, format: string): boolean {
  return DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en-GB' }).hour !== moment.hour;
}
