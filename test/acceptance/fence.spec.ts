import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { STALE_AFTER } from '../../apps/hub/query/stale-node.js';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
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
    const held = await hub.publish('hub', { ...retraction, data: { nonsense: true } });
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

/** One clause for each condition that an event about the person may end. */
const conditional = `${coreAgreement.slice(0, coreAgreement.indexOf('clauses:'))}clauses:
${[
  ['marked', 'probation', 'police', 'probation.order.started', 'CJF', ''],
  ['reported', 'courts', 'police', 'court.hearing.listed', 'CJF', ''],
  ['mappa', 'police', 'probation', 'police.arrest.recorded', 'CJF', 'mappa: { levels: [2, 3] }'],
  ['led', 'police', 'housing', 'police.arrest.recorded', 'CJF', 'responsibility: case'],
  ['placed', 'police', 'probation', 'police.arrest.recorded', 'CJF', 'areas: [NW]'],
  ['allocated', 'hub', 'probation', 'hub.cohort.selected', 'CJA', 'responsibility: case'],
]
  .map(
    ([id = '', publisher = '', recipient = '', type = '', field = '', condition = '']) => `  - id: ${id}
    effect: permit
    publishers: [${publisher}]
    recipients: [${recipient}]
    purposes: [reducing-reoffending]
    types: [${type}]
    fields: { clear: ['class:${field}'] }
    reach: history
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b), uk-gdpr: UK GDPR Art 6(1)(e) }
    criminalOffence: DPA 2018 Schedule 1 paragraph 10
${condition === '' ? '' : `    conditions: { ${condition} }`}`,
  )
  .join('\n')}
`.replace('{ agency: treatment, regime: uk-gdpr,', '{ agency: courts, regime: part-3,');

describe('with read models that lag behind what is known of a person', () => {
  let hub: RunningHub;
  let person = '';
  let isLagging = false;
  beforeAll(async () => {
    const wait = () => new Promise((resolve) => setTimeout(resolve, isLagging ? LAG : 0));
    hub = await runHub({
      openLog: async (file) => {
        const log = await openEmbeddedLog(file);
        return { ...log, follow: (...from) => delayed(log.follow(...from), wait) };
      },
    });
    await hub.bringIntoForce(conditional);
    const { body } = await hub.publish('police', eventOf('police.arrest.recorded'));
    person = String(body.offender);
    await hub.publish('probation', eventOf('probation.order.started'));
    await hub.publish('courts', eventOf('court.hearing.listed'));
    await hub.publish('hub', eventOf('hub.cohort.selected'));
  });
  afterAll(() => hub.close());

  const lead = { agency: 'housing', user: 'housing-user' };
  const restrictionId = '00000000-0000-4000-8000-000000000001';
  const mappa = (level: string) =>
    ['hub', 'hub.management.decided', { levels: [level], mappaCategory: 2 }] as const;
  const allocated = (practitionerId: string) =>
    ['probation', 'probation.case.allocated', { practitionerId }] as const;
  const marked = (restriction: string) => ['probation', 'probation.lao.set', { restriction }] as const;
  const restricted = (step: string, data: object) =>
    ['courts', `court.reportingRestriction.${step}`, { restrictionId, ...data }] as const;

  it.each([
    ['a marking of limited access', 'marked', 'police', marked('NONE'), marked('RESTRICTED')],
    [
      'a reporting restriction',
      'reported',
      'police',
      restricted('lifted', {}),
      restricted('imposed', { ends: '2099-01-01' }),
    ],
    ['a MAPPA level that is dropped', 'mappa', 'probation', mappa('MAPPA-2'), mappa('MAPPA-1')],
    [
      'the end of a lead professional',
      'led',
      'housing',
      ['hub', 'hub.leadProfessional.appointed', lead],
      ['hub', 'hub.leadProfessional.ended', lead],
    ],
    [
      'a handover of the lead',
      'allocated',
      'probation',
      ['hub', 'hub.leadProfessional.appointed', { agency: 'probation', user: 'probation-user' }],
      ['hub', 'hub.leadProfessional.handedOver', { agency: 'housing', user: 'another' }],
    ],
    [
      'a handover across the border',
      'placed',
      'probation',
      ['hub', 'hub.area.assigned', { area: 'NW' }],
      ['hub', 'hub.crossBorder.handoverAccepted', { area: 'Nextshire' }],
    ],
    [
      'an allocation to somebody else',
      'allocated',
      'probation',
      allocated('probation-user'),
      allocated('another'),
    ],
  ] as const)('%s counts from the first query after its receipt', async (_, clause, agency, given, taken) => {
    const query = `{ offender(id: "${person}") { timeline(first: 50) { edges { node { fields { clause } } } } } }`;
    const seen = async () => (await hub.ask(agency, query)).text.includes(`core/1#${clause}`);
    const publish = async ([publisher, type, data]: typeof given | typeof taken, time: string) => {
      const { status } = await hub.publish(publisher, eventOf(type, data, { time }));
      expect(status).toBe(201);
    };
    isLagging = false;
    await publish(given, '2025-05-04T10:00:00Z');
    await hub.settle();
    expect(await seen()).toBe(true);
    isLagging = true;
    await publish(taken, '2025-05-05T10:00:00Z');
    expect(await seen()).toBe(false);
  });

  it('records an answer that had to wait at the moment at which it was made', async () => {
    await hub.settle();
    await hub.publish('hub', eventOf('hub.cohort.selected', { cohort: 'Flex' }));
    const asked = Date.now();
    await hub.ask('police', `{ offender(id: "${person}") { id } }`);
    const disclosures: Disclosure[] = [];
    for await (const { metadata } of hub.log.readStream('disclosure-police'))
      disclosures.push(JSON.parse(metadata) as Disclosure);
    expect(disclosures.at(-1)?.at).toBeGreaterThanOrEqual(asked + LAG / 2);
  });
});

