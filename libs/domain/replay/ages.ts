import { type Moment, parseMoment, UNKNOWN_MOMENT } from '../../contract/moment.js';
import { type AgeRange, type Conditions } from '../agreement/document.js';

/** What is claimed of somebody's birth, and when a fact about them happened. */
export interface Aged {
  readonly born: readonly string[];
  readonly happened: Moment;
}

const YEAR = 2026;

/** The moment at which questions of a comparison are asked, epoch milliseconds; a day in June. */
export const ASKED = parseMoment(`${YEAR}-06-15`)?.from ?? 0;

/**
 * People and facts on either side of every bound of the age conditions: of an age that is unknown, certain, or only
 * known to lie between two, as when claims of birth disagree or a fact happened in the course of years (R41).
 */
export function agesAround(all: readonly Conditions[]): readonly Aged[] {
  const asked = spans(bounds(all.map(({ age }) => age?.atQuestion)), NEVER_ASKED);
  const atFact = spans(bounds(all.map(({ age }) => age?.atFact)), null);
  const known = asked.flatMap((now) => atFact.flatMap((then) => aged(now, then)));
  const birthOnly = asked.map((now) => ({ born: births(now, YEAR - 1, DECEMBER), happened: UNKNOWN_MOMENT }));
  const factOnly = { born: [], happened: momentOf(YEAR, YEAR, DECEMBER) };
  return [{ born: [], happened: UNKNOWN_MOMENT }, factOnly, ...birthOnly, ...known];
}

/** Whole years, from the least to the most that somebody may be. */
type Span = readonly [least: number, most: number];

const NEVER_ASKED: Span = [60, 60];
const DECEMBER = '12';
const JUNE = '06';

/** The last age on one side of each bound and the first on the other. */
function bounds(ranges: readonly (AgeRange | undefined)[]): readonly number[] {
  const all = ranges.flatMap((range) => [
    ...(range?.from === undefined ? [] : [range.from - 1, range.from]),
    ...(range?.to === undefined ? [] : [range.to, range.to + 1]),
  ]);
  return [...new Set(all)].sort((one, other) => one - other);
}

function spans<None>(ages: readonly number[], none: None): readonly (Span | None)[] {
  if (ages.length === 0) return [none];
  return ages.flatMap((least) => ages.filter((most) => most >= least).map((most): Span => [least, most]));
}

/**
 * Somebody whose age lies within the first span when it is asked and within the second when the fact happened; none when nobody
 * can be so. Who is born in December has an age on a day in June; who is born in June may have either.
 */
function aged(now: Span, then: Span | null): readonly Aged[] {
  if (then === null) return [];
  const slack = then[1] - then[0] - (now[1] - now[0]);
  if (slack < -1) return [];
  const month = slack === -1 ? JUNE : DECEMBER;
  const born = births(now, slack === -1 ? YEAR : YEAR - 1, month);
  const [younger, older] = [YEAR - 1 - now[0], (slack === -1 ? YEAR : YEAR - 1) - now[1]];
  return [{ born, happened: momentOf(then[0] + younger + 1, then[1] + older + 1, month) }];
}

function births([least, most]: Span, latest: number, month: string): readonly string[] {
  return [...new Set([YEAR - 1 - least, latest - most].map((year) => `${year}-${month}`))].sort();
}

/** A moment within the one year, or in the course of the years, when whoever is born in the month has yet to have their birthday. */
function momentOf(from: number, to: number, month: string): Moment {
  const day = month === JUNE ? '02-05' : '06-05';
  const [first, last] = [from, to].map((year) => `${year}-${day}`);
  const moment = parseMoment(from < to ? `${first}/${last}` : first);
  return moment ?? UNKNOWN_MOMENT;
}
