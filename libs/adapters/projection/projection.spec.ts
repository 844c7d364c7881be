import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AgreementDocument } from '../../domain/agreement/document.js';
import { documentOf, type ShortClause } from '../../testing/agreements.js';
import { sampleData } from '../../testing/samples.js';
import {
  cameIntoForce,
  changed,
  digestAll,
  openWorld,
  projectAll,
  rebuildAll,
  recordAgreement,
  recordFact,
  type World,
} from '../../testing/world.js';
import { identifierPseudonym } from '../key-vault/identifier-pseudonym.js';
import { modelFile, openEmbeddedWriter } from '../read-store/embedded-writer.js';
import { applyEvent } from './projection.js';
import { standingAt } from './standing.js';
import { openEmbeddedReader } from '../read-store/embedded-reader.js';

const sam = 'P0000000001A';
const kim = 'P0000000002B';

type Permission = Omit<ShortClause, 'publishers' | 'recipients' | 'purposes' | 'fields'> &
  Partial<Pick<ShortClause, 'recipients'>>;

function agreement(reference: string, ...permissions: readonly Permission[]): AgreementDocument {
  return documentOf({
    reference,
    inForceFrom: '2020-01-01',
    expires: '2031-01-01',
    clauses: permissions.map((each) => ({
      publishers: ['police', 'treatment', 'hub', 'probation', 'courts'],
      recipients: ['probation', 'housing'],
      purposes: ['reducing-reoffending'],
      fields: { clear: ['class:CJF', 'class:PERS', 'class:HLTH', 'class:CJA', 'class:ID'] },
      reach: 'history',
      ...each,
    })),
  });
}

const arrests = agreement('arrests', { id: 'arrests', types: ['police.*'] });
const treatment = agreement('treatment', {
  id: 'attendance',
  types: ['treatment.*'],
  conditions: { consent: true },
});

const consent = (world: World, type: 'given' | 'withdrawn') =>
  recordFact(world, {
    offender: sam,
    publisher: 'hub',
    type: `hub.consent.${type}`,
    data: { consentScope: ['probation:HLTH'], formVersion: '1' },
  });

const arrest = (world: World, offender: string, corrects?: string) =>
  recordFact(world, {
    offender,
    publisher: 'police',
    type: 'police.arrest.recorded',
    data: sampleData['police.arrest.recorded'] ?? {},
    ...(corrects !== undefined && { corrects }),
  });

const attendance = (world: World) =>
  recordFact(world, {
    offender: sam,
    publisher: 'treatment',
    type: 'treatment.attendance.recorded',
    data: sampleData['treatment.attendance.recorded'] ?? {},
  });

