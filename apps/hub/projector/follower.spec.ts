import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { identifierPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { openEmbeddedReader } from '../../../libs/adapters/read-store/embedded-reader.js';
import { openEmbeddedWriter } from '../../../libs/adapters/read-store/embedded-writer.js';
import { sampleData } from '../../../libs/testing/samples.js';
import { digestAll, openWorld, rebuildAll, recordFact, type World } from '../../../libs/testing/world.js';
import { type Follower, type FollowerParts, startFollower } from './follower.js';

describe('the follower', () => {
  let world: World;
  let follower: Follower | undefined;
  const faults: unknown[] = [];
  beforeEach(async () => {
    world = await openWorld();
    faults.length = 0;
  });
  afterEach(async () => {
    await follower?.stop();
    await world.close();
  });

  const live = (): string => join(world.dir, 'live');
  function start(more: Partial<FollowerParts> = {}): Follower {
    follower = startFollower({
      log: world.log,
      vault: world.vault,
      openModels: () => openEmbeddedWriter(live(), identifierPseudonym(world.vault)),
      clock: Date.now,
      onVisible: () => undefined,
      onFault: (error) => faults.push(error),
      ...more,
    });
    return follower;
  }
  const arrest = (offender: string): Promise<string> =>
    recordFact(world, {
      offender,
      publisher: 'police',
      type: 'police.arrest.recorded',
      data: sampleData['police.arrest.recorded'] ?? {},
    });

  it('catches up, stays live, and ends with the same content as a rebuild', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => arrest(`P${index}`)));
    const { reach, position } = start();
    await arrest('PLIVE');
    await reach(await world.log.head(), 10_000);
    expect(position()).toBe(await world.log.head());
    await follower?.stop();
    follower = undefined;
    expect(digestAll(live())).toEqual(digestAll(await rebuildAll(world, 'rebuilt')));
  });

  it('starts again after a fault, with nothing half-written and nothing left out', async () => {
    let failures = 2;
    const vault: World['vault'] = {
      ...world.vault,
      open: (keyId, context, sealed) => {
        if (keyId === 'P7' && failures > 0) {
          failures -= 1;
          throw new Error('the disk was away');
        }
        return world.vault.open(keyId, context, sealed);
      },
    };
    for (let index = 0; index < 12; index += 1) await arrest(`P${index}`);
    const { reach } = start({ vault });
    await reach(await world.log.head(), 10_000);
    expect(faults).toHaveLength(2);
    const reader = openEmbeddedReader(live(), 'police');
    const decisions = [...reader.grants().keys()];
    expect(reader.freshness(decisions, { except: [] })).toEqual([
      expect.objectContaining({ publisher: 'police', facts: 12 }),
    ]);
    reader.close();
  });

  it('says since when it has not heard from the log', async () => {
    let now = 1_000_000;
    let answers = true;
    const log: World['log'] = {
      ...world.log,
      head: () => (answers ? world.log.head() : Promise.reject(new Error('gone'))),
    };
    const { lastHeard } = start({ log, clock: () => now });
    now += 60_000;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(lastHeard()).toBe(now);
    answers = false;
    now += 60_000;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(lastHeard()).toBe(now - 60_000);
  });

  it('gives up waiting for a position that does not come', async () => {
    const { reach } = start();
    await expect(reach((await world.log.head()) + 1, 50)).rejects.toMatchObject({
      code: 'projection-behind',
    });
  });

  it('tells how long after its receipt a fact was visible, of those received since it began', async () => {
    const visible: number[] = [];
    await arrest('P0000000001A');
    start({ onVisible: (milliseconds) => visible.push(milliseconds), clock: () => 2e12 });
    await recordFact(world, {
      offender: 'P0000000001A',
      publisher: 'police',
      type: 'police.arrest.recorded',
      data: sampleData['police.arrest.recorded'] ?? {},
      received: 2e12,
    });
    await follower?.reach(await world.log.head(), 5000);
    expect(visible).toEqual([0]);
  });
});
