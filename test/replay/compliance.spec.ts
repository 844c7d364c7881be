import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { streamOf } from '../../libs/contract/fact.js';
import { type Finding } from '../../libs/domain/audit/compliance-finding.js';
import { type RecordedDisclosure } from '../../libs/domain/audit/compliance-grants.js';
import { CONSULTED, type DisclosedFact } from '../../libs/domain/disclosure/disclosure.js';
import {
  changed,
  openWorld,
  recordAgreement,
  recordEmergency,
  withdrew,
  type World,
} from '../../libs/testing/world.js';
import {
  agreed,
  ASKED,
  IN_FORCE,
  NADIA,
  positionOf,
  RECEIVED,
  record,
  recordAnswer,
  recordArrest,
  recordBeginning,
  replayed,
  SAM,
  TERRY,
} from './replayed-log.js';

let world: World;
let arrest: number;
let nadias: number;
beforeEach(async () => {
  world = await openWorld();
  const [first = '', second = ''] = await recordBeginning(world);
  [arrest, nadias] = [await positionOf(world.log, first), await positionOf(world.log, second)];
});
afterEach(() => world.close());

type Shown = DisclosedFact['shown'];

const arrestsShown: Shown = {
  'core/1#arrests': { clear: ['pnc', 'arrestedAt'], generalise: ['dateOfBirth'], mask: ['custodyRef'] },
};
const sams = (shown: Shown, position = arrest): DisclosedFact => ({ position, offender: SAM, shown });

/** What a replay finds, in short: kind, reason, fact, field and clause. */
const found = async (): Promise<readonly unknown[]> =>
  (await replayed(world.log)).findings.map(({ kind, reason, field, clause }: Finding) =>
    [kind, reason, field, clause].filter((each) => each !== null).join(' '),
  );

async function foundIn(shown: Shown, given: Partial<RecordedDisclosure> = {}, position = arrest) {
  await recordAnswer(world, { facts: [sams(shown, position)], ...given });
  return found();
}

const probation = { agency: 'probation', user: 'pat', purpose: 'reducing-reoffending' };
const health = { agency: 'health', user: 'hal', purpose: 'safeguarding' };
const police = { agency: 'police', user: 'pip', purpose: 'reducing-reoffending' };

describe('what the agreements permitted', () => {
  it('is no finding, and is counted', async () => {
    await recordAnswer(world, {
      facts: [sams(arrestsShown), { ...sams(arrestsShown, nadias), offender: NADIA }],
    });
    await recordAnswer(world, { offenders: [] }, CONSULTED);
    const { replay, findings } = await replayed(world.log);
    expect(findings).toEqual([]);
    expect(replay).toMatchObject({ disclosures: 1, consultations: 1, facts: 2, fields: 8, notPermitted: 0 });
  });

  it("of an agency's own record", async () => {
    const shown = { 'own-record': { clear: await fieldsHeld(arrest) } };
    expect(await foundIn(shown, police)).toEqual([]);
  });

  it('what a fact does not hold, and one field where a picture tells single ones', async () => {
    const bare = { offender: SAM, publisher: 'police', type: 'police.arrest.recorded', data: { asn: 'x' } };
    const position = await positionOf(world.log, await record(world, bare));
    expect(await foundIn({ 'core/1#arrests': { absent: ['pnc'] } }, {}, position)).toEqual([]);
    expect(await foundIn({ 'core/1#arrests': { generalise: ['dateOfBirth'] } })).toEqual([]);
  });

  it('to a role, to the one responsible, and in an emergency', async () => {
    const coordinator = { ...probation, roles: ['coordinator'] };
    expect(await foundIn({ 'core/1#coordinators': { clear: ['stationCode'] } }, coordinator)).toEqual([]);
    expect(await foundIn({ 'core/1#coordinators': { clear: ['stationCode'] } }, probation)).toEqual([]);
    await appoint('pat');
    expect(await foundIn({ 'core/1#responsible': { clear: ['sex'] } }, { ...probation, roles: [] })).toEqual(
      [],
    );
    await openEmergency('hal', ASKED + 1000);
    const address = { clear: ['address.lines', 'address.postcode'] };
    expect(await foundIn({ 'core/1#emergency': address }, health)).toEqual([]);
  });

  it('with consent', async () => {
    await consent('hub.consent.given');
    const position = await attendance();
    const shown = { 'core/1#attendance': { clear: ['nhs', 'attendance', 'attendedOn'] } };
    expect(await foundIn(shown, police, position)).toEqual([]);
  });

  it('people and lookups', async () => {
    const confirmed = [{ offender: SAM, path: 'pnc', clauses: ['core/1#arrests'] }];
    await recordAnswer(world, { offenders: [SAM, NADIA], confirmed });
    const own = [{ offender: SAM, path: 'subject', clauses: ['own-record'] }];
    await recordAnswer(world, { ...police, offenders: [SAM], confirmed: own });
    expect(await found()).toEqual([]);
  });
});

