import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { streamOf } from '../../contract/fact.js';
import { type DataProtectionEvent } from '../../domain/erasure/data-protection.js';
import { agreementOf } from '../../testing/agreements.js';
import { sampleData } from '../../testing/samples.js';
import {
  cameIntoForce,
  digestAll,
  openWorld,
  projectAll,
  rebuildAll,
  recordAgreement,
  recordFact,
  type World,
} from '../../testing/world.js';
import { openEmbeddedReader } from '../read-store/embedded-reader.js';

const by = { agency: 'hub', user: 'head' };
const restricted = { type: 'processing.restricted', id: 'one', offender: 'P1', by, at: 1 } as const;
const ground = { ground: 'accuracy-contested', requirement: 'R18' } as const;
const lifted: DataProtectionEvent = {
  type: 'processing.restrictionLifted',
  id: 'one',
  offender: 'P1',
  by,
  at: 2,
  subjectInformed: '2026-01-01',
};
const erased: DataProtectionEvent = {
  type: 'erasure.made',
  id: 'two',
  offender: 'P1',
  by,
  at: 3,
  ground: 'unlawful',
  reason: 'processing would be unlawful',
  requirement: 'R18',
  counts: { facts: 2, quarantined: 0 },
  quarantined: [],
};

describe('read models of a person whose data are protected', () => {
  let world: World;
  const document = agreementOf({
    reference: 'pair',
    clauses: [
      {
        id: 'all',
        publishers: ['police'],
        recipients: ['probation'],
        purposes: ['supervision'],
        types: ['police.*'],
        fields: { clear: ['class:PERS'] },
        reach: 'history',
      },
    ],
  });
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const record = async (event: DataProtectionEvent): Promise<void> => {
    const logged = {
      id: randomUUID(),
      type: event.type,
      metadata: JSON.stringify(event),
      data: new Uint8Array(),
    };
    await world.log.append(streamOf.dataProtection, [logged], 'any');
  };
  const arrest = (offender: string): Promise<string> =>
    recordFact(world, {
      offender,
      publisher: 'police',
      type: 'police.arrest.recorded',
      data: sampleData['police.arrest.recorded'] ?? {},
    });
  /** Facts of everybody in a model, and whether each is marked, after following and after rebuilding. */
  const seen = async (agency: string) => {
    const followed = await projectAll(world, 'live');
    expect(digestAll(await rebuildAll(world, randomUUID()))).toEqual(digestAll(followed));
    const reader = openEmbeddedReader(followed, agency);
    const grants = reader.grants();
    const facts = ['P1', 'P2'].flatMap((offender) =>
      reader
        .timeline({
          offender,
          decisions: [...grants.keys()],
          order: 'received',
          types: undefined,
          asOf: Number.MAX_SAFE_INTEGER,
          after: undefined,
          limit: 50,
        })
        .map(
          ({ decision }) => `${offender}${grants.get(decision)?.['*']?.restricted === true ? ' marked' : ''}`,
        ),
    );
    reader.close();
    return facts;
  };

  it('restricted as a whole, show nothing to others and are marked for their publisher, until it is lifted', async () => {
    await recordAgreement(world.log, ...cameIntoForce(document, Date.parse('2025-02-01')));
    await Promise.all(['P1', 'P2'].map(arrest));
    expect(await seen('probation')).toEqual(['P1', 'P2']);
    await record({ ...restricted, ...ground });
    expect(await seen('probation')).toEqual(['P2']);
    expect(await seen('police')).toEqual(['P1 marked', 'P2']);
    await arrest('P1');
    expect(await seen('probation')).toEqual(['P2']);
    await record(lifted);
    expect(await seen('probation')).toEqual(['P1', 'P1', 'P2']);
    expect(await seen('police')).toEqual(['P1', 'P1', 'P2']);
  });

  it('restricted in one fact, show the others', async () => {
    await recordAgreement(world.log, ...cameIntoForce(document, Date.parse('2025-02-01')));
    const ids = [await arrest('P1'), await arrest('P1')];
    await record({ ...restricted, ...ground, facts: [2], publications: [`/police/test ${ids[0] ?? ''}`] });
    expect(await seen('probation')).toEqual(['P1']);
    expect((await seen('police')).sort()).toEqual(['P1', 'P1 marked']);
  });

  it('erased, hold nothing more, whether the key is gone yet or not and whatever comes after', async () => {
    await recordAgreement(world.log, ...cameIntoForce(document, Date.parse('2025-02-01')));
    await Promise.all(['P1', 'P2'].map(arrest));
    expect(await seen('police')).toEqual(['P1', 'P2']);
    await record(erased);
    await record({ ...restricted, ...ground });
    await record(lifted);
    await arrest('P1');
    expect(await seen('police')).toEqual(['P2']);
    world.vault.erase(['P1']);
    expect(await seen('police')).toEqual(['P2']);
    expect(await seen('probation')).toEqual(['P2']);
  });
});
