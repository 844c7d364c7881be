import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { startOf } from '../../libs/domain/agreement/decide.js';
import { versions } from '../../libs/domain/agreement/register.js';
import { agreementOf } from '../../libs/testing/agreements.js';
import { type Agreements, openAgreements } from './agreements/agreements.js';
import { loadAgreements } from './demonstration-agreements.js';

const NOW = Date.UTC(2026, 5, 1, 12);
const DAY = 86_400_000;

const custody = (version: number, inForceFrom: string, expires: string, recipients: readonly string[]) =>
  agreementOf({
    reference: 'custody',
    version,
    inForceFrom,
    expires,
    clauses: [
      {
        id: 'arrests',
        publishers: ['police'],
        recipients,
        purposes: ['resettlement'],
        types: ['police.arrest.recorded'],
        fields: { clear: ['arrestedAt'] },
        gateway: 'Crime and Disorder Act 1998 s.115',
        criminalOffence: 'DPA 2018 Schedule 1 paragraph 10',
      },
    ],
  });
const documents = {
  'custody-3': custody(3, '2027-01-01', '2028-01-01', ['housing']),
  'custody-1': custody(1, '2024-04-01', '2025-04-01', ['housing', 'probation']),
  'custody-2': custody(2, '2025-02-01', '2028-02-01', ['housing']),
  another: { ...custody(1, '2024-06-01', '2025-06-01', ['probation']), reference: 'another' },
};

let dir: string;
let log: EventLog;
const open = (): Promise<Agreements> => openAgreements(log, () => NOW, { raise: () => undefined });
const load = (agreements: Agreements): Promise<number> =>
  loadAgreements(agreements, join(dir, 'data'), join(dir, 'agreements'));
const statuses = (agreements: Agreements) =>
  versions(agreements.register()).map(
    ({ document: { reference, version }, status }) => `${reference} ${String(version)} ${status}`,
  );
const loaded = ['another 1 expired', 'custody 1 superseded', 'custody 2 in-force', 'custody 3 signed'];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'concordat-demonstration-'));
  mkdirSync(join(dir, 'agreements'));
  for (const [name, document] of Object.entries(documents))
    writeFileSync(join(dir, 'agreements', `${name}.yaml`), JSON.stringify(document));
  log = await openEmbeddedLog(join(dir, 'log.sqlite'));
});
afterEach(async () => {
  await log.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the agreements of the demonstration', () => {
  it('have the history of their time', async () => {
    const agreements = await open();
    expect(await load(agreements)).toBe(4);
    expect(statuses(agreements)).toEqual(loaded);
    const [another, first, second, third] = versions(agreements.register());
    expect(another?.force).toEqual([{ from: startOf('2024-06-01'), to: startOf('2025-06-01') }]);
    expect(first?.force).toEqual([{ from: startOf('2024-04-01'), to: startOf('2025-02-01') }]);
    expect(second?.force).toEqual([{ from: startOf('2025-02-01'), to: null }]);
    expect(first?.signatures.map(({ at }) => at)).toEqual(
      Array.from({ length: 3 }, () => startOf('2024-04-01') - DAY),
    );
    expect(third?.signatures[0]?.at).toBe(NOW);
  });

  it('never go back in time along the log', async () => {
    await load(await open());
    const moments: number[] = [];
    for await (const { metadata } of log.readAll(0))
      moments.push((JSON.parse(metadata) as { at: number }).at);
    expect(moments).toEqual(moments.toSorted((one, other) => one - other));
    expect(moments.at(-1)).toBe(NOW);
  });

  it('come into force when their loading was interrupted between two signatures', async () => {
    const agreements = await open();
    let signatures = 0;
    const breaking: Agreements = {
      ...agreements,
      loadHistory: (work) =>
        agreements.loadHistory((at) =>
          work((moment) => ({
            ...at(moment),
            sign: (...signature) =>
              signatures++ < 4 ? at(moment).sign(...signature) : Promise.reject(new Error('interrupted')),
          })),
        ),
    };
    await expect(load(breaking)).rejects.toThrow('interrupted');
    const again = await open();
    await load(again);
    expect(statuses(again)).toEqual(loaded);
  });

  it('are left as they are when they are loaded again', async () => {
    const agreements = await open();
    await load(agreements);
    const head = await log.head();
    await load(agreements);
    expect(await log.head()).toBe(head);
  });

  it('are signed with keys that only the owner of the data may read', async () => {
    await load(await open());
    const folder = join(dir, 'data', 'demonstration-keys');
    expect(readdirSync(folder).sort()).toEqual(
      ['housing', 'police', 'probation'].map((agency) => `${agency}.pem`),
    );
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});
