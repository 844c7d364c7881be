import { birthday, DAY, dateOf, type Minute, startOfDay, yearOf } from '../../demonstration/calendar.js';
import { croOf, pncOf } from '../../demonstration/identifiers.js';
import { type Person, personOf } from '../../demonstration/person.js';
import { type Random, randomFrom } from '../../demonstration/random.js';
import { type Career, careersOf } from './careers.js';
import { type Figures } from './figures.js';
import { portion, sharesOf } from './shares.js';
import { wholeTotals } from './whole-totals.js';
import { printedCell } from './printed-cell.js';

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
const MOST_SCORE = 10;

interface Sampled {
  readonly isYoung: boolean;
  readonly before: number;
  readonly after: number;
}

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

function isInCommunity({ states }: Career): boolean {
  const last = states.at(-1) ?? null;
  return last !== null && last !== 'custody';
}

/** Who of the community is in the reoffending sample, with how many offences. */
function sampleOf(
  figures: Figures,
  careers: readonly Career[],
  random: Random,
): ReadonlyMap<Career, Sampled> {
  const table = (row: string, column: string): number => figures.at('reoffending-level', `${row}/${column}`);
  const entries = (['Priority', 'Enhanced'] as const).flatMap((level) => {
    const own = careers.filter((career) => career.level === level && isInCommunity(career));
    const people = random.shuffle(own).slice(0, table(level, 'offenders'));
    const young = (name: string, column = name): number =>
      portion(figures.assumed('youngAdults', name), table(level, column), table('Overall', column));
    const dealt = (least: number, column: 'before' | 'after'): readonly number[] => {
      const most = Infinity;
      const older = sharesOf(
        table(level, column) - young(column),
        people.length - young('offenders'),
        random,
        { least, most },
      );
      return [...sharesOf(young(column), young('offenders'), random, { least, most }), ...older];
    };
    const [before, after] = [dealt(1, 'before'), dealt(0, 'after')];
    return people.map((career, index): readonly [Career, Sampled] => [
      career,
      { isYoung: index < young('offenders'), before: before[index] ?? 0, after: after[index] ?? 0 },
    ]);
  });
  return new Map(entries);
}

/** Those who entered on the first day and stayed, with scores that add up to the one total both averages have in common. */
function assessedOf(
  figures: Figures,
  careers: readonly Career[],
  random: Random,
): ReadonlyMap<Career, ReadonlyMap<string, number | null>> {
  const table = figures.table('needs-entry');
  const people = figures.at('needs-entry', `all/${table.columns[0] ?? ''}`);
  const staying = careers.filter(({ level, states }) => level === 'Priority' && !states.includes(null));
  const group = random.shuffle(staying).slice(0, people);
  const scores = table.columns.map((pathway, index) => {
    const scored = figures.at('needs-entry', `scored/${pathway}`);
    const shares = sharesOf(totalScore(figures, index), scored, random, { least: 1, most: MOST_SCORE });
    return random.shuffle([...shares, ...Array.from({ length: people - scored }, () => null)]);
  });
  return new Map(
    group.map((career, nth) => [
      career,
      new Map(table.columns.map((pathway, index) => [pathway, scores[index]?.[nth] ?? null])),
    ]),
  );
}

function totalScore(figures: Figures, index: number): number {
  const { rows } = figures.table('needs-entry');
  const means = (['all', 'scored'] as const).flatMap((row) => {
    const mean = printedCell(rows[`mean-${row}`]?.[index] ?? '');
    return mean === undefined ? [] : [{ mean, count: Number(rows[row]?.[index]) }];
  });
  return wholeTotals(means)[0] ?? 0;
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
