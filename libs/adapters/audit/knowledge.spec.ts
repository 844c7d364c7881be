import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AuditClock, differenceOf } from '../../domain/audit/knowledge.js';
import { offenderIdFrom } from '../../domain/identity/offender-id.js';
import { agreementOf } from '../../testing/agreements.js';
import { recordDisclosure } from '../../testing/disclosures.js';
import { sampleData } from '../../testing/samples.js';
import {
  cameIntoForce,
  changed,
  openWorld,
  recordAgreement,
  recordFact,
  type World,
} from '../../testing/world.js';
import { knowledge } from './knowledge.js';

const sam = offenderIdFrom(new Uint8Array(10).fill(3));
const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const arrests = agreementOf({
  reference: 'arrests',
  clauses: [
    {
      id: 'arrests',
      publishers: ['police'],
      recipients: ['probation', 'housing'],
      purposes: ['reducing-reoffending'],
      types: ['police.*'],
      fields: { clear: ['pnc'], mask: ['name.family'] },
      reach: 'history',
    },
    {
      id: 'case',
      publishers: ['police'],
      recipients: ['probation'],
      purposes: ['reducing-reoffending'],
      types: ['police.*'],
      fields: { clear: ['dateOfBirth'] },
      conditions: { responsibility: 'case' },
      reach: 'history',
    },
  ],
});

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await recordAgreement(world.log, ...cameIntoForce(arrests, at('2025-02-01')));
});
afterEach(() => world.close());

const arrest = (happened: string, received: string, more: object = {}): Promise<string> =>
  recordFact(world, {
    offender: sam,
    publisher: 'police',
    type: 'police.arrest.recorded',
    data: sampleData['police.arrest.recorded'] ?? {},
    happened,
    received: at(received),
    ...more,
  });

async function known(agency: string, day: string, clock: AuditClock = 'received') {
  const upTo = await world.log.head();
  return knowledge(world.log, { agency, person: sam, at: at(day), clock }, { upTo });
}
const positions = async (...asked: Parameters<typeof known>): Promise<readonly string[]> =>
  (await known(...asked)).facts.map(({ position }) => position);

