import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Caller, type Role } from '../../../libs/adapters/caller/caller.js';
import { openEmbeddedLog } from '../../../libs/adapters/event-log/embedded-event-log.js';
import { BEFORE_FIRST, type EventLog, type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { openKeyVault } from '../../../libs/adapters/key-vault/embedded-key-vault.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { openFact } from '../../../libs/adapters/projection/opened-fact.js';
import { parsePublication } from '../../../libs/contract/envelope.js';
import {
  type FactIdentifier,
  type FactMetadata,
  isFactStream,
  LINKED,
  RELEASED,
} from '../../../libs/contract/fact.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import { isOffenderId, offenderIdFrom } from '../../../libs/domain/identity/offender-id.js';
import { checkLetter } from '../../../libs/domain/identity/reading.js';
import { sampleData } from '../../../libs/testing/samples.js';
import { eventIdOf } from './event-id.js';
import { type Intake, openIntake } from './intake.js';
import { type Release } from './quarantine.js';
import { type Receipt } from './receipt.js';

const NOW = Date.parse('2026-03-04T10:00:00Z');
const PNC = '2001/0171310W';
const CRO = '065656/91H';
const ASN = '2202XC0200000000021R';
const OTHER_ASN = '2005FF0500000000555P';
const SURNAME = 'Featherstonehaugh';
const MASTER_KEY = new Uint8Array(32).fill(7);

const police = callerOf('police', 'publisher');
const operator = callerOf('hub', 'operator');

function callerOf(agency: string, ...roles: Role[]): Caller {
  return { agency, user: `${agency}-system`, roles, purposes: [], expires: Number.MAX_SAFE_INTEGER };
}

type Data = Readonly<Record<string, unknown>>;

/** An arrest as the police publish it; `undefined` leaves an attribute or a field out. */
function arrest(attributes: Data = {}, data: Data = {}): Data {
  const name = { family: SURNAME, given: 'Ada' };
  const offences = [{ cjsCode: 'TH68010' }];
  return {
    specversion: '1.0',
    id: 'arrest-1',
    source: '/police/custody',
    type: 'police.arrest.recorded',
    subject: `pnc:${PNC}`,
    time: '2026-03-03',
    data: { asn: ASN, name, arrestedAt: '2026-03-03T09:00:00Z', offences, ...data },
    ...attributes,
  };
}

let folder: string;
let log: EventLog;
let vault: KeyVault;
let intake: Intake;
let now = NOW;

async function open(wrap: (log: EventLog) => EventLog = (each) => each): Promise<void> {
  log = await openEmbeddedLog(join(folder, 'log.sqlite'));
  vault = openKeyVault({ file: join(folder, 'keys.sqlite'), masterKey: MASTER_KEY });
  intake = await openIntake({
    log: wrap(log),
    vault,
    now: () => now,
    random: randomBytes,
    indexFile: join(folder, 'intake.sqlite'),
    unexpected: (error) => {
      throw error;
    },
  });
}

async function close(): Promise<void> {
  intake.close();
  await log.close();
  vault.close();
}

beforeEach(async () => {
  now = NOW;
  folder = mkdtempSync(join(tmpdir(), 'intake-'));
  await open();
});

afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

async function publishAll(events: readonly unknown[], caller = police): Promise<readonly Receipt[]> {
  return intake.publish(
    caller,
    events.map((event) => parsePublication(typeof event === 'string' ? event : JSON.stringify(event))),
  );
}

async function publish(event: unknown, caller = police): Promise<Receipt> {
  const [receipt] = await publishAll([event], caller);
  if (receipt === undefined) throw new Error('no receipt');
  return receipt;
}

async function logged(): Promise<readonly LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for await (const event of log.readAll(BEFORE_FIRST)) events.push(event);
  return events;
}

async function facts(): Promise<readonly (FactMetadata & { readonly at: LoggedEvent })[]> {
  const events = (await logged()).filter(({ stream }) => isFactStream(stream));
  return events.map((at) => ({ ...(JSON.parse(at.metadata) as FactMetadata), at }));
}

