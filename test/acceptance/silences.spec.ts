import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Rounds } from '../../apps/hub/watching/rounds.js';
import { ROUNDS } from '../../apps/hub/watching/watching.tokens.js';
import { developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { type Role } from '../../libs/adapters/caller/caller.js';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
import { asnOf, nomsOf, pncOf } from '../../libs/domain/demonstration/identifiers.js';
import { coreAgreement, eventOf } from './fixtures.js';
import { type Body, itemsOf, runHub, type RunningHub } from './running-hub.js';
import { eventually, watchByEvents, watchBySocket, type Watching } from './watching-client.js';

const LAW = `gateway: Offender Management Act 2007 s.14
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b) }`;
const clause = (id: string, publisher: string, recipient: string, types: string, fields: string) => `
  - id: ${id}
    effect: permit
    publishers: [${publisher}]
    recipients: [${recipient}]
    purposes: [reducing-reoffending]
    types: [${types}]
    reach: history
    fields: { clear: [${fields}] }
    ${LAW}`;

/** Treatment to probation with consent; releases and their plans to probation, plans alone to police. */
const agreement = [
  coreAgreement.replace(
    'purposes:\n',
    '  - { agency: prison, regime: part-3, role: releases, contact: iom@prison.example, dataProtectionOfficer: dpo@prison.example }\npurposes:\n',
  ),
  coreAgreement
    .slice(
      coreAgreement.indexOf('  - id: attendance-to-police'),
      coreAgreement.indexOf('  - id: hub-to-police'),
    )
    .replace('attendance-to-police', 'treatment-to-probation')
    .replace('recipients: [police]', 'recipients: [probation]')
    .replace('treatment.attendance.recorded', "'treatment.*'"),
  clause('prison-to-probation', 'prison', 'probation', "'prison.*'", "'class:CJF'"),
  `${clause('needs-to-probation', 'hub', 'probation', 'hub.needs.assessed', "'class:HLTH'")}
    sensitive: { part-3: DPA 2018 s.35(5), policyDocument: policy }`,
  clause('plans-to-police', 'prison', 'police', 'prison.releasePlanned', "'class:CJF'"),
  '\n',
].join('');

/** Somebody else, whom nobody manages. */
const OTHER = { pnc: pncOf(7, 0, 1999), asn: asnOf(7, 0, 1, 1999), cro: undefined };
const HOUR = 3_600_000;

let hub: RunningHub;
let passed = 0;
let appending: (stream: string) => Promise<void> = () => Promise.resolve();
beforeEach(async () => {
  hub = await runHub({
    clock: () => Date.now() + passed,
    openLog: async (file) => {
      const log = await openEmbeddedLog(file);
      const append: EventLog['append'] = async (stream, ...rest) => {
        await appending(stream);
        return log.append(stream, ...rest);
      };
      return { ...log, append };
    },
  });
  await hub.bringIntoForce(agreement);
  await publish('hub', 'hub.cohort.selected', { cohort: 'Fixed' });
  await publish('hub', 'hub.leadProfessional.appointed', { agency: 'probation', user: 'anna' });
});
afterEach(async () => {
  passed = 0;
  appending = () => Promise.resolve();
  await hub.close();
});

async function publish(agency: string, type: string, data: object = {}, attributes: object = {}) {
  const event = eventOf(type, data, attributes);
  const { status, body } = await hub.publish(agency, event);
  expect([status, body.errors]).toEqual([201, undefined]);
  return event.id;
}

const plan = (releaseDate = '2025-06-10', attributes: object = {}, data: object = {}) =>
  publish('prison', 'prison.releasePlanned', { releaseDate, ...data }, attributes);
const release = (reason = 'RELEASED') =>
  publish('prison', 'prison.released', { reason }, { time: '2025-06-10T09:00:00Z' });

const ITEM = `rule version title due since awaits offender { id } facts { id type fields { name value } }`;

async function silent(
  agency: string,
  {
    user = 'anna',
    scope = 'AGENCY',
    rules,
    more = '',
  }: { user?: string; scope?: string; rules?: readonly string[]; more?: string } = {},
): Promise<Body> {
  await hub.settle();
  const named = rules === undefined ? '' : `, rules: ${JSON.stringify(rules)}`;
  const query = `{ silences(scope: ${scope}${named}${more}) { edges { cursor node { ${ITEM} } } pageInfo { hasNextPage } } }`;
  const { body } = await hub.ask(agency, query, { user });
  return body;
}

const nodesOf = (body: Body): readonly Body[] =>
  itemsOf(body.data?.silences?.edges).map(({ node }) => node ?? {});
const rulesOf = (body: Body): readonly string[] =>
  nodesOf(body)
    .map(({ rule }) => String(rule))
    .sort();

async function records(agency: string): Promise<readonly Disclosure[]> {
  const found = [];
  for await (const { metadata } of hub.log.readStream(`disclosure-${agency}`))
    found.push(JSON.parse(metadata) as Disclosure);
  return found;
}

const RELEASE = ['release-date-passed'];
const NEED = ['need-without-referral'];
const NEEDS_DRUGS = {
  assessedOn: '2025-05-03',
  pathways: [{ pathway: 'drugs-alcohol', scored: true, score: 7, needIdentified: true }],
};

describe('what should have happened', () => {
  it('tells the lead of a release that did not come, with the fact that planned it, until it comes', async () => {
    await plan();
    const body = await silent('probation', { scope: 'MINE', rules: RELEASE });
    const [item, ...others] = nodesOf(body);
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      rule: 'release-date-passed',
      version: 1,
      due: '2025-06-10T23:00:00.000Z',
      since: '2025-06-11T23:00:00.000Z',
      facts: [{ type: 'prison.releasePlanned', fields: [{ name: 'releaseDate', value: '2025-06-10' }] }],
    });
    expect(itemsOf(item?.awaits).map(String)).toContain('prison.released');
    await release('TEMPORARY_ABSENCE_RELEASE');
    expect(rulesOf(await silent('probation', { rules: RELEASE }))).toEqual(RELEASE);
    await release();
    expect(nodesOf(await silent('probation', { rules: RELEASE }))).toEqual([]);
  });

  it('is written into the ledger with the facts that it rests on, and what they say', async () => {
    await plan();
    const [item] = nodesOf(await silent('probation', { rules: RELEASE }));
    const record = (await records('probation')).at(-1);
    expect(record).toMatchObject({ asked: ['silences'], offenders: [String(item?.offender?.id)] });
    const shown = record?.facts.flatMap((fact) => fact.shown['core/1#prison-to-probation']?.clear ?? []);
    expect([record?.facts.length, shown]).toEqual([1, ['releaseDate']]);
  });

  it('is nothing, nor a number, to an agency that may not know of releases, whether they came or not', async () => {
    await plan();
    const before = await silent('police', { rules: RELEASE });
    expect(before).toEqual({ data: { silences: { edges: [], pageInfo: { hasNextPage: false } } } });
    await release();
    expect(await silent('police', { rules: RELEASE })).toEqual(before);
    expect(rulesOf(await silent('police'))).toContain('not-informed');
    expect((await records('police')).at(0)).toMatchObject({ offenders: [], facts: [] });
  });

  it('is nothing to those who may hear of the answer only under a condition that does not hold', async () => {
    await publish('hub', 'hub.needs.assessed', NEEDS_DRUGS);
    const before = await silent('probation', { rules: NEED });
    expect(nodesOf(before)).toEqual([]);
    const referral = await publish('treatment', 'treatment.referral.made');
    expect(await silent('probation', { rules: NEED })).toEqual(before);
    await publish('treatment', 'treatment.referral.made', {}, { retracts: referral });
    await publish('hub', 'hub.consent.given', { consentScope: ['probation:HLTH'] });
    expect(rulesOf(await silent('probation', { rules: NEED }))).toEqual(NEED);
    await publish('treatment', 'treatment.referral.made');
    expect(nodesOf(await silent('probation', { rules: NEED }))).toEqual([]);
  });

  it('is nothing to those who do not see what makes it due', async () => {
    const hidden = agreement
      .replaceAll('core', 'other')
      .replace("types: ['prison.*']", 'types: [prison.released, prison.sentenceDates.changed]');
    await hub.change('terminate', 'core');
    await hub.bringIntoForce(
      `${hidden}${clause('licence', 'prison', 'probation', 'prison.releasePlanned', 'licenceRef')}\n`,
    );
    await plan();
    expect(nodesOf(await silent('probation', { rules: RELEASE }))).toEqual([]);
    expect(rulesOf(await silent('probation'))).toContain('not-informed');
  });

  it('tells an overdue reassessment, longest due first and page by page', async () => {
    await publish('hub', 'hub.needs.assessed', { assessedOn: '2025-05-03' });
    const all = await silent('probation');
    expect(rulesOf(all)).toEqual(['not-informed', 'reassessment-overdue']);
    const due = nodesOf(all).map((each) => String(each.due));
    expect(due).toEqual(due.toSorted());
    const first = await silent('probation', { more: ', first: 1' });
    expect([nodesOf(first).length, first.data?.silences?.pageInfo?.hasNextPage]).toEqual([1, true]);
    expect((await records('probation')).at(-1)?.facts).toHaveLength(1);
    const after = `, first: 5, after: "${String(itemsOf(first.data?.silences?.edges)[0]?.cursor)}"`;
    expect(nodesOf(await silent('probation', { more: after }))).toEqual(nodesOf(all).slice(1));
    await publish('hub', 'hub.needs.assessed', {
      assessedOn: new Date().toISOString().slice(0, 10),
      pathways: [{ pathway: 'health', scored: false, needIdentified: false }],
    });
    expect(rulesOf(await silent('probation', { rules: ['reassessment-overdue'] }))).toEqual([]);
  });

  it('tells MINE of people whom the caller is responsible for, AGENCY also of those known to be managed', async () => {
    await plan('2025-06-10');
    await publish('police', 'police.arrest.recorded', OTHER, { subject: `pnc:${OTHER.pnc}` });
    await plan('2025-06-11', { subject: `pnc:${OTHER.pnc}` }, { noms: nomsOf(7, 0) });
    const dates = async (user: string, scope: string) =>
      nodesOf(await silent('probation', { user, scope, rules: RELEASE })).map(({ due }) =>
        String(due).slice(0, 10),
      );
    expect(await dates('ben', 'MINE')).toEqual([]);
    expect(await dates('ben', 'AGENCY')).toEqual(['2025-06-10']);
    expect(await dates('anna', 'MINE')).toEqual(['2025-06-10']);
  });

  it('is refused for rules that there are not, cursors that are none and pages too large', async () => {
    const codes = [];
    for (const asked of [{ rules: ['nonsense'] }, { more: ', after: "bm9uZQ"' }, { more: ', first: 201' }])
      codes.push(String((await silent('probation', asked)).errors?.[0]?.extensions?.code));
    expect(codes).toEqual(['silence-rule', 'cursor', 'page-size']);
  });
});

