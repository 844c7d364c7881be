import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { arrest, eventsMade } from './http-events.js';
import { type Hub } from './http-hub.js';
import { type Figure, load } from './measure.js';

const SECONDS = 5;

/** Events that a hub takes in a second, beside what an append alone costs, and its memory. */
export async function publishing(hub: Hub, append: number): Promise<readonly Figure[]> {
  const url = `${hub.url}/events`;
  const single = (connections: number) =>
    load({
      url,
      connections,
      seconds: SECONDS,
      headers: hub.publisher,
      body: () => JSON.stringify(arrest()),
      expect: (status) => status === 201,
    });
  const floor = { name: 'raw SQLite append, one fsync each', value: append };
  const before = await rss(hub.process);
  await single(4);
  const warm = await rss(hub.process);
  const one = await single(1);
  const sixteen = await single(16);
  const batches = await load({
    url,
    connections: 4,
    seconds: SECONDS,
    headers: hub.batchPublisher,
    body: () => JSON.stringify(Array.from({ length: 100 }, arrest)),
    expect: (status, body) => status === 200 && !body.includes('"rejected"'),
  });
  const after = await rss(hub.process);
  return [
    { name: 'publish, 1 connection', value: one, unit: 'events/s', floor },
    { name: 'publish, 16 connections', value: sixteen, unit: 'events/s', aim: 4000, floor },
    {
      name: 'publish, batches of 100, 4 connections',
      value: batches * 100,
      unit: 'events/s',
      aim: 20_000,
      floor,
    },
    { name: 'memory at start', value: before / 2 ** 20, unit: 'MiB' },
    { name: 'memory after the first 5 s of publishing', value: warm / 2 ** 20, unit: 'MiB' },
    { name: `memory after ${eventsMade()} events`, value: after / 2 ** 20, unit: 'MiB' },
  ];
}

async function rss(child: ChildProcess): Promise<number> {
  child.send('rss');
  const [answer] = (await once(child, 'message')) as [{ rss: number }];
  return answer.rss;
}
