import { randomBytes, randomUUID } from 'node:crypto';
import { sealWords } from '../../libs/adapters/audit/question.js';
import { leafHash } from '../../libs/adapters/event-log/leaf-hash.js';
import { openWorld } from '../../libs/testing/world.js';
import { type Figure, median, perSecond } from './measure.js';

const MICROSECONDS = 1_000_000;
const EVENT_METADATA = JSON.stringify({ of: 'an event', with: 'a'.repeat(600) });
const BODY = 'b'.repeat(7400);
const WORDS = { justification: 'a routine review', question: null };

/** What the Merkle leaf costs a publish, and what sealing and hashing for the ledger cost a query, without the append. */
export async function measureRecord(): Promise<readonly Figure[]> {
  const event = {
    id: randomUUID(),
    type: 'thing.happened',
    metadata: EVENT_METADATA,
    data: randomBytes(800),
  };
  const leaf = MICROSECONDS / perSecond(() => leafHash('things', event));
  const sealing = { one: await sealingOf(1), twenty: await sealingOf(20) };
  return [
    { name: 'leaf hash of an event, in each publish', value: leaf, unit: 'µs' },
    { name: 'record of an answer about one person', value: sealing.one, unit: 'µs' },
    { name: 'record of an answer about twenty people', value: sealing.twenty, unit: 'µs' },
  ];
}

/** Median microseconds for sealing the asker's words under the keys of so many people and hashing the answer. */
async function sealingOf(people: number): Promise<number> {
  const { vault, close } = await openWorld();
  try {
    const keys = Array.from({ length: people }, (_, index) => `person-${index}`);
    const taken: number[] = [];
    for (let round = 0; round < 2000; round += 1) {
      const begun = performance.now();
      await sealWords(vault, { stream: 'disclosure-police', id: randomUUID() }, keys, WORDS);
      vault.pseudonym('answer', BODY);
      taken.push((performance.now() - begun) * 1000);
    }
    return median(taken);
  } finally {
    await close();
  }
}
