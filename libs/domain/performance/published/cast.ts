import { birthday, DAY, dateOf, type Minute, startOfDay, yearOf } from '../../demonstration/calendar.js';
import { croOf, pncOf } from '../../demonstration/identifiers.js';
import { type Person, personOf } from '../../demonstration/person.js';
import { type Random, randomFrom } from '../../demonstration/random.js';
import { assessedOf } from './assessed.js';
import { type Career, careersOf, isInCommunity } from './careers.js';
import { type Figures } from './figures.js';
import { sampleOf } from './sample.js';

/** One invented person of the published year. */
export interface Member {
  readonly person: Person;
  readonly career: Career;
  /** Proven offences in the year before and in the year itself; null: not in the sample. */
  readonly offending: { readonly before: number; readonly after: number } | null;
  /** The score of each pathway on entry (null: not scored); null: not among those assessed all along. */
  readonly needs: ReadonlyMap<string, number | null> | null;
}

type Age = 'child' | 'young' | 'older';

/** Ages in full years on the last published day. */
const ages: Readonly<Record<Age, readonly [number, number]>> = {
  child: [15, 17],
  young: [20, 24],
  older: [26, 55],
};
const OFFSET = 2016;

/** Everybody of the published year: careers, offences and needs that add up to what was printed. */
export function castOf(figures: Figures, seed: number): readonly Member[] {
  const random = randomFrom(seed, OFFSET);
  const careers = careersOf(figures, random);
  const sample = sampleOf(figures, careers, random);
  const assessed = assessedOf(figures, careers, random);
  const children = childrenOf(figures, careers, sample);
  return careers.map((career, index) => {
    const offending = sample.get(career) ?? null;
    const age: Age = children.has(career) ? 'child' : offending?.isYoung === true ? 'young' : 'older';
    const person = personAged(
      randomFrom(seed, OFFSET, index),
      career,
      index,
      age,
      startOfDay(figures.document.at),
    );
    return { person, career, offending, needs: assessed.get(career) ?? null };
  });
}

/** Enhanced takes any age, so some are children: none of the sample. */
function childrenOf(
  figures: Figures,
  careers: readonly Career[],
  sample: ReadonlyMap<Career, unknown>,
): ReadonlySet<Career> {
  const own = careers.filter((each) => each.level === 'Enhanced' && isInCommunity(each) && !sample.has(each));
  return new Set(own.slice(0, figures.assumed('enhanced', 'under18')));
}

function personAged(random: Random, { level }: Career, index: number, age: Age, at: Minute): Person {
  const ending = age === 'child' ? 'child' : 'order';
  const person = personOf(random, { level, ending }, index, OFFSET, at);
  const born = bornOf(random, age, at);
  const known = yearOf(born) + random.whole(13, 15);
  return { ...person, born, pnc: pncOf(index, OFFSET, known), cro: croOf(index, OFFSET, known) };
}

/** Never a first of January, which looks like a stand-in (requirements §3.6). */
function bornOf(random: Random, age: Age, at: Minute): Minute {
  const [least, most] = ages[age];
  const born = birthday(at, -random.whole(least, most)) - random.whole(1, 360) * DAY;
  return dateOf(born).endsWith('-01-01') ? born - DAY : born;
}