describe('what they did not permit is named, and nothing else', () => {
  const clear = (...paths: string[]) => ({ clear: paths });

  it.each<[string, Shown, Partial<RecordedDisclosure>, string]>([
    [
      'a field that no clause names',
      { 'core/1#arrests': clear('sex') },
      {},
      'field-not-named sex core/1#arrests',
    ],
    [
      'a field of no type',
      { 'core/1#arrests': clear('made.up') },
      {},
      'field-not-named made.up core/1#arrests',
    ],
    ['a clause of no agreement', { 'other/1#a': clear('sex') }, {}, 'unknown-clause sex other/1#a'],
    [
      'another purpose',
      { 'core/1#arrests': clear('pnc') },
      { purpose: 'resettling' },
      'other-purpose pnc core/1#arrests',
    ],
    [
      "another agency's clause",
      { 'core/1#arrests': clear('pnc') },
      probation,
      'other-recipient pnc core/1#arrests',
    ],
    [
      'a value that was to be made coarser',
      { 'core/1#arrests': clear('dateOfBirth') },
      {},
      'treatment dateOfBirth core/1#arrests',
    ],
    [
      'the absence of what was to be masked',
      { 'core/1#arrests': { absent: ['custodyRef'] } },
      {},
      'treatment custodyRef core/1#arrests',
    ],
    ['a record of its own that is none', { 'own-record': clear('sex') }, {}, 'not-own-record sex own-record'],
    [
      'a role that the asker has not',
      { 'core/1#coordinators': clear('stationCode') },
      { ...probation, roles: ['practitioner'] },
      'role stationCode core/1#coordinators',
    ],
    [
      'a case that is not theirs',
      { 'core/1#responsible': clear('sex') },
      probation,
      'responsibility sex core/1#responsible',
    ],
    [
      'an emergency that nobody opened',
      { 'core/1#emergency': clear('address.postcode') },
      health,
      'emergency address.postcode core/1#emergency',
    ],
    [
      'a moment after the last day of the agreement',
      { 'core/1#arrests': clear('pnc') },
      { at: Date.parse('2026-01-01T00:00:00Z') },
      'not-in-force pnc core/1#arrests',
    ],
    [
      'a moment before the first',
      { 'core/1#arrests': clear('pnc') },
      { at: IN_FORCE - 1 },
      'not-in-force pnc core/1#arrests',
    ],
    ['a fact of which nothing is shared', {}, { agency: 'vcse' }, 'nothing-granted'],
  ])('%s', async (_, shown, given, expected) => {
    expect(await foundIn(shown, given)).toEqual([`not-permitted ${expected}`]);
  });

  it("another publisher's clause", async () => {
    const position = await attendance();
    expect(await foundIn({ 'core/1#earlier': clear('attendance') }, police, position)).toEqual([
      'not-permitted other-publisher attendance core/1#earlier',
    ]);
  });

  const shown = { 'core/1#arrests': clear('pnc', 'arrestedAt') };
  const everything = ['pnc', 'arrestedAt'].map((path) => `${path} core/1#arrests`);

  it('anything after a suspension, a termination or a withdrawal', async () => {
    await recordAgreement(world.log, changed(agreed, 'agreement.suspended', ASKED - 10));
    expect(await foundIn(shown)).toEqual(everything.map((each) => `not-permitted not-in-force ${each}`));
    await recordAgreement(world.log, changed(agreed, 'agreement.resumed', ASKED + 10));
    await recordAnswer(world, { facts: [sams(arrestsShown)], at: ASKED + 20 });
    expect(await found()).toHaveLength(2);
    await recordAgreement(world.log, withdrew(agreed, 'housing', ASKED + 30));
    await recordAnswer(world, { facts: [sams(shown)], at: ASKED + 40 });
    expect(await found()).toHaveLength(4);
  });

  it('a suspension that the read model had followed past, and one that it had not', async () => {
    const asOf = await world.log.head();
    await recordAgreement(world.log, changed(agreed, 'agreement.suspended', ASKED + 10));
    expect(await foundIn(shown, { asOf })).toEqual(
      everything.map((each) => `not-permitted overtaken ${each}`),
    );
  });

  it('a consent that was withdrawn, followed or not', async () => {
    await consent('hub.consent.given');
    const position = await attendance();
    const asOf = await world.log.head();
    await consent('hub.consent.withdrawn');
    const attended = { 'core/1#attendance': clear('attendance') };
    expect(await foundIn(attended, police, position)).toEqual([
      'not-permitted conditions attendance core/1#attendance',
    ]);
    expect((await foundIn(attended, { ...police, asOf }, position))[1]).toBe(
      'not-permitted overtaken attendance core/1#attendance',
    );
  });

  it('an emergency that is over, or for another purpose or user', async () => {
    await openEmergency('hal', ASKED);
    const address = { 'core/1#emergency': clear('address.postcode') };
    const over = 'not-permitted emergency address.postcode core/1#emergency';
    expect(await foundIn(address, health)).toEqual([over]);
    expect(await foundIn(address, { ...health, user: 'hen', at: ASKED - 5 })).toEqual([over, over]);
  });

  it('what was received before a clause reaches, and what may only be handled under conditions', async () => {
    const fact = { offender: SAM, publisher: 'police', type: 'police.arrest.recorded' };
    const early = await positionOf(world.log, await record(world, { ...fact, received: IN_FORCE - 1 }));
    const handled = await positionOf(world.log, await record(world, { ...fact, handling: 'C' }));
    expect(await foundIn(shown, {}, early)).toEqual(
      everything.map((each) => `not-permitted before-reach ${each}`),
    );
    expect((await foundIn(shown, {}, handled)).slice(2)).toEqual(
      everything.map((each) => `not-permitted handling ${each}`),
    );
  });

  it('facts that are none, are retractions, or about somebody else', async () => {
    const retraction = { offender: SAM, publisher: 'police', type: 'police.arrest.recorded' };
    const earlier = await recordArrest(world, SAM);
    const retracting = await positionOf(world.log, await record(world, { ...retraction, retracts: earlier }));
    const later = (await world.log.head()) + 2;
    const facts = [
      sams(arrestsShown, 1),
      sams(arrestsShown, retracting),
      sams(arrestsShown, nadias),
      sams({}, later),
    ];
    await recordAnswer(world, { facts });
    await recordArrest(world, SAM);
    expect((await replayed(world.log)).findings.map(({ reason, fact }) => [reason, fact])).toEqual([
      ['no-such-fact', 1],
      ['retraction', retracting],
      ['other-person', nadias],
      ['no-such-fact', later],
    ]);
  });

  it('a fact whose processing is restricted, and anything of a person who was erased', async () => {
    const asOf = await world.log.head();
    await protect({
      type: 'processing.restricted',
      ground: 'accuracy-contested',
      requirement: 'R18',
      facts: [],
    });
    expect(await foundIn(shown)).toEqual(everything.map((each) => `not-permitted restricted ${each}`));
    const reason = 'for the test';
    const erased = { ground: 'unlawful', reason, requirement: 'R18', counts: { facts: 1, quarantined: 0 } };
    await protect({ type: 'erasure.made', ...erased, quarantined: [] });
    expect((await foundIn(shown)).slice(2)).toEqual(everything.map((each) => `not-permitted erased ${each}`));
    expect((await foundIn(shown, { asOf })).slice(4)).toEqual(
      everything.map((each) => `not-permitted overtaken ${each}`),
    );
    await recordAnswer(world, { offenders: [SAM, NADIA] });
    expect((await found()).slice(6)).toEqual(['not-permitted nothing-granted']);
  });

  it('people named beside a picture, but none whom an answer names by law alone', async () => {
    await recordAnswer(world, { offenders: [TERRY], asked: ['corrections'] });
    expect(await found()).toEqual([]);
    await recordAnswer(world, { offenders: [TERRY], asked: ['corrections', 'offender'] });
    expect(await found()).toEqual(['not-permitted nothing-granted']);
  });

  it('people of whom nothing is granted, and lookups that nothing opens', async () => {
    const confirmed = [
      { offender: SAM, path: 'dateOfBirth', clauses: ['core/1#arrests'] },
      { offender: SAM, path: 'pnc', clauses: ['core/1#coordinators'] },
      { offender: SAM, path: 'pnc', clauses: ['core/1#arrests', 'own-record'] },
      { offender: SAM, path: 'pnc', clauses: [] },
    ];
    await recordAnswer(world, { offenders: [SAM, TERRY], confirmed });
    expect((await replayed(world.log)).findings).toMatchObject([
      { reason: 'nothing-granted', offender: TERRY, shown: 'exists', field: null },
      { reason: 'nothing-granted', field: 'dateOfBirth', shown: 'confirmed' },
      { reason: 'other-clause', field: 'pnc', clause: 'core/1#coordinators' },
      { reason: 'other-clause', field: 'pnc', clause: 'own-record' },
      { reason: 'other-clause', field: 'pnc', clause: null },
    ]);
  });

  it('a clause that was not the one', async () => {
    await appoint('pat');
    const coordinator = { ...probation, roles: ['coordinator'] };
    expect(await foundIn({ 'core/1#coordinators': clear('sex', 'stationCode') }, coordinator)).toEqual([
      'not-permitted other-clause sex core/1#coordinators',
    ]);
  });

  it('each with who, whom, when, why and what would have been', async () => {
    await foundIn({ 'core/1#arrests': clear('dateOfBirth') });
    expect((await replayed(world.log)).findings).toEqual([
      {
        kind: 'not-permitted',
        reason: 'treatment',
        position: await world.log.head(),
        at: ASKED,
        agency: 'housing',
        user: 'housing-user',
        purpose: 'resettlement',
        offender: SAM,
        fact: arrest,
        field: 'dateOfBirth',
        shown: 'clear',
        clause: 'core/1#arrests',
        permitted: { outcome: 'generalise', clause: 'core/1#arrests' },
      },
    ]);
  });
});

