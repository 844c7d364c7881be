import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { LINKED, type LinkMetadata, streamOf } from '../../contract/fact.js';
import { type DisclosedFact } from '../../domain/disclosure/disclosure.js';
import { offenderIdFrom } from '../../domain/identity/offender-id.js';
import { agreementOf } from '../../testing/agreements.js';
import { collected } from '../../testing/collected.js';
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
import { openLogReader } from '../event-log/log-reader.js';
import { correctedReceipts } from './corrected.js';
import { explain } from './explain.js';

const sam = offenderIdFrom(new Uint8Array(10).fill(3));
const DAY = Date.parse('2025-06-01T12:00:00Z');
const arrests = agreementOf({
  reference: 'arrests',
  clauses: [
    {
      id: 'arrests',
      publishers: ['police'],
      recipients: ['probation'],
      purposes: ['reducing-reoffending'],
      types: ['police.*'],
      fields: { clear: ['pnc'] },
      reach: 'history',
    },
  ],
});

let world: World;
let fact = '';
let position = 0;
beforeEach(async () => {
  world = await openWorld();
  await recordAgreement(world.log, ...cameIntoForce(arrests, DAY));
  fact = await arrest();
  position = await world.log.head();
});
afterEach(() => world.close());

const arrest = (more: object = {}): Promise<string> =>
  recordFact(world, {
    offender: sam,
    publisher: 'police',
    type: 'police.arrest.recorded',
    data: sampleData['police.arrest.recorded'] ?? {},
    received: DAY + 1,
    ...more,
  });

const link = async (by: string, offender = sam): Promise<void> => {
  const metadata: LinkMetadata = { offender, scheme: 'pnc', pseudonym: randomUUID(), by, received: DAY };
  const event = {
    id: randomUUID(),
    type: LINKED,
    metadata: JSON.stringify(metadata),
    data: new Uint8Array(),
  };
  await world.log.append(streamOf.identifier(metadata.pseudonym), [event], 'none');
};

const show = (shown: DisclosedFact['shown'], agency = 'probation', at = DAY + 10): Promise<number> =>
  recordDisclosure(world.log, { agency, at, facts: [{ position, offender: sam, shown }] });
const underClause = { 'arrests/1#arrests': { clear: ['pnc'] } };

async function explained(disclosure: number, field = 'pnc', of = position) {
  const reading = { upTo: await world.log.head() };
  return explain(world.log, { disclosure, fact: of, field }, reading);
}

