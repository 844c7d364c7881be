import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { QUARANTINED, streamOf } from '../../contract/fact.js';
import { openWorld, recordFact, type World } from '../../testing/world.js';
import { readingOn } from '../event-log/reading-on.js';
import { openFeeds, readFeeds } from './feeds.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const placed = (received: number, more: { readonly retracts?: string } = {}) =>
  recordFact(world, {
    ...{ offender: 'sam', publisher: 'housing', type: 'housing.placement.started', received },
    ...{ happened: '2025-03-03', data: { accommodationType: 'hostel' } },
    ...more,
  });

async function held(agency: string, type: string | null, received: number): Promise<string> {
  const [id, metadata] = [randomUUID(), JSON.stringify({ agency, type, received })];
  const event = { id, type: QUARANTINED, metadata, data: new Uint8Array() };
  await world.log.append(streamOf.quarantine(randomUUID()), [event], 'any');
  return id;
}

it('facts and holds are read from the log, without a key, and followed on', async () => {
  const feeds = openFeeds();
  const refresh = readingOn(world.log, feeds.take);
  const first = await placed(1000);
  const hold = await held('prison', null, 2000);
  await Promise.all([refresh(), refresh()]);
  expect(feeds.receipts().map(({ id, kind, agency }) => [id, kind, agency])).toEqual([
    [first, 'told', 'housing'],
    [hold, 'quarantined', 'prison'],
  ]);

  const retraction = await placed(3000, { retracts: first });
  await refresh();
  expect(feeds.receipts().at(-1)).toMatchObject({ id: retraction, kind: 'retracted', received: 3000 });
  expect(feeds.receipts(2000)).toHaveLength(2);
  expect(await readFeeds(world.log)).toEqual(feeds.receipts());
});
