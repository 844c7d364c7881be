import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Caller, type Role } from '../../../libs/adapters/caller/caller.js';
import { openEmbeddedLog } from '../../../libs/adapters/event-log/embedded-event-log.js';
import { BEFORE_FIRST, type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { openKeyVault } from '../../../libs/adapters/key-vault/embedded-key-vault.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { parsePublication } from '../../../libs/contract/envelope.js';
import { QUARANTINED } from '../../../libs/contract/fact.js';
import { pnc } from '../../../libs/testing/sample-person.js';
import { sampleData } from '../../../libs/testing/samples.js';
import { type Intake, openIntake } from './intake.js';
import { type Receipt } from './receipt.js';

const MASTER_KEY = new Uint8Array(32).fill(7);
const IMPORTED = 'police.pncOutcome.imported';
const OTHER_PNC = '2002/0073319Z';
const CRO = '065656/91H';

function callerOf(agency: string, ...roles: Role[]): Caller {
  return { agency, user: `${agency}-system`, roles, purposes: [], expires: Number.MAX_SAFE_INTEGER };
}
const police = callerOf('police', 'publisher');
const hub = callerOf('hub', 'publisher');
const operator = callerOf('hub', 'operator');

let folder: string;
let log: EventLog;
let vault: KeyVault;
let intake: Intake;
let now: number;
let published = 0;

beforeEach(async () => {
  now = Date.parse('2026-03-04T10:00:00Z');
  folder = mkdtempSync(join(tmpdir(), 'flagging-'));
  log = await openEmbeddedLog(join(folder, 'log.sqlite'));
  vault = openKeyVault({ file: join(folder, 'keys.sqlite'), masterKey: MASTER_KEY });
  intake = await openIntake({
    log,
    vault,
    now: () => now,
    random: randomBytes,
    indexFile: join(folder, 'intake.sqlite'),
    unexpected: (error) => {
      throw error;
    },
  });
});

afterEach(async () => {
  intake.close();
  await log.close();
  vault.close();
  rmSync(folder, { recursive: true });
});

type Data = Readonly<Record<string, unknown>>;

/** A publication with the sample data of its type, about the person of the samples unless its data say otherwise. */
function event(type: string, data: Data = {}, attributes: Data = {}): Data {
  const agency = type.startsWith('hub.') ? 'hub' : 'police';
  const said: Data = { ...sampleData[type], ...data };
  const subject = said['pnc'] === undefined ? `cro:${CRO}` : `pnc:${String(said['pnc'])}`;
  const base = { specversion: '1.0', id: `event-${(published += 1)}`, source: `/${agency}/system`, type };
  return { ...base, subject, time: '2026-03-03', data: said, ...attributes };
}

async function publishAll(events: readonly Data[], caller = police): Promise<readonly Receipt[]> {
  return intake.publish(
    caller,
    events.map((each) => parsePublication(JSON.stringify(each))),
  );
}

async function publish(published: Data, caller = police): Promise<Receipt> {
  const [receipt] = await publishAll([published], caller);
  if (receipt === undefined) throw new Error('no receipt');
  return receipt;
}

/** What the log got beyond what it had: the types of its events. */
async function typesIn(): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const { type } of log.readAll(BEFORE_FIRST)) types.push(type);
  return types;
}

const flag = (data: Data = {}) => event('police.iom.flag.set', data);
const imported = (data: Data = {}) => event(IMPORTED, data);
const release = ({ quarantine }: Receipt) => intake.quarantine.release(police, quarantine?.id ?? '', {});
const HELD = {
  outcome: 'quarantined',
  status: 202,
  quarantine: {
    reason: 'not-flagged',
    errors: [{ pointer: '', detail: 'is about nobody who is flagged or selected (R4)' }],
  },
};

