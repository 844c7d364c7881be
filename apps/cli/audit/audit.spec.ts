import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { offenderIdFrom } from '../../../libs/domain/identity/offender-id.js';
import { agreementOf } from '../../../libs/testing/agreements.js';
import { recordDisclosure } from '../../../libs/testing/disclosures.js';
import { sampleData } from '../../../libs/testing/samples.js';
import {
  cameIntoForce,
  openWorld,
  recordAgreement,
  recordFact,
  type World,
} from '../../../libs/testing/world.js';
import { concordat } from '../program.js';

const sam = offenderIdFrom(new Uint8Array(10).fill(3));
const DAY = Date.parse('2026-03-02T12:00:00Z');
const arrests = agreementOf({
  reference: 'arrests',
  inForceFrom: '2026-01-01',
  expires: '2027-01-01',
  clauses: [
    {
      id: 'arrests',
      publishers: ['police'],
      recipients: ['probation'],
      purposes: ['reducing-reoffending'],
      types: ['police.*'],
      fields: { clear: ['pnc', 'name.family'] },
      reach: 'history',
    },
  ],
});

let world: World;
let fact = '';
let position = 0;
beforeEach(async () => {
  world = await openWorld();
  await recordAgreement(world.log, ...cameIntoForce(arrests, DAY));
  fact = await arrest();
  position = await world.log.head();
  for (const justification of [null, '=cmd|calc'])
    await recordDisclosure(world.log, {
      agency: 'probation',
      user: 'officer',
      justification,
      at: DAY + 10,
      facts: [{ position, offender: sam, shown: { 'arrests/1#arrests': { clear: ['pnc'] } } }],
    });
});
afterEach(() => world.close());

const arrest = (more: object = {}): Promise<string> =>
  recordFact(world, {
    offender: sam,
    publisher: 'police',
    type: 'police.arrest.recorded',
    data: sampleData['police.arrest.recorded'] ?? {},
    received: DAY + 1,
    ...more,
  });

async function audit(...parameters: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat(['audit', parameters[0] ?? '', '--data', world.dir, ...parameters.slice(1)], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: {},
    now: () => new Date(DAY),
    interactive: false,
  });
  return { code, out, err, json: (): unknown => JSON.parse(out.join('\n')) };
}

describe('concordat audit disclosures', () => {
  it('prints a table of who was shown what', async () => {
    const { code, out, err } = await audit('disclosures', '--person', sam);
    expect(code).toBe(0);
    expect(out[0]?.split(/ +/)).toEqual([
      ...['position', 'at', 'operation', 'agency', 'user', 'purpose', 'people', 'facts', 'clauses'],
    ]);
    expect(out.slice(1)).toHaveLength(2);
    expect(out[1]).toMatch(
      /2026-03-02T12:00:00\.010Z +disclosure +probation +officer .* arrests\/1#arrests$/,
    );
    expect(err.join()).toContain('no ledger records this reading');
  });

  it('gives no answer from a log that was altered', async () => {
    const log = new Database(join(world.dir, 'log.sqlite'));
    log.exec(
      "UPDATE event SET metadata = replace(metadata, 'officer', 'nobody') WHERE stream = 'disclosure-probation'",
    );
    log.close();
    const { code, out, err } = await audit('disclosures', '--agency', 'probation', '--user', 'nobody');
    expect([code, out]).toEqual([4, []]);
    expect(err.join()).toMatch(/the event at position \d+ was altered/);
  });

  it('prints the same as JSON, a line each, and CSV in which no text is a formula', async () => {
    const asked = [
      'disclosures',
      '--agency',
      'probation',
      '--from',
      '2026-03-01',
      '--to',
      '2026-03-02',
      '--format',
    ];
    const json = (await audit(...asked, 'json')).json();
    const lines = (await audit(...asked, 'ndjson')).out.map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual(json);
    expect(json).toHaveLength(2);
    const csv = (await audit(...asked, 'csv')).out.join('\n');
    const rows = parse(csv, { columns: true }) as readonly Readonly<Record<string, string>>[];
    expect(rows.map(({ justification, fields, offender }) => [justification, fields, offender])).toEqual([
      ['', 'pnc', sam],
      ["'=cmd|calc", 'pnc', sam],
    ]);
  });

  it.each([
    ['a trawl', ['disclosures']],
    ['a trawl in JSON', ['disclosures', '--format', 'json']],
    ['a trawl in CSV', ['disclosures', '--format', 'csv']],
    ['a trawl of everything', ['operations', '--from', '2026-03-01', '--to', '2026-03-02']],
    [
      'a longer period than may be',
      ['disclosures', '--agency', 'police', '--from', '2025-01-01', '--to', '2026-01-01'],
    ],
    ['no date', ['disclosures', '--user', 'officer', '--from', 'yesterday']],
    ['no person', ['operations', '--person', 'somebody']],
    ['no format', ['disclosures', '--user', 'officer', '--format', 'pdf']],
    ['half a difference', ['difference', '--agency', 'police', '--person', sam, '--at', '2026-03-02']],
    ['neither fact nor person', ['corrected']],
    ['no rules', ['patterns', '--from', '2026-03-01', '--to', '2026-03-02', '--rules', '/nowhere.json']],
  ])('ends with 2 for %s, with nothing on stdout', async (_, parameters) => {
    expect(await audit(...parameters)).toMatchObject({ code: 2, out: [] });
  });

  it('ends with 5 where there is no log', async () => {
    const nowhere = join(world.dir, 'nowhere');
    expect(await audit('disclosures', '--user', 'officer', '--data', nowhere)).toMatchObject({
      code: 5,
      out: [],
    });
  });
});

