import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { byPnc, coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Answer, runHub, type RunningHub } from './running-hub.js';

describe('a person of whom nothing is granted', () => {
  let hub: RunningHub;
  let person = '';
  beforeAll(async () => {
    hub = await runHub();
    await hub.bringIntoForce(coreAgreement);
    const { body } = await hub.publish('police', eventOf('police.arrest.recorded'));
    person = String(body.offender);
    await hub.settle();
  });
  afterAll(() => hub.close());

  const seen = ({ status, text, headers }: Answer) => ({
    status,
    text,
    headers: { ...headers, date: undefined },
  });

  it('cannot be told from one whom the hub does not know, by status, body or headers', async () => {
    const probes: readonly (readonly [string, string])[] = [
      [byPnc, byPnc.replace(PNC, '2002/0073319Z')],
      [`{ offender(id: "${person}") { id } }`, '{ offender(id: "P0000000000X") { id } }'],
      [
        '{ offenders(search: { familyName: "Sam" }) { edges { node { id } } pageInfo { hasNextPage endCursor } } }',
        '{ offenders(search: { familyName: "Nob" }) { edges { node { id } } pageInfo { hasNextPage endCursor } } }',
      ],
    ];
    for (const [known, unknown] of probes) {
      const one = seen(await hub.ask('treatment', known));
      const other = seen(await hub.ask('treatment', unknown));
      expect(one).toEqual(other);
      expect(one.status).toBe(200);
      expect(JSON.parse(one.text)).not.toHaveProperty('errors');
    }
  });

  it('stays hidden behind aliases, fragments, directives and variables', async () => {
    const query = (id: string) => `query ($yes: Boolean = true) {
      one: offender(id: "${id}") { ...all @include(if: $yes) }
      two: offender(identifier: { scheme: pnc, value: "x" }) @skip(if: $yes) { id }
      three: offender(id: "${id}") { timeline(first: 201) { edges { cursor } } } }
      fragment all on Offender { __typename id }`;
    const one = seen(await hub.ask('treatment', query(person)));
    expect(one).toEqual(seen(await hub.ask('treatment', query('P0000000000X'))));
    expect(JSON.parse(one.text)).toEqual({ data: { one: null, three: null } });
  });

  it('leaves the same lines in the ledger of who asked', async () => {
    const user = 'curious';
    for (const id of [person, 'P0000000000X'])
      await hub.ask('treatment', `{ offender(id: "${id}") { id } }`, { user });
    await hub.settle();
    const query =
      '{ disclosures { edges { node { asked offenders facts { offender } clauses } } pageInfo { hasNextPage } } }';
    const { body } = await hub.ask('treatment', query, { user });
    const line = { node: { asked: ['offender'], offenders: [], facts: [], clauses: [] } };
    expect(body.data?.disclosures).toEqual({ edges: [line, line], pageInfo: { hasNextPage: false } });
  });

  it('is one of a schema that is the same for everybody', async () => {
    const query = '{ __schema { types { name fields { name args { name } } enumValues { name } } } }';
    const { text } = await hub.ask('treatment', query);
    expect(text).toContain('"Offender"');
    expect((await hub.ask('police', query)).text).toBe(text);
    expect((await hub.ask('auditor', query, { roles: ['auditor'] })).text).toBe(text);
  });

  it('cannot be asked about in a batch of questions', async () => {
    const authorization = `Bearer ${await hub.token('treatment', ['practitioner'], ['reducing-reoffending'])}`;
    const headers = {
      authorization,
      'content-type': 'application/json',
      'x-purpose': 'reducing-reoffending',
    };
    const ask = (id: string) =>
      hub.request('POST', '/graphql', {
        headers,
        body: JSON.stringify([{ query: `{ offender(id: "${id}") { id } }` }]),
      });
    const one = seen(await ask(person));
    expect(one).toEqual(seen(await ask('P0000000000X')));
    expect(one.status).toBe(400);
  });

  it('is told to a publisher in a receipt like that of a person nobody knew', async () => {
    const about = (pnc: string) =>
      hub.publish(
        'treatment',
        eventOf('treatment.attendance.recorded', { nhs: undefined }, { subject: `pnc:${pnc}` }),
      );
    const known = await about(PNC);
    const first = await about('2002/0073319Z');
    expect([known.status, first.status]).toEqual([201, 201]);
    expect(Object.keys(known.body)).toEqual(Object.keys(first.body));
    const alike = ({ text }: Answer) =>
      text.replace(/"(position":\d+|(id|offender|received)":"[^"]*")/g, '"$2"');
    expect(alike(known)).toBe(alike(first));
  });

  it('is there for who may see them, so the probes above are of somebody', async () => {
    const { text } = await hub.ask('police', `{ offender(id: "${person}") { id } }`);
    expect(JSON.parse(text)).toEqual({ data: { offender: { id: person } } });
  });

  it('stays hidden from callers without a role to ask', async () => {
    const { body } = await hub.ask('police', byPnc, { roles: ['publisher'] });
    expect(body.errors?.[0]?.extensions?.code).toBe('role-required');
    expect(body.data?.offender ?? null).toBeNull();
  });
});
