import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { streamOf } from '../../contract/fact.js';
import { type DataProtectionEvent } from '../../domain/erasure/data-protection.js';
import { type PersonHistory } from '../../domain/performance/history.js';
import { type GivenFact, openWorld, recordFact, type World } from '../../testing/world.js';
import { readingOn } from '../event-log/reading-on.js';
import { openHistories, readHistories } from './histories.js';

let world: World;

beforeEach(async () => (world = await openWorld()));
afterEach(() => world.close());

function given(type: string, data: GivenFact['data'], rest: Partial<GivenFact> = {}): Promise<string> {
  const [publisher = ''] = type.split('.');
  return recordFact(world, { offender: 'sam', publisher, type, data, happened: '2015-05-01', ...rest });
}

const decided = (level: string, rest: Partial<GivenFact> = {}): Promise<string> =>
  given('hub.management.decided', { levels: [level], decidedBy: 'Chair' }, rest);
const received = (rest: Partial<GivenFact> = {}): Promise<string> =>
  given('prison.received', { noms: 'A1234BC', prisonId: 'ZZA', reason: 'ADMISSION' }, rest);

const by = { agency: 'hub', user: 'test' };

async function protect(event: DataProtectionEvent): Promise<void> {
  const logged = {
    id: randomUUID(),
    type: event.type,
    metadata: JSON.stringify(event),
    data: new Uint8Array(),
  };
  await world.log.append(streamOf.dataProtection, [logged], 'any');
}

const step = { id: 'step', offender: 'sam', by, at: 2000 };

/** Kept up with the log. */
function followed() {
  const all = openHistories(world.vault);
  return { ...all, refresh: readingOn(world.log, all.take) };
}

function people(histories: readonly PersonHistory[]): readonly (readonly [string, number])[] {
  return histories.map(({ offender, facts }) => [offender, facts.length]);
}

describe('histories', () => {
  it('are everybody’s, each of their own facts', async () => {
    await decided('Priority');
    await decided('Enhanced', { offender: 'nadia' });
    await received();
    const all = await readHistories(world.log, world.vault);
    expect(people(all)).toEqual([
      ['nadia', 1],
      ['sam', 2],
    ]);
    expect(all[1]?.custody).toHaveLength(1);
    expect(all[0]?.case.levels.map(({ value }) => value)).toEqual([['Enhanced']]);
  });

  it('are as known at a moment: what was received by then', async () => {
    await decided('Enhanced', { received: 1000 });
    await received({ received: 3000, offender: 'nadia' });
    await decided('Priority', { received: 3000, happened: '2015-04-01' });
    const all = followed();
    await all.refresh();
    expect(people(all.histories(2999))).toEqual([['sam', 1]]);
    expect(people(all.histories(3000))).toEqual([
      ['nadia', 1],
      ['sam', 2],
    ]);
    expect(people(all.histories(999))).toEqual([]);
  });

  it('do not count what was put right as somebody else’s, from when that was known', async () => {
    const mistaken = await received({ received: 1000 });
    const all = followed();
    await all.refresh();
    expect(people(all.histories())).toEqual([['sam', 1]]);
    await received({ received: 3000, offender: 'nadia', corrects: mistaken });
    await all.refresh();
    expect(people(all.histories())).toEqual([['nadia', 1]]);
    expect(people(all.histories(2999))).toEqual([['sam', 1]]);
    expect(people(await readHistories(world.log, world.vault))).toEqual([['nadia', 1]]);
  });

  it('read on give what reading from nothing gives, and fold only whom something new is about', async () => {
    const kept = followed();
    const wrong = await decided('Enhanced');
    await decided('Enhanced', { offender: 'nadia' });
    await Promise.all([kept.refresh(), kept.refresh()]);
    const [before] = kept.histories();
    await decided('Priority', { corrects: wrong });
    await kept.refresh();
    expect(kept.histories()).toEqual(await readHistories(world.log, world.vault));
    expect(kept.histories()[0]).toBe(before);
    expect(kept.histories()[1]?.case.levels.map(({ value }) => value)).toEqual([['Priority']]);
  });

  it('hold nothing of a person who was erased, before or after it', async () => {
    await decided('Priority');
    const kept = followed();
    await kept.refresh();
    expect(people(kept.histories())).toEqual([['sam', 1]]);
    await protect({
      ...{
        ...step,
        type: 'erasure.made',
        ground: 'unlawful',
        reason: 'r',
        requirement: 'R18',
        quarantined: [],
      },
      counts: { facts: 1, quarantined: 0 },
    });
    await kept.refresh();
    expect(people(kept.histories())).toEqual([]);
    expect(people(kept.histories(5000))).toEqual([]);
    world.vault.erase(['sam']);
    expect(people(await readHistories(world.log, world.vault))).toEqual([]);
  });

  it('leave out what may not be processed, until it may again', async () => {
    await decided('Priority');
    const kept = followed();
    await protect({
      ...step,
      type: 'processing.restricted',
      ground: 'accuracy-contested',
      requirement: 'R18',
    });
    await kept.refresh();
    expect(people(kept.histories())).toEqual([]);
    await protect({ ...step, type: 'processing.restrictionLifted', subjectInformed: '2015-06-01' });
    await kept.refresh();
    expect(people(kept.histories())).toEqual([['sam', 1]]);
  });

  it('leave out one publication that may not be processed', async () => {
    const contested = await received();
    await decided('Priority');
    const publications = [`/prison/test ${contested}`];
    await protect({
      ...step,
      type: 'processing.restricted',
      ground: 'accuracy-contested',
      requirement: 'R18',
      publications,
    });
    const [sam] = await readHistories(world.log, world.vault);
    expect(sam?.facts.map(({ type }) => type)).toEqual(['hub.management.decided']);
  });
});