describe('concordat audit', () => {
  it('explains a field line by line, and ends with 0 while the decision agrees', async () => {
    const asked = [
      'explain',
      '--disclosure',
      String(position + 1),
      '--fact',
      String(position),
      '--field',
      'pnc',
    ];
    const { code, out } = await audit(...asked);
    expect(code).toBe(0);
    expect(out).toContainEqual(expect.stringMatching(/^gateway +Offender Management Act 2007 s\.14$/));
    expect(out.at(-1)).toMatch(/^decided again +clear under arrests\/1#arrests: as recorded$/);
    expect((await audit(...asked, '--format', 'json')).json()).toMatchObject({ fact: { id: fact } });
    expect((await audit(...asked, '--format', 'ndjson')).out).toHaveLength(1);
  });

  it('ends with 1 where a field was shown without permission', async () => {
    const disclosure = await recordDisclosure(world.log, {
      agency: 'housing',
      at: DAY + 10,
      facts: [{ position, offender: sam, shown: { 'arrests/1#arrests': { clear: ['pnc'] } } }],
    });
    const asked = ['--disclosure', String(disclosure), '--fact', String(position), '--field', 'pnc'];
    expect((await audit('explain', ...asked)).code).toBe(1);
  });

  it('says what an agency knew, and ends with 1 for a difference', async () => {
    const asked = ['--agency', 'probation', '--person', sam, '--at'];
    expect((await audit('knew', ...asked, '2026-03-01')).out).toHaveLength(1);
    const { code, out } = await audit('knew', ...asked, '2026-03-02');
    expect([code, out.length]).toEqual([0, 3]);
    expect(out.join('\n')).toMatch(/name\.family +clear +reducing-reoffending +anybody +arrests\/1#arrests/);
    const difference = await audit('difference', ...asked, '2026-03-01', '--and', '2026-03-02');
    expect([difference.code, difference.out.length]).toEqual([1, 3]);
    expect((await audit('difference', ...asked, '2026-03-02', '--and', '2026-03-03')).code).toBe(0);
    const agencies = await audit('difference', ...asked, '2026-03-02', '--and-agency', 'housing');
    expect(agencies.out.slice(1).every((line) => line.includes(' lost '))).toBe(true);
  });

  it('says who received what was corrected, and ends with 1 when anybody did', async () => {
    expect((await audit('corrected', '--person', sam)).code).toBe(0);
    await arrest({ corrects: fact });
    const { code, out } = await audit('corrected', '--position', String(position));
    expect([code, out.length]).toEqual([1, 3]);
    expect(out[1]).toMatch(/ before$/);
  });

  it('tells patterns with their figures, under rules of a file too', async () => {
    const period = ['--from', '2026-03-02', '--to', '2026-03-02'];
    const { code, out } = await audit('patterns', ...period);
    expect([code, out.length]).toEqual([1, 2]);
    expect(out[1]).toMatch(/^without-responsibility +probation +officer .*people without responsibility 1, /);
    const rules = join(world.dir, 'rules.json');
    writeFileSync(rules, JSON.stringify({ withoutResponsibility: { people: 2 } }));
    expect((await audit('patterns', ...period, '--rules', rules)).code).toBe(0);
  });

  it('tells all six operations', async () => {
    const { out } = await audit('operations', '--person', sam, '--format', 'ndjson');
    const kinds = out.map((line) => (JSON.parse(line) as { readonly kind: string }).kind);
    expect(kinds).toEqual(['collection', 'disclosure', 'disclosure']);
  });
});
