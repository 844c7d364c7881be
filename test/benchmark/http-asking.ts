import { arrest, eventOf, PEOPLE, pncOf } from './http-events.js';
import { type Hub } from './http-hub.js';
import { type Figure, load, median, percentile } from './measure.js';

const SECONDS = 5;
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

/** Pictures that a hub answers with in a second, and how soon what was published is in them. */
export async function asking(hub: Hub): Promise<readonly Figure[]> {
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
