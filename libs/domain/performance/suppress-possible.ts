import { type Equation } from './suppress-grid.js';

interface Bounds {
  readonly least: number;
  readonly most: number;
}

type Ranges = ReadonlyMap<number, Bounds>;

/** So many tries are enough for a table that fits on a page; a question that needs more counts as answered with no. */
const MOST_TRIES = 500;
const MOST_ROUNDS = 40;
/** So far from the value that would do alone others are tried. */
const FARTHEST = 8;

/**
 * Whether a reader who knows the equations, and that everything hidden is a whole number of at least 1, must hold a value at
 * a place for possible. `near` says by place what stands there: a possible world differs little from the true one. Sound, not
 * complete: true is always right, false may mean that no such world was found.
 */
export function isPossible(
  all: readonly Equation[],
  near: ReadonlyMap<number, number>,
  place: number,
  value: number,
): boolean {
  const equations = about(place, all);
  const most = value + [...near.values()].reduce((sum, each) => sum + Math.abs(each), 1);
  const tied = new Set(equations.flatMap(({ factors }) => [...factors.keys()]));
  const ranges = new Map([...tied].map((each) => [each, { least: 1, most }] as const));
  let tries = 0;
  const search = (before: Ranges): boolean => {
    tries += 1;
    const narrowed = tries > MOST_TRIES ? undefined : propagated(equations, before);
    if (narrowed === undefined) return false;
    const world = new Map([...narrowed].map(([each, bounds]) => [each, within(bounds, near.get(each) ?? 1)]));
    const wrong = equations.find((equation) => missing(equation, world) !== 0);
    if (wrong === undefined) return true;
    const choice = choiceIn(wrong, narrowed, world);
    return choice?.values.some((each) => search(fixed(narrowed, choice.place, each))) ?? false;
  };
  return search(fixed(ranges, place, value));
}

/** The equations that tell something of a place, through others too. */
function about(place: number, all: readonly Equation[]): readonly Equation[] {
  let reached = new Set([place]);
  for (;;) {
    const tied = all.filter(({ factors }) => [...factors.keys()].some((each) => reached.has(each)));
    const further = new Set([place, ...tied.flatMap(({ factors }) => [...factors.keys()])]);
    if (further.size === reached.size) return tied;
    reached = further;
  }
}

function fixed(ranges: Ranges, place: number, value: number): Ranges {
  return new Map(ranges).set(place, { least: value, most: value });
}

function within({ least, most }: Bounds, value: number): number {
  return Math.min(most, Math.max(least, value));
}

/** By how much an equation falls short in a world. */
function missing({ factors, comesTo }: Equation, world: ReadonlyMap<number, number>): number {
  return [...factors].reduce((left, [place, factor]) => left - factor * (world.get(place) ?? 0), comesTo);
}

/** A cell of a wrong equation that is still free, and its values, first those that would put the equation right. */
function choiceIn(equation: Equation, ranges: Ranges, world: ReadonlyMap<number, number>) {
  const free = [...equation.factors].flatMap(([place, factor]) => {
    const bounds = ranges.get(place);
    return bounds === undefined || bounds.least === bounds.most ? [] : [{ place, factor, bounds }];
  });
  const [first] = free.sort((a, b) => a.bounds.most - a.bounds.least - (b.bounds.most - b.bounds.least));
  if (first === undefined) return undefined;
  const { place, factor, bounds } = first;
  const right = (world.get(place) ?? 0) + missing(equation, world) / factor;
  return { place, values: nearTo(within(bounds, Math.round(right)), bounds) };
}

/** The values in a range that are near to one of them, nearest first. */
function nearTo(value: number, { least, most }: Bounds): readonly number[] {
  const steps = Array.from({ length: FARTHEST }, (_, step) => step + 1);
  const around = steps.flatMap((step) => [value - step, value + step]);
  return [value, ...around.filter((each) => least <= each && each <= most)];
}

/** The ranges as far as the equations narrow them; undefined when nothing is possible. */
function propagated(equations: readonly Equation[], given: Ranges): Ranges | undefined {
  const ranges = new Map(given);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const changes = equations.map((equation) => narrow(equation, ranges));
    if (changes.includes('empty')) return undefined;
    if (!changes.includes('narrower')) break;
  }
  return ranges;
}

type Change = 'same' | 'narrower' | 'empty';

function narrow({ factors, comesTo }: Equation, ranges: Map<number, Bounds>): Change {
  const terms = [...factors].map(([place, factor]) => ({
    place,
    factor,
    ...scaled(ranges.get(place) ?? { least: 1, most: 1 }, factor),
  }));
  const least = terms.reduce((sum, term) => sum + term.least, 0);
  const most = terms.reduce((sum, term) => sum + term.most, 0);
  let change: Change = 'same';
  for (const term of terms) {
    const before = ranges.get(term.place) ?? { least: 1, most: 1 };
    const room = { least: comesTo - (most - term.most), most: comesTo - (least - term.least) };
    const { least: low, most: high } = scaled(room, 1 / term.factor);
    const after = {
      least: Math.max(before.least, Math.ceil(low)),
      most: Math.min(before.most, Math.floor(high)),
    };
    if (after.least > after.most) return 'empty';
    if (after.least === before.least && after.most === before.most) continue;
    ranges.set(term.place, after);
    change = 'narrower';
  }
  return change;
}

function scaled({ least, most }: Bounds, factor: number): Bounds {
  return factor > 0
    ? { least: least * factor, most: most * factor }
    : { least: most * factor, most: least * factor };
}
