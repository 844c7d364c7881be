import { DateTime } from 'luxon';
import { parseMoment } from '../../contract/moment.js';

/** A calendar date in Europe/London, `2026-03-31`. Counting in days knows neither hours nor summer time. */
export type Day = string;

/** The day a number of days after another, or before it when negative; undefined when the input is no day. */
export function daysAfter(day: Day, days: number): Day | undefined {
  return momentOfDay(day) === undefined ? undefined : dateOf(Date.parse(day) + days * DAY);
}

/**
 * The day that corresponds to another a number of months later: 31 January and one month is the last of February, as
 * periods of months run in law (Dodds v Walker 1981). Undefined when the input is no day.
 */
export function monthsAfter(day: Day, months: number): Day | undefined {
  if (momentOfDay(day) === undefined) return undefined;
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ months }).toISODate() ?? undefined;
}

/** The day that is some working days after another: Monday to Friday; bank holidays count, as nothing here names them. */
export function workingDaysAfter(day: Day, workingDays: number): Day | undefined {
  let found = daysAfter(day, 0);
  for (let left = workingDays; left > 0 && found !== undefined;) {
    found = daysAfter(found, 1);
    if (found !== undefined && weekdayOf(found) <= FRIDAY) left -= 1;
  }
  return found;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(day).getUTCDay() || SUNDAY;
}

/** From where to where a calendar date in Europe/London goes, epoch milliseconds, half open; undefined when it is none. */
export function momentOfDay(day: Day): { readonly from: number; readonly to: number } | undefined {
  const moment = parseMoment(day);
  return moment?.precision === 'day' ? moment : undefined;
}

const FRIDAY = 5;
const SUNDAY = 7;
const DAY = 86_400_000;

function dateOf(midnight: number): Day {
  return new Date(midnight).toISOString().slice(0, 10);
}