describe.each([
  ['WebSocket', watchBySocket],
  ['server-sent events', watchByEvents],
])('silences watched over %s', (_, watch) => {
  let watching: Watching | undefined;
  afterEach(async () => {
    await watching?.stop();
    watching = undefined;
  });
  async function open(query = 'subscription { silences { rule facts { type } } }'): Promise<Watching> {
    await hub.app.listen(0, '127.0.0.1');
    const url = await hub.app.getUrl();
    await hub.settle();
    watching = await watch(hub, url, { agency: 'probation', user: 'anna', query });
    return watching;
  }
  const round = async () => {
    await hub.settle();
    await hub.app.get<Rounds>(ROUNDS).step();
  };
  const toldBy = ({ answers }: Watching) => answers.map(({ data }) => String(data?.silences?.rule)).sort();
  const current = ['not-informed', 'reassessment-overdue'];

  it('tells those that there are, then what is new since, once, each recorded before it arrives', async () => {
    const lead = await open();
    await lead.came(2);
    expect(toldBy(lead)).toEqual(current);
    await plan();
    await round();
    await lead.came(3);
    await round();
    await release();
    await round();
    await plan('2025-07-10', { time: '2025-07-01T10:00:00Z' });
    await round();
    await lead.came(4);
    expect(toldBy(lead)).toEqual([...current, ...RELEASE, ...RELEASE]);
    const kept = (await records('probation')).map(({ asked, facts }) => [asked, facts.length]);
    expect(kept).toEqual(Array.from({ length: 4 }, () => [['silences'], 1]));
  });

  it('tells nothing under a suspended agreement, and all of it anew once it is resumed', async () => {
    const lead = await open();
    await lead.came(2);
    await hub.change('suspend', 'core');
    await plan();
    await round();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(lead.answers).toHaveLength(2);
    await hub.change('resume', 'core');
    await round();
    await lead.came(5);
    expect(toldBy(lead).filter((rule) => rule === 'release-date-passed')).toHaveLength(1);
  });

  it('does not tell what was answered while it waited to be sent', async () => {
    const lead = await open();
    await lead.came(2);
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isHeld = false;
    appending = (stream) => {
      if (!stream.startsWith('disclosure-')) return Promise.resolve();
      isHeld = true;
      return held;
    };
    await publish('hub', 'hub.needs.assessed', { assessedOn: '2025-05-03' });
    await plan('2025-10-10');
    await round();
    await eventually(() => isHeld);
    await release();
    await hub.settle();
    letGo();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(toldBy(lead)).not.toContain('release-date-passed');
  });
});

