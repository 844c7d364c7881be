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
