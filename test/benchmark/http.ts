import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { sampleData } from '../../libs/testing/samples.js';
import { type Figure, load, median, percentile } from './measure.js';

const SECONDS = 5;
const PEOPLE = 2000;
/** Facts with few fields, as most of a timeline is: a picture of twenty is about 6 kB. */
const SHORT = {
  type: 'police.iom.flag.set',
  data: { flag: 'IOM', cohortCode: 'FIXED', from: '2025-03-10' },
};
const FACTS = 20;
const PICTURED = 200;

const QUERY = `query Picture($pnc: String!) {
  offender(identifier: { scheme: pnc, value: $pnc }) {
    id
    timeline(first: ${FACTS}) { edges { node { id type publisher happened { verbatim precision } received fields { name value } } } }
  }
}`;

interface Hub {
  readonly process: ChildProcess;
  readonly url: string;
  readonly publisher: Readonly<Record<string, string>>;
  readonly batchPublisher: Readonly<Record<string, string>>;
  readonly practitioner: Readonly<Record<string, string>>;
}

/** Publishing, asking, and the time between, over HTTP with everything on. */
export async function measureHttp(floor: { readonly append: number }): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  const hub = await startHub(dir);
  try {
    return [...(await publishing(hub, floor.append)), ...(await asking(hub))];
  } finally {
    hub.process.kill('SIGTERM');
    await once(hub.process, 'exit');
    rmSync(dir, { recursive: true, force: true });
  }
}

async function startHub(dir: string): Promise<Hub> {
  const child = fork(join(import.meta.dirname, 'hub-process.js'), {
    env: { ...process.env, CONCORDAT_DATA: dir, PORT: '0' },
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const { sign } = developmentIssuer(dir, {});
  const purposes = ['reducing-reoffending'];
  const publisher = await sign({
    agency: 'police',
    user: 'system',
    roles: ['publisher'],
    purposes: [],
    hours: 1,
  });
  const practitioner = await sign({
    agency: 'police',
    user: 'officer',
    roles: ['practitioner'],
    purposes,
    hours: 1,
  });
  const json = {
    authorization: `Bearer ${practitioner}`,
    'content-type': 'application/json',
    'x-purpose': 'reducing-reoffending',
  };
  const event = (type: string) => ({
    authorization: `Bearer ${publisher}`,
    'content-type': `application/${type}`,
  });
  return {
    process: child,
    url,
    publisher: event('cloudevents+json'),
    batchPublisher: event('cloudevents-batch+json'),
    practitioner: json,
  };
}

let serial = 0;

function eventOf(type: string, person: number, data: object): object {
  serial += 1;
  const pnc = pncOf(person);
  return {
    specversion: '1.0',
    id: `bench-${serial}`,
    source: '/police/bench',
    type,
    time: '2025-05-03T10:00:00Z',
    subject: `pnc:${pnc}`,
    data: { ...data, pnc },
  };
}

/** An arrest of one of so many people, each known by a PNC of their own; each arrest has an ASN of its own. */
function arrest(): object {
  const data = { ...sampleData['police.arrest.recorded'], asn: asnOf(serial + 1), cro: undefined };
  return eventOf('police.arrest.recorded', serial % PEOPLE, data);
}

const checkLetters = 'ZABCDEFGHJKLMNPQRTUVWXY';

function pncOf(person: number): string {
  const digits = String(person + 1).padStart(7, '0');
  return `2001/${digits}${checkLetters[Number(`01${digits}`) % 23] ?? ''}`;
}

/** An arrest summons number of force 02, system 02, year 22: its letter checks force, system, year and sequence. */
function asnOf(arrest: number): string {
  const sequence = String(arrest).padStart(11, '0');
  return `2202XC02${sequence}${checkLetters[Number(BigInt(`020222${sequence}`) % 23n)] ?? ''}`;
}

async function publishing(hub: Hub, append: number): Promise<readonly Figure[]> {
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
    { name: `memory after ${serial} events`, value: after / 2 ** 20, unit: 'MiB' },
  ];
}

async function rss(child: ChildProcess): Promise<number> {
  child.send('rss');
  const [answer] = (await once(child, 'message')) as [{ rss: number }];
  return answer.rss;
}

async function asking(hub: Hub): Promise<readonly Figure[]> {
  const url = `${hub.url}/graphql`;
  await givePictures(hub);
  const latencies = await visibleAfter(hub, 200);
  const ask = (connections: number, body: () => string) =>
    load({
      url,
      connections,
      seconds: SECONDS,
      headers: hub.practitioner,
      body,
      expect: (status, answer) => status === 200 && !answer.includes('"errors"') && !answer.includes('null}'),
    });
  let next = 0;
  const picture = (): string =>
    JSON.stringify({ query: QUERY, variables: { pnc: pncOf(PEOPLE + ((next += 7) % PICTURED)) } });
  const empty = (): string => JSON.stringify({ query: '{ __typename }' });
  const size = (
    await (await fetch(url, { method: 'POST', headers: hub.practitioner, body: picture() })).text()
  ).length;
  await ask(16, picture);
  const floors = { one: await ask(1, empty), sixteen: await ask(16, empty) };
  const name = `picture of ${FACTS} facts (${(size / 1000).toFixed(1)} kB)`;
  const floor = (value: number) => ({ name: 'empty GraphQL query', value });
  return [
    { name: 'publish to visible, median', value: median(latencies), unit: 'ms' },
    { name: 'publish to visible, p99', value: percentile(latencies, 0.99), unit: 'ms' },
    {
      name: `${name}, 1 connection`,
      value: await ask(1, picture),
      unit: 'queries/s',
      floor: floor(floors.one),
    },
    {
      name: `${name}, 16 connections`,
      value: await ask(16, picture),
      unit: 'queries/s',
      aim: 2500,
      floor: floor(floors.sixteen),
    },
  ];
}

async function givePictures(hub: Hub): Promise<void> {
  for (let person = 0; person < PICTURED; person += 10) {
    const events = Array.from({ length: 10 * FACTS }, (_, index) =>
      eventOf(SHORT.type, PEOPLE + person + (index % 10), SHORT.data),
    );
    const sent = await fetch(`${hub.url}/events`, {
      method: 'POST',
      headers: hub.batchPublisher,
      body: JSON.stringify(events),
    });
    if (!(await sent.text()).includes('"accepted"')) throw new Error('the pictures could not be published');
  }
}

/** Milliseconds from sending an event to the first answer that holds it. */
async function visibleAfter(hub: Hub, times: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const event = arrest();
    const begun = performance.now();
    const sent = await fetch(`${hub.url}/events`, {
      method: 'POST',
      headers: hub.publisher,
      body: JSON.stringify(event),
    });
    const { offender, received } = (await sent.json()) as { offender: string; received: string };
    const query = `{ offender(id: "${offender}") { timeline(first: 1, order: received) { edges { node { received } } } } }`;
    for (let seen = ''; seen < received;) {
      const answer = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: hub.practitioner,
        body: JSON.stringify({ query }),
      });
      const { data } = (await answer.json()) as {
        data?: { offender?: { timeline: { edges: { node: { received: string } }[] } } };
      };
      seen = data?.offender?.timeline.edges[0]?.node.received ?? '';
    }
    taken.push(performance.now() - begun);
  }
  return taken;
}
