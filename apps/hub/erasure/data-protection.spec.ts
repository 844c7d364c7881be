import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Caller, type Role } from '../../../libs/adapters/caller/caller.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { parsePublication } from '../../../libs/contract/envelope.js';
import { isFactStream } from '../../../libs/contract/fact.js';
import { sampleData } from '../../../libs/testing/samples.js';
import { openWorld, type World } from '../../../libs/testing/world.js';
import { openFence } from '../fence.js';
import { type Intake, openIntake } from '../intake/intake.js';
import { type Receipt } from '../intake/receipt.js';
import { type DataProtection, openDataProtection } from './data-protection.js';

const PNC = '2001/0171310W';

function callerOf(agency: string, user: string, ...roles: readonly Role[]): Caller {
  return { agency, user, roles, purposes: [], expires: 1e12 };
}

const police = callerOf('police', 'custody', 'publisher');
const head = callerOf('hub', 'head', 'signatory');
const reviewer = callerOf('hub', 'reviewer', 'coordinator');

describe('the room for what is done about data', () => {
  let world: World;
  let intake: Intake;
  let room: DataProtection;
  let offender = '';
  let position = 0;
  let now = Date.parse('2026-03-01T12:00:00Z');
  let serial = 0;

  async function open(vault: KeyVault = world.vault): Promise<void> {
    const { log, dir } = world;
    const clock = (): number => now;
    intake = await openIntake({
      log,
      vault,
      now: clock,
      random: randomBytes,
      indexFile: join(dir, 'intake.sqlite'),
      unexpected: (error) => {
        throw error;
      },
    });
    const reach = (): Promise<void> => Promise.resolve();
    room = await openDataProtection({ log, vault, clock, fence: openFence(0), intake, reach });
  }

  const publish = async (subject = `pnc:${PNC}`): Promise<Receipt> => {
    serial += 1;
    const event = {
      specversion: '1.0',
      id: `arrest-${serial}`,
      source: '/police/custody',
      type: 'police.arrest.recorded',
      subject,
      time: '2026-02-01',
      data: sampleData['police.arrest.recorded'],
    };
    const [receipt] = await intake.publish(police, [parsePublication(JSON.stringify(event))]);
    if (receipt === undefined) throw new Error('no receipt');
    return receipt;
  };
  const erase = (): Promise<unknown> => room.erase(head, offender, 'unlawful');
  const readable = async (): Promise<number> => {
    let open = 0;
    for await (const { stream, id, data } of world.log.readAll(0))
      if (isFactStream(stream) && typeof world.vault.open(offender, `${stream}\n${id}`, data) !== 'symbol')
        open += 1;
    return open;
  };

  beforeEach(async () => {
    world = await openWorld();
    now = Date.parse('2026-03-01T12:00:00Z');
    await open();
    ({ offender = '', position = 0 } = await publish());
    now += 1000;
  });
  afterEach(async () => {
    intake.close();
    await world.close();
  });

  it('finishes at the next start what a stop between the record and the keys left half done', async () => {
    const dying = (): never => {
      throw new Error('the process stopped here');
    };
    intake.close();
    await open({ ...world.vault, erase: (keys) => (keys.length > 0 ? dying() : undefined) });
    await expect(erase()).rejects.toThrow('the process stopped here');
    expect(await readable()).toBe(1);
    expect((await publish()).quarantine?.reason).toBe('erased-person');
    intake.close();
    await open();
    expect(await readable()).toBe(0);
    await expect(world.vault.seal(offender, 'x', randomBytes(8))).rejects.toMatchObject({
      code: 'key-erased',
    });
  });

  it('finishes when it is asked again, and records it once', async () => {
    let refusals = 1;
    intake.close();
    const vault = {
      ...world.vault,
      erase: (keys: readonly string[]) => {
        if (keys.length > 0 && refusals-- > 0) throw new Error('the disk was away');
        world.vault.erase(keys);
      },
    };
    await open(vault);
    await expect(erase()).rejects.toThrow('the disk was away');
    const first = await erase();
    expect(await erase()).toEqual(first);
    expect(await readable()).toBe(0);
    const { steps } = await room.of(head, offender);
    expect(steps.map(({ event }) => event.type)).toEqual(['erasure.made']);
  });

  it('loses nothing that comes meanwhile: it is recorded before, or held', async () => {
    let isErased = false;
    const erasing = erase().then(() => (isErased = true));
    const receipts: Promise<Receipt>[] = [];
    while (!isErased) {
      receipts.push(publish(), publish(`offender:${offender}`));
      await nextTurn();
    }
    await erasing;
    receipts.push(publish());
    const outcomes = (await Promise.all(receipts)).map(
      ({ outcome, quarantine }) => quarantine?.reason ?? outcome,
    );
    const held = outcomes.indexOf('erased-person');
    expect(outcomes.slice(0, held).every((outcome) => outcome === 'accepted')).toBe(true);
    expect(outcomes.slice(held).every((outcome) => outcome === 'erased-person')).toBe(true);
    const types: string[] = [];
    for await (const { stream, type } of world.log.readAll(0))
      if (isFactStream(stream) || type === 'erasure.made') types.push(type);
    expect(types.at(-1)).toBe('erasure.made');
  });

  it('keeps the reasons sealed, and loses them with the person', async () => {
    const reason = 'a complaint that names the person';
    const id = await room.placeHold(head, offender, 'complaint-or-appeal', reason);
    await room.liftHold(head, offender, id, reason);
    await room.review(reviewer, offender, { outcome: 'erase', group: null, nextReview: null }, reason);
    expect((await room.of(head, offender)).steps.map((each) => each.reason)).toEqual([
      reason,
      reason,
      reason,
    ]);
    const inClear: string[] = [];
    for await (const { metadata } of world.log.readAll(0)) inClear.push(metadata);
    expect(inClear.join('\n')).not.toContain('complaint that names');
    await erase();
    expect((await room.of(head, offender)).steps.map((each) => each.reason)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('tells an agency its own steps and requests about its facts, and nothing of others or to strangers', async () => {
    const signatory = callerOf('police', 'inspector', 'signatory');
    await room.placeHold(head, offender, 'complaint-or-appeal', 'of no concern to police');
    await room.requestRectification(head, offender, [position], 'the date is wrong');
    expect((await room.of(signatory, offender)).steps.map(({ event }) => event.type)).toEqual([
      'rectification.requested',
    ]);
    const stranger = callerOf('vcse', 'manager', 'signatory');
    for (const id of [offender, '0000000000000000']) {
      await expect(room.of(stranger, id)).rejects.toMatchObject({ code: 'no-such-person' });
      await expect(
        room.restrict(stranger, id, [1], 'accuracy-contested', 'it is not true'),
      ).rejects.toMatchObject({
        code: 'no-such-person',
      });
    }
    await expect(room.of(callerOf('police', 'x', 'practitioner'), offender)).rejects.toMatchObject({
      code: 'role-required',
    });
  });
});
