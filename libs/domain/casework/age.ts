import { parseMoment } from '../../contract/moment.js';

/** Whole years, each bound included; a bound that is absent does not limit. */
interface Years {
  readonly from?: number;
  readonly to?: number;
}

/**
 * Whether a person whose month of birth is claimed to be each of these (`1990-04`) was surely of an age within the range
 * at every moment from `from` to `to`, both included, epoch milliseconds. Surely: for every claim and for every day of
 * that month. An age begins with the birthday in Europe/London, on 1 March for who was born on 29 February, in years
 * that have none. Nothing claimed, a month that is none, and a moment before the birth do not hold (R4, R41).
 */
export function ageHolds(born: readonly string[], range: Years, from: number, to: number): boolean {
  for (const month of born) {
    if (!(agesOf(month).lastBegins(range.from ?? 0) <= from)) return false;
    if (range.to !== undefined && !(to < agesOf(month).firstBegins(range.to + 1))) return false;
  }
  return born.length > 0;
}

/** Whether one of the ages may begin, for one of the claims, after `from` and no later than `to`. */
export function ageBegins(
  born: readonly string[],
  ages: readonly number[],
  from: number,
  to: number,
): boolean {
  const isBetween = (moment: number): boolean => from < moment && moment <= to;
  return born.some((month) =>
    ages.some((age) => isBetween(agesOf(month).firstBegins(age)) || isBetween(agesOf(month).lastBegins(age))),
  );
}

/** When an age begins, epoch milliseconds, for who was born on the first and on the last day of a month; NaN if never. */
interface Ages {
  firstBegins(age: number): number;
  lastBegins(age: number): number;
}

const known = new Map<string, Ages>();

/** Asking the time zone costs more than all the rest of a decision, so each birthday is worked out once. */
function agesOf(month: string): Ages {
  const found = known.get(month);
  if (found !== undefined) return found;
  const [year = NaN, monthOfYear = NaN] = month.split('-').map(Number);
  const made: Ages = {
    firstBegins: remembered((age) => startOfDay(year + age, monthOfYear, 1)),
    lastBegins: remembered((age) => lastBirthday(year, monthOfYear, age)),
  };
  known.set(month, made);
  return made;
}

function remembered(work: (age: number) => number): (age: number) => number {
  const begins: number[] = [];
  return (age) => (begins[age] ??= work(age));
}

function lastBirthday(year: number, month: number, age: number): number {
  const day = lastDay(year, month);
  return day === 29 && lastDay(year + age, month) === 28
    ? startOfDay(year + age, 3, 1)
    : startOfDay(year + age, month, day);
}

function lastDay(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function startOfDay(year: number, month: number, day: number): number {
  const [y, m, d] = [
    String(year).padStart(4, '0'),
    ...[month, day].map((part) => String(part).padStart(2, '0')),
  ];
  return parseMoment(`${y}-${m}-${d}`)?.from ?? NaN;
}