describe('projection', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  async function seen(
    agency: string,
    offender: string,
  ): Promise<readonly { type: string; superseded: unknown }[]> {
    const reader = openEmbeddedReader(await projectAll(world, 'live'), agency);
    const decisions = [...reader.grants().keys()];
    const facts = reader.timeline({
      offender,
      decisions,
      order: 'received',
      types: undefined,
      asOf: 1e9,
      after: undefined,
      limit: 50,
    });
    reader.close();
    return facts.map(({ type, superseded }) => ({ type, superseded }));
  }

  async function expectSameByRebuild(name: string): Promise<void> {
    const rebuilt = digestAll(await rebuildAll(world, name));
    expect(rebuilt).toEqual(digestAll(await projectAll(world, 'live')));
    expect(rebuilt.some(({ facts }) => facts > 0)).toBe(true);
  }

  it('shows a fact to its publisher and to whom a clause names, and to nobody else', async () => {
    await recordAgreement(world.log, ...cameIntoForce(arrests, 10));
    await arrest(world, sam);
    expect(await seen('police', sam)).toHaveLength(1);
    expect(await seen('probation', sam)).toHaveLength(1);
    expect(await seen('treatment', sam)).toEqual([]);
    expect(await seen('probation', kim)).toEqual([]);
  });

  it('takes rows away when an agreement is suspended, and brings them back when it is resumed', async () => {
    await recordAgreement(world.log, ...cameIntoForce(arrests, 10));
    await arrest(world, sam);
    await recordAgreement(world.log, changed(arrests, 'agreement.suspended', 2000));
    expect(await seen('probation', sam)).toEqual([]);
    await expectSameByRebuild('suspended');
    await recordAgreement(world.log, changed(arrests, 'agreement.resumed', 3000));
    expect(await seen('probation', sam)).toHaveLength(1);
    await expectSameByRebuild('resumed');
  });

  it('leaves nothing of what it takes away in the files of a model that is open', async () => {
    await recordAgreement(world.log, ...cameIntoForce(arrests, 10));
    await arrest(world, sam);
    const bytesHold = (folder: string, text: string): boolean =>
      readdirSync(join(folder, 'read'))
        .filter((name) => name.startsWith('probation.sqlite'))
        .some((name) => readFileSync(join(folder, 'read', name)).includes(text));
    const family = (sampleData['police.arrest.recorded'] as { name: { family: string } }).name.family;
    const held: boolean[] = [];
    await projectAll(world, 'live', (folder) => held.push(bytesHold(folder, family)));
    await recordAgreement(world.log, changed(arrests, 'agreement.suspended', 2000));
    await projectAll(world, 'live', (folder) => held.push(bytesHold(folder, family)));
    expect(held).toEqual([true, false]);
  });

  it('follows consent: given, withdrawn, and nothing of others', async () => {
    await recordAgreement(world.log, ...cameIntoForce(treatment, 10));
    await attendance(world);
    expect(await seen('probation', sam)).toEqual([]);
    await consent(world, 'given');
    expect((await seen('probation', sam)).map(({ type }) => type)).toEqual(['treatment.attendance.recorded']);
    expect(await seen('housing', sam)).toEqual([]);
    await expectSameByRebuild('given');
    await consent(world, 'withdrawn');
    expect(await seen('probation', sam)).toEqual([]);
    await expectSameByRebuild('withdrawn');
  });

  it('follows the person across a border: from the acceptance on the receiving agreement governs', async () => {
    const under = (area: string, recipient: string) =>
      agreement(area.toLowerCase(), {
        id: 'arrests',
        types: ['police.arrest.*'],
        recipients: [recipient],
        conditions: { areas: [area] },
      });
    const step = (type: string, data: Readonly<Record<string, unknown>>) =>
      recordFact(world, { offender: sam, publisher: 'hub', type, data });
    const seenBy = async () => [(await seen('probation', sam)).length, (await seen('housing', sam)).length];
    await recordAgreement(world.log, ...cameIntoForce(under('NW', 'probation'), 10));
    await recordAgreement(world.log, ...cameIntoForce(under('Nextshire', 'housing'), 20));
    await arrest(world, sam);
    expect(await seenBy()).toEqual([0, 0]);
    await step('hub.area.assigned', { area: 'NW' });
    expect(await seenBy()).toEqual([1, 0]);
    await step('hub.crossBorder.handoverOffered', { fromArea: 'NW', toArea: 'Nextshire' });
    expect(await seenBy()).toEqual([1, 0]);
    await step('hub.crossBorder.handoverAccepted', { fromArea: 'NW', area: 'Nextshire' });
    expect(await seenBy()).toEqual([0, 1]);
    await expectSameByRebuild('across');
  });

  it('shares nothing of voluntary management before the person was told of sharing (R15)', async () => {
    const voluntary = {
      id: 'will',
      types: ['treatment.*'],
      conditions: { management: 'voluntary' },
    } as const;
    await recordAgreement(world.log, ...cameIntoForce(agreement('will', voluntary), 10));
    await attendance(world);
    const step = (type: string, data: Readonly<Record<string, unknown>>) =>
      recordFact(world, { offender: sam, publisher: 'hub', type, data });
    await step('hub.management.decided', { levels: ['Enhanced'], management: 'voluntary' });
    expect(await seen('probation', sam)).toEqual([]);
    await step('hub.subject.informed', { noticeVersion: '2' });
    expect((await seen('probation', sam)).map(({ type }) => type)).toEqual(['treatment.attendance.recorded']);
    await expectSameByRebuild('informed');
  });

  it('replays past a model that is ahead without taking it back: what was withdrawn stays away', async () => {
    await recordAgreement(world.log, ...cameIntoForce(treatment, 10));
    await attendance(world);
    await consent(world, 'given');
    const folder = await projectAll(world, 'live');
    await consent(world, 'withdrawn');
    await projectAll(world, 'live');
    const before = digestAll(folder);
    rmSync(modelFile(folder, 'police'));
    const models = openEmbeddedWriter(folder, identifierPseudonym(world.vault));
    const standing = await standingAt(world.log, 0);
    for await (const event of world.log.readAll(0)) {
      await applyEvent({ log: world.log, vault: world.vault, models }, standing, event);
      if (event.type === 'hub.consent.given') break;
    }
    models.commit(3);
    const reader = openEmbeddedReader(folder, 'probation');
    expect(reader.hasAny(sam, [...reader.grants().keys()])).toBe(false);
    reader.close();
    models.close();
    expect(digestAll(await projectAll(world, 'live'))).toEqual(before);
  });

  it('ends a consent that is retracted, by whatever type and about whomever the retraction says it is', async () => {
    await recordAgreement(world.log, ...cameIntoForce(treatment, 10));
    await attendance(world);
    const given = await consent(world, 'given');
    expect(await seen('probation', sam)).toHaveLength(1);
    await recordFact(world, {
      offender: kim,
      publisher: 'hub',
      type: 'hub.subject.informed',
      data: sampleData['hub.subject.informed'] ?? {},
      retracts: given,
    });
    expect(await seen('probation', sam)).toEqual([]);
    await expectSameByRebuild('retracted');
  });

  it('marks a corrected fact wherever it is seen, in whichever order the two arrive', async () => {
    await recordAgreement(world.log, ...cameIntoForce(arrests, 10));
    const first = await arrest(world, sam);
    const second = await arrest(world, sam, first);
    expect(await seen('probation', sam)).toEqual([
      { type: 'police.arrest.recorded', superseded: null },
      {
        type: 'police.arrest.recorded',
        superseded: { by: second, kind: 'corrected', position: expect.any(Number) },
      },
    ]);
    await expectSameByRebuild('corrected');
  });

  it('resumes from its checkpoint, and repeats harmlessly', async () => {
    await recordAgreement(world.log, ...cameIntoForce(arrests, 10));
    await arrest(world, sam);
    await projectAll(world, 'live');
    await arrest(world, kim);
    await consent(world, 'given');
    const once = digestAll(await projectAll(world, 'live'));
    expect(digestAll(await projectAll(world, 'live'))).toEqual(once);
    await expectSameByRebuild('again');
  });
});
