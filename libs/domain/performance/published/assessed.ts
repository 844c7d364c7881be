import { type Random } from '../../demonstration/random.js';
import { type Career } from './careers.js';
import { type Figures } from './figures.js';
import { printedCell } from './printed-cell.js';
import { sharesOf } from './shares.js';
import { wholeTotals } from './whole-totals.js';

/** Scores on entry by pathway; null: not scored. */
export type Scores = ReadonlyMap<string, number | null>;

const TABLE = 'needs-entry';
const BOUNDS = { least: 1, most: 10 };

/**
 * Who is assessed from the first day on, of those who stay throughout: as many as were printed, with scores on each
 * pathway that add up to the one total that both its averages have in common.
 */
export function assessedOf(
  figures: Figures,
  careers: readonly Career[],
  random: Random,
): ReadonlyMap<Career, Scores> {
  const pathways = figures.table(TABLE).columns;
  const people = figures.at(TABLE, `all/${pathways[0] ?? ''}`);
  const staying = careers.filter(({ level, states }) => level === 'Priority' && !states.includes(null));
  const group = random.shuffle(staying).slice(0, people);
  const dealt = pathways.map((pathway, index) => scoresOf(figures, pathway, index, random));
  const scoresAt = (nth: number): Scores =>
    new Map(pathways.map((pathway, index) => [pathway, dealt[index]?.[nth] ?? null]));
  return new Map(group.map((career, nth) => [career, scoresAt(nth)]));
}

function scoresOf(
  figures: Figures,
  pathway: string,
  index: number,
  random: Random,
): readonly (number | null)[] {
  const [people, scored] = [figures.at(TABLE, `all/${pathway}`), figures.at(TABLE, `scored/${pathway}`)];
  const scores = sharesOf(totalScore(figures, index), scored, random, BOUNDS);
  return random.shuffle([...scores, ...Array.from({ length: people - scored }, () => null)]);
}

function totalScore(figures: Figures, index: number): number {
  const { rows } = figures.table(TABLE);
  const means = (['all', 'scored'] as const).flatMap((row) => {
    const mean = printedCell(rows[`mean-${row}`]?.[index] ?? '');
    return mean === undefined ? [] : [{ mean, count: Number(rows[row]?.[index]) }];
  });
  return wholeTotals(means)[0] ?? 0;
}