describe('what they permitted and the answer withheld', () => {
  it('is what was shown less openly, told as absent, or left out among its like', async () => {
    const shown = { 'core/1#arrests': { mask: ['pnc', 'custodyRef'], absent: ['dateOfBirth'] } };
    expect(await foundIn(shown)).toEqual([
      'withheld less-open pnc core/1#arrests',
      'withheld told-absent dateOfBirth core/1#arrests',
    ]);
    await recordAnswer(world, { facts: [sams({ 'core/1#arrests': { clear: ['pnc'] } })] });
    expect((await found()).slice(2)).toEqual(
      ['dateOfBirth', 'custodyRef', 'arrestedAt'].map((path) => `withheld left-out ${path} core/1#arrests`),
    );
  });

  it('is not what was granted only after the read model had followed', async () => {
    const position = await attendance();
    const asOf = await world.log.head();
    await consent('hub.consent.given');
    await recordAnswer(world, {
      ...police,
      asOf,
      facts: [sams({ 'core/1#attendance': { mask: ['attendance'] } }, position)],
    });
    expect(await found()).toEqual([]);
  });
});

describe('records', () => {
  it('that cannot be read, or stand elsewhere, are findings', async () => {
    const event = { id: crypto.randomUUID(), type: 'disclosure.made', data: new Uint8Array() };
    await world.log.append('disclosure-housing', [{ ...event, metadata: '{"facts":3}' }], 'any');
    const position = await recordAnswer(world, { facts: [] });
    const own = await replayed(world.log);
    expect(own.findings).toMatchObject([
      { kind: 'record', reason: 'unreadable', agency: 'housing', at: null },
    ]);
    let moved = '';
    for await (const each of world.log.readAll(position - 1)) moved = each.metadata;
    const id = crypto.randomUUID();
    await world.log.append('disclosure-police', [{ ...event, id, metadata: moved }], 'any');
    expect((await replayed(world.log)).findings[1]).toMatchObject({
      reason: 'other-agency',
      agency: 'police',
    });
  });

  it('count only within the period', async () => {
    await recordAnswer(world, { facts: [sams({ 'core/1#arrests': { clear: ['sex'] } })] });
    const counts = async (from: number | null, to: number | null) =>
      (await replayed(world.log, { from, to })).replay.notPermitted;
    expect(await counts(ASKED, ASKED + 1)).toBe(1);
    expect(await counts(ASKED + 1, null)).toBe(0);
    expect(await counts(null, ASKED)).toBe(0);
  });
});

