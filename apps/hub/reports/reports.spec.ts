import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventOf } from '../../../test/acceptance/fixtures.js';
import { itemsOf, runHub, type RunningHub } from '../../../test/acceptance/running-hub.js';

let hub: RunningHub;
beforeAll(async () => void (hub = await runHub()));
afterAll(() => hub.close());

const principles = `{ report(name: "key-principles") {
  tables { id rows { key label cells { column text } } }
} }`;

async function measureOf(key: string): Promise<Readonly<Record<string, string>>> {
  const { body } = await hub.ask('hub', principles, { roles: ['coordinator'] });
  const table = itemsOf(body.data?.report?.tables).find(({ id }) => String(id) === 'measures');
  const row = itemsOf(table?.rows).find((each) => String(each.key) === key);
  return Object.fromEntries(itemsOf(row?.cells).map(({ column, text }) => [String(column), String(text)]));
}

describe('a report of a running hub', () => {
  it('tells how soon its facts became visible, once it measured that', async () => {
    expect(await measureOf('1.6-3')).toMatchObject({ so: '[x]', enough: 'no' });
    const event = eventOf(
      'hub.area.assigned',
      { crn: 'X123456', area: 'NC' },
      { time: '2026-01-05T10:00:00Z' },
    );
    expect(String((await hub.publish('hub', event)).body.outcome)).toBe('accepted');
    await hub.settle();
    const { so, enough } = await measureOf('1.6-3');
    expect([Number(so) >= 0, enough]).toEqual([true, 'yes']);
  });
});
