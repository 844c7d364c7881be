import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { type CorrectionEvent } from '../../../libs/domain/correction/correction.js';
import { DISCLOSED, type Disclosure } from '../../../libs/domain/disclosure/disclosure.js';
import { type Erased, type Restriction } from '../../../libs/domain/erasure/data-protection.js';
import { sampleData } from '../../../libs/testing/samples.js';
import { openWorld, recordFact, type World } from '../../../libs/testing/world.js';
import { type Listed } from './correction-table.js';
import { type CorrectionRoom, openCorrectionRoom } from './room.js';

const auditor: Caller = {
  agency: 'auditor',
  user: 'auditor',
  roles: ['auditor'],
  purposes: [],
  expires: 1e12,
};
const coordinator = (agency: string): Caller => ({
  ...auditor,
  agency,
  user: 'lead',
  roles: ['coordinator'],
});
const NEWS = { action: 'corrected', reason: 'as we should', onward: [] } as const;

let world: World;
let room: CorrectionRoom | undefined;
const faults: unknown[] = [];
beforeEach(async () => {
  world = await openWorld();
  faults.length = 0;
});
afterEach(async () => {
  await stop();
  await world.close();
});

const file = (): string => join(world.dir, 'corrections.sqlite');
const NOW = Date.parse('2026-11-16T09:00:00Z');
async function start(log: EventLog = world.log): Promise<CorrectionRoom> {
  room = await openCorrectionRoom({
    log,
    file: file(),
    clock: () => NOW,
    onFault: (error) => faults.push(error),
  });
  return room;
}
async function stop(): Promise<void> {
  await room?.stop();
  room = undefined;
}
async function restart(): Promise<CorrectionRoom> {
  await stop();
  return start();
}
function forget(): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file()}${suffix}`, { force: true });
}

async function everything(of: CorrectionRoom): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  for (;;) {
    const after = found.at(-1)?.position ?? 0;
    const page = await of.list(auditor, { overdue: undefined, acknowledged: undefined, after, limit: 3 });
    found.push(...page);
    if (page.length < 3) return found;
  }
}

async function eventsOf(log: EventLog): Promise<readonly CorrectionEvent[]> {
  const found: CorrectionEvent[] = [];
  for await (const { metadata } of log.readStream(streamOf.corrections))
    found.push(JSON.parse(metadata) as CorrectionEvent);
  return found;
}

interface Fact {
  readonly id: string;
  readonly position: number;
  readonly offender: string;
  readonly publisher: string;
}

async function positionOf(stream: string, id: string): Promise<number> {
  for await (const event of world.log.readStream(stream)) if (event.id === id) return event.position;
  throw new Error('the event was just written');
}

async function fact(
  publisher: string,
  offender = 'P1',
  superseding: { readonly corrects?: string; readonly retracts?: string } = {},
): Promise<Fact> {
  const type = 'police.arrest.recorded';
  const data = sampleData[type] ?? {};
  const id = await recordFact(world, { offender, publisher, type, data, received: NOW, ...superseding });
  return { id, position: await positionOf(streamOf.offender(offender), id), offender, publisher };
}

async function disclose(
  agency: string,
  facts: readonly Fact[],
  asOf?: number,
  user = 'user',
): Promise<number> {
  const disclosure: Disclosure = {
    agency,
    user,
    purpose: 'reducing-reoffending',
    justification: null,
    at: NOW,
    asOf: asOf ?? (await world.log.head()),
    query: 'hash',
    asked: ['offender'],
    sought: [],
    confirmed: [],
    offenders: [...new Set(facts.map(({ offender }) => offender))],
    facts: facts.map(({ position, offender }) => ({
      position,
      offender,
      shown: { 'core/1#arrests': { clear: ['name.family'] } },
    })),
  };
  const event = {
    id: randomUUID(),
    type: DISCLOSED,
    metadata: JSON.stringify(disclosure),
    data: new Uint8Array(),
  };
  await world.log.append(streamOf.disclosure(agency), [event], 'any');
  return positionOf(streamOf.disclosure(agency), event.id);
}

async function put(event: Erased | Restriction): Promise<void> {
  const { type } = event;
  const metadata = JSON.stringify(event);
  await world.log.append(
    'data-protection',
    [{ id: randomUUID(), type, metadata, data: new Uint8Array() }],
    'any',
  );
}

const briefly = (all: readonly Listed[]) =>
  all.map(({ correction: { cause, recipient, shown } }) => ({
    kind: cause.kind,
    recipient,
    shown: shown.map(({ position, disclosures }) => [position, ...disclosures]),
  }));

describe('corrections', () => {
  it('are owed to whoever was shown the fact, also when it was about somebody else', async () => {
    const wrong = await fact('police', 'P1');
    const first = await disclose('probation', [wrong]);
    await disclose('police', [wrong]);
    await fact('police', 'P2', { corrects: wrong.id });
    const all = await everything(await start());
    expect(briefly(all)).toEqual([
      { kind: 'corrected', recipient: 'probation', shown: [[wrong.position, first]] },
    ]);
    expect(all[0]?.correction.offender).toBe('P1');
  });

  it('are owed to nobody who was shown it after, marked as what it is', async () => {
    const wrong = await fact('police');
    await fact('police', 'P1', { retracts: wrong.id });
    await disclose('probation', [wrong]);
    expect(await everything(await start())).toEqual([]);
  });

  it('are owed to whose answer was on its way, even when they have answered for an earlier one', async () => {
    const wrong = await fact('police');
    const before = await disclose('probation', [wrong]);
    const running = await start();
    await fact('police', 'P1', { retracts: wrong.id });
    const [owed] = await everything(running);
    await running.acknowledge(coordinator('probation'), owed?.correction.id ?? '', NEWS);
    const late = await disclose('probation', [wrong], before);
    const elsewhere = await disclose('housing', [wrong], before);
    const all = await everything(running);
    expect(briefly(all)).toEqual([
      { kind: 'retracted', recipient: 'probation', shown: [[wrong.position, before, late]] },
      { kind: 'retracted', recipient: 'housing', shown: [[wrong.position, elsewhere]] },
    ]);
    expect(all[0]?.correction.acknowledged).toBeNull();
  });

  it('are owed for each correction of the same fact, since each says something new', async () => {
    const wrong = await fact('police');
    await disclose('probation', [wrong]);
    await fact('police', 'P1', { corrects: wrong.id });
    await disclose('housing', [wrong]);
    await fact('police', 'P1', { retracts: wrong.id });
    expect(briefly(await everything(await start())).map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['corrected', 'probation'],
      ['retracted', 'housing'],
      ['retracted', 'probation'],
    ]);
  });

  it('are owed for all facts of a person who was erased, at once, and for the restricted ones', async () => {
    const [one, two] = [await fact('police'), await fact('probation')];
    const shown = await disclose('housing', [one, two]);
    const own = await disclose('probation', [one, two]);
    const step = {
      id: 'one',
      offender: 'P1',
      by: { agency: 'hub', user: 'lead' },
      at: NOW,
      requirement: 'R18',
    };
    const facts = [two.position];
    await put({ type: 'processing.restricted', ...step, ground: 'accuracy-contested', facts });
    const counts = { facts: 2, quarantined: 0 };
    await put({
      type: 'erasure.made',
      ...step,
      ground: 'unlawful',
      reason: 'unlawful',
      counts,
      quarantined: [],
    });
    expect(briefly(await everything(await start()))).toEqual([
      { kind: 'restricted', recipient: 'housing', shown: [[two.position, shown]] },
      {
        kind: 'erased',
        recipient: 'housing',
        shown: [
          [one.position, shown],
          [two.position, shown],
        ],
      },
      { kind: 'erased', recipient: 'probation', shown: [[one.position, own]] },
    ]);
  });

  it('outlive a restart, the loss of their table, and a log that fails now and then', async () => {
    const wrong = await fact('police');
    for (const agency of ['probation', 'housing', 'treatment']) await disclose(agency, [wrong]);
    await fact('police', 'P1', { corrects: wrong.id });
    let failures = 2;
    const failing: EventLog = {
      ...world.log,
      append: (stream, events, expected) => {
        if (stream !== streamOf.corrections || (failures -= 1) < 0)
          return world.log.append(stream, events, expected);
        return Promise.reject(new Error('the disk was full'));
      },
    };
    const running = await start(failing);
    const all = await everything(running);
    expect(all).toHaveLength(3);
    expect(faults).toHaveLength(2);
    const [first] = all;
    await running.acknowledge(coordinator('housing'), first?.correction.id ?? '', NEWS);
    const [found, log] = [await everything(running), await eventsOf(world.log)];
    expect(await everything(await restart())).toEqual(found);
    await stop();
    forget();
    expect(await everything(await start())).toEqual(found);
    expect(await eventsOf(world.log)).toEqual(log);
  });

  it('are not taken from the table of another log', async () => {
    const wrong = await fact('police');
    await disclose('probation', [wrong]);
    await fact('police', 'P1', { corrects: wrong.id });
    await everything(await start());
    await stop();
    const other = await openWorld();
    try {
      expect(await everything(await start(other.log))).toEqual([]);
    } finally {
      await stop();
      await other.close();
    }
  });
});

type Step =
  | { readonly kind: 'fact'; readonly publisher: string; readonly offender: string }
  | {
      readonly kind: 'disclose';
      readonly agency: string;
      readonly facts: readonly number[];
      readonly lag: number;
    }
  | { readonly kind: 'supersede'; readonly fact: number; readonly retracts: boolean }
  | { readonly kind: 'restart' | 'forget' };

const agency = fc.constantFrom('police', 'probation', 'housing');
const index = fc.nat({ max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('fact' as const), publisher: agency, offender: fc.constantFrom('P1', 'P2') }),
  fc.record({
    kind: fc.constant('disclose' as const),
    agency,
    facts: fc.array(index, { minLength: 1, maxLength: 4 }),
    lag: fc.nat({ max: 4 }),
  }),
  fc.record({ kind: fc.constant('supersede' as const), fact: index, retracts: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('restart' as const, 'forget' as const) }),
);

it('whatever happens in whatever order, each past recipient of each superseded fact is owed exactly one', async () => {
  const oneRun = async (steps: readonly Step[]): Promise<void> => {
    const facts: Fact[] = [];
    const shown: { agency: string; fact: Fact; disclosure: number; asOf: number }[] = [];
    const superseding: { fact: Fact; position: number }[] = [];
    let running = await start();
    for (const each of steps) {
      const chosen = (at: number): readonly Fact[] => facts.slice(at, at + 1);
      if (each.kind === 'fact') facts.push(await fact(each.publisher, each.offender));
      if (each.kind === 'disclose') {
        const told = [...new Set(each.facts)].flatMap(chosen);
        const asOf = Math.max((await world.log.head()) - each.lag, ...told.map(({ position }) => position));
        const disclosure = await disclose(each.agency, told, asOf);
        shown.push(...told.map((of) => ({ agency: each.agency, fact: of, disclosure, asOf })));
      }
      if (each.kind === 'supersede') {
        for (const of of chosen(each.fact)) {
          const by = each.retracts ? { retracts: of.id } : { corrects: of.id };
          const later = await fact(of.publisher, of.offender, by);
          facts.push(later);
          superseding.push({ fact: of, position: later.position });
        }
      }
      if (each.kind === 'forget') {
        await stop();
        forget();
        running = await start();
      }
      if (each.kind === 'restart') running = await restart();
    }
    const expected = superseding.flatMap(({ fact: of, position }) => {
      const untold = shown.filter(
        (telling) => telling.fact === of && telling.agency !== of.publisher && telling.asOf < position,
      );
      return [...Map.groupBy(untold, (telling) => telling.agency)].map(([recipient, theirs]) =>
        JSON.stringify([position, recipient, of.position, theirs.map(({ disclosure }) => disclosure)]),
      );
    });
    const owed = (await everything(running)).map(({ correction: { cause, recipient, shown: of } }) =>
      JSON.stringify([cause.position, recipient, ...of.flatMap((one) => [one.position, one.disclosures])]),
    );
    expect([...owed].sort()).toEqual([...expected].sort());
    expect(faults).toEqual([]);
  };
  const afresh = async (): Promise<void> => {
    await stop();
    await world.close();
    world = await openWorld();
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), oneRun).afterEach(afresh),
    { numRuns: 12 },
  );
});
