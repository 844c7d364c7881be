import { Invalid } from '../../../contract/failure.js';
import { type Random } from '../../demonstration/random.js';
import { type Figures } from './figures.js';

/** Where somebody is on a day: in the community, supervised or not, or in custody; null: not managed yet, or no more. */
export type State = 'CRC' | 'NPS' | 'voluntary' | 'custody' | null;
const states = ['CRC', 'NPS', 'voluntary', 'custody'] as const;

/** One person's year: where they are on each of the published days, and the area on the first and on the last. */
export interface Career {
  readonly level: 'Priority' | 'Enhanced';
  readonly states: readonly State[];
  readonly from: string | null;
  readonly to: string | null;
}

type Counts = Readonly<Record<(typeof states)[number], number>>;

/** Careers that give every published count of levels, areas, custody and providers, with as few changes as can be. */
export function careersOf(figures: Figures, random: Random): readonly Career[] {
  return [
    ...careers('Priority', priorityCounts(figures), figures, random),
    ...careers('Enhanced', enhancedCounts(figures), figures, random),
  ];
}

/** Whether the person is managed in the community on the last day. */
export function isInCommunity({ states: all }: Career): boolean {
  const last = all.at(-1) ?? null;
  return last !== null && last !== 'custody';
}

/** The days of the published spread. */
export function publishedDays(figures: Figures): readonly string[] {
  return figures.table('spread').columns;
}

function priorityCounts(figures: Figures): readonly Counts[] {
  return publishedDays(figures).map((day) => {
    const of = (row: string): number => figures.at('statutory-share', `${row}/${day}`);
    const custody = figures.at('spread', `custody/${day}`);
    return { CRC: of('CRC'), NPS: of('NPS'), voluntary: of('community') - of('statutory'), custody };
  });
}

/** Published for the first and the last day only: those who leave do so in the first quarter, others come in the second. */
function enhancedCounts(figures: Figures): readonly Counts[] {
  const custody = figures.assumed('enhanced', 'inCustody');
  const [first, last] = [areasOn(figures, 'Enhanced', 'from'), areasOn(figures, 'Enhanced', 'to')].map(
    totalOf,
  );
  const community = (total = 0): Counts => ({ CRC: 0, NPS: 0, voluntary: total - custody, custody });
  const remaining = (first ?? 0) - figures.assumed('enhanced', 'left');
  return publishedDays(figures).map((_, index) => community([first, remaining][index] ?? last));
}

function careers(
  level: Career['level'],
  counts: readonly Counts[],
  figures: Figures,
  random: Random,
): readonly Career[] {
  const paths = pathsOf(counts, random);
  const left = paths.filter((path) => path.at(-1) === null).length;
  const moves = movesOf(areasOn(figures, level, 'from'), areasOn(figures, level, 'to'), left, random);
  const isLike = (path: readonly State[], { from, to }: Move): boolean =>
    (path[0] === null) === (from === null) && (path.at(-1) === null) === (to === null);
  const open = [...moves];
  return paths.map((path) => {
    const index = open.findIndex((move) => isLike(path, move));
    const [move] = open.splice(index, index < 0 ? 0 : 1);
    if (move !== undefined) return { level, states: path, ...move };
    throw new Invalid('printed-document', 'areas and quarters of the printed document do not fit each other');
  });
}

/** From each day to the next, whoever is one too many in a state goes to another, leaves, or somebody new comes. */
function pathsOf(counts: readonly Counts[], random: Random): readonly (readonly State[])[] {
  const [first] = counts;
  const paths: State[][] = states.flatMap((state) =>
    Array.from({ length: first?.[state] ?? 0 }, () => [state]),
  );
  counts.slice(1).forEach((next, index) => {
    const wanted = random.shuffle(states.flatMap((state) => missing(paths, state, next[state], index)));
    const surplus = states.flatMap((state) => spare(paths, state, next[state], index));
    for (const path of paths) path.push(path[index] ?? null);
    surplus.forEach((path, nth) => (path[index + 1] = wanted[nth] ?? null));
    for (const state of wanted.slice(surplus.length))
      paths.push([...Array.from({ length: index + 1 }, () => null), state]);
  });
  return random.shuffle(paths);
}

function missing(paths: readonly State[][], state: State, wanted: number, index: number): readonly State[] {
  const there = paths.filter((path) => path[index] === state).length;
  return Array.from({ length: Math.max(0, wanted - there) }, () => state);
}

/** Whoever has been there longest, so that nobody comes and goes between two published days. */
function spare(paths: State[][], state: State, wanted: number, index: number): readonly State[][] {
  const there = paths.filter((path) => path[index] === state);
  return there.slice(0, Math.max(0, there.length - wanted));
}

type Move = Pick<Career, 'from' | 'to'>;

/** Who stays, who moves, who leaves for good, who comes: so many of each as the counts of the areas need. */
function movesOf(
  first: ReadonlyMap<string, number>,
  last: ReadonlyMap<string, number>,
  left: number,
  random: Random,
): readonly Move[] {
  const areas = [...first.keys()];
  const times = (area: string, number: number): readonly string[] =>
    Array.from({ length: Math.max(0, number) }, () => area);
  const change = (area: string): number => (last.get(area) ?? 0) - (first.get(area) ?? 0);
  const staying = areas.flatMap((area) => times(area, Math.min(first.get(area) ?? 0, last.get(area) ?? 0)));
  const going = random.shuffle(areas.flatMap((area) => times(area, -change(area))));
  const coming = random.shuffle(areas.flatMap((area) => times(area, change(area))));
  const moving = going.slice(left);
  return random.shuffle([
    ...staying.map((area) => ({ from: area, to: area })),
    ...going.slice(0, left).map((from) => ({ from, to: null })),
    ...moving.map((from, index) => ({ from, to: coming[index] ?? null })),
    ...coming.slice(moving.length).map((to) => ({ from: null, to })),
  ]);
}

function areasOn(figures: Figures, level: string, end: 'from' | 'to'): ReadonlyMap<string, number> {
  const areas = figures.table('caseload').columns.filter((column) => column !== 'Total');
  const row = `${level}/${figures.document[end]}`;
  return new Map(areas.map((area) => [area, figures.at('caseload', `${row}/${area}`)]));
}

function totalOf(areas: ReadonlyMap<string, number>): number {
  return [...areas.values()].reduce((sum, each) => sum + each, 0);
}
