import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { byPnc, coreAgreement, eventOf } from './fixtures.js';
import { runHub, type RunningHub } from './running-hub.js';

const LAG = 300;
const ATTENDANCE = 'treatment.attendance.recorded';
const consentScope = ['police:HLTH'];

describe('with read models that lag behind the log', () => {
  let hub: RunningHub;
  let isLagging = false;
  beforeAll(async () => {
    const wait = () => new Promise((resolve) => setTimeout(resolve, isLagging ? LAG : 0));
    hub = await runHub({
      openLog: async (file) => {
        const log = await openEmbeddedLog(file);
        return { ...log, follow: (...from) => delayed(log.follow(...from), wait) };
      },
    });
    await hub.bringIntoForce(coreAgreement);
    await hub.publish('police', eventOf('police.arrest.recorded'));
    await hub.publish('treatment', eventOf(ATTENDANCE));
  });
  afterAll(() => hub.close());

  const seen = async (): Promise<boolean> => (await hub.ask('police', byPnc)).text.includes(ATTENDANCE);

  /** Gives consent, shows that it counts, and has the read models lag from then on. */
  async function consent(): Promise<string> {
    isLagging = false;
    const given = eventOf('hub.consent.given', { consentScope });
    expect((await hub.publish('hub', given)).status).toBe(201);
    await hub.settle();
    expect(await seen()).toBe(true);
    isLagging = true;
    return given.id;
  }

  it('a consent that an event of another type retracts is gone on the first query after the acknowledgement', async () => {
    const retraction = eventOf('hub.needs.assessed', {}, { retracts: await consent() });
    expect((await hub.publish('hub', retraction)).status).toBe(201);
    expect(await seen()).toBe(false);
  });

  it('a consent that an event of another type corrects is gone as soon', async () => {
    const correction = eventOf('hub.needs.assessed', {}, { corrects: await consent() });
    expect((await hub.publish('hub', correction)).status).toBe(201);
    expect(await seen()).toBe(false);
  });

  it('a retraction that comes out of quarantine counts as soon', async () => {
    const retraction = eventOf('hub.needs.assessed', {}, { retracts: await consent() });
    const held = await hub.publish('hub', { ...retraction, data: {} });
    expect(held.status).toBe(202);
    await hub.settle();
    expect(await seen()).toBe(true);
    const released = await hub.request('POST', `/quarantine/${String(held.body.quarantine?.id)}/release`, {
      headers: {
        authorization: `Bearer ${await hub.token('hub', ['publisher'], [])}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ event: retraction }),
    });
    expect(released.status).toBe(201);
    expect(await seen()).toBe(false);
  });
});

async function* delayed<T>(events: AsyncIterable<T>, wait: () => Promise<unknown>): AsyncGenerator<T> {
  for await (const event of events) {
    await wait();
    yield event;
  }
}
