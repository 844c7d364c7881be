/** Choices that look random and depend on a seed alone: the same on every machine and in every year. */
export interface Random {
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of the items, of which there must be at least one. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** The items in another order. */
  readonly shuffle: <T>(items: readonly T[]) => readonly T[];
}

/** The choices of a seed, or of one stream of it: streams are independent, so one may grow and leave the others. */
export function randomFrom(seed: number, ...stream: readonly number[]): Random {
  const fraction = mulberry32(stream.reduce(mix, mix(0, seed)));
  const whole = (least: number, most: number): number => least + Math.floor(fraction() * (most - least + 1));
  return {
    whole,
    chance: (probability) => fraction() < probability,
    pick: <T>(items: readonly T[]) => items[whole(0, items.length - 1)] as T,
    shuffle: (items) => {
      const keyed = items.map((item) => ({ item, key: fraction() }));
      return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
    },
  };
}

/** Tommy Ettinger's mulberry32: 32 bits of state, fractions in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The finaliser of MurmurHash3 over both numbers: neighbouring seeds give unlike states. */
function mix(state: number, number: number): number {
  let bits = Math.imul(state, 0x9e3779b1) ^ number;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
