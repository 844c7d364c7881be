import { LRUCache } from 'lru-cache';
import { DateTime } from 'luxon';

/**
 * When something happened, no more precisely than the publisher said (never an invented midday).
 * `from` and `to` bound it as epoch milliseconds, half open; a day or a month is one in Europe/London.
 * An instant has `to` = `from`. `verbatim` is the received text.
 */
export type Moment =
  | {
      readonly precision: 'instant' | 'day' | 'month' | 'interval';
      readonly verbatim: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly precision: 'unknown'; readonly verbatim: null; readonly from: null; readonly to: null };

export const UNKNOWN_MOMENT: Moment = { precision: 'unknown', verbatim: null, from: null, to: null };

const ZONE = 'Europe/London';
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:Z|([+-])(\d{2}):(\d{2}))$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(\d{2})$/;
const MINUTE = 60_000;
const DAY_LENGTH = 86_400_000;

type Known = Exclude<Moment, { precision: 'unknown' }>;

/**
 * Reads the `time` of a publication: an RFC 3339 date-time, a day `YYYY-MM-DD`, a month `YYYY-MM`, or an interval
 * `A/B` of two of these, from the beginning of A to the end of B; absent means unknown. Undefined for anything else:
 * impossible dates, lower-case `t` or `z`, a missing offset, 24:00, an interval that ends before it begins.
 */
export function parseMoment(verbatim: string | undefined): Moment | undefined {
  if (verbatim === undefined) return UNKNOWN_MOMENT;
  const [first = '', second, ...more] = verbatim.split('/');
  if (second === undefined) return simpleMoment(first);
  return more.length === 0 ? interval(verbatim, simpleMoment(first), simpleMoment(second)) : undefined;
}

function simpleMoment(text: string): Known | undefined {
  const instant = parseInstant(text);
  if (instant !== undefined) return { precision: 'instant', verbatim: text, from: instant, to: instant };
  const known = calendar.get(text) ?? calendarMoment(text);
  if (known !== undefined) calendar.set(text, known);
  return known;
}

/** Asking the time zone costs more than all the rest of reading an event, and the same days come again and again. */
const calendar = new LRUCache<string, Known>({ max: 2_000 });

function calendarMoment(text: string): Known | undefined {
  const [, year, month, day] = DAY.exec(text) ?? MONTH.exec(text) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const precision = day === undefined ? 'month' : 'day';
  const begin = DateTime.fromObject(
    { year: Number(year), month: Number(month), day: Number(day ?? 1) },
    { zone: ZONE },
  );
  if (!begin.isValid) return undefined;
  const end = begin.plus({ [precision]: 1 });
  return { precision, verbatim: text, from: begin.toMillis(), to: end.toMillis() };
}

function interval(verbatim: string, first?: Known, second?: Known): Moment | undefined {
  if (first === undefined || second === undefined || first.to > second.to) return undefined;
  return { precision: 'interval', verbatim, from: first.from, to: second.to };
}

/**
 * The epoch milliseconds of an RFC 3339 date-time in upper case, digits beyond milliseconds dropped; undefined when
 * it is not one. A leap second (`:60`) is accepted where one can be, at the end of a month in UTC (RFC 3339 §5.7),
 * and stands for the first second of the next day, because epoch time has no other place for it.
 */
export function parseInstant(text: string): number | undefined {
  const [, date = '', hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] =
    DATE_TIME.exec(text) ?? [];
  const midnight = midnightOf(date);
  const [h, m, s, oh, om] = [hour, minute, second, offsetHour, offsetMinute].map(Number) as Five;
  if (midnight === undefined || h > 23 || m > 59 || s > 60 || oh > 23 || om > 59) return undefined;
  const offset = (sign === '-' ? -1 : 1) * (oh * 60 + om) * MINUTE;
  const whole = midnight + (h * 60 + m) * MINUTE + s * 1_000 - offset;
  if (s === 60 && !beginsMonth(whole)) return undefined;
  return whole + Number(`${fraction}000`.slice(1, 4));
}

type Five = [number, number, number, number, number];

function midnightOf(date: string): number | undefined {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date) ? undefined : midnight;
}

function beginsMonth(time: number): boolean {
  return time % DAY_LENGTH === 0 && new Date(time).getUTCDate() === 1;
}
