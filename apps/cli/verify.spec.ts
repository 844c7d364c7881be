import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { agencies } from '../../libs/contract/agency.js';
import { agreementOf } from '../../libs/testing/agreements.js';
import { sampleData } from '../../libs/testing/samples.js';
import {
  cameIntoForce,
  digestAll,
  openWorld,
  projectAll,
  recordAgreement,
  recordFact,
  type World,
} from '../../libs/testing/world.js';
import { comparePictures } from './compare-pictures.js';
import { concordat } from './program.js';
import { rebuiltUnder } from './rebuild-aside.js';

const sam = 'P0000000001A';
const arrests = agreementOf({
  reference: 'arrests',
  clauses: [
    {
      id: 'arrests',
      publishers: ['police'],
      recipients: ['probation', 'housing'],
      purposes: ['reducing-reoffending'],
      types: ['police.*'],
      fields: { clear: ['class:PERS'] },
      reach: 'history',
    },
  ],
});

let world: World;
beforeEach(async () => {
  world = await openWorld();
  writeFileSync(join(world.dir, 'master.key'), `${Buffer.alloc(32, 7).toString('base64url')}\n`);
  await recordAgreement(world.log, ...cameIntoForce(arrests, 10));
  await arrest();
  await arrest();
});
afterEach(() => world.close());

const arrest = (): Promise<string> =>
  recordFact(world, {
    offender: sam,
    publisher: 'police',
    type: 'police.arrest.recorded',
    data: sampleData['police.arrest.recorded'] ?? {},
  });

/** Takes the log into the read models of the data folder itself, as the hub does. */
const project = (): Promise<string> => projectAll(world, '.');

interface Ran {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

async function run(...parameters: readonly string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat([...parameters, '--data', world.dir], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: {},
    now: () => new Date('2026-03-01T12:00:00Z'),
    interactive: false,
  });
  return { code, out, err };
}

function change(file: string, sql: string): void {
  const db = new Database(join(world.dir, file));
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
  db.close();
}

/** The outcome of each agency that a comparison found to be other than the same. */
function outcomes({ out }: Ran): Readonly<Record<string, string>> {
  const { pictures } = JSON.parse(out.join('\n')) as { pictures: { agency: string; outcome: string }[] };
  expect(pictures.length).toBeGreaterThan(0);
  const others = pictures.filter(({ outcome }) => outcome !== 'same');
  return Object.fromEntries(others.map(({ agency, outcome }) => [agency, outcome]));
}

const nothingLeft = (): void =>
  expect(readdirSync(world.dir).filter((name) => name.startsWith('aside-'))).toEqual([]);

describe('concordat verify log', () => {
  it('finds a log as it was written, also while it is held', async () => {
    const head = await world.log.head();
    expect(await run('verify', 'log')).toEqual({
      code: 0,
      out: [`the log is unaltered up to position ${head}`],
      err: [],
    });
  });

  it('finds a flipped byte and names its position', async () => {
    const head = await world.log.head();
    const flipped = `CAST(substr(data, 1, 20) || x'00' || substr(data, 22) AS BLOB)`;
    change('log.sqlite', `UPDATE event SET data = ${flipped} WHERE position = ${head - 1}`);
    const reason = `position ${head - 1} does not fit its leaf hash`;
    const { code, out } = await run('verify', 'log');
    expect([code, out]).toEqual([4, [`the log was altered: ${reason}`]]);
    const picture = await run('verify', 'picture');
    expect(picture).toEqual({ code: 4, out: [], err: [`the log was altered: ${reason}`] });
  });

  it.each([
    ['metadata that was changed', `UPDATE event SET metadata = metadata || ' ' WHERE position = 2`, 2],
    ['an event that was taken out', 'DELETE FROM event WHERE position = 2', 2],
    ['an event that was moved', 'UPDATE event SET revision = 70 WHERE position = 3', 3],
  ])('finds %s', async (_, sql, position) => {
    change('log.sqlite', sql);
    const { code, out } = await run('verify', 'log', '--json');
    expect(code).toBe(4);
    expect(JSON.parse(out.join('\n'))).toMatchObject({ outcome: 'altered', position });
  });

  it('finds a file that cannot be read', async () => {
    await world.log.close();
    const file = join(world.dir, 'log.sqlite');
    const db = new Database(file);
    db.pragma('journal_mode = DELETE');
    db.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 4096));
    const { code, out } = await run('verify', 'log');
    expect([code, out.join('')]).toEqual([4, expect.stringContaining('the file is damaged')]);
  });

  it('ends with 5 when there is no log, and makes none', async () => {
    await world.log.close();
    for (const name of readdirSync(world.dir)) rmSync(join(world.dir, name));
    for (const command of [['verify', 'log'], ['verify', 'picture'], ['rebuild']]) {
      expect((await run(...command)).code).toBe(5);
    }
    expect(readdirSync(world.dir)).toEqual([]);
  });
});