describe('what is taken about flagged people only', () => {
  it('about somebody unknown is held: nobody is made, and no identifier is claimed', async () => {
    expect(await publish(imported())).toMatchObject(HELD);
    expect(await typesIn()).toEqual([QUARANTINED]);
    const arrested = await publish(event('police.arrest.recorded'));
    expect(arrested).toMatchObject({ outcome: 'accepted' });
  });

  it('about somebody known who is not flagged is held in the same words, and claims nothing', async () => {
    await publish(event('police.arrest.disposed', { pnc }));
    const before = await typesIn();
    expect(await publish(imported({ cro: CRO }))).toMatchObject(HELD);
    expect(await typesIn()).toEqual([...before, QUARANTINED]);
  });

  it('about somebody flagged is recorded for them, with identifiers that are new', async () => {
    const { offender } = await publish(flag());
    expect(await publish(imported({ cro: CRO }))).toMatchObject({ outcome: 'accepted', offender });
    expect(await publish(imported({ pnc: undefined, cro: CRO }))).toMatchObject({ offender });
  });

  it('about somebody in a cohort is recorded', async () => {
    const { offender } = await publish(event('hub.cohort.selected'), hub);
    expect(await publish(imported())).toMatchObject({ outcome: 'accepted', offender });
  });

  it('is held again once the flag is cleared', async () => {
    await publish(flag());
    await publish(event('police.iom.flag.cleared'));
    expect(await publish(imported())).toMatchObject(HELD);
  });

  it('is held after the last day of the flag', async () => {
    await publish(flag({ to: '2026-03-04' }));
    expect(await publish(imported())).toMatchObject({ outcome: 'accepted' });
    now = Date.parse('2026-03-05T00:00:00Z');
    expect(await publish(imported())).toMatchObject(HELD);
  });

  it('is held once the flag was retracted', async () => {
    const set = flag();
    await publish(set);
    await publish(event('police.iom.flag.set', {}, { retracts: set['id'] }));
    expect(await publish(imported())).toMatchObject(HELD);
  });

  it('is held when a flag that was cleared is corrected afterwards: the correction stands where the flag stood', async () => {
    const set = flag();
    await publishAll([set, event('police.iom.flag.cleared')]);
    await publish(event('police.iom.flag.set', {}, { corrects: set['id'] }));
    expect(await publish(imported())).toMatchObject(HELD);
  });

  it('puts right what was recorded of the same person, also once the flag is cleared, and adds nothing', async () => {
    const other = { pnc: OTHER_PNC };
    await publishAll([flag(), flag(other)]);
    const [first, second] = [imported(), imported({ recordRef: 'IMP-0002' })];
    await publishAll([first, second]);
    await publishAll([event('police.iom.flag.cleared'), event('police.iom.flag.cleared', other)]);
    const putRight = (attributes: Data, data: Data = {}) => publish(event(IMPORTED, data, attributes));
    expect(await putRight({ corrects: first['id'] })).toMatchObject({ outcome: 'accepted' });
    expect(await putRight({ retracts: second['id'] })).toMatchObject({ outcome: 'accepted' });
    expect(await putRight({ corrects: 'never-sent' })).toMatchObject(HELD);
    expect(await putRight({ corrects: first['id'] }, other)).toMatchObject(HELD);
  });

  it('is held about whom a flag was set by mistake, once it is corrected to somebody else', async () => {
    const [set, other] = [flag(), { pnc: OTHER_PNC }];
    await publish(set);
    await publish(event('police.iom.flag.set', other, { corrects: set['id'] }));
    expect(await publish(imported())).toMatchObject(HELD);
    expect(await publish(imported(other))).toMatchObject({ outcome: 'accepted' });
  });

  it('is recorded when the flag comes in the same batch before it, and held when it comes after', async () => {
    const after = await publishAll([flag(), imported()]);
    expect(after).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
    const other = { pnc: OTHER_PNC };
    const before = await publishAll([imported(other), flag(other)]);
    expect(before.map(({ outcome }) => outcome)).toEqual(['quarantined', 'accepted']);
  });

  it('is held for an operator when its identifiers are of several people, flagged or not', async () => {
    await publish(flag());
    await publish(flag({ pnc: OTHER_PNC, cro: CRO }));
    const held = await publish(imported({ cro: CRO }));
    expect(held.quarantine?.reason).toBe('ambiguous-person');
  });

  it('sent again is answered as before, whatever has changed', async () => {
    const sent = imported();
    const held = await publish(sent);
    await publish(flag());
    expect(await publish(sent)).toEqual(held);
  });
});

describe('the release of what was held', () => {
  it('is judged by what stands then: still held, recorded, or held again', async () => {
    const [first, second] = await publishAll([imported(), imported({ recordRef: 'IMP-0002' })]);
    if (first === undefined || second === undefined) throw new Error('no receipt');
    expect(await release(first)).toMatchObject(HELD);
    const { offender } = await publish(flag({ to: '2026-03-04' }));
    expect(await release(first)).toMatchObject({ outcome: 'accepted', offender });
    now = Date.parse('2026-03-05T00:00:00Z');
    expect(await release(second)).toMatchObject(HELD);
  });

  it('makes nobody by an operator who would begin anew', async () => {
    const held = await publish(imported());
    const anew = intake.quarantine.release(operator, held.quarantine?.id ?? '', { anew: true });
    expect(await anew).toMatchObject(HELD);
    expect(await typesIn()).toEqual([QUARANTINED]);
  });
});
