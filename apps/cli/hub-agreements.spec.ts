import { expect, it } from '@jest/globals';
import { type Ask } from './graphql-client.js';
import { choose } from './hub-agreements.js';

const versionsOf = (...statuses: readonly string[]) =>
  statuses.map((status, index) => ({ reference: 'pair', version: index + 1, status }));

/** A hub that knows these versions. */
const asking =
  (...statuses: readonly string[]): Ask =>
  <T>() =>
    Promise.resolve(JSON.parse(JSON.stringify({ agreements: versionsOf(...statuses) })) as T);

it.each([
  [['inForce', 'proposed'], 'standing', 1],
  [['superseded', 'suspended', 'proposed'], 'standing', 2],
  [['superseded', 'inForce'], 'standing', 2],
  [['terminated', 'proposed'], 'standing', 2],
  [['inForce', 'proposed'], 'newest', 2],
] as const)('of %j the %s version is %s', async (statuses, otherwise, version) => {
  const [chosen] = await choose(asking(...statuses), 'pair', {}, otherwise);
  expect(chosen.version).toBe(version);
});

it('is the named one where one is named', async () => {
  const [chosen] = await choose(asking('inForce', 'proposed'), 'pair', { version: '2' }, 'standing');
  expect(chosen.version).toBe(2);
});
