import { birthday, DAY, type Minute, onDay } from './calendar.js';
import { type Person } from './person.js';
import { type Random } from './random.js';

export type Data = Readonly<Record<string, unknown>>;

/** How precisely the publisher says when it was. */
export type Precision = 'instant' | 'day' | 'month';

/** One thing that happened to a person, as the agency concerned will tell it; whom it is about is added when told. */
export interface Happening {
  readonly type: string;
  readonly at: Minute;
  readonly precision: Precision;
  readonly data: Data;
  readonly handling?: 'P' | 'C';
}

/** Time in prison; `to` is null while it lasts. */
interface Stay {
  readonly from: Minute;
  readonly to: Minute | null;
}

/** A life course while it is being told, from `start` to `end`. */
export interface Story {
  readonly person: Person;
  readonly random: Random;
  readonly start: Minute;
  readonly end: Minute;
  readonly happenings: Happening[];
  readonly custody: Stay[];
  /** Moments of drug tests on arrest that were positive. */
  readonly positiveTests: Minute[];
  /** Arrests so far, which number the cases. */
  cases: number;
}

export function storyOf(person: Person, random: Random, start: Minute, end: Minute): Story {
  return { person, random, start, end, happenings: [], custody: [], positiveTests: [], cases: 0 };
}

/** What agencies that keep dates rather than times publish. */
const keepsDates = /^(probation|housing|treatment|youth|vcse|health)\./;

export function tell(
  { happenings }: Story,
  type: string,
  at: Minute,
  data: Data,
  more: Partial<Pick<Happening, 'precision' | 'handling'>> = {},
): void {
  happenings.push({ type, at, precision: keepsDates.test(type) ? 'day' : 'instant', data, ...more });
}

/** A moment some days after `at`, in working hours. */
export function later({ random }: Story, at: Minute, least: number, most: number): Minute {
  return onDay(at + random.whole(least, most) * DAY, random.whole(9 * 60, 16 * 60));
}

export function isAdult({ person }: Story, at: Minute): boolean {
  return at >= birthday(person.born, 18);
}

export function isInPrison({ custody }: Story, at: Minute): boolean {
  return custody.some(({ from, to }) => from <= at && (to === null || at < to));
}

/** The times in the community of at least `days`, from `from` on; `custody` says that prison ends it. */
export function timesOutside(
  story: Story,
  from: Minute,
  days: number,
): readonly { readonly from: Minute; readonly to: Minute; readonly custody: boolean }[] {
  const { custody, end } = story;
  const starts = [from, ...custody.flatMap(({ to }) => (to === null ? [] : [Math.max(to, from)]))];
  return starts.flatMap((start) => {
    if (isInPrison(story, start)) return [];
    const to = custody.map((stay) => stay.from).find((each) => each > start) ?? Infinity;
    return Math.min(to, end) - start < days * DAY
      ? []
      : [{ from: start, to: Math.min(to, end), custody: to < end }];
  });
}
