import { Invalid } from '../../contract/failure.js';

/** A moment in whole minutes since 1970 in UTC. Hours lie between 07 and 22, so a day in London is a day in UTC. */
export type Minute = number;

export const HOUR = 60;
export const DAY = 24 * HOUR;

/** The start of a calendar date, `2026-03-31`. Throws `Invalid` `date`. */
export function startOfDay(date: string): Minute {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(date)) {
    throw new Invalid('date', 'a date must be a calendar date such as 2026-03-31');
  }
  return time / 60_000;
}

/** `2026-03-31T14:05:00Z` */
export function instantOf(at: Minute): string {
  return `${new Date(at * 60_000).toISOString().slice(0, 19)}Z`;
}

/** `2026-03-31` */
export function dateOf(at: Minute): string {
  return instantOf(at).slice(0, 10);
}

/** `2026-03` */
export function monthOf(at: Minute): string {
  return instantOf(at).slice(0, 7);
}

export function yearOf(at: Minute): number {
  return Number(instantOf(at).slice(0, 4));
}

/** A time of day on the day of `at`, in minutes after midnight. */
export function onDay(at: Minute, minutes: number): Minute {
  return Math.floor(at / DAY) * DAY + minutes;
}

/** The moment on which someone born at `born` reaches an age. */
export function birthday(born: Minute, age: number): Minute {
  const day = new Date(born * 60_000);
  return day.setUTCFullYear(day.getUTCFullYear() + age) / 60_000;
}
