import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { STALE_AFTER } from '../../apps/hub/query/stale-node.js';
import { type Caseloads } from '../../apps/hub/watching/caseloads.js';
import { CASELOADS } from '../../apps/hub/watching/watching.tokens.js';
import { openWords } from '../../libs/adapters/audit/question.js';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { KEY_VAULT } from '../../apps/hub/storage.module.js';
import { type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
import { asnOf, pncOf } from '../../libs/domain/demonstration/identifiers.js';
import { coreAgreement, eventOf } from './fixtures.js';
import { type Body, itemsOf, runHub, type RunningHub } from './running-hub.js';
import { eventually, watchByEvents, watchBySocket, type Watched, type Watching } from './watching-client.js';

const clause = (id: string, publisher: string, recipient: string, type: string, rest: string): string => `
  - id: ${id}
    effect: permit
    publishers: [${publisher}]
    recipients: [${recipient}]
    purposes: [reducing-reoffending]
    types: [${type}]
    reach: history
    ${rest}`;
const supervision = `gateway: Offender Management Act 2007 s.14
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b) }`;
const attendance = coreAgreement
  .slice(
    coreAgreement.indexOf('  - id: attendance-to-police'),
    coreAgreement.indexOf('  - id: hub-to-police'),
  )
  .replace('attendance-to-police', 'attendance-to-probation')
  .replace('recipients: [police]', 'recipients: [probation]');
const agreement = [
  coreAgreement.replace(
    'purposes:\n',
    '  - { agency: prison, regime: part-3, role: releases, contact: iom@prison.example, dataProtectionOfficer: dpo@prison.example }\npurposes:\n',
  ),
  attendance,
  clause(
    'release',
    'prison',
    'probation',
    'prison.released',
    `fields: { clear: ['class:CJF'] }\n    ${supervision}`,
  ),
  clause(
    'recall',
    'probation',
    'police',
    'probation.recall.decided',
    `fields: { clear: [recallType] }\n    ${supervision}`,
  ),
  clause(
    'tenancy',
    'housing',
    'probation',
    'housing.placement.ended',
    `fields: { clear: [departedOn] }
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b), uk-gdpr: UK GDPR Art 6(1)(e) }`,
  ),
  '\n',
].join('');

/** Somebody else, whom nobody manages. */
const STRANGER = { pnc: pncOf(7, 0, 1999), asn: asnOf(7, 0, 1, 1999), cro: undefined };

const anna: Watched = { agency: 'probation', user: 'anna' };

describe.each([
  ['WebSocket', watchBySocket],
  ['server-sent events', watchByEvents],
])('a caseload watched over %s', (_, watch) => {
  let hub: RunningHub;
  let url = '';
  let passed = 0;
  let isSilent = false;
  let appended: (stream: string) => Promise<void> = () => Promise.resolve();
  const watchings: Watching[] = [];
  beforeEach(async () => {
    hub = await runHub({
      clock: () => Date.now() + passed,
      openLog: async (file) => {
        const log = await openEmbeddedLog(file);
        const append: EventLog['append'] = async (stream, ...rest) => {
          const result = await log.append(stream, ...rest);
          await appended(stream);
          return result;
        };
        const head: EventLog['head'] = () => (isSilent ? new Promise(() => undefined) : log.head());
        return { ...log, append, head };
      },
    });
    await hub.app.listen(0, '127.0.0.1');
    url = await hub.app.getUrl();
    await hub.bringIntoForce(agreement);
    await publish('hub', 'hub.cohort.selected', { cohort: 'Fixed' });
    await publish('hub', 'hub.leadProfessional.appointed', { agency: 'probation', user: 'anna' });
    await hub.settle();
  });
  afterEach(async () => {
    await Promise.all(watchings.splice(0).map((each) => each.stop()));
    passed = 0;
    isSilent = false;
    appended = () => Promise.resolve();
    await hub.close();
  });

  async function publish(agency: string, type: string, data: object = {}, attributes: object = {}) {
    const event = eventOf(type, data, attributes);
    const { status, body } = await hub.publish(agency, event);
    expect([status, body.errors]).toEqual([201, undefined]);
    return event.id;
  }
  async function open(watched: Watched): Promise<Watching> {
    const watching = await watch(hub, url, watched);
    watchings.push(watching);
    return watching;
  }
  async function records(agency: string): Promise<readonly (Disclosure & { readonly position: number })[]> {
    const found = [];
    for await (const { position, metadata } of hub.log.readStream(`disclosure-${agency}`))
      found.push({ position, ...(JSON.parse(metadata) as Disclosure) });
    return found;
  }
  /** An arrest of nobody in particular, by which it is known that whatever came before it was looked at. */
  const arrest = (attributes: object = {}, data: object = {}) =>
    publish('police', 'police.arrest.recorded', data, attributes);

  it('brings an arrest to the lead, minimised, and to nobody else who may not know', async () => {
    const [lead, colleague, agency, housing, treatment] = await Promise.all([
      open(anna),
      open({ agency: 'probation', user: 'ben' }),
      open({ agency: 'probation', user: 'ben', scope: 'AGENCY' }),
      open({ agency: 'housing', scope: 'AGENCY', purpose: 'resettlement' }),
      open({ agency: 'treatment', scope: 'AGENCY' }),
    ]);
    await arrest({ time: '2025-05-04T09:00:00Z' });
    await lead.came(1);
    await agency.came(1);
    const item = lead.answers[0]?.data?.caseload;
    expect(item).toMatchObject({
      kind: 'arrest',
      corrects: null,
      retracted: false,
      happened: { verbatim: '2025-05-04T09:00:00Z' },
      fact: { type: 'police.arrest.recorded', publisher: 'police' },
    });
    const clauses = itemsOf(item?.fact?.fields).map(({ clause: each }) => String(each));
    expect(new Set(clauses)).toEqual(new Set(['core/1#police-to-probation']));
    expect(itemsOf(item?.fact?.withheld).map(({ name }) => String(name))).toContain('victimRefs');
    expect(agency.kinds()).toEqual(['arrest']);
    for (const other of [colleague, housing, treatment]) expect(other.kinds()).toEqual([]);
    for (const other of ['housing', 'treatment']) expect(await records(other)).toEqual([]);
  });

  it('writes each item into the ledger before it arrives: who, why, which fields of which facts, what was asked', async () => {
    let arrived: Promise<readonly Disclosure[]> | undefined;
    const lead = await open({
      ...anna,
      justification: 'my caseload today',
      onAnswer: () => {
        arrived = records('probation');
      },
    });
    appended = (stream) =>
      new Promise((resolve) => setTimeout(resolve, stream.startsWith('disclosure-') ? 150 : 0));
    await arrest();
    await lead.came(1);
    const [record, ...others] = (await arrived) ?? [];
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      agency: 'probation',
      user: 'anna',
      purpose: 'reducing-reoffending',
      roles: ['practitioner'],
      asked: ['caseload'],
      offenders: [String(lead.answers[0]?.data?.caseload?.offender?.id)],
    });
    const shown = record?.facts.flatMap((fact) => Object.keys(fact.shown)) ?? [];
    expect(shown).toContain('core/1#police-to-probation');
    const told = itemsOf(lead.answers[0]?.data?.caseload?.fact?.fields).map(({ name }) => String(name));
    const noted = record?.facts.flatMap((fact) => fact.shown['core/1#police-to-probation']?.clear ?? []);
    expect(noted).toEqual(expect.arrayContaining(told));
    for await (const event of hub.log.readStream('disclosure-probation')) {
      const words = openWords(hub.app.get<KeyVault>(KEY_VAULT), event);
      expect(words).toMatchObject({ justification: 'my caseload today', question: { variables: {} } });
      expect(JSON.stringify(words)).toContain('subscription { caseload');
    }
  });

  it('sends nothing whose record cannot be written, and ends', async () => {
    const lead = await open(anna);
    appended = (stream) =>
      stream.startsWith('disclosure-') ? Promise.reject(new Error('disk full')) : Promise.resolve();
    await arrest();
    expect(await lead.ended).toBe('errors internal');
    expect(lead.answers).toEqual([]);
  });

  it('ends with what ended: nothing after the acknowledgement of a suspension, and no record of it', async () => {
    const lead = await open(anna);
    await arrest();
    await lead.came(1);
    await hub.change('suspend', 'core');
    const head = await hub.log.head();
    await arrest();
    await hub.settle();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(lead.kinds()).toEqual(['arrest']);
    expect((await records('probation')).filter(({ position }) => position > head)).toEqual([]);
    await hub.change('resume', 'core');
    await arrest();
    await lead.came(2);
  });

  it('holds back an item that was being recorded when the suspension was acknowledged', async () => {
    const lead = await open(anna);
    appended = async (stream) => {
      if (!stream.startsWith('disclosure-')) return;
      appended = () => Promise.resolve();
      await hub.change('suspend', 'core');
    };
    await arrest();
    await hub.settle();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lead.answers).toEqual([]);
    expect(await records('probation')).toHaveLength(1);
  });

  it('tells of recall, release, missed treatment and the end of a tenancy, in order, and of nothing else', async () => {
    await publish('hub', 'hub.consent.given', { consentScope: ['probation:HLTH'] });
    await hub.settle();
    const lead = await open(anna);
    await publish('police', 'police.charge.laid');
    await publish('treatment', 'treatment.attendance.recorded', { attendance: 'kept' });
    await publish('treatment', 'treatment.attendance.recorded', { attendance: 'missed' });
    await publish('prison', 'prison.released', { reason: 'SENT_TO_COURT' });
    await publish('prison', 'prison.released', { reason: 'RELEASED' });
    await publish('probation', 'probation.recall.decided');
    await publish('housing', 'housing.placement.started');
    await publish('housing', 'housing.placement.ended');
    await lead.came(5);
    expect(lead.kinds()).toEqual(['charge', 'missed-treatment', 'release', 'recall', 'tenancy-end']);
    const tenancy = lead.answers.at(-1)?.data?.caseload?.fact;
    expect(itemsOf(tenancy?.fields).map(({ name }) => String(name))).toEqual(['departedOn']);
  });

  it('tells of a positive drug test only where its result may be known, and never of a negative one', async () => {
    await publish('hub', 'hub.leadProfessional.appointed', { agency: 'police', user: 'paul' });
    await hub.settle();
    const lead = await open({ ...anna, scope: 'AGENCY' });
    const paul = await open({ agency: 'police', user: 'paul', scope: 'AGENCY' });
    await publish('police', 'police.drugTest.performed', { result: 'negative', substances: [] });
    await publish('police', 'police.drugTest.performed', { result: 'positive' });
    await arrest();
    await lead.came(1);
    await paul.came(2);
    expect(lead.kinds()).toEqual(['arrest']);
    expect(paul.kinds()).toEqual(['positive-drug-test', 'arrest']);
    const [first] = await records('police');
    expect(
      first?.facts.flatMap(({ shown }) => Object.values(shown).flatMap(({ clear = [] }) => clear)),
    ).toContain('result');
  });

  it('tells of nobody whom the caller does not know to be managed', async () => {
    const agency = await open({ agency: 'probation', user: 'ben', scope: 'AGENCY' });
    await arrest({ subject: `pnc:${STRANGER.pnc}` }, STRANGER);
    await arrest();
    await agency.came(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(agency.kinds()).toEqual(['arrest']);
    expect(await records('probation')).toHaveLength(1);
  });

  it('sends a correction as one, a retraction as one, and late facts with the time when they happened', async () => {
    const lead = await open(anna);
    const first = await arrest({ time: '2019-05-03T10:00:00Z' });
    await lead.came(1);
    const second = await arrest({ corrects: first });
    await lead.came(2);
    await arrest({ retracts: second });
    await lead.came(3);
    expect(lead.kinds()).toEqual(['arrest', 'arrest', 'arrest!']);
    const [one, two, three] = lead.answers.map(({ data }) => data?.caseload);
    expect(one?.happened?.verbatim).toBe('2019-05-03T10:00:00Z');
    expect(two?.corrects).toBe(one?.fact?.id);
    expect(three?.fact).toMatchObject({ id: two?.fact?.id, superseded: { kind: 'retracted' } });
  });

  it('takes back what a correction made into something else', async () => {
    const paul = await open({ agency: 'police', user: 'paul', scope: 'AGENCY' });
    const test = await publish('police', 'police.drugTest.performed', { result: 'positive' });
    await paul.came(1);
    await publish('police', 'police.drugTest.performed', { result: 'invalid' }, { corrects: test });
    await paul.came(2);
    expect(paul.kinds()).toEqual(['positive-drug-test', 'positive-drug-test!']);
  });

  it('tells nothing of what was taken back before it was told', async () => {
    const paul = await open({ agency: 'police', user: 'paul', scope: 'AGENCY' });
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    appended = (stream) => (stream.startsWith('disclosure-') ? released : Promise.resolve());
    await arrest();
    const test = await publish('police', 'police.drugTest.performed', { result: 'positive' });
    await publish('police', 'police.drugTest.performed', { result: 'invalid' }, { corrects: test });
    await arrest();
    await hub.settle();
    release();
    await paul.came(2);
    expect(paul.kinds()).toEqual(['arrest', 'arrest']);
  });

  it('ends when the token does', async () => {
    const lead = await open({ ...anna, hours: 1.5 / 3600 });
    expect(await lead.ended).toMatch(/token-expired/);
    await arrest();
    await hub.settle();
    expect(lead.answers).toEqual([]);
    expect(hub.app.get<Caseloads>(CASELOADS).size()).toBe(0);
  });

  it('ends, without another item, once the responsibility or the log is gone', async () => {
    const lead = await open(anna);
    await publish('hub', 'hub.leadProfessional.ended', { agency: 'probation', user: 'anna' });
    await arrest();
    await hub.settle();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(lead.answers).toEqual([]);
    isSilent = true;
    passed = STALE_AFTER + 1000;
    expect(await lead.ended).toMatch(/stale-node/);
  });

  const refused = [
    [
      'a purpose that the token does not hold',
      { ...anna, held: ['resettlement'] },
      /(4403|403) purpose-not-held/,
    ],
    ['no purpose', { ...anna, purpose: '', held: [] }, /(4400|400) purpose-required/],
    ['a justification too short', { ...anna, justification: 'x' }, /(4400|400) justification/],
    ['another role', { ...anna, roles: ['signatory'] }, /(403|errors) role-required/],
    ['a query', { ...anna, query: '{ freshness { publisher } }' }, /(400|errors) not-a-subscription/],
    [
      'too many aliases',
      {
        ...anna,
        query: `subscription { caseload { ${Array.from({ length: 20 }, (_each, at) => `k${at}: kind`).join(' ')} } }`,
      },
      /(400|errors) GRAPHQL_VALIDATION_FAILED/,
    ],
    [
      'an unknown scope',
      { ...anna, query: 'subscription { caseload(scope: EVERYBODY) { kind } }' },
      /(400|errors) GRAPHQL_VALIDATION_FAILED/,
    ],
  ] as const;

  it('is refused wherever a question would be, and says why', async () => {
    for (const [reason, watched, refusal] of refused) {
      const how = await (await open(watched)).ended;
      expect([reason, how]).toEqual([reason, expect.stringMatching(refusal)]);
    }
    expect(hub.app.get<Caseloads>(CASELOADS).size()).toBe(0);
  });

  it('is opened five times by one user, and no more', async () => {
    const five: Watching[] = [];
    while (five.length < 5) five.push(await open(anna));
    const sixth = await open(anna);
    expect(await sixth.ended).toMatch(/too-many-subscriptions/);
    await five[0]?.stop();
    await eventually(() => hub.app.get<Caseloads>(CASELOADS).size() === 4);
    const again = await open(anna);
    await arrest();
    await again.came(1);
  });
});

describe('POST /graphql', () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await runHub();
  });
  afterAll(() => hub.close());

  it('takes no subscription', async () => {
    const { body }: { body: Body } = await hub.ask('probation', 'subscription { caseload { kind } }');
    expect(body.errors?.[0]?.extensions?.code).toBe('subscribe-elsewhere');
  });
});