describe('concordat verify picture', () => {
  beforeEach(project);

  it('finds every read model the same, and says what it holds', async () => {
    const { code, out, err } = await run('verify', 'picture');
    expect([code, err]).toEqual([0, []]);
    expect(out).toHaveLength(agencies.length + 1);
    const digest =
      digestAll(world.dir)
        .find(({ agency }) => agency === 'housing')
        ?.digest.slice(0, 16) ?? '';
    expect(out.find((line) => line.startsWith('housing'))).toMatch(
      new RegExp(`^housing +\\d+ +2 +${digest} +${digest} +same$`),
    );
    nothingLeft();
  });

  it.each([
    [
      'a value',
      `UPDATE fact SET doc = replace(doc, '{', '{ ') WHERE position = (SELECT max(position) FROM fact)`,
    ],
    ['a missing row', 'DELETE FROM fact WHERE position = (SELECT max(position) FROM fact)'],
    ['a lookup', `UPDATE lookup SET value = 'x' WHERE kind = 'family-name'`],
    ['a line of the ledger', `INSERT INTO ledger VALUES (1, 1, 'x', 'x', '[]', 0)`],
  ])('finds %s that was changed by hand', async (_, sql) => {
    change('read/housing.sqlite', sql);
    const ran = await run('verify', 'picture', '--json');
    expect([ran.code, outcomes(ran)]).toEqual([1, { housing: 'different' }]);
    nothingLeft();
  });

  it('compares a model that nothing touched for a while with what newer ones hold', async () => {
    change('read/prison.sqlite', 'UPDATE checkpoint SET position = 1');
    expect((await run('verify', 'picture')).code).toBe(0);
  });

  it('tells a model that is behind from one that is wrong', async () => {
    const before = await world.log.head();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(world.dir, 'read', `housing.sqlite${suffix}`), { force: true });
    await arrest();
    await project();
    await world.log.close();
    change('read/housing.sqlite', 'DELETE FROM fact WHERE position = (SELECT max(position) FROM fact)');
    change('read/housing.sqlite', `UPDATE checkpoint SET position = ${before}`);
    expect(outcomes(await run('verify', 'picture', '--json'))).toEqual({ housing: 'behind' });
  });

  it('reads once more a model that has moved on while the others were read', async () => {
    const file = join(world.dir, 'read', 'housing.sqlite');
    const put = (content: Buffer): void => {
      for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      writeFileSync(file, content);
    };
    const before = readFileSync(file);
    await arrest();
    await project();
    const after = readFileSync(file);
    put(before);
    const { log, vault } = world;
    const aside = mkdtempSync(join(world.dir, 'rebuilt-'));
    const rebuilt = rebuiltUnder(aside, ['police', 'housing'], { log, vault, progress: () => undefined });
    const compare = (moveOn: () => void) =>
      comparePictures(world.dir, ['police', 'housing'], async (position) => {
        const digests = await rebuilt(position);
        moveOn();
        return digests;
      });
    expect((await compare(() => undefined)).map(({ outcome }) => outcome)).toEqual(['same', 'behind']);
    expect((await compare(() => put(after))).map(({ outcome }) => outcome)).toEqual(['same', 'same']);
  });

  it('looks at the agencies that are named, and at models that are missing or damaged', async () => {
    rmSync(join(world.dir, 'read', 'police.sqlite'));
    writeFileSync(join(world.dir, 'read', 'vcse.sqlite'), 'x'.repeat(4096));
    const named = ['--agency', 'police', '--agency', 'vcse', '--agency', 'health'];
    const ran = await run('verify', 'picture', '--json', ...named);
    expect([ran.code, outcomes(ran)]).toEqual([1, { police: 'missing', vcse: 'unreadable' }]);
    expect((await run('verify', 'picture', '--agency', 'nobody')).code).toBe(2);
  });

  it('makes no keys: without them it ends with 5', async () => {
    const key = join(world.dir, 'master.key');
    rmSync(key);
    expect(await run('verify', 'picture')).toEqual({
      code: 5,
      out: [],
      err: ['concordat: master key file is missing'],
    });
    expect(existsSync(key)).toBe(false);
  });
});

describe('concordat rebuild', () => {
  beforeEach(project);

  it('waits for nobody: while the log is held it ends with 5 and changes nothing', async () => {
    const before = digestAll(world.dir);
    const { code, err } = await run('rebuild');
    expect([code, err]).toEqual([5, ['concordat: stop the hub first: it holds the event log']]);
    expect(digestAll(world.dir)).toEqual(before);
  });

  it('puts right what was changed by hand, for all or for those named', async () => {
    const before = digestAll(world.dir);
    await world.log.close();
    change(
      'read/housing.sqlite',
      `UPDATE fact SET doc = '{}' WHERE position = (SELECT max(position) FROM fact)`,
    );
    change(
      'read/probation.sqlite',
      `UPDATE fact SET doc = '{}' WHERE position = (SELECT max(position) FROM fact)`,
    );
    expect((await run('rebuild', '--agency', 'housing')).out).toHaveLength(2);
    expect(outcomes(await run('verify', 'picture', '--json'))).toEqual({ probation: 'different' });
    const { code, out } = await run('rebuild');
    expect([code, out.length]).toEqual([0, agencies.length + 1]);
    expect(digestAll(world.dir)).toEqual(before);
    nothingLeft();
  });

  it('makes read models where there are none, and drops the changes kept beside an old one', async () => {
    const before = digestAll(world.dir);
    await world.log.close();
    rmSync(join(world.dir, 'read'), { recursive: true });
    expect((await run('rebuild')).code).toBe(0);
    writeFileSync(join(world.dir, 'read', 'housing.sqlite-wal'), 'left behind by a crash');
    expect((await run('rebuild')).code).toBe(0);
    expect(digestAll(world.dir)).toEqual(before);
  });

  it('builds nothing from an altered log', async () => {
    const before = digestAll(world.dir);
    await world.log.close();
    change('log.sqlite', `UPDATE event SET metadata = metadata || ' ' WHERE position = 2`);
    const { code, err } = await run('rebuild');
    expect(code).toBe(4);
    expect(err).toEqual(['the log was altered: position 2 does not fit its leaf hash; nothing was rebuilt']);
    expect(digestAll(world.dir)).toEqual(before);
  });
});
