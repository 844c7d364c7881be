import { type Random } from '../../libs/domain/demonstration/random.js';

/** What whoever probes can observe of one answer, and which of the two kinds it truly was. */
export interface Observed {
  /** What was asked: answers to different questions are never compared. */
  readonly probe: string;
  /** Whether it was about what the hub has and does not grant. */
  readonly hidden: boolean;
  readonly status: string;
  readonly size: string;
  readonly text: string;
  readonly headers: string;
  /** Nanoseconds from the request to its whole answer. */
  readonly time: number;
  /** Microseconds that the hub itself worked for it, which nobody outside can see: time without the machine's moods. */
  readonly work: number;
}

/** How long it took, or how much work it was, beside its neighbours: 0 is like them, 0.03 is 3 % more. */
export type Measure = 'slowness' | 'effort';

interface Sample extends Observed, Readonly<Record<Measure, number>> {}

type Guess = (sample: Sample) => boolean;
/** Learns from answers to one question whose kind is known. */
type Learner = (known: readonly Sample[]) => Guess;

export interface Score {
  readonly probe: string;
  readonly right: number;
  readonly of: number;
}

/** So many standard deviations from what a coin gives are put down to chance; further off is one in 150,000. */
const SIGMAS = 4.5;

/** The greatest share of right guesses that chance explains. */
export function chanceBound(guesses: number): number {
  return 0.5 + (SIGMAS * 0.5) / Math.sqrt(guesses);
}

/**
 * Plays whoever wants to know: learns from one half of the answers, taken at random, which of them are about what is
 * hidden, by the way of looking at them that does best there, and guesses the other half. One score for each probe.
 */
export function guess(observed: readonly Observed[], random: Random): readonly Score[] {
  return [...grouped(observed)].map(([probe, answers]) => {
    const shuffled = random.shuffle(besideNeighbours(answers));
    const half = Math.floor(shuffled.length / 2);
    const [known, others] = [shuffled.slice(0, half), shuffled.slice(half)];
    return { probe, right: rightOf(bestFor(known)(known), others), of: others.length };
  });
}

/** All guesses together. */
export function total(scores: readonly Score[]): Score {
  const sum = (each: (score: Score) => number): number => scores.reduce((all, one) => all + each(one), 0);
  return { probe: 'all', right: sum(({ right }) => right), of: sum((score) => score.of) };
}

export function shareOf({ right, of }: Score): number {
  return right / of;
}

/** Probes of which more were guessed than chance explains. */
export function told(scores: readonly Score[]): readonly string[] {
  return scores.filter((score) => shareOf(score) > chanceBound(score.of)).map(({ probe }) => probe);
}

/** How long the hidden ones took among the others of their probe, in standard deviations of chance; 0 is no longer. */
export interface Lean {
  readonly probe: string;
  readonly sigmas: number;
}

/**
 * Ranks the answers to each probe by how long they took (or how much work they were) and asks whether those about what
 * is hidden lie higher than chance puts them (Mann and Whitney), for each probe and for all together: this notices
 * far less than anybody who must guess one answer at a time.
 */
export function leanOf(observed: readonly Observed[], measure: Measure): readonly Lean[] {
  const ranked = [...grouped(observed)].map(([probe, answers]) => ({
    probe,
    ...rankedAbove(besideNeighbours(answers), measure),
  }));
  const sum = (each: (one: (typeof ranked)[number]) => number): number =>
    ranked.reduce((all, one) => all + each(one), 0);
  const all = { probe: 'all', above: sum(({ above }) => above), variance: sum(({ variance }) => variance) };
  return [...ranked, all].map(({ probe, above, variance }) => ({
    probe,
    sigmas: above / Math.sqrt(variance),
  }));
}

/** Probes that lean further than chance explains. */
export function leaning(leans: readonly Lean[]): readonly string[] {
  return leans.filter(({ sigmas }) => Math.abs(sigmas) > SIGMAS).map(({ probe }) => probe);
}

function rankedAbove(samples: readonly Sample[], measure: Measure) {
  const sorted = samples.toSorted((one, other) => one[measure] - other[measure]);
  const hidden = sorted.filter((sample) => sample.hidden).length;
  const others = sorted.length - hidden;
  const ranks = sorted.reduce((sum, sample, at) => sum + (sample.hidden ? at + 1 : 0), 0);
  return {
    above: ranks - (hidden * (sorted.length + 1)) / 2,
    variance: (hidden * others * (sorted.length + 1)) / 12,
  };
}