describe('what an agency knew', () => {
  it('is names of fields, by purpose and audience, with the clause, and no value', async () => {
    await arrest('2025-03-01', '2025-03-02');
    const knew = await known('probation', '2025-03-02');
    expect(knew.facts).toMatchObject([
      { type: 'police.arrest.recorded', publisher: 'police', superseded: null },
    ]);
    const purpose = 'reducing-reoffending';
    const ordinary = ['', 'responsible'].flatMap((audience) => [
      { path: 'name.family', as: 'mask', purpose, audience, clause: 'arrests/1#arrests' },
      { path: 'pnc', as: 'clear', purpose, audience, clause: 'arrests/1#arrests' },
    ]);
    const theirCase = { path: 'dateOfBirth', as: 'clear', purpose, audience: 'responsible' };
    const fields = [...(knew.facts[0]?.fields ?? [])];
    expect(fields).toHaveLength(5);
    expect(fields).toEqual(expect.arrayContaining([...ordinary, { ...theirCase, clause: 'arrests/1#case' }]));
    expect((await known('health', '2025-03-02')).facts).toEqual([]);
  });

  it("is the agency's own record whatever is agreed", async () => {
    await arrest('2025-01-05', '2025-01-06');
    const [fact] = (await known('police', '2025-01-06')).facts;
    expect(fact?.fields.every(({ clause, purpose }) => clause === purpose)).toBe(true);
    expect(fact?.fields[0]?.clause).toBe('own-record');
    expect(await positions('probation', '2025-01-06')).toEqual([]);
  });

  it('is nothing while the agreement is suspended, nor once it has expired with no event', async () => {
    await arrest('2025-03-01', '2025-03-02');
    await recordAgreement(world.log, changed(arrests, 'agreement.suspended', at('2025-04-01')));
    await recordAgreement(world.log, changed(arrests, 'agreement.resumed', at('2025-05-01')));
    expect(await positions('probation', '2025-03-31')).toHaveLength(1);
    expect(await positions('probation', '2025-04-15')).toEqual([]);
    expect(await positions('probation', '2025-05-15')).toHaveLength(1);
    expect(await positions('probation', '2026-01-02')).toEqual([]);
  });

  it('differs between the clocks exactly where a correction came late', async () => {
    await arrest('2025-03-01', '2025-03-02');
    const second = await arrest('2025-03-03', '2025-03-04');
    const [, wrong = ''] = await positions('probation', '2025-03-10');
    await arrest('2025-03-03', '2025-04-01', { corrects: second });
    const right = String(await world.log.head());
    const day = '2025-03-10';
    const [received, happened] = [await known('probation', day), await known('probation', day, 'happened')];
    const difference = differenceOf(received, happened);
    expect(difference.superseded).toEqual([{ position: wrong, before: null, after: 'corrected' }]);
    expect(new Set(difference.fields.map(({ position, change }) => `${position} ${change}`))).toEqual(
      new Set([`${right} gained`]),
    );
    const later = await known('probation', '2025-04-02');
    expect(differenceOf(later, await known('probation', '2025-04-02', 'happened')).fields).toEqual([]);
    expect(differenceOf(happened, later).fields).toEqual([]);
  });

  it('does not hold, on the clock of what happened, what was retracted later or happened after', async () => {
    const id = await arrest('2025-03-01', '2025-03-02');
    await arrest('2025-03-20', '2025-03-21');
    await arrest('2025-05-01', '2025-05-01', { retracts: id });
    expect((await known('probation', '2025-03-10')).facts).toMatchObject([{ superseded: null }]);
    expect((await known('probation', '2025-03-10', 'happened')).facts).toMatchObject([
      { superseded: { kind: 'retracted' } },
    ]);
  });

  it('counts on the clock of disclosure only what answers had shown by then', async () => {
    await arrest('2025-03-01', '2025-03-02');
    const position = await world.log.head();
    const shown = { 'arrests/1#arrests': { clear: ['pnc'] } };
    const facts = [{ position, offender: sam, shown }];
    await recordDisclosure(world.log, { agency: 'probation', at: at('2025-03-05'), facts });
    await recordDisclosure(world.log, { agency: 'probation', at: at('2025-03-06'), facts });
    expect(await positions('probation', '2025-03-04', 'disclosed')).toEqual([]);
    expect(await positions('housing', '2025-03-07', 'disclosed')).toEqual([]);
    const purpose = 'reducing-reoffending';
    const field = { path: 'pnc', as: 'clear', purpose, audience: '', clause: 'arrests/1#arrests' };
    expect((await known('probation', '2025-03-07', 'disclosed')).facts).toMatchObject([
      { position: String(position), fields: [field] },
    ]);
  });

  it('needs no keys: it is the same after an erasure', async () => {
    await arrest('2025-03-01', '2025-03-02');
    const before = await known('probation', '2025-03-10');
    world.vault.erase([sam]);
    expect(await known('probation', '2025-03-10')).toEqual(before);
  });

  it.each([
    ['agency', { agency: 'nobody', person: sam }],
    ['person', { agency: 'police', person: 'somebody' }],
  ])('is refused for no known %s', async (code, named) => {
    const asked = knowledge(world.log, { ...named, at: 0, clock: 'received' }, { upTo: 1 });
    await expect(asked).rejects.toMatchObject({ code });
  });
});

describe('a difference', () => {
  it('of two agencies is what only one of them could see', async () => {
    await arrest('2025-03-01', '2025-03-02');
    const day = '2025-03-10';
    const { fields } = differenceOf(await known('housing', day), await known('probation', day));
    expect(fields.map(({ path, audience, change }) => [path, audience, change])).toEqual(
      expect.arrayContaining([['dateOfBirth', 'responsible', 'gained']]),
    );
    expect(fields.every(({ audience }) => audience === 'responsible')).toBe(true);
  });

  it('of the same is none', async () => {
    await arrest('2025-03-01', '2025-03-02');
    const knew = await known('probation', '2025-03-10');
    expect(differenceOf(knew, knew)).toMatchObject({ fields: [], superseded: [] });
  });
});
