import { type Cell } from './report.js';
import { determinedBy } from './suppress-determined.js';
import { equationsOf, type Grid, numberAt, tiedBy } from './suppress-grid.js';
import { isPossible } from './suppress-possible.js';
import { type SuppressionRule } from './suppress-rules.js';

type Places = ReadonlySet<number>;

/**
 * The places to hide. First the small counts and all that rests on them; then, as long as a reader could work something
 * out, one cell more. A reader is taken to know the rule, that 0 is never hidden, every cell that is shown and every sum,
 * and must learn nothing about a small count but that it is one: each value that the rule hides stays possible, as far as
 * it can be. What is hidden later takes nothing from that, so each small count is looked at once.
 */
export function hiddenIn(grid: Grid, rule: SuppressionRule): Places {
  const small = placesWhere(grid, (cell) => isSmall(cell, rule));
  const weak = placesWhere(grid, (cell) => isOfFew(cell, rule) || restsOnFew(cell, rule));
  let hidden = unsolvable(grid, new Set([...small, ...weak]));
  const usual = Array.from({ length: rule.smallestShown - 1 }, (_, index) => index + 1);
  for (const place of small) {
    if (!isNarrowed(grid, hidden, place, usual)) continue;
    const values = leastValues(grid, place, rule);
    for (;;) {
      const near = nearest(grid, hidden, place);
      if (near === undefined || !isNarrowed(grid, hidden, place, values)) break;
      hidden = unsolvable(grid, new Set([...hidden, near]));
    }
  }
  return hidden;
}

function placesWhere({ cells }: Grid, holds: (cell: Cell) => boolean): readonly number[] {
  return cells.flatMap((cell, place) => (holds(cell) ? [place] : []));
}

/** An event count of few people tells of them, too, however often they are counted. */
function isOfFew({ kind, value, people }: Cell, { smallestShown }: SuppressionRule): boolean {
  return kind === 'count' && value !== 0 && people !== undefined && people < smallestShown;
}

function isSmall({ kind, value }: Cell, { smallestShown }: SuppressionRule): boolean {
  return kind === 'count' && typeof value === 'number' && value !== 0 && Math.abs(value) < smallestShown;
}

/** Derived from few people or nobody says from how many; or a percentage that gives away how few it is of, or is not of. */
function restsOnFew({ kind, value, of = [], people }: Cell, { smallestShown }: SuppressionRule): boolean {
  if (kind === 'count' || kind === 'text' || value === null) return false;
  if (people === undefined) return of.length === 0;
  if (people < smallestShown) return true;
  if (kind !== 'percent' || of.length > 1) return false;
  const part = Math.round((people * Math.abs(Number(value))) / 100);
  return [part, people - part].some((each) => each > 0 && each < smallestShown);
}

/** What is derived of something hidden goes with it, even where it says nothing: that would tell that there is nobody. */
function withDerived(grid: Grid, hidden: Places): Places {
  const more = grid.of.flatMap((places, place) =>
    !hidden.has(place) && places.some((each) => hidden.has(each)) ? [place] : [],
  );
  return more.length === 0 ? hidden : withDerived(grid, new Set([...hidden, ...more]));
}

/** What is hidden, and so much more that nothing of it follows from the sums alone, as far as there is more to hide. */
function unsolvable(grid: Grid, given: Places): Places {
  const hidden = withDerived(grid, given);
  const next = besideAlone(grid, hidden) ?? firstNear(grid, hidden, solved(grid, hidden));
  return next === undefined ? hidden : unsolvable(grid, new Set([...hidden, next]));
}

/** The cell to hide beside what is hidden alone in a sum: one of that sum, or where it has no other, the nearest one. */
function besideAlone(grid: Grid, hidden: Places): number | undefined {
  for (const sum of grid.sums) {
    const [alone, ...others] = tiedBy(sum).filter((place) => hidden.has(place));
    if (alone === undefined || others.length > 0) continue;
    const shown = tiedBy(sum).filter((each) => each !== alone && canBeHidden(grid, each));
    const next = leastOf(grid, hidden, shown) ?? nearest(grid, hidden, alone);
    if (next !== undefined) return next;
  }
  return undefined;
}

function solved(grid: Grid, hidden: Places): Iterable<number> {
  return determinedBy(equationsOf(grid, hidden));
}

function firstNear(grid: Grid, hidden: Places, exposed: Iterable<number>): number | undefined {
  for (const place of exposed) {
    const near = nearest(grid, hidden, place);
    if (near !== undefined) return near;
  }
  return undefined;
}

/** Whether a reader could rule out one of these values. */
function isNarrowed(grid: Grid, hidden: Places, place: number, values: readonly number[]): boolean {
  const [near, equations] = [truthOf(grid, hidden), equationsOf(grid, hidden)];
  return values.some((value) => !isPossible(equations, near, place, value));
}

/**
 * What a small count must be able to be: as many of the least values as the rule hides, of those that remain when all is
 * hidden but the zeros. A total of two that are not 0 is never 1, whatever is hidden.
 */
function leastValues(grid: Grid, place: number, { smallestShown }: SuppressionRule): readonly number[] {
  const all = new Set(
    placesWhere(grid, ({ kind, value }) => kind !== 'text' && value !== null && value !== 0),
  );
  const [near, equations] = [truthOf(grid, all), equationsOf(grid, all)];
  const least: number[] = [];
  for (let value = 1; value < MOST_LEAST + smallestShown && least.length < smallestShown - 1; value += 1)
    if (isPossible(equations, near, place, value)) least.push(value);
  return least;
}

const MOST_LEAST = 8;

function truthOf(grid: Grid, places: Places): ReadonlyMap<number, number> {
  return new Map([...places].map((place) => [place, numberAt(grid, place)]));
}

/**
 * The cell whose hiding would protect a place at the least loss: of those in its sums, else of those that further sums tie
 * to it, the one that leaves the fewest sums with it alone hidden, then the smallest, then the first. Never a 0.
 */
function nearest(grid: Grid, hidden: Places, place: number): number | undefined {
  let reached: Places = new Set([place]);
  for (;;) {
    const sums = grid.sums.filter((sum) => tiedBy(sum).some((each) => reached.has(each)));
    const tied = new Set(sums.flatMap(tiedBy));
    const shown = [...tied].filter((each) => !hidden.has(each) && canBeHidden(grid, each));
    if (shown.length > 0) return leastOf(grid, hidden, shown);
    if (tied.size <= reached.size) return undefined;
    reached = tied;
  }
}

/** A 0 is never hidden, and what stands nowhere cannot be. */
function canBeHidden(grid: Grid, place: number): boolean {
  return place < grid.printed && numberAt(grid, place) !== 0;
}

function leastOf(grid: Grid, hidden: Places, places: readonly number[]): number | undefined {
  const leftAlone = (place: number): number =>
    grid.sums.filter((sum) => tiedBy(sum).includes(place) && !tiedBy(sum).some((each) => hidden.has(each)))
      .length;
  const [best] = places
    .map((place) => ({ place, alone: leftAlone(place), size: Math.abs(numberAt(grid, place)) }))
    .sort((a, b) => a.alone - b.alone || a.size - b.size || a.place - b.place);
  return best?.place;
}