function grouped(observed: readonly Observed[]): ReadonlyMap<string, readonly Observed[]> {
  const groups = new Map<string, Observed[]>();
  for (const each of observed) {
    const group = groups.get(each.probe);
    if (group === undefined) groups.set(each.probe, [each]);
    else group.push(each);
  }
  return groups;
}

/** So many answers before and after one say how fast the machine was then. */
const NEIGHBOURS = 20;

function besideNeighbours(answers: readonly Observed[]): readonly Sample[] {
  const slowness = aboveNeighbours(answers.map(({ time }) => Math.log(time)));
  const effort = aboveNeighbours(answers.map(({ work }) => Math.log(work + 1)));
  return answers.map((answer, at) => ({
    ...answer,
    slowness: slowness[at] ?? 0,
    effort: effort[at] ?? 0,
  }));
}

function aboveNeighbours(numbers: readonly number[]): readonly number[] {
  return numbers.map(
    (number, at) => number - median(numbers.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1)),
  );
}

/** The middle one of some numbers, 0 of none. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function rightOf(guessing: Guess, samples: readonly Sample[]): number {
  return samples.filter((sample) => guessing(sample) === sample.hidden).length;
}

/** The way of looking that does best on answers that it did not learn from. */
function bestFor(known: readonly Sample[]): Learner {
  const folds = [0, 1, 2, 3].map((fold) => ({
    learnt: known.filter((_, at) => at % 4 !== fold),
    kept: known.filter((_, at) => at % 4 === fold),
  }));
  const right = (learner: Learner): number =>
    folds.reduce((all, { learnt, kept }) => all + rightOf(learner(learnt), kept), 0);
  const [best] = learners
    .map((learner) => ({ learner, right: right(learner) }))
    .toSorted((one, other) => other.right - one.right);
  return best?.learner ?? byThreshold('slowness');
}

/** Whatever was hidden more often than not where this looks the same. */
const byLookOf =
  (look: (sample: Sample) => string): Learner =>
  (known) => {
    const balance = new Map<string, number>();
    for (const sample of known) {
      const key = look(sample);
      balance.set(key, (balance.get(key) ?? 0) + (sample.hidden ? 1 : -1));
    }
    return (sample) => (balance.get(look(sample)) ?? 0) > 0;
  };

/** More, or less, than some limit: the one that parts the known answers best. */
const byThreshold =
  (measure: Measure): Learner =>
  (known) => {
    const sorted = known.toSorted((one, other) => one[measure] - other[measure]);
    const hiddenInAll = known.filter(({ hidden }) => hidden).length;
    let best = { right: 0, limit: 0, above: true };
    let hiddenBelow = 0;
    sorted.forEach((sample, at) => {
      hiddenBelow += sample.hidden ? 1 : 0;
      const rightAbove = at + 1 - hiddenBelow + (hiddenInAll - hiddenBelow);
      for (const [right, above] of [[rightAbove, true] as const, [known.length - rightAbove, false] as const])
        if (right > best.right) best = { right, limit: sample[measure], above };
    });
    return (sample) => sample[measure] > best.limit === best.above;
  };

const NEAREST = 25;

/** As most of the known answers that were about as much. */
const byNearest =
  (measure: Measure): Learner =>
  (known) => {
    const sorted = known.toSorted((one, other) => one[measure] - other[measure]);
    return (sample) => {
      const found = sorted.findIndex((each) => each[measure] >= sample[measure]);
      const at = found < 0 ? sorted.length : found;
      const around = sorted.slice(Math.max(0, at - NEAREST), at + NEAREST);
      return around.filter(({ hidden }) => hidden).length * 2 > around.length;
    };
  };

const learners: readonly Learner[] = [
  byThreshold('slowness'),
  byThreshold('effort'),
  byNearest('slowness'),
  byNearest('effort'),
  byLookOf(({ status }) => status),
  byLookOf(({ size }) => size),
  byLookOf(({ text }) => text),
  byLookOf(({ headers }) => headers),
];
