import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startOf } from '../../domain/agreement/decide.js';
import { type AgreementDocument, type Conditions } from '../../domain/agreement/document.js';
import { grantedTo } from '../../domain/picture/grants.js';
import { type EmergencyEvent } from '../../domain/emergency/emergency.js';
import { documentOf } from '../../testing/agreements.js';
import { sampleData } from '../../testing/samples.js';
import {
  cameIntoForce,
  changed,
  dayBegan,
  digestAll,
  openWorld,
  projectAll,
  rebuildAll,
  recordAgreement,
  recordEmergency,
  recordFact,
  withdrew,
  type World,
} from '../../testing/world.js';
import { openEmbeddedReader } from '../read-store/embedded-reader.js';
import { type PictureReader } from '../read-store/read-store.js';

const sam = 'P0000000001A';
const purpose = 'reducing-reoffending';
const anna = { user: 'anna', purpose };
const begun = startOf('2025-01-01');
const HOUR = 3_600_000;

/** Everything of the police, probation and courts to housing, under conditions. */
function agreement(conditions: Conditions, reference = 'conditional'): AgreementDocument {
  const clause = {
    publishers: ['police', 'probation', 'courts'],
    recipients: ['housing', 'treatment'],
    purposes: [purpose],
    types: ['police.*', 'probation.*', 'court.*'],
    fields: { clear: ['class:PERS', 'class:CJF', 'class:INTEL', 'class:ADM'] },
    reach: 'history' as const,
  };
  return documentOf({ reference, expires: '2027-01-01', clauses: [{ ...clause, id: 'all', conditions }] });
}