describe('the explanation of a field', () => {
  it('goes from fact to link, agreement version, clause and signatures, and decides again', async () => {
    const explanation = await explained(await show(underClause));
    expect(explanation).toMatchObject({
      disclosure: { agency: 'probation', asOf: String(position) },
      field: { path: 'pnc', as: 'clear', clause: 'arrests/1#arrests', class: 'ID' },
      fact: { id: fact, type: 'police.arrest.recorded', publisher: 'police', superseded: null },
      agreement: {
        reference: 'arrests',
        version: 1,
        clause: 'arrests',
        gateway: 'Offender Management Act 2007 s.14',
        lawfulBasis: ['part-3: DPA 2018 s.35(2)(b)', 'uk-gdpr: UK GDPR Art 6(1)(e)'],
        signatures: [
          { party: 'police', holds: true, revoked: null },
          { party: 'probation', holds: true, revoked: null },
        ],
      },
      decision: { outcome: 'clear', clause: 'arrests/1#arrests', reason: null, agrees: true },
    });
    expect(JSON.parse(explanation.agreement?.text ?? '')).toEqual(arrests.clauses[0]);
  });

  it('names the links of the person up to the fact, and nobody else', async () => {
    await link('an earlier fact');
    await link('another', offenderIdFrom(new Uint8Array(10)));
    await arrest();
    position = await world.log.head();
    await link('a later fact');
    const { links } = await explained(await show(underClause));
    expect(links).toMatchObject([{ scheme: 'pnc', position: String(position - 2), byThisFact: false }]);
  });

  it('needs no agreement for what the agency published itself', async () => {
    const { agreement, decision } = await explained(
      await show({ 'own-record': { clear: ['pnc'] } }, 'police'),
    );
    expect([agreement, decision.agrees]).toEqual([null, true]);
  });

  it('finds what the agreements of that moment did not permit', async () => {
    await recordAgreement(world.log, changed(arrests, 'agreement.suspended', DAY + 5));
    const { decision } = await explained(await show(underClause));
    expect(decision).toEqual({ outcome: 'withhold', clause: null, reason: 'no-clause', agrees: false });
  });

  it('does not mind what happened to the agreement afterwards', async () => {
    const disclosure = await show(underClause);
    await recordAgreement(world.log, changed(arrests, 'agreement.terminated', DAY + 20));
    expect((await explained(disclosure)).decision.agrees).toBe(true);
  });

  it('says that the fact was corrected since', async () => {
    const disclosure = await show(underClause);
    await arrest({ corrects: fact });
    const { superseded } = (await explained(disclosure)).fact;
    expect(superseded).toMatchObject({ kind: 'corrected', position: String(await world.log.head()) });
  });

  it.each([
    ['a field that was not shown', () => explained(position + 1, 'name.family'), 'field'],
    ['a fact that was not shown', () => explained(position + 1, 'pnc', 1), 'position'],
    ['no disclosure', () => explained(position), 'position'],
    ['what is not there', () => explained(999), 'position'],
  ])('is refused for %s', async (_, ask, code) => {
    await show(underClause);
    await expect(ask()).rejects.toMatchObject({ kind: 'invalid', code });
  });

  it('is not given of an event that was altered', async () => {
    const disclosure = await show(underClause);
    const file = join(world.dir, 'log.sqlite');
    const db = new Database(file);
    for (const { name } of db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
      .all())
      db.exec(`DROP TRIGGER ${name}`);
    db.prepare(
      "UPDATE event SET metadata = replace(metadata, 'reducing', 'reduced!') WHERE position = ?",
    ).run(disclosure);
    db.close();
    const log = openLogReader(file);
    const asked = explain(log, { disclosure, fact: position, field: 'pnc' }, { upTo: disclosure });
    await expect(asked).rejects.toMatchObject({ code: 'log-altered' });
    await log.close();
  });
});

describe('who received what was corrected', () => {
  const received = async (question: Parameters<typeof correctedReceipts>[1]) =>
    collected(correctedReceipts(world.log, question, { upTo: await world.log.head() }));

  it('is everybody but the publisher, before and after', async () => {
    const before = await show(underClause);
    await show({ 'own-record': { clear: ['pnc'] } }, 'police');
    await arrest({ corrects: fact });
    const correction = await world.log.head();
    const after = await show(underClause, 'housing');
    for (const question of [{ person: sam }, { position }]) {
      const receipts = await received(question);
      expect(receipts).toMatchObject([
        { fact: String(position), disclosure: String(before), agency: 'probation', afterwards: false },
        { fact: String(position), disclosure: String(after), agency: 'housing', afterwards: true },
      ]);
      expect(receipts[0]).toMatchObject({
        superseded: { kind: 'corrected', position: String(correction) },
        clause: 'arrests/1#arrests',
        as: 'clear',
        fields: ['pnc'],
      });
    }
  });

  it('is nobody while nothing was', async () => {
    await show(underClause);
    expect(await received({ person: sam })).toEqual([]);
    expect(await received({ position })).toEqual([]);
  });

  it('counts a retraction, and no fact beside', async () => {
    await arrest();
    const other = await world.log.head();
    const facts = [position, other].map((each) => ({ position: each, offender: sam, shown: underClause }));
    await recordDisclosure(world.log, { agency: 'probation', at: DAY, facts });
    await arrest({ retracts: fact });
    expect(await received({ person: sam })).toMatchObject([
      { fact: String(position), superseded: { kind: 'retracted' } },
    ]);
  });
});
