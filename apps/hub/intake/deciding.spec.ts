import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEmbeddedLog } from '../../../libs/adapters/event-log/embedded-event-log.js';
import { BEFORE_FIRST, type EventLog, type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { openKeyVault } from '../../../libs/adapters/key-vault/embedded-key-vault.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { parsePublication, type Publication } from '../../../libs/contract/envelope.js';
import { offenderIdFrom } from '../../../libs/domain/identity/offender-id.js';
import { sampleData } from '../../../libs/testing/samples.js';
import { type Intake, openIntake } from './intake.js';

const hub = { agency: 'hub', user: 'team', roles: ['publisher'] as const, purposes: [], expires: Infinity };

let folder: string;
let log: EventLog;
let vault: KeyVault;
let intake: Intake;
let offender: string;
let made = 0;
/** What another process does to the person just before this one appends what it decided. */
let meanwhile: (() => Promise<unknown>) | undefined;

function area(name: string, subject = `offender:${offender}`): Publication {
  const event = { specversion: '1.0', id: `event-${(made += 1)}`, source: '/hub/casework' };
  const text = { ...event, type: 'hub.area.assigned', subject, data: { area: name } };
  const parsed = parsePublication(JSON.stringify(text));
  if (parsed.outcome === 'invalid') throw new Error('the test publishes something invalid');
  return parsed.publication;
}

function intakeOn(on: EventLog, name: string): Promise<Intake> {
  const unexpected = (error: unknown): never => {
    throw error;
  };
  const now = (): number => Date.parse('2026-03-04T10:00:00Z');
  return openIntake({ log: on, vault, now, random: randomBytes, indexFile: join(folder, name), unexpected });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deciding-'));
  log = await openEmbeddedLog(join(folder, 'log.sqlite'));
  vault = openKeyVault({ file: join(folder, 'keys.sqlite'), masterKey: new Uint8Array(32).fill(7) });
  meanwhile = undefined;
  const append: EventLog['append'] = async (stream, events, expected) => {
    if (stream.startsWith('offender-')) await meanwhile?.();
    return log.append(stream, events, expected);
  };
  intake = await intakeOn({ ...log, append }, 'intake.sqlite');
  const arrest = { specversion: '1.0', id: 'arrest', source: '/police/custody', time: '2026-03-03' };
  const event = { ...arrest, type: 'police.arrest.recorded', subject: `pnc:2001/0171310W` };
  const text = JSON.stringify({ ...event, data: sampleData['police.arrest.recorded'] });
  const [receipt] = await intake.publish({ ...hub, agency: 'police' }, [parsePublication(text)]);
  offender = receipt?.offender ?? '';
});

afterEach(async () => {
  intake.close();
  await log.close();
  vault.close();
  rmSync(folder, { recursive: true });
});

async function areas(): Promise<readonly LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for await (const event of log.readAll(BEFORE_FIRST))
    if (event.type === 'hub.area.assigned') events.push(event);
  return events;
}

describe('a decision', () => {
  it('is made anew on what another process recorded meanwhile', async () => {
    const other = await intakeOn(log, 'other.sqlite');
    meanwhile = async () => {
      meanwhile = undefined;
      await other.publish(hub, [{ outcome: 'valid', publication: area('NE') }]);
    };
    const seen: number[] = [];
    const follows = (events: readonly LoggedEvent[]): readonly Publication[] => {
      seen.push(events.length);
      return events.some(({ type }) => type === 'hub.area.assigned') ? [] : [area('NW')];
    };
    expect(await intake.decide({ publisher: 'hub', offender, follows })).toEqual({ facts: [] });
    expect(seen).toEqual([1, 2]);
    expect(await areas()).toHaveLength(1);
    other.close();
  });

  it('does not rest on what was said of somebody else by mistake', async () => {
    await intake.publish(hub, [{ outcome: 'valid', publication: area('NW') }]);
    const before = `event-${made}`;
    const moved = { ...area('NW', 'pnc:2000/0000223R').event, corrects: before };
    await intake.publish(hub, [parsePublication(JSON.stringify(moved))]);
    const types: string[] = [];
    const follows = (events: readonly LoggedEvent[]): readonly Publication[] => {
      types.push(...events.map(({ type }) => type));
      return [area('NE')];
    };
    expect((await intake.decide({ publisher: 'hub', offender, follows })).facts).toHaveLength(1);
    expect(types).toEqual(['police.arrest.recorded']);
  });

  it('is given up, and nothing recorded of it, when others keep coming first', async () => {
    const other = await intakeOn(log, 'other.sqlite');
    meanwhile = () => other.publish(hub, [{ outcome: 'valid', publication: area('NE') }]);
    const deciding = intake.decide({ publisher: 'hub', offender, follows: () => [area('NW')] });
    await expect(deciding).rejects.toMatchObject({ code: 'decision-contention' });
    expect(await areas()).toHaveLength(5);
    other.close();
  });

  it('is recorded whole or not at all', async () => {
    const follows = (): readonly Publication[] => [area('NW'), area('no, area')];
    const deciding = intake.decide({ publisher: 'hub', offender, follows });
    await expect(deciding).rejects.toMatchObject({ code: 'not-recordable' });
    expect(await areas()).toEqual([]);
    const { facts } = await intake.decide({
      publisher: 'hub',
      offender,
      follows: () => [area('NW'), area('NE')],
    });
    expect(facts.map(({ eventId }) => eventId)).toEqual((await areas()).map(({ id }) => id));
  });

  it('is refused alike about who is unknown and who was erased', async () => {
    const refusal = (of: string): Promise<unknown> =>
      intake.decide({ publisher: 'hub', offender: of, follows: () => [area('NW')] }).catch(String);
    const unknown = await refusal(offenderIdFrom(randomBytes(16)));
    const erasure = { id: randomUUID(), type: 'erasure.made', data: new Uint8Array() };
    const metadata = JSON.stringify({ offender, quarantined: [] });
    await log.append('data-protection', [{ ...erasure, metadata }], 'any');
    intake.close();
    intake = await intakeOn(log, 'intake.sqlite');
    expect(await refusal(offender)).toEqual(unknown);
    expect(unknown).toContain('there is nobody of this id');
    expect(await areas()).toEqual([]);
  });
});
