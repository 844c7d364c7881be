import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { byPnc, coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Body, itemsOf, runHub, type RunningHub } from './running-hub.js';

describe('the picture that an agency sees', () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await runHub();
    await hub.bringIntoForce(coreAgreement);
  });
  afterAll(() => hub.close());

  const nodes = (body: Body): readonly Body[] =>
    itemsOf(body.data?.offender?.timeline?.edges).map(({ node }) => node as Body);
  const named = (fact: Body | undefined, list: 'fields' | 'withheld'): readonly string[] =>
    itemsOf(fact?.[list]).map(({ name }) => String(name));

  it('differs by agreement: all of it, some of it, nothing', async () => {
    const published = await hub.publish('police', eventOf('police.arrest.recorded'));
    expect(published.status).toBe(201);
    await hub.settle();

    const own = nodes((await hub.ask('police', byPnc)).body);
    const probation = nodes((await hub.ask('probation', byPnc)).body);
    const housing = await hub.ask('housing', byPnc, { purpose: 'resettlement' });
    expect(own[0]?.type).toBe('police.arrest.recorded');
    expect(named(own[0], 'withheld')).toEqual([]);
    expect(named(probation[0], 'fields')).toContain('offences[].cjsCode');
    expect(named(probation[0], 'withheld')).toContain('selfDefinedEthnicity');
    expect(named(probation[0], 'fields')).not.toContain('selfDefinedEthnicity');
    expect(housing.body).toEqual({ data: { offender: null } });

    const byId = `{ offender(id: "${String(published.body.offender)}") { timeline(first: 5) { edges { node { fields { name status value } } } } } }`;
    const [seen] = nodes((await hub.ask('housing', byId, { purpose: 'resettlement' })).body);
    expect(seen?.fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'dateOfBirth',
          status: 'GENERALISED',
          value: expect.stringMatching(/^\d{4}$/),
        }),
      ]),
    );
    expect(named(seen, 'fields')).not.toContain('pnc');
  });

  it('is empty for a purpose that no clause names, and refused without one', async () => {
    expect((await hub.ask('probation', byPnc, { purpose: 'resettlement' })).body).toEqual({
      data: { offender: null },
    });
    const authorization = `Bearer ${await hub.token('probation', ['practitioner'], ['reducing-reoffending'])}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const unstated = await hub.request('POST', '/graphql', {
      headers,
      body: JSON.stringify({ query: byPnc }),
    });
    expect(unstated.status).toBe(400);
    expect(unstated.body.errors?.[0]?.extensions?.code).toBe('purpose-required');
    const foreign = await hub.request('POST', '/graphql', {
      headers: { ...headers, 'x-purpose': 'resettlement' },
      body: JSON.stringify({ query: byPnc }),
    });
    expect(foreign.status).toBe(403);
  });

  it('follows consent the moment its withdrawal is acknowledged', async () => {
    await hub.publish('treatment', eventOf('treatment.attendance.recorded'));
    const seen = async () => nodes((await hub.ask('police', byPnc)).body).map(({ type }) => String(type));
    await hub.settle();
    expect(await seen()).not.toContain('treatment.attendance.recorded');
    await hub.publish('hub', eventOf('hub.consent.given', { consentScope: ['police:HLTH'] }));
    expect(await seen()).toContain('treatment.attendance.recorded');
    await hub.publish('hub', eventOf('hub.consent.withdrawn', { consentScope: ['police:HLTH'] }));
    expect(await seen()).not.toContain('treatment.attendance.recorded');
  });

  it('tells cohort and level, and says which topics are not shared at all', async () => {
    await hub.publish('hub', eventOf('hub.cohort.selected', { cohort: 'Fixed' }));
    await hub.publish('hub', eventOf('hub.management.decided', { levels: ['Priority'] }));
    await hub.settle();
    const { body } = await hub.ask('police', byPnc);
    expect(body.data?.offender?.management).toEqual({ cohorts: ['Fixed'], levels: ['Priority'] });
    const topics = itemsOf(body.data?.offender?.circumstances);
    expect(topics).toContainEqual(expect.objectContaining({ topic: 'accommodation', status: 'NOT_SHARED' }));
    expect(topics).toContainEqual(
      expect.objectContaining({ topic: 'leadProfessional', status: 'NOTHING_SHARED' }),
    );
  });

  it('keeps a corrected fact in history, marked', async () => {
    const first = eventOf('police.charge.laid');
    await hub.publish('police', first);
    await hub.publish('police', eventOf('police.charge.laid', {}, { corrects: first.id }));
    await hub.settle();
    const charges = nodes((await hub.ask('probation', byPnc)).body).filter(
      ({ type }) => String(type) === 'police.charge.laid',
    );
    expect(charges.map(({ superseded }) => superseded)).toEqual(
      expect.arrayContaining([null, { kind: 'corrected' }]),
    );
    expect(charges).toHaveLength(2);
  });

  it('shows a retracted fact as retracted, and the retraction itself not at all', async () => {
    const PERSON = 'noms:A9874ZZ';
    const about = { noms: 'A9874ZZ', pnc: undefined };
    const custody = `{ offender(identifier: { scheme: noms, value: "A9874ZZ" }) {
      circumstances { topic status state } timeline { edges { node { superseded { kind by } } } } } }`;
    const received = eventOf('prison.received', about, { subject: PERSON });
    await hub.publish('prison', received);
    await hub.publish(
      'prison',
      eventOf('prison.received', about, { subject: PERSON, retracts: received.id }),
    );
    await hub.settle();
    const { text } = await hub.ask('prison', custody);
    const { data } = JSON.parse(text) as {
      data: { offender: { circumstances: object[]; timeline: { edges: object[] } } };
    };
    expect(data.offender.circumstances).toContainEqual({
      topic: 'custody',
      status: 'NOTHING_SHARED',
      state: null,
    });
    expect(data.offender.timeline.edges).toEqual([{ node: { superseded: { kind: 'retracted', by: null } } }]);
  });

  it('tells the present from what has happened, not from what is dated in the future', async () => {
    const PERSON = 'noms:A9875ZZ';
    const about = { noms: 'A9875ZZ', pnc: undefined };
    const at = (type: string, time: string) =>
      hub.publish('prison', eventOf(type, about, { subject: PERSON, time }));
    await at('prison.released', '2026-06-01T10:00:00Z');
    await at('prison.received', '9999-12-31T10:00:00Z');
    await hub.settle();
    const { text } = await hub.ask(
      'prison',
      '{ offender(identifier: { scheme: noms, value: "A9875ZZ" }) { circumstances { topic state } } }',
    );
    expect(text).toContain('{"topic":"custody","state":"IN_COMMUNITY"}');
  });

  it('is found by the beginning of a name, whatever its case, only where the name is shared', async () => {
    const { body } = await hub.ask('probation', byPnc);
    const family = String(body.data?.offender?.identity?.familyName);
    const search = `{ offenders(search: { familyName: "${family.slice(0, 3).toUpperCase()}" }) { edges { node { id } } } }`;
    const found = async (agency: string, purpose: string) =>
      itemsOf((await hub.ask(agency, search, { purpose })).body.data?.offenders?.edges);
    expect(await found('probation', 'reducing-reoffending')).toHaveLength(1);
    expect(await found('housing', 'resettlement')).toHaveLength(1);
    expect(await found('treatment', 'resettlement')).toHaveLength(0);
    const short = await hub.ask(
      'probation',
      '{ offenders(search: { familyName: "x" }) { edges { node { id } } } }',
    );
    expect(short.body.errors?.[0]?.extensions?.code).toBeDefined();
    const empty = await hub.ask('probation', '{ offenders(search: {}) { edges { node { id } } } }');
    expect(empty.body.errors?.[0]?.extensions?.code).toBe('search-empty');
  });

  it('pages from a position that stands still', async () => {
    const page = (after?: string) =>
      `{ offender(identifier: { scheme: pnc, value: "${PNC}" }) { timeline(first: 1, order: received${after === undefined ? '' : `, after: "${after}"`}) { edges { node { id } } pageInfo { hasNextPage endCursor } } } }`;
    const first = (await hub.ask('police', page())).body.data?.offender?.timeline;
    await hub.publish('police', eventOf('police.arrest.recorded'));
    await hub.settle();
    const second = (await hub.ask('police', page(String(first?.pageInfo?.endCursor)))).body.data?.offender
      ?.timeline;
    expect(second?.edges?.[0]?.node?.id).not.toEqual(first?.edges?.[0]?.node?.id);
    const broken = await hub.ask('police', page('bm90aGluZw'));
    expect(broken.body.errors?.[0]?.extensions?.code).toBe('cursor');
  });

  it('tells how fresh each publisher is', async () => {
    const { body } = await hub.ask('police', '{ freshness { publisher received facts } }');
    const publishers = itemsOf(body.data?.freshness).map(({ publisher }) => String(publisher));
    expect(publishers).toEqual(['hub', 'police']);
  });
});