describe('conditions, as the log goes on', () => {
  let world: World;
  let rebuilds = 0;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const begin = (conditions: Conditions): Promise<void> =>
    recordAgreement(world.log, ...cameIntoForce(agreement(conditions), begun));
  const record = (publisher: string, type: string, data: object = {}, more: object = {}): Promise<string> =>
    recordFact(world, {
      offender: sam,
      publisher,
      type,
      data: { ...sampleData[type], ...data },
      received: begun + 1,
      ...more,
    });

  /** What a look into the housing model gives, which a rebuild makes the same. */
  async function look<T>(at: (reader: PictureReader, folder: string) => T): Promise<T> {
    const folder = await projectAll(world, 'live');
    expect(digestAll(await rebuildAll(world, `rebuilt-${(rebuilds += 1)}`))).toEqual(digestAll(folder));
    const reader = openEmbeddedReader(folder, 'housing');
    try {
      return at(reader, folder);
    } finally {
      reader.close();
    }
  }
  const factsIn = (reader: PictureReader) =>
    reader.timeline({
      offender: sam,
      decisions: [...reader.grants().keys()],
      order: 'received',
      types: undefined,
      asOf: 1e9,
      after: undefined,
      limit: 50,
    });
  const seen = (): Promise<readonly string[]> =>
    look((reader) =>
      factsIn(reader)
        .map(({ type }) => type)
        .sort(),
    );

  it('a birthday brings and takes away, on the day that begins', async () => {
    await begin({ age: { atQuestion: { from: 18, to: 18 } } });
    await record('police', 'police.arrest.recorded', { dateOfBirth: '2007-03-17' });
    expect(await seen()).toEqual([]);
    await recordAgreement(world.log, dayBegan('2025-03-31'));
    expect(await seen()).toEqual(['police.arrest.recorded']);
    await recordAgreement(world.log, dayBegan('2026-02-28'));
    expect(await seen()).toEqual(['police.arrest.recorded']);
    await recordAgreement(world.log, dayBegan('2026-03-01'));
    expect(await seen()).toEqual([]);
  });

  it('a birthday counts, too, when another agreement is what moves time on', async () => {
    await begin({ age: { atQuestion: { from: 18 } } });
    await record('police', 'police.arrest.recorded', { dateOfBirth: '2007-03-17' });
    await projectAll(world, 'live');
    await recordAgreement(world.log, ...cameIntoForce(agreement({}, 'other'), startOf('2025-04-01')));
    await recordAgreement(
      world.log,
      changed(agreement({}, 'other'), 'agreement.terminated', startOf('2025-04-02')),
    );
    expect(await seen()).toEqual(['police.arrest.recorded']);
  });

  it('a second claim of when somebody was born makes doubt, and doubt withholds', async () => {
    await begin({ age: { atQuestion: { from: 18 } } });
    await record('police', 'police.arrest.recorded', { dateOfBirth: '1991-03-17' });
    expect(await seen()).toEqual(['police.arrest.recorded']);
    await record('probation', 'probation.case.allocated', { dateOfBirth: '2010-03-17' });
    expect(await seen()).toEqual([]);
  });

  it("a court's restriction holds its facts back until the day after its end", async () => {
    await begin({});
    await record('courts', 'court.reportingRestriction.imposed', { ends: '2025-03-10' });
    await record('police', 'police.arrest.recorded');
    expect(await seen()).toEqual(['police.arrest.recorded']);
    await recordAgreement(world.log, dayBegan('2025-03-10'));
    expect(await seen()).toEqual(['police.arrest.recorded']);
    await recordAgreement(world.log, dayBegan('2025-03-11'));
    expect(await seen()).toEqual(['court.reportingRestriction.imposed', 'police.arrest.recorded']);
  });

  it('a marking of limited access holds back what its agency published, and nothing of others', async () => {
    await begin({});
    await record('probation', 'probation.case.allocated');
    await record('police', 'police.arrest.recorded');
    await record('probation', 'probation.lao.set', { restriction: 'RESTRICTED' });
    expect(await seen()).toEqual(['police.arrest.recorded']);
    await record('probation', 'probation.lao.set', { restriction: 'NONE' });
    expect(await seen()).toContain('probation.case.allocated');
  });

  it('conditions of handling go with the facts that a clause accepts under them', async () => {
    await begin({ handling: ['P', 'C'] });
    await record('police', 'police.arrest.recorded', {}, { handling: 'C', handlingConditions: 'ask first' });
    await record('police', 'police.charge.laid');
    const found = await look((reader) =>
      factsIn(reader).map(({ type, handlingConditions }) => [type, handlingConditions]),
    );
    expect(found.sort()).toEqual([
      ['police.arrest.recorded', 'ask first'],
      ['police.charge.laid', null],
    ]);
  });

  it('an agency knows whom of its own people is responsible for a case, and nobody of others', async () => {
    await begin({ responsibility: 'case' });
    await record('police', 'police.arrest.recorded');
    const appoint = (agency: string, user: string): Promise<string> =>
      record('hub', 'hub.leadProfessional.appointed', { agency, user });
    await appoint('housing', 'anna');
    await appoint('treatment', 'tess');
    const ties = () =>
      look((_, folder) =>
        ['housing', 'treatment', 'probation'].map((agency) => {
          const reader = openEmbeddedReader(folder, agency);
          const found = ['anna', 'tess'].map(
            (user) => reader.tie({ user, purpose, at: begun }, sam).responsible,
          );
          reader.close();
          return found;
        }),
      );
    expect(await ties()).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
    const granted = await look((reader) => {
      const grants = reader.grants().get(factsIn(reader)[0]?.decision ?? -1) ?? {};
      return [true, false].map(
        (responsible) => grantedTo(grants, purpose, { roles: [], responsible, emergency: false }).length > 0,
      );
    });
    expect(granted).toEqual([true, false]);
    await record('hub', 'hub.leadProfessional.ended', { agency: 'housing', user: 'anna' });
    expect((await ties())[0]).toEqual([false, false]);
  });

  it('an emergency puts its values into the model while it is open, and takes them out of its very bytes', async () => {
    await begin({ emergency: { hours: 4, reviewWithin: 48 } });
    await record('police', 'police.arrest.recorded', { name: { family: 'Zqcanaryqz' } });
    const by = { agency: 'housing', team: 'housing', user: 'anna' };
    const step = { id: 'e1', by, reason: 'a threat to life' };
    const until = begun + 4 * HOUR;
    const opened: EmergencyEvent = {
      ...step,
      type: 'emergency.opened',
      offender: sam,
      purpose,
      clauses: ['conditional/1#all'],
      at: begun,
      until,
      reviewDue: begun + 48 * HOUR,
    };
    const bytesHold = (folder: string): boolean =>
      readdirSync(join(folder, 'read'))
        .filter((name) => name.startsWith('housing.sqlite'))
        .some((name) => readFileSync(join(folder, 'read', name)).includes('Zqcanaryqz'));
    const held = (): Promise<boolean> => look((_, folder) => bytesHold(folder));
    expect(await held()).toBe(false);
    await recordEmergency(world.log, opened);
    expect(await held()).toBe(true);
    const ties = await look((reader) =>
      [
        { ...anna, at: until - 1 },
        { ...anna, at: until },
        { ...anna, at: until - 1, purpose: 'resettlement' },
        { ...anna, at: until - 1, user: 'ben' },
      ].map((question) => [reader.tie(question, sam).emergency, reader.ties(question).has(sam)]),
    );
    expect(ties).toEqual([
      [true, true],
      [false, false],
      [false, false],
      [false, false],
    ]);
    await recordEmergency(world.log, { ...step, type: 'emergency.closed', at: until });
    expect(await held()).toBe(false);
  });

  it('an emergency that nobody closed ends with the day that begins after its hours', async () => {
    await begin({ emergency: { hours: 4, reviewWithin: 48 } });
    await record('police', 'police.arrest.recorded');
    const by = { agency: 'housing', team: 'housing', user: 'anna' };
    await recordEmergency(world.log, {
      type: 'emergency.opened',
      id: 'e1',
      by,
      reason: 'a threat to life',
      offender: sam,
      purpose,
      clauses: [],
      at: begun,
      until: begun + 4 * HOUR,
      reviewDue: begun + 48 * HOUR,
    });
    expect(await seen()).toEqual(['police.arrest.recorded']);
    await recordAgreement(world.log, dayBegan('2025-01-02'));
    expect(await seen()).toEqual([]);
  });

  it('a party that leaves takes its flows along, and only those', async () => {
    await begin({});
    await record('police', 'police.arrest.recorded');
    await record('probation', 'probation.case.allocated');
    await projectAll(world, 'live');
    await recordAgreement(world.log, withdrew(agreement({}), 'police', begun + HOUR));
    expect(await seen()).toEqual(['probation.case.allocated']);
    await recordAgreement(world.log, withdrew(agreement({}), 'housing', begun + 2 * HOUR));
    expect(await seen()).toEqual([]);
  });

  it('an agreement whose last day is over gives nothing, though its expiry is not in the log yet', async () => {
    await begin({});
    await record('police', 'police.arrest.recorded');
    expect(await seen()).toEqual(['police.arrest.recorded']);
    await recordAgreement(world.log, dayBegan('2027-01-01'));
    expect(await seen()).toEqual([]);
    await recordAgreement(world.log, changed(agreement({}), 'agreement.expired', startOf('2027-01-01') + 1));
    expect(await seen()).toEqual([]);
  });
});