describe('with a log that has fallen silent', () => {
  const never = new Promise<never>(() => undefined);
  let hub: RunningHub;
  let isSilent = false;
  let passed = 0;
  beforeAll(async () => {
    hub = await runHub({
      clock: () => Date.now() + passed,
      openLog: async (file) => {
        const log = await openEmbeddedLog(file);
        const head: EventLog['head'] = () => (isSilent ? never : log.head());
        const append: EventLog['append'] = (...given) => (isSilent ? never : log.append(...given));
        return { ...log, head, append };
      },
    });
    await hub.bringIntoForce(coreAgreement);
    await hub.publish('police', eventOf('police.arrest.recorded'));
    await hub.settle();
  });
  afterEach(() => {
    isSilent = false;
    passed = 0;
  });
  afterAll(() => hub.close());

  const codeOf = async (): Promise<string> =>
    String((await hub.ask('probation', byPnc)).body.errors?.[0]?.extensions?.code);

  it('refuses at once after its bound, and answers again once the log does', async () => {
    expect(await codeOf()).toBe('undefined');
    isSilent = true;
    passed = STALE_AFTER + 1;
    expect(await codeOf()).toBe('stale-node');
    isSilent = false;
    await new Promise((heartbeat) => setTimeout(heartbeat, 600));
    expect(await codeOf()).toBe('undefined');
  });

  it('refuses within its bound, though nobody knows yet that it is silent', async () => {
    isSilent = true;
    const asked = performance.now();
    expect(await codeOf()).toBe('stale-node');
    expect(performance.now() - asked).toBeLessThan(STALE_AFTER + 3000);
  }, 15_000);
});

async function* delayed<T>(events: AsyncIterable<T>, wait: () => Promise<unknown>): AsyncGenerator<T> {
  for await (const event of events) {
    await wait();
    yield event;
  }
}
