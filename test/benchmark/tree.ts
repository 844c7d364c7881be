import { treeRates } from '../../libs/testing/tree-rates.js';
import { type Figure, perSecond } from './measure.js';

const LEAVES = 100_000;
const ROUNDS = 3;

/** The transparency log beside plain SHA-256 over as many bytes, and its proofs made and verified. */
export async function measureTree(): Promise<readonly Figure[]> {
  const { events, plain, inclusion, consistency } = await treeRates(LEAVES, (work) =>
    perSecond(work, 300, ROUNDS),
  );
  const floor = { name: 'SHA-256 of the same bytes', value: plain };
  return [
    { name: floor.name, value: plain, unit: 'events/s' },
    { name: 'events into the tree', value: events, unit: 'events/s', floor },
    { name: 'inclusion proofs of 100,000 leaves', value: inclusion, unit: 'proofs/s' },
    { name: 'consistency proofs of 100,000 leaves', value: consistency, unit: 'proofs/s' },
  ];
}
