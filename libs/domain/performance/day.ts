import { Invalid } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';

/** Days from one to another, both included: calendar dates in London. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** A stretch of time, half open, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;

/** The start of a calendar date in Europe/London, epoch milliseconds. Throws `Invalid` `day`. */
export function startOfDay(day: string): number {
  const moment = parseMoment(day);
  if (moment?.precision === 'day') return moment.from;
  throw new Invalid('day', 'a day must be a calendar date such as 2016-03-31');
}

/** The last moment that still belongs to a day: a snapshot of the day shows what held then. */
export function endOfDay(day: string): number {
  return startOfDay(dayAfter(day, 1)) - 1;
}

/** What says up to when hours and minutes count: the end of a day, or the moment of asking (epoch milliseconds) where that is earlier. */
export interface AskedOn {
  readonly at: string;
  readonly askedAt?: number;
}

/** The last moment of a day that is over when somebody asks; otherwise the moment of asking. */
export function momentAsked({ at, askedAt = Infinity }: AskedOn): number {
  return Math.min(endOfDay(at), askedAt);
}

/** A period as far as it is over when somebody asks; empty where it has not begun. */
export function spanAsked({ askedAt = Infinity, ...days }: Days & Omit<AskedOn, 'at'>): Span {
  const { from, to } = spanOf(days);
  return { from, to: Math.max(from, Math.min(to, askedAt)) };
}

/** From the start of the first day to the end of the last. Throws `Invalid` `day`. */
export function spanOf({ from, to }: Days): Span {
  const span = { from: startOfDay(from), to: startOfDay(dayAfter(to, 1)) };
  if (span.from < span.to) return span;
  throw new Invalid('day', 'a period must not end before it begins');
}

export function isWithin({ from, to }: Span, moment: number): boolean {
  return from <= moment && moment < to;
}

/** The date so many days later, or earlier when negative. Throws `Invalid` `day`. */
export function dayAfter(day: string, days: number): string {
  return dateOf(dateNumber(day) + days);
}

/**
 * The same length of time ending the day before: of whole months when the period is one (a year before a leap year is a
 * year), otherwise of as many days.
 */
export function periodBefore({ from, to }: Days): Days {
  const [next, months] = [dayAfter(to, 1), monthsBetween(from, dayAfter(to, 1))];
  const length = dateNumber(next) - dateNumber(from);
  return {
    from: months === null ? dayAfter(from, -length) : monthAfter(from, -months),
    to: dayAfter(from, -1),
  };
}

/** The first day of a period, the first days of the calendar quarters after it, and the last day. */
export function quarterDays({ from, to }: Days): readonly string[] {
  const days = new Set([from]);
  const [year = 0, month = 0] = from.split('-').map(Number);
  for (let first = Math.floor((month - 1) / 3) * 3 + 3; ; first += 3) {
    const day = dateOf(Date.UTC(year, first, 1) / DAY);
    if (day >= to) break;
    days.add(day);
  }
  return [...days.add(to)];
}

/** `31/03/2016` */
export function printedDay(day: string): string {
  return day.split('-').toReversed().join('/');
}

/** Whole months from one date to another with the same day of the month; null when there is none. */
function monthsBetween(from: string, to: string): number | null {
  const [[y1 = 0, m1 = 0, d1 = 0], [y2 = 0, m2 = 0, d2 = 0]] = [
    from.split('-').map(Number),
    to.split('-').map(Number),
  ];
  return d1 === d2 && d1 <= 28 ? (y2 - y1) * 12 + m2 - m1 : null;
}

function monthAfter(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return dateOf(Date.UTC(year, month - 1 + months, date) / DAY);
}

/** Days since 1970. */
function dateNumber(day: string): number {
  startOfDay(day);
  return Date.parse(`${day}T00:00:00Z`) / DAY;
}

function dateOf(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}
