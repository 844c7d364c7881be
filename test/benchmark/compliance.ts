import { randomUUID } from 'node:crypto';
import { openJournal } from '../../libs/adapters/audit/compliance-journal.js';
import { replayCompliance } from '../../libs/adapters/audit/compliance.js';
import { type NewEvent } from '../../libs/adapters/event-log/event-log.js';
import { streamOf } from '../../libs/contract/fact.js';
import { DISCLOSED, type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
import { agreementOf } from '../../libs/testing/agreements.js';
import { sampleData } from '../../libs/testing/samples.js';
import {
  cameIntoForce,
  openWorld,
  recordAgreement,
  recordFact,
  type World,
} from '../../libs/testing/world.js';
import { type Figure } from './measure.js';

const PEOPLE = 400;
const FACTS_EACH = 20;
const FACTS_SHOWN = 10;
const BATCH = 1000;
const IN_FORCE = Date.parse('2025-02-01T00:00:00Z');
const CLAUSE = 'arrests/1#arrests';
const clear = ['pnc', 'name.family', 'name.given', 'arrestedAt', 'stationCode'];

const agreed = agreementOf({
  reference: 'arrests',
  clauses: [
    {
      id: 'arrests',
      publishers: ['police'],
      recipients: ['probation'],
      purposes: ['reducing-reoffending'],
      types: ['police.arrest.recorded'],
      conditions: { level: ['Priority'] },
      fields: { clear },
    },
  ],
});

/**
 * Judging so many recorded answers of ten facts with five fields each, about people whose state changes now and then;
 * the floor is reading the same log. Throws when anything is found: everything was permitted.
 */
export async function measureCompliance(disclosures: number): Promise<readonly Figure[]> {
  const world = await openWorld();
  try {
    await record(world, disclosures);
    const read = await secondsOf(async () => {
      for await (const event of world.log.readAll(0)) JSON.parse(event.metadata);
    });
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
    const journal = openJournal();
    const question = { from: null, to: null, upTo: await world.log.head() };
    const taken = await secondsOf(async () => {
      const { notPermitted, withheld, ...replay } = await replayCompliance(world.log, question, journal);
      if (notPermitted + withheld > 0 || replay.disclosures !== disclosures)
        throw new Error('the replay found what is not there');
    });
    clearInterval(watch);
    journal.close();
    const floor = { name: 'reading the log alone', value: disclosures / read };
    return [
      {
        name: `compliance replay of ${disclosures}`,
        value: disclosures / taken,
        unit: 'disclosures/s',
        floor,
      },
      { name: 'memory that it takes at most', value: (peak - before) / 2 ** 20, unit: 'MiB' },
    ];
  } finally {
    await world.close();
  }
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

async function record(world: World, disclosures: number): Promise<void> {
  await recordAgreement(world.log, ...cameIntoForce(agreed, IN_FORCE));
  for (let each = 0; each < PEOPLE; each += 1) await manage(world, each);
  const first = (await world.log.head()) + 1;
  for (let each = 0; each < PEOPLE * FACTS_EACH; each += PEOPLE)
    await Promise.all(Array.from({ length: PEOPLE }, (_, person) => arrest(world, person)));
  const positions = await positionsFrom(world, first);
  for (let from = 0; from < disclosures; from += BATCH) {
    await manage(world, (from / BATCH) % PEOPLE);
    const asOf = await world.log.head();
    const count = Math.min(BATCH, disclosures - from);
    const events = Array.from({ length: count }, (_, index) =>
      answer((from + index) % PEOPLE, asOf, positions),
    );
    await world.log.append(streamOf.disclosure('probation'), events, 'any');
  }
}

const offenderOf = (person: number): string => `P${String(person)}`;

async function manage(world: World, person: number): Promise<void> {
  const data = { ...sampleData['hub.management.decided'], levels: ['Priority'] };
  const fact = { offender: offenderOf(person), publisher: 'hub', type: 'hub.management.decided', data };
  await recordFact(world, { ...fact, received: IN_FORCE + 1 });
}

async function arrest(world: World, person: number): Promise<void> {
  const type = 'police.arrest.recorded';
  const data = sampleData[type] ?? {};
  await recordFact(world, {
    offender: offenderOf(person),
    publisher: 'police',
    type,
    data,
    received: IN_FORCE + 1,
  });
}

/** By person: the positions of their facts. */
async function positionsFrom({ log }: World, first: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const positions = new Map<string, number[]>();
  for await (const { position, stream } of log.readAll(first - 1)) {
    const known = positions.get(stream);
    if (known === undefined) positions.set(stream, [position]);
    else known.push(position);
  }
  return positions;
}

function answer(person: number, asOf: number, positions: ReadonlyMap<string, readonly number[]>): NewEvent {
  const offender = offenderOf(person);
  const facts = (positions.get(streamOf.offender(offender)) ?? []).slice(0, FACTS_SHOWN);
  const disclosure: Disclosure = {
    agency: 'probation',
    user: 'probation-user',
    purpose: 'reducing-reoffending',
    justification: null,
    at: IN_FORCE + 100,
    asOf,
    query: '0'.repeat(64),
    asked: ['offender'],
    sought: [`offender:${offender}`],
    confirmed: [],
    offenders: [offender],
    facts: facts.map((position) => ({ position, offender, shown: { [CLAUSE]: { clear } } })),
  };
  return {
    id: randomUUID(),
    type: DISCLOSED,
    metadata: JSON.stringify(disclosure),
    data: new Uint8Array(),
  };
}
