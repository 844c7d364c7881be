import { type Day, daysAfter, momentOfDay } from '../law/calendar-day.js';

/** Something about a person that should have been heard of, and was not. */
export interface Expectation {
  /** By the end of this day. */
  readonly dueOn: Day;
  /** Event types, any of which would have been the answer. */
  readonly awaits: readonly string[];
  /** Log event ids of the facts that raise the expectation. */
  readonly restsOn: readonly string[];
}

export interface Silence {
  /** The rule that noticed it, and the version of it. */
  readonly rule: string;
  readonly version: number;
  /** The hub's id of the person. */
  readonly offender: string;
  /** By when it should have been heard of: the end of a day in London, epoch milliseconds. */
  readonly due: number;
  /** When it became silent: when the days of grace were over, epoch milliseconds. */
  readonly since: number;
  readonly awaits: readonly string[];
  readonly restsOn: readonly string[];
}

/** The end of a day that comes some days after another, epoch milliseconds; never when there is no such day. */
export function endOfDayAfter(day: Day, days: number): number {
  return momentOfDay(daysAfter(day, days) ?? '')?.to ?? Infinity;
}