describe('feeds', () => {
  it('are told when they fall silent: to the agency whose they are, and to whoever watches all for the IOM team', async () => {
    const issuer = developmentIssuer(hub.dir, {});
    const token = (agency: string, roles: readonly Role[]) =>
      issuer.sign({ agency, user: 'someone', roles, purposes: ['reducing-reoffending'], hours: 2000 });
    const authorization = `Bearer ${await token('police', ['publisher'])}`;
    for (let receipt = 0; receipt < 25; receipt += 1) {
      passed += 8 * HOUR;
      const type = receipt === 5 ? 'police.pncOutcome.imported' : 'police.arrest.recorded';
      const { status } = await hub.publish('police', eventOf(type), { authorization });
      expect(status).toBe(201);
    }
    passed += 30 * 24 * HOUR;
    await hub.settle();
    await new Promise((heartbeat) => setTimeout(heartbeat, 400));
    const silentFeeds = async (agency: string, roles: readonly Role[]) => {
      const { body } = await hub.request('POST', '/graphql', {
        headers: {
          authorization: `Bearer ${await token(agency, roles)}`,
          'content-type': 'application/json',
          'x-purpose': 'reducing-reoffending',
        },
        body: JSON.stringify({ query: '{ feedSilences { rule agency type } }' }),
      });
      return itemsOf(body.data?.feedSilences).map((each) => Object.values(each).map(String).join(' '));
    };
    const own = [
      'feed-silent police null',
      'feed-silent police police.arrest.recorded',
      'import-stale police police.pncOutcome.imported',
    ];
    expect(await silentFeeds('police', ['practitioner'])).toEqual(own);
    expect(await silentFeeds('hub', ['coordinator'])).toEqual(own);
    expect(await silentFeeds('hub', ['operator'])).toEqual(own);
    expect(await silentFeeds('hub', ['practitioner'])).toEqual([]);
    expect(await silentFeeds('probation', ['coordinator'])).toEqual([]);
  });
});
