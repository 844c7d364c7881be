import { type Random } from '../../demonstration/random.js';
import { type Career, isInCommunity } from './careers.js';
import { type Figures } from './figures.js';
import { portion, sharesOf } from './shares.js';

/** Somebody of the reoffending sample, with so many proven offences before and after. */
export interface Sampled {
  readonly isYoung: boolean;
  readonly before: number;
  readonly after: number;
}

type Level = Career['level'];
type Column = 'offenders' | 'before' | 'after';

/** Who of the community is in the reoffending sample: as many of each level as were printed, young adults first. */
export function sampleOf(
  figures: Figures,
  careers: readonly Career[],
  random: Random,
): ReadonlyMap<Career, Sampled> {
  const levels = ['Priority', 'Enhanced'] as const;
  return new Map(levels.flatMap((level) => sampleAt(level, figures, careers, random)));
}

function sampleAt(
  level: Level,
  figures: Figures,
  careers: readonly Career[],
  random: Random,
): readonly (readonly [Career, Sampled])[] {
  const own = careers.filter((career) => career.level === level && isInCommunity(career));
  const people = random.shuffle(own).slice(0, figures.at('reoffending-level', `${level}/offenders`));
  const young = youngAdults(figures, level, 'offenders');
  const before = dealt(figures, level, 'before', random);
  const after = dealt(figures, level, 'after', random);
  return people.map((career, index) => [
    career,
    { isYoung: index < young, before: before[index] ?? 0, after: after[index] ?? 0 },
  ]);
}

/** The offences of a level, those of young adults first; everybody has at least one before. */
function dealt(
  figures: Figures,
  level: Level,
  column: 'before' | 'after',
  random: Random,
): readonly number[] {
  const bounds = { least: column === 'before' ? 1 : 0, most: Infinity };
  const printed = (of: Column): number => figures.at('reoffending-level', `${level}/${of}`);
  const [offences, people] = [youngAdults(figures, level, column), youngAdults(figures, level, 'offenders')];
  return [
    ...sharesOf(offences, people, random, bounds),
    ...sharesOf(printed(column) - offences, printed('offenders') - people, random, bounds),
  ];
}

/** Of the young adults of both levels, those of one: in the proportion of the levels. */
function youngAdults(figures: Figures, level: Level, column: Column): number {
  const all = figures.assumed('youngAdults', column);
  const printed = (row: string): number => figures.at('reoffending-level', `${row}/${column}`);
  const priority = portion(all, printed('Priority'), printed('Overall'));
  return level === 'Priority' ? priority : all - priority;
}
