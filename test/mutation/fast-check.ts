import fc from 'fast-check';

const MOST_RUNS = 8;

/** Properties in few runs, always the same, that end at the first failure: a mutant that falls needs no smallest example. */
const assert = (<Ts>(property: fc.IRawProperty<Ts>, parameters?: fc.Parameters<Ts>) =>
  fc.assert(property, {
    seed: 1,
    ...parameters,
    numRuns: Math.min(parameters?.numRuns ?? MOST_RUNS, MOST_RUNS),
    endOnFailure: true,
  })) as typeof fc.assert;

export default { ...fc, assert };
