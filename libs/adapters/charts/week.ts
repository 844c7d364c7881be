import { DateTime } from 'luxon';

const ZONE = 'Europe/London';

/** The Monday (`2026-03-02`) of the week in Europe/London in which a moment (epoch milliseconds) lies. */
export function weekOf(at: number): string {
  return DateTime.fromMillis(at, { zone: ZONE }).startOf('week').toFormat(DAY);
}

/** The calendar date in Europe/London. */
export function dayOf(at: number): string {
  return DateTime.fromMillis(at, { zone: ZONE }).toFormat(DAY);
}

/** Every Monday from one to another, both included. */
export function weeksBetween(first: string, last: string): readonly string[] {
  const weeks: string[] = [];
  for (let at = DateTime.fromISO(first, { zone: ZONE }); at.toFormat(DAY) <= last; at = at.plus({ weeks: 1 }))
    weeks.push(at.toFormat(DAY));
  return weeks;
}

const DAY = 'yyyy-MM-dd';
