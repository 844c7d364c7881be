import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { agreementOf, type ShortClause } from '../../libs/testing/agreements.js';
import { sampleData } from '../../libs/testing/samples.js';
import {
  cameIntoForce,
  openWorld,
  recordAgreement,
  recordFact,
  type World,
} from '../../libs/testing/world.js';
import { concordat } from './program.js';

const DAY = Date.parse('2025-06-01T12:00:00Z');
const arrests: ShortClause = {
  id: 'arrests',
  publishers: ['police'],
  recipients: ['housing'],
  purposes: ['resettlement'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['dateOfBirth', 'pnc'] },
  reach: 'history',
  gateway: 'Crime and Disorder Act 1998 s.115',
};
const agreed = (version: number, change: Partial<ShortClause> = {}) =>
  agreementOf({
    reference: 'arrests',
    version,
    aims: ['prevention-of-crime-and-disorder'],
    clauses: [{ ...arrests, ...change }],
  });

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await recordAgreement(world.log, ...cameIntoForce(agreed(1), DAY));
  for (const offender of ['P0000000001A', 'P0000000001A', 'P0000000002B']) await arrest(offender, DAY + 1);
});
afterEach(() => world.close());

const arrest = (offender: string, received: number): Promise<string> =>
  recordFact(world, {
    offender,
    publisher: 'police',
    type: 'police.arrest.recorded',
    data: sampleData['police.arrest.recorded'] ?? {},
    received,
  });

async function run(change: Partial<ShortClause>, ...options: readonly string[]) {
  const file = join(world.dir, 'draft.json');
  writeFileSync(file, JSON.stringify(agreed(2, change)));
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat(['agreements', 'what-if', file, '--data', world.dir, ...options], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: {},
    now: () => new Date('2026-03-01T12:00:00Z'),
    interactive: false,
  });
  return { code, out, err };
}

const masked: Partial<ShortClause> = { fields: { clear: ['pnc'], mask: ['dateOfBirth'] } };

describe('concordat agreements what-if', () => {
  it('ends with 0 under the agreement that is in force, while the log is held', async () => {
    expect(await run({})).toEqual({
      code: 0,
      out: ['arrests in the place of version 1, 3 facts as of 2025-06-01T12:00:00.001Z', 'no difference'],
      err: [],
    });
  });

  it('tells each agency and each field, and ends with 1', async () => {
    const { code, out } = await run(masked);
    expect([code, out]).toEqual([
      1,
      [
        'arrests in the place of version 1, 3 facts as of 2025-06-01T12:00:00.001Z',
        '',
        'agency   gained  people  lost  people  changed  people',
        'housing       0       0     0       0        3       2',
        '',
        'agency   purpose       type                    field        who      change   before  after  facts  people',
        'housing  resettlement  police.arrest.recorded  dateOfBirth  anybody  changed  clear   mask       3       2',
      ],
    ]);
  });

  it('answers for a draft that could not be proposed, and warns of why', async () => {
    const { code, err } = await run({ gateway: 'Offender Management Act 2007 s.14' });
    expect([code, err.length]).toEqual([0, 1]);
    expect(err[0]).toMatch(/^warning: .*draft\.json: \/clauses\/0\/gateway /);
  });

  it('prints JSON and CSV', async () => {
    const { out } = await run(masked, '--json');
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      reference: 'arrests',
      replaces: 1,
      at: '2025-06-01T12:00:00.001Z',
      sights: [{ field: 'dateOfBirth', gain: 'changed', facts: 3, people: 2 }],
    });
    expect((await run(masked, '--format', 'json')).out).toEqual(out);
    expect((await run(masked, '--format', 'csv')).out).toEqual([
      'agency,purpose,type,field,who,change,before,after,facts,people',
      'housing,resettlement,police.arrest.recorded,dateOfBirth,anybody,changed,clear,mask,3,2',
    ]);
  });

  it('quotes what CSV would take apart', async () => {
    const { out } = await run({ conditions: { role: ['coordinator', 'operator'] } }, '--format', 'csv');
    expect(out[1]).toBe(
      'housing,resettlement,police.arrest.recorded,dateOfBirth,"not coordinator, not operator",lost,clear,withhold,3,2',
    );
  });

  it('asks of the end of a day, or of a moment', async () => {
    await arrest('P0000000003C', Date.parse('2025-06-02T22:59:59Z'));
    await arrest('P0000000003C', Date.parse('2025-06-02T23:00:01Z'));
    const facts = async (...options: readonly string[]) =>
      (JSON.parse((await run({}, '--json', ...options)).out.join('\n')) as { facts: number }).facts;
    expect(await facts()).toBe(5);
    expect(await facts('--as-of', '2025-06-02')).toBe(4);
    expect(await facts('--as-of', '2025-06-01')).toBe(3);
    expect(await facts('--as-of', '2025-06-02T23:00:01Z')).toBe(5);
  });

  it('takes the draft as if in force from a day on', async () => {
    const prospective = { reach: 'prospective' } as const;
    expect((await run(prospective)).code).toBe(0);
    expect((await run(prospective, '--since', '2025-06-02')).out[3]).toMatch(/^housing +0 +0 +3 +2 +0 +0$/);
  });

  it('ends with 2 when it is used wrongly, and with 5 without a log', async () => {
    expect((await run({}, '--since', 'soon')).code).toBe(2);
    expect((await run({}, '--as-of', '2025-06')).code).toBe(2);
    expect((await run({}, '--format', 'xml')).code).toBe(2);
    expect((await run({}, '--data', join(world.dir, 'nowhere'))).code).toBe(5);
  });

  it('says in its help whom the counts are of', async () => {
    expect((await run({}, '--help')).out.join('\n')).toMatch(/different people whom/);
  });
});
