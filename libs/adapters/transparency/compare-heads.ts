import { type Checkpoint, type SignedCheckpoint } from './checkpoint.js';
import { EMPTY_ROOT, verifyConsistency } from './merkle.js';

/** Finds the hashes that prove one tree to begin with another, or nothing when nobody gives them. */
export type FindProof = (from: number, to: number) => Promise<readonly Uint8Array[] | undefined>;

/** Two heads under valid signatures of one log. `split`: they cannot both be of one history, which proves misconduct. */
export interface HeadComparison {
  readonly outcome: 'same' | 'continued' | 'split' | 'unproven';
  readonly one: SignedCheckpoint;
  readonly other: SignedCheckpoint;
}

/**
 * Compares each head with every other (beyond-the-peers 10). Two of the same size must have the same root; of different
 * sizes, a proof of consistency must link them: one that does not hold leaves the pair `unproven`, since whoever gave it
 * may be at fault.
 */
export async function compareHeads(
  heads: readonly SignedCheckpoint[],
  findProof: FindProof,
): Promise<readonly HeadComparison[]> {
  const pairs = heads.flatMap((one, index) => heads.slice(index + 1).map((other) => ({ one, other })));
  const compared: HeadComparison[] = [];
  for (const pair of pairs)
    compared.push({ ...pair, outcome: await outcomeOf(pair.one, pair.other, findProof) });
  return compared;
}

async function outcomeOf(
  one: Checkpoint,
  other: Checkpoint,
  findProof: FindProof,
): Promise<HeadComparison['outcome']> {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  if (small.size === large.size) return isSame(small.root, large.root) ? 'same' : 'split';
  if (small.size === 0) return isSame(small.root, EMPTY_ROOT) ? 'continued' : 'split';
  const proof = await findProof(small.size, large.size);
  const { size: from, root: first } = small;
  return proof !== undefined && verifyConsistency(from, large.size, first, large.root, proof)
    ? 'continued'
    : 'unproven';
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
