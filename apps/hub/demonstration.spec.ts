import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { type Agreements, openAgreements } from './agreements/agreements.js';
import { loadAgreements, loadDemonstration } from './demonstration.js';

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'concordat-demonstration-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('loading the demonstration', () => {
  const load = (): Promise<string> => Promise.resolve('loaded');

  it('happens in an empty hub, once', async () => {
    expect(await loadDemonstration(dir, true, load)).toBe('loaded');
    expect(await loadDemonstration(dir, false, load)).toBeNull();
  });

  it('goes on after an interruption, although the hub is no longer empty', async () => {
    const interrupted = loadDemonstration(dir, true, () => Promise.reject(new Error('interrupted')));
    await expect(interrupted).rejects.toThrow('interrupted');
    expect(existsSync(join(dir, 'demonstration.loading'))).toBe(true);
    expect(await loadDemonstration(dir, false, load)).toBe('loaded');
    expect(await loadDemonstration(dir, false, load)).toBeNull();
  });
});

describe('the agreements of the demonstration', () => {
  let log: EventLog;
  const open = (): Promise<Agreements> =>
    openAgreements(log, () => Date.UTC(2026, 5, 1), { raise: () => undefined });
  beforeEach(async () => void (log = await openEmbeddedLog(join(dir, 'log.sqlite'))));
  afterEach(() => log.close());

  const statuses = (agreements: Agreements): readonly string[] =>
    [...agreements.register().agreements.values()].flatMap((versions) =>
      versions.map(({ status }) => status),
    );

  it('come into force when their loading was interrupted between two signatures', async () => {
    const agreements = await open();
    let signatures = 0;
    const breaking: Agreements = {
      ...agreements,
      sign: (...signature) =>
        signatures++ < 3 ? agreements.sign(...signature) : Promise.reject(new Error('interrupted')),
    };
    await expect(loadAgreements(breaking)).rejects.toThrow('interrupted');
    const again = await open();
    const count = await loadAgreements(again);
    expect(statuses(again)).toEqual(Array.from({ length: count }, () => 'in-force'));
  });

  it('are left as they are when they are loaded again', async () => {
    const agreements = await open();
    await loadAgreements(agreements);
    const head = await log.head();
    await loadAgreements(agreements);
    expect(await log.head()).toBe(head);
  });
});
