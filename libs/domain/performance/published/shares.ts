import { type Random } from '../../demonstration/random.js';

/** Whole numbers that add up to a total, each from `least` to `most`: unequal, and decided by the seed. */
export function sharesOf(
  total: number,
  people: number,
  random: Random,
  { least, most }: { readonly least: number; readonly most: number },
): readonly number[] {
  const shares = Array.from({ length: people }, () => least);
  for (let rest = total - least * people; rest > 0; rest -= 1) {
    const open = shares.flatMap((share, index) => (share < most ? [index] : []));
    const chosen = random.pick(open);
    shares[chosen] = (shares[chosen] ?? 0) + 1;
  }
  return shares;
}

/** The part of a whole number that falls to a group, rounded. */
export function portion(whole: number, part: number, of: number): number {
  return Math.round((whole * part) / of);
}
