import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Operation } from '../../domain/audit/operations.js';
import { ALL_KINDS, type OperationsQuestion, SHOWING_KINDS } from '../../domain/audit/questions.js';
import { offenderIdFrom } from '../../domain/identity/offender-id.js';
import { collected } from '../../testing/collected.js';
import { recordDisclosure } from '../../testing/disclosures.js';
import { sampleData } from '../../testing/samples.js';
import { openWorld, recordFact, type World } from '../../testing/world.js';
import { operationsIn, operationsPage } from './operations.js';

const [sam, carol] = [1, 2].map((byte) => offenderIdFrom(new Uint8Array(10).fill(byte))) as [string, string];

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

async function all(question: OperationsQuestion): Promise<readonly Operation[]> {
  const reading = { upTo: await world.log.head() };
  return collected(operationsIn(world.log, question, 0, reading));
}

const shown = (offender: string, position = 1) => ({
  facts: [{ position, offender, shown: { 'core/1#arrests': { clear: ['pnc'] } } }],
});

describe('operations of the log', () => {
  it('are refused to a trawl before anything is read', async () => {
    await expect(all({ kinds: SHOWING_KINDS })).rejects.toMatchObject({ code: 'audit-unbounded' });
  });

  it('are found for a person, whoever did them, oldest first', async () => {
    const data = sampleData['police.arrest.recorded'] ?? {};
    const fact = { publisher: 'police', type: 'police.arrest.recorded', data };
    const id = await recordFact(world, { ...fact, offender: sam });
    await recordFact(world, { ...fact, offender: carol });
    await recordDisclosure(world.log, { agency: 'probation', ...shown(sam) });
    await recordDisclosure(world.log, { agency: 'housing', ...shown(carol, 2) });
    await recordFact(world, { ...fact, offender: sam, corrects: id });
    const operations = await all({ person: sam, kinds: ALL_KINDS });
    expect(operations.map(({ position, kind, agency }) => [position, kind, agency])).toEqual([
      ['1', 'collection', 'police'],
      ['3', 'disclosure', 'probation'],
      ['5', 'alteration', 'police'],
    ]);
  });

  it('name who had a pack made for an access request, and count it as no answer, whoever is named', async () => {
    const by = { agency: 'police', user: 'officer' };
    const metadata = JSON.stringify({ type: 'rights.pack.made', offender: sam, by, at: 1 });
    const event = {
      id: '00000000-0000-4000-8000-000000000001',
      type: 'rights.pack.made',
      metadata,
      data: new Uint8Array(),
    };
    await world.log.append(`rights-${sam}`, [event], 'none');
    for (const agency of [undefined, 'police']) {
      const question = { person: sam, agency };
      expect(await all({ ...question, kinds: ALL_KINDS })).toMatchObject([
        { kind: 'consultation', agency: 'police', user: 'officer', offenders: [sam] },
      ]);
      expect(await all({ ...question, kinds: SHOWING_KINDS })).toEqual([]);
    }
  });

  it('of a reading end where it ends', async () => {
    await recordDisclosure(world.log, { agency: 'probation', ...shown(sam) });
    await recordDisclosure(world.log, { agency: 'probation', ...shown(sam) });
    for (const agency of [undefined, 'probation']) {
      const question = { person: sam, agency, kinds: SHOWING_KINDS };
      const found = await collected(operationsIn(world.log, question, 0, { upTo: 1 }));
      expect(found.map(({ position }) => position)).toEqual(['1']);
    }
  });

  it('come in pages that add up to the whole, each once, whatever the size', async () => {
    const agencies = ['police', 'probation', 'housing'] as const;
    const users = ['one', 'two'] as const;
    for (let index = 0; index < 40; index += 1) {
      const agency = agencies[index % 3] ?? 'police';
      const user = users[index % 2] ?? 'one';
      const offender = index % 5 === 0 ? sam : carol;
      await recordDisclosure(world.log, { agency, user, at: index, ...(index % 7 > 0 && shown(offender)) });
    }
    const upTo = await world.log.head();
    const some = <Value>(...values: readonly Value[]) => fc.constantFrom(undefined, ...values);
    const questions = fc.record({
      person: some(sam, carol),
      agency: some(...agencies),
      user: some(...users),
      clause: some('core/1#arrests'),
      from: some(5, 20),
      to: some(30),
    });
    const property = fc.asyncProperty(questions, fc.integer({ min: 1, max: 12 }), async (asked, first) => {
      const question = { ...asked, user: asked.user ?? (asked.person === undefined ? 'one' : undefined) };
      const whole = await all({ ...question, kinds: SHOWING_KINDS });
      const paged: Operation[] = [];
      for (let more = true; more;) {
        const after = Number(paged.at(-1)?.position ?? 0);
        const page = await operationsPage(
          world.log,
          { ...question, kinds: SHOWING_KINDS },
          { after, first },
          { upTo },
        );
        expect(page.operations.length).toBeLessThanOrEqual(first);
        expect(page.more).toBe(paged.length + page.operations.length < whole.length);
        paged.push(...page.operations);
        ({ more } = page);
      }
      expect(paged).toEqual(whole);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