describe('a publication', () => {
  it('is recorded for a new person, sealed, with what decisions need in the clear', async () => {
    const attributes = {
      recordedtime: '2026-03-03T12:00:00Z',
      handling: 'C',
      handlingconditions: 'Ask the originator first',
      nature: 'fact',
    };
    const receipt = await publish(arrest(attributes, { dateOfBirth: '1991-05-17' }));
    expect(receipt).toMatchObject({ outcome: 'accepted', status: 201, received: '2026-03-04T10:00:00.000Z' });
    const [fact] = await facts();
    if (fact === undefined) throw new Error('no fact');
    const { at, contentHash, ...metadata } = fact;
    expect(metadata).toEqual({
      offender: receipt.offender,
      publisher: 'police',
      source: '/police/custody',
      sourceId: 'arrest-1',
      version: 1,
      happened: {
        precision: 'day',
        verbatim: '2026-03-03',
        from: Date.parse('2026-03-03'),
        to: Date.parse('2026-03-04'),
      },
      recorded: '2026-03-03T12:00:00Z',
      received: NOW,
      fields: ['asn', 'name.family', 'name.given', 'dateOfBirth', 'arrestedAt', 'offences[].cjsCode'],
      control: { born: '1991-05' },
      handling: 'C',
      corrects: null,
      retracts: null,
    });
    expect(contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(isOffenderId(metadata.offender)).toBe(true);
    expect(at).toMatchObject({ id: eventIdOf('/police/custody', 'arrest-1'), position: receipt.position });
    expect(openFact(vault, at, fact)?.sealed).toEqual({
      event: arrest(attributes, { dateOfBirth: '1991-05-17' }),
      identifiers: [
        { scheme: 'pnc', value: PNC, path: 'subject' },
        { scheme: 'asn', value: ASN, path: 'asn' },
      ],
    });
  });

  it('links each new identifier once, before the fact', async () => {
    await publish(arrest());
    await publish(arrest({ id: 'arrest-2' }, { cro: CRO }));
    const types = (await logged()).map(({ type }) => type);
    expect(types).toEqual([LINKED, LINKED, 'police.arrest.recorded', LINKED, 'police.arrest.recorded']);
  });

  it('of every type in the samples is accepted from the agency that may publish it', async () => {
    const agencyOfKind: Readonly<Record<string, string>> = { court: 'courts' };
    const type = 'police.iom.flag.set';
    await publish(arrest({ id: 'another-flag', type, data: { ...sampleData[type], flag: 'IDIOM' } }));
    for (const [type, data] of Object.entries(sampleData)) {
      const [kind = ''] = type.split('.');
      const agency = agencyOfKind[kind] ?? kind;
      const event = arrest({ id: type, source: `/${agency}`, type, data });
      expect([type, (await publish(event, callerOf(agency, 'publisher'))).outcome]).toEqual([
        type,
        'accepted',
      ]);
    }
  });

  it('corrects or retracts an event of its own source', async () => {
    await publish(arrest());
    await publish(arrest({ id: 'arrest-2', corrects: 'arrest-1' }));
    await publish(arrest({ id: 'arrest-3', retracts: 'arrest-2' }));
    expect((await facts()).map(({ corrects, retracts }) => ({ corrects, retracts }))).toEqual([
      { corrects: null, retracts: null },
      { corrects: eventIdOf('/police/custody', 'arrest-1'), retracts: null },
      { corrects: null, retracts: eventIdOf('/police/custody', 'arrest-2') },
    ]);
  });

  it('without a subject of its own is found by the hub id of the person', async () => {
    const { offender } = await publish(arrest());
    const again = await publish(
      arrest({ id: 'arrest-2', subject: `offender:${offender}` }, { asn: OTHER_ASN }),
    );
    expect(again).toMatchObject({ outcome: 'accepted', offender });
    expect((await publish(arrest({ id: 'arrest-3', subject: 'ref:x' }, { asn: OTHER_ASN }))).offender).toBe(
      offender,
    );
  });

  it('by a reference of one agency is not found by the same reference of another', async () => {
    const subject = 'ref:12345';
    const one = await publish(arrest({ subject }));
    const data = sampleData['housing.placement.ended'];
    const type = 'housing.placement.ended';
    const housing = { id: 'h', source: '/housing', type, subject, data };
    const other = await publish(arrest(housing), callerOf('housing', 'publisher'));
    expect(other.outcome).toBe('accepted');
    expect(other.offender).not.toBe(one.offender);
  });
});

describe('a resend', () => {
  it('gives the first receipt again, however the same content is written', async () => {
    const first = await publish(arrest());
    now += 60_000;
    const { data, ...attributes } = arrest();
    const rewritten = JSON.stringify(
      { data, datacontenttype: 'application/json', ...attributes },
      undefined,
      2,
    );
    expect(await publish(rewritten)).toEqual({ ...first, outcome: 'duplicate', status: 200 });
    expect(await facts()).toHaveLength(1);
  });

  it('with other content is a conflict, and changes nothing', async () => {
    await publish(arrest());
    const receipt = await publish(arrest({ time: '2026-03-02' }));
    expect(receipt).toMatchObject({ outcome: 'rejected', status: 409 });
    expect(receipt.problem?.type).toBe('urn:concordat:problem:different-content');
    expect(await facts()).toHaveLength(1);
  });

  it('that arrives together with the first, or in the same batch, gives one event', async () => {
    const batches = await Promise.all(Array.from({ length: 10 }, () => publishAll([arrest(), arrest()])));
    const receipts = batches.flat();
    expect(receipts.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1);
    expect(receipts.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(19);
    expect(new Set(receipts.map(({ position }) => position)).size).toBe(1);
    expect(await facts()).toHaveLength(1);
  });

  it('with other content that arrives together with the first is a conflict', async () => {
    const receipts = await publishAll([arrest(), arrest({ time: '2026-03-02' })]);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected']);
  });

  it('is known after a restart, and after the index was lost', async () => {
    const first = await publish(arrest());
    for (const lose of [false, true]) {
      await close();
      if (lose)
        for (const name of readdirSync(folder)) if (name.startsWith('intake')) rmSync(join(folder, name));
      await open();
      expect(await publish(arrest())).toEqual({ ...first, outcome: 'duplicate', status: 200 });
      expect((await publish(arrest({ time: '2026-03-02' }))).status).toBe(409);
      expect((await publish(arrest({ id: `new-${lose}` }))).offender).toBe(first.offender);
    }
  });

  it('is known from the log alone when the index missed it', async () => {
    const first = await publish(arrest());
    const behind = await openIntake({
      log: { ...log, readAll: (after) => (after === BEFORE_FIRST ? none() : log.readAll(after)) },
      vault,
      now: () => NOW + 1,
      random: randomBytes,
      indexFile: join(folder, 'behind.sqlite'),
      unexpected: () => undefined,
    });
    const parsed = [arrest(), arrest({ time: '2026-03-02' })].map((event) =>
      parsePublication(JSON.stringify(event)),
    );
    const receipts = await behind.publish(police, parsed);
    expect(receipts[0]).toEqual({ ...first, outcome: 'duplicate', status: 200 });
    expect(receipts[1]?.status).toBe(409);
    behind.close();
  });
});

async function* none(): AsyncGenerator<LoggedEvent> {
  // Nothing to read yet.
}

describe('linking', () => {
  it('makes one person of fifty first publications at once, each by two of three identifiers', async () => {
    const pairs = [
      { pnc: PNC, cro: CRO },
      { cro: CRO, asn: ASN },
      { pnc: PNC, asn: ASN },
    ];
    const events = Array.from({ length: 50 }, (_, n) => {
      const [[scheme = '', value = ''] = [], [field = '', other = ''] = []] = Object.entries(
        pairs[n % 3] ?? {},
      );
      const data = { flag: 'IOM', from: '2026-03-01', [field]: other };
      return arrest({ id: `flag-${n}`, type: 'police.iom.flag.set', subject: `${scheme}:${value}`, data });
    });
    const receipts = await Promise.all(events.map((event) => publish(event)));
    expect(receipts.map(({ outcome }) => outcome)).toEqual(Array(50).fill('accepted'));
    expect(new Set(receipts.map(({ offender }) => offender)).size).toBe(1);
    expect((await facts()).map(({ sourceId }) => sourceId)).toEqual(events.map(({ id }) => id));
    expect((await logged()).filter(({ type }) => type === LINKED)).toHaveLength(3);
  });

  it('keeps the order of facts about one person, known or new, single or in batches', async () => {
    const ids = Array.from({ length: 60 }, (_, n) => `arrest-${n}`);
    const event = (id: string): Data =>
      arrest({ id, subject: `ref:${id}` }, id.endsWith('7') ? { cro: CRO } : {});
    await Promise.all([
      publishAll(ids.slice(0, 20).map(event)),
      ...ids.slice(20, 40).map((id) => publish(event(id))),
      publishAll(ids.slice(40).map(event)),
    ]);
    expect((await facts()).map(({ sourceId }) => sourceId)).toEqual(ids);
  });

  it('holds a publication about two people for an operator, who chooses', async () => {
    const one = await publish(arrest({ subject: `pnc:${PNC}` }));
    const two = await publish(arrest({ id: 'arrest-2', subject: `cro:${CRO}` }, { asn: OTHER_ASN }));
    const held = await publish(arrest({ id: 'arrest-3' }, { cro: CRO }));
    expect(held).toMatchObject({
      outcome: 'quarantined',
      status: 202,
      quarantine: { reason: 'ambiguous-person' },
    });
    const [item] = intake.quarantine.list(operator, 0, 10).items;
    expect(item?.candidates).toEqual([one.offender, two.offender].sort());
    expect(intake.quarantine.list(police, 0, 10).items[0]).not.toHaveProperty('candidates');

    const choice = { offender: two.offender ?? '' };
    await expect(release(held, choice, police)).rejects.toThrow(
      'only an operator of the hub team may choose',
    );
    const stranger = { offender: offenderIdFrom(randomBytes(16)) };
    await expect(release(held, stranger, operator)).rejects.toThrow('none of the people');
    expect(await release(held, choice, operator)).toMatchObject({
      outcome: 'accepted',
      offender: two.offender,
    });
    expect((await publish(arrest({ id: 'arrest-4' }))).offender).toBe(one.offender);
  });

  /** Two people, and an event of both and of a reference nobody had, held for an operator. */
  async function twoPeople(): Promise<{ readonly held: Receipt; readonly chosen: string }> {
    await publish(arrest({ subject: `pnc:${PNC}` }));
    const two = await publish(arrest({ id: 'arrest-2', subject: `cro:${CRO}` }, { asn: OTHER_ASN }));
    const held = await publish(arrest({ id: 'arrest-3', subject: 'ref:new' }, { pnc: PNC, cro: CRO }));
    return { held, chosen: two.offender ?? '' };
  }

  async function sealedIdentifiers(sourceId: string): Promise<readonly FactIdentifier[] | undefined> {
    const fact = (await facts()).find((each) => each.sourceId === sourceId);
    return fact && openFact(vault, fact.at, fact)?.sealed.identifiers;
  }

  it('seals into a fact for a chosen person no identifier that belongs to somebody else', async () => {
    const { held, chosen } = await twoPeople();
    expect(await release(held, { offender: chosen }, operator)).toMatchObject({ offender: chosen });
    expect(await sealedIdentifiers('arrest-3')).toEqual([
      { scheme: 'ref', value: 'police:new', path: 'subject' },
      { scheme: 'cro', value: CRO, path: 'cro' },
    ]);
    expect(await publish(arrest({ id: 'arrest-4', subject: 'ref:new' }, { asn: OTHER_ASN }))).toMatchObject({
      offender: chosen,
    });
  });

  it('nor one that another process claims for somebody else meanwhile', async () => {
    const { held, chosen } = await twoPeople();
    const other = await openIntake({
      log,
      vault,
      now: () => NOW,
      random: randomBytes,
      indexFile: join(folder, 'other.sqlite'),
      unexpected: () => undefined,
    });
    const theirs = arrest({ id: 'arrest-4', subject: 'ref:new' }, { asn: '9700000000000123456K' });
    const [first] = await other.publish(police, [parsePublication(JSON.stringify(theirs))]);
    other.close();
    expect(await release(held, { offender: chosen }, operator)).toMatchObject({ offender: chosen });
    expect(first?.offender).not.toBe(chosen);
    expect(await sealedIdentifiers('arrest-3')).toEqual([{ scheme: 'cro', value: CRO, path: 'cro' }]);
  });

  it('gives way to another process that claimed the identifier first', async () => {
    const other = await openIntake({
      log,
      vault,
      now: () => NOW,
      random: randomBytes,
      indexFile: join(folder, 'other.sqlite'),
      unexpected: () => undefined,
    });
    const [theirs] = await other.publish(police, [parsePublication(JSON.stringify(arrest()))]);
    const ours = await publish(arrest({ id: 'arrest-2' }));
    expect(ours).toMatchObject({ outcome: 'accepted', offender: theirs?.offender });
    other.close();
  });

  it('survives a restart between the link and the fact', async () => {
    await close();
    await open((each) => ({
      ...each,
      append: (stream, events, expected) =>
        isFactStream(stream)
          ? Promise.reject(new Unavailable('log-write-failed', 'the disk is full'))
          : each.append(stream, events, expected),
    }));
    expect((await publish(arrest())).status).toBe(503);
    const [link] = (await logged()).map(({ metadata }) => JSON.parse(metadata) as { offender: string });
    await close();
    await open();
    expect(await publish(arrest())).toMatchObject({ outcome: 'accepted', offender: link?.offender });
  });
});

async function release(held: Receipt, request: Release = {}, caller = police): Promise<Receipt> {
  return intake.quarantine.release(caller, held.quarantine?.id ?? '', request);
}

describe('what an agency may not publish is rejected', () => {
  const types = { housing: 'housing.placement.ended', court: 'court.warrant.issued' };

  it.each([
    ['under the source of another', arrest({ source: '/probation/delius' }), police, 403, 'not-your-source'],
    [
      'under a source that only begins alike',
      arrest({ source: '/policeman' }),
      police,
      403,
      'not-your-source',
    ],
    ['a type of another', arrest({ type: types.housing }), police, 403, 'not-your-event-type'],
    [
      'an unknown type of another',
      arrest({ type: 'court.nothing.known' }),
      police,
      403,
      'not-your-event-type',
    ],
    [
      'as an agency that publishes nothing',
      arrest({ source: '/auditor' }),
      callerOf('auditor', 'publisher'),
      403,
      'not-your-event-type',
    ],
    ['a broken envelope', arrest({ time: 'noon' }), police, 400, 'invalid-event'],
    ['no JSON', '{"specversion":', police, 400, 'invalid-event'],
  ])('%s', async (_, event, caller, status, code) => {
    const receipt = await publish(event, caller);
    expect(receipt).toMatchObject({ outcome: 'rejected', status });
    expect(receipt.problem?.type).toBe(`urn:concordat:problem:${code}`);
    expect(await logged()).toEqual([]);
  });

  it('without the role publisher', async () => {
    await expect(publish(arrest(), callerOf('police', 'practitioner'))).rejects.toThrow(
      'needs the role publisher',
    );
  });
});

describe('quarantine', () => {
  const held: readonly (readonly [string, Data, string])[] = [
    ['an unknown type', arrest({ type: 'police.dog.patted' }), '/type'],
    [
      'an unknown version',
      arrest({ dataschema: 'urn:concordat:schema:police.arrest.recorded:99' }),
      '/dataschema',
    ],
    ['data that fails its schema', arrest({}, { asn: undefined }), '/data/asn'],
    ['an identifier that fails its check', arrest({ subject: 'pnc:2001/0171310S' }), '/subject'],
    ['a stand-in for a date of birth', arrest({}, { dateOfBirth: '1984-01-01' }), '/data/dateOfBirth'],
    [
      'a person nobody knows',
      arrest({ subject: `offender:${offenderIdFrom(new Uint8Array(10))}` }),
      '/subject',
    ],
  ];
  const reasons = [
    'unknown-type',
    'unknown-version',
    'schema-failed',
    'identifier-check-failed',
    'placeholder-value',
    'unknown-person',
  ];

  it.each(held.map((each, at) => [...each, reasons[at]] as const))(
    'holds %s',
    async (_, event, pointer, reason) => {
      const receipt = await publish(event);
      expect(receipt).toMatchObject({ outcome: 'quarantined', status: 202, quarantine: { reason } });
      expect(receipt.quarantine?.errors.map((error) => error.pointer)).toEqual([pointer]);
      expect(receipt.quarantine?.action).not.toBe('');
      expect(await facts()).toEqual([]);
      now += 1000;
      expect(await publish(event)).toEqual(receipt);
      expect((await publish({ ...event, time: '2020-01-01' })).status).toBe(409);
      await close();
      await open();
      expect(await publish(event)).toEqual(receipt);
      expect(await logged()).toHaveLength(1);
    },
  );

  it('is left by a corrected event, once', async () => {
    const receipt = await publish(arrest({}, { asn: undefined }));
    now += 1000;
    const correction = { event: JSON.stringify(arrest()) };
    const accepted = await release(receipt, correction);
    expect(accepted).toMatchObject({
      outcome: 'accepted',
      status: 201,
      received: '2026-03-04T10:00:01.000Z',
    });
    expect(await release(receipt, correction)).toEqual({ ...accepted, outcome: 'duplicate', status: 200 });
    expect(await publish(arrest())).toEqual({ ...accepted, outcome: 'duplicate', status: 200 });
    expect(intake.quarantine.list(police, 0, 10).items).toEqual([]);
    const released = (await logged()).filter(({ type }) => type === RELEASED);
    expect(released.map(({ metadata }) => JSON.parse(metadata) as unknown)).toEqual([
      { agency: 'police', user: 'police-system', corrected: true, confirmed: false, released: NOW + 1000 },
    ]);
    await close();
    await open();
    expect(intake.quarantine.list(police, 0, 10).items).toEqual([]);
  });

  it('is left as it is by confirming values that only look like stand-ins', async () => {
    const event = arrest({}, { dateOfBirth: '1984-01-01' });
    const receipt = await publish(event);
    now += 1000;
    expect(await release(receipt)).toEqual(receipt);
    await expect(release(receipt, { confirmed: true }, operator)).rejects.toThrow('only the publisher');
    const accepted = await release(receipt, { confirmed: true });
    expect(accepted).toMatchObject({ outcome: 'accepted', received: '2026-03-04T10:00:00.000Z' });
    expect(await publish(event)).toEqual({ ...accepted, outcome: 'duplicate', status: 200 });
  });

  it('is left when the person has become known', async () => {
    const receipt = await publish(arrest({ id: 'arrest-2', subject: 'offender:P0000000000Z' }));
    expect(receipt.quarantine?.reason).toMatch(/identifier-check-failed|unknown-person/);
    const { offender } = await publish(arrest());
    const event = JSON.stringify(arrest({ id: 'arrest-2', subject: `offender:${offender}` }));
    expect(await release(receipt, { event })).toMatchObject({ outcome: 'accepted', offender });
  });

  it('is not left by a correction that is another event, is broken, or is wrong in another way', async () => {
    const receipt = await publish(arrest({}, { asn: undefined }));
    const withEvent = (event: Data): Promise<Receipt> => release(receipt, { event: JSON.stringify(event) });
    await expect(withEvent(arrest({ id: 'arrest-2' }))).rejects.toThrow('source and id');
    await expect(withEvent(arrest({ time: 'noon' }))).rejects.toThrow('rules of the envelope');
    await expect(withEvent(arrest({ type: 'housing.placement.ended' }))).rejects.toThrow('not registered');
    expect(await withEvent(arrest({ subject: 'pnc:2001/0171310S' }))).toMatchObject({
      outcome: 'quarantined',
      quarantine: { reason: 'identifier-check-failed' },
    });
    expect(intake.quarantine.list(police, 0, 10).items).toMatchObject([{ reason: 'schema-failed' }]);
  });

  it('shows an agency its own, an operator of the hub everything, page by page', async () => {
    const housing = callerOf('housing', 'publisher');
    await publishAll([1, 2, 3].map((n) => arrest({ id: `arrest-${n}`, type: 'police.dog.patted' })));
    await publish(arrest({ source: '/housing', type: 'housing.dog.patted', id: 'h' }), housing);
    const idsOf = (caller: Caller, after: number, limit: number): readonly (string | number | null)[] => {
      const { items, next } = intake.quarantine.list(caller, after, limit);
      return [...items.map(({ sourceId }) => sourceId), next === null ? null : 'more'];
    };
    expect(idsOf(housing, 0, 10)).toEqual(['h', null]);
    expect(idsOf(operator, 0, 10)).toEqual(['arrest-1', 'arrest-2', 'arrest-3', 'h', null]);
    expect(idsOf(callerOf('housing', 'operator'), 0, 10)).toEqual(['h', null]);
    expect(idsOf(callerOf('hub', 'publisher'), 0, 10)).toEqual([null]);
    expect(idsOf(police, 0, 2)).toEqual(['arrest-1', 'arrest-2', 'more']);
    expect(idsOf(police, intake.quarantine.list(police, 0, 2).next ?? 0, 2)).toEqual(['arrest-3', null]);
    expect(intake.quarantine.list(police, 0, 1).items[0]).toEqual({
      id: eventIdOf('/police/custody', 'arrest-1'),
      reason: 'unknown-type',
      action: expect.stringContaining('catalogue') as unknown,
      errors: [{ pointer: '/type', detail: 'is not in the catalogue' }],
      agency: 'police',
      source: '/police/custody',
      sourceId: 'arrest-1',
      type: null,
      received: '2026-03-04T10:00:00.000Z',
    });
  });

  it("is for an operator elsewhere its own agency's only, and never a choice of the person", async () => {
    const one = await publish(arrest({ subject: `pnc:${PNC}` }));
    await publish(arrest({ id: 'arrest-2', subject: `cro:${CRO}` }, { asn: OTHER_ASN }));
    const ambiguous = await publish(arrest({ id: 'arrest-3' }, { cro: CRO }));
    const choice = { offender: one.offender ?? '' };
    const [own, foreign] = [callerOf('police', 'operator'), callerOf('housing', 'operator')];
    await expect(release(ambiguous, {}, foreign)).rejects.toThrow('no such event in quarantine');
    await expect(release(ambiguous, choice, foreign)).rejects.toThrow('no such event in quarantine');
    await expect(release(ambiguous, choice, own)).rejects.toThrow('only an operator of the hub team');
    expect(intake.quarantine.list(own, 0, 10).items[0]).not.toHaveProperty('candidates');
    expect(await release(ambiguous, {}, own)).toMatchObject({ outcome: 'quarantined' });
    expect(await release(ambiguous, choice, operator)).toMatchObject({ outcome: 'accepted', ...choice });
  });

  it('of another agency is like none at all', async () => {
    const receipt = await publish(arrest({}, { asn: undefined }));
    const housing = callerOf('housing', 'publisher');
    await expect(release(receipt, {}, housing)).rejects.toThrow('no such event in quarantine');
    await expect(intake.quarantine.release(housing, 'nothing', {})).rejects.toThrow(
      'no such event in quarantine',
    );
    await expect(release(receipt, {}, callerOf('police', 'practitioner'))).rejects.toThrow('needs the role');
  });
});

describe('when the log cannot be written', () => {
  const failing = (each: EventLog): EventLog => ({
    ...each,
    append: () => Promise.reject(new Unavailable('log-write-failed', 'the disk is full')),
  });

  it('the answer is to try again, and nothing is half stored', async () => {
    await close();
    await open(failing);
    const held = arrest({ id: 'arrest-2' }, { asn: undefined });
    const receipts = await publishAll([arrest(), arrest(), held, arrest({ time: 'noon' })]);
    expect(receipts.map(({ status }) => status)).toEqual([503, 503, 503, 400]);
    expect(intake.quarantine.list(police, 0, 10).items).toEqual([]);
    expect(intake.lastEvent('police')).toBeUndefined();
    await close();
    await open();
    expect(await logged()).toEqual([]);
    expect((await publishAll([arrest(), held])).map(({ status }) => status)).toEqual([201, 202]);
  });
});

describe('a batch', () => {
  const bad: readonly (readonly [unknown, number])[] = [
    ['{"id":', 400],
    [arrest({ id: 'x', source: '/prison' }), 403],
    [arrest({ id: 'y' }, { asn: undefined }), 202],
    [arrest({ id: 'arrest-0', time: '2020-01-01' }), 409],
  ];

  it.each([0, 3, 5])('is not spoilt by bad events at place %i', async (place) => {
    await publish(arrest({ id: 'arrest-0' }));
    const good = Array.from({ length: 5 }, (_, n) => arrest({ id: `good-${n}` }));
    const receipts = await publishAll(good.toSpliced(place, 0, ...bad.map(([event]) => event as Data)));
    const expected = Array<number>(5)
      .fill(201)
      .toSpliced(place, 0, ...bad.map(([, status]) => status));
    expect(receipts.map(({ status }) => status)).toEqual(expected);
    expect(await facts()).toHaveLength(6);
  });

  it('may be empty', async () => {
    expect(await publishAll([])).toEqual([]);
  });
});

it('tells what an agency published last, also after a restart', async () => {
  expect(intake.lastEvent('police')).toBeUndefined();
  await publishAll([arrest(), arrest({ id: 'arrest-2' })]);
  const last = intake.lastEvent('police');
  expect(last).toMatchObject({ source: '/police/custody', id: 'arrest-2', received: NOW });
  await close();
  rmSync(join(folder, 'intake.sqlite'));
  await open();
  expect(intake.lastEvent('police')).toEqual(last);
});

it('reads the log anew when the index belongs to another log', async () => {
  await publish(arrest());
  await close();
  for (const name of readdirSync(folder)) if (name.startsWith('log')) rmSync(join(folder, name));
  await open();
  expect((await publish(arrest())).outcome).toBe('accepted');
});

it('gives a short PNC its century by the year of receipt', async () => {
  const serial = `0000034${checkLetter('300000034')}`;
  const short = await publish(arrest({ subject: `pnc:30/${serial}` }));
  const long = await publish(arrest({ id: 'arrest-2', subject: `pnc:1930/${serial}` }, { asn: OTHER_ASN }));
  expect(long).toMatchObject({ outcome: 'accepted', offender: short.offender });
  now = Date.parse('2030-01-01T00:00:00Z');
  const later = await publish(
    arrest({ id: 'arrest-3', subject: `pnc:30/${serial}` }, { asn: '9700000000000123456K' }),
  );
  expect(later.outcome).toBe('accepted');
  expect(later.offender).not.toBe(short.offender);
});

it('writes nothing personal anywhere but sealed: not in the log, the index, an error or a receipt', async () => {
  const receipts = await publishAll([
    arrest({}, { pnc: PNC, cro: CRO, address: { lines: ['Canary Wharf 1'], postcode: 'E14 5AB' } }),
    arrest({ id: 'arrest-2' }, { asn: undefined, canary: SURNAME, [SURNAME]: 1 }),
    arrest({ id: 'arrest-3', subject: `pnc:${PNC.slice(0, -1)}S` }),
    arrest({ id: 'arrest-4', time: SURNAME }),
    arrest({ id: 'arrest-5', type: `police.${SURNAME}.seen` }),
    arrest({ id: 'arrest-6', [SURNAME]: 1 }),
    `{"${SURNAME}":1,"${SURNAME}":{"${SURNAME}":1e999}}`,
  ]);
  expect(receipts.map(({ status }) => status)).toEqual([201, 202, 202, 400, 202, 400, 400]);
  intake.close();
  const canaries = [PNC, PNC.slice(5), CRO, ASN, SURNAME, 'Canary Wharf', 'E14 5AB'];
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    for (const canary of canaries)
      expect([name, canary, bytes.includes(canary)]).toEqual([name, canary, false]);
  }
  for (const canary of canaries) expect(JSON.stringify(receipts)).not.toContain(canary);
  const clear = readdirSync(folder).filter((name) =>
    readFileSync(join(folder, name)).includes('/police/custody'),
  );
  expect(clear.length).toBeGreaterThan(1);
});