async function fieldsHeld(position: number): Promise<readonly string[]> {
  for await (const { metadata } of world.log.readAll(position - 1))
    return (JSON.parse(metadata) as { fields: readonly string[] }).fields;
  return [];
}

const hubs = { offender: SAM, publisher: 'hub' };
const consentScope = ['police:HLTH'];

const appoint = (user: string): Promise<string> =>
  record(world, {
    ...hubs,
    type: 'hub.leadProfessional.appointed',
    data: { agency: 'probation', user, appointedAt: '2025-03-12T10:00:00Z' },
  });

const consent = (type: 'hub.consent.given' | 'hub.consent.withdrawn'): Promise<string> =>
  record(world, { ...hubs, type, data: { consentScope }, received: RECEIVED });

const attendance = async (): Promise<number> =>
  positionOf(
    world.log,
    await record(world, { offender: SAM, publisher: 'treatment', type: 'treatment.attendance.recorded' }),
  );

async function protect(event: object): Promise<void> {
  const step = {
    id: 'protection',
    offender: SAM,
    by: { agency: 'hub', user: 'test' },
    at: ASKED - 50,
    ...event,
  };
  const { type } = { type: '', ...event };
  const logged = { id: crypto.randomUUID(), type, metadata: JSON.stringify(step), data: new Uint8Array() };
  await world.log.append(streamOf.dataProtection, [logged], 'any');
}

const openEmergency = (user: string, until: number): Promise<void> =>
  recordEmergency(world.log, {
    type: 'emergency.opened',
    id: 'first',
    offender: SAM,
    by: { agency: 'health', team: 'ward', user },
    purpose: 'safeguarding',
    reason: 'for the test',
    clauses: ['core/1#emergency'],
    at: ASKED - 100,
    until,
    reviewDue: ASKED + 100,
  });
