import { dayOf } from '../agreement/time.js';
import { type Day, daysAfter, momentOfDay, weekdayOf } from '../law/calendar-day.js';

/** Days of the week, 1 for Monday to 7 for Sunday. */
type Weekdays = ReadonlySet<number>;

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const HOUR = 3_600_000;

/** The days of the week on which nothing was received, of moments in order (epoch milliseconds) of at least some weeks: days begin on the hour. */
export function quietDays(received: readonly number[]): Weekdays {
  const hours = new Set(received.map((at) => Math.floor(at / HOUR)));
  const heard = new Set([...hours].map((hour) => weekdayOf(dayOf(hour * HOUR))));
  return new Set(WEEKDAYS.filter((weekday) => !heard.has(weekday)));
}

/** How much of the time between two moments does not lie in quiet days, milliseconds. */
export function timeCounted(from: number, to: number, quiet: Weekdays): number {
  if (quiet.size === 0) return to - from;
  let counted = 0;
  for (const part of partsFrom(from)) {
    if (part.from >= to) break;
    if (!quiet.has(part.weekday)) counted += Math.min(part.to, to) - part.from;
  }
  return counted;
}

/** The moment at which so much time has passed since another, quiet days not counted. */
export function whenCounted(from: number, time: number, quiet: Weekdays): number {
  if (quiet.size === 0) return from + time;
  let left = time;
  for (const part of partsFrom(from)) {
    if (quiet.has(part.weekday)) continue;
    const length = part.to - part.from;
    if (left <= length) return part.from + left;
    left -= length;
  }
  return Infinity;
}

/** Time cut into days in London, which are 23 to 25 hours long: from a moment on, without end while the calendar goes. */
function* partsFrom(
  from: number,
): Generator<{ readonly from: number; readonly to: number; readonly weekday: number }> {
  let day: Day | undefined = dayOf(from);
  for (let start = from; day !== undefined;) {
    const end: number | undefined = momentOfDay(day)?.to;
    if (end === undefined) return;
    yield { from: start, to: end, weekday: weekdayOf(day) };
    [start, day] = [end, daysAfter(day, 1)];
  }
}
