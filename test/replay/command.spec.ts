import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { concordat } from '../../apps/cli/program.js';
import { openWorld, recordAgreement, type World } from '../../libs/testing/world.js';
import { ASKED, recordAnswer, recordFindings, TERRY } from './replayed-log.js';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await recordFindings(world);
});
afterEach(() => world.close());

async function run(...options: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat(['audit', 'replay', '--data', world.dir, ...options], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: {},
    now: () => new Date(0),
    interactive: false,
  });
  return { code, out, err };
}

describe('concordat audit replay', () => {
  it('tells findings as a table, and what their reasons mean beside it', async () => {
    const { code, out, err } = await run();
    expect(code).toBe(1);
    expect(out[0]).toMatch(/^kind +reason +position +at +agency +user +purpose +person +fact +field/);
    expect(out.length).toBeGreaterThan(5);
    expect(err[0]).toMatch(
      /^7 disclosures and 1 consultations up to position \d+, with 9 fields of 5 facts: /,
    );
    expect(err).toContain('treatment: less of the field is permitted');
  });

  it('tells each programs the same', async () => {
    const { out: json } = await run('--format', 'json');
    const { findings, replay, pictures } = JSON.parse(json.join('\n')) as Record<string, unknown[]>;
    const { out: lines } = await run('--format', 'ndjson');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(findings);
    const withheld = findings?.filter((each) => (each as { kind: string }).kind === 'withheld').length;
    expect(replay).toMatchObject({ from: null, disclosures: 7, withheld });
    expect(pictures).toBeNull();
    expect((await run('--format', 'csv')).out).toHaveLength(lines.length + 1);
  });

  it('judges a period', async () => {
    const before = await run('--to', '2025-05-31');
    expect([before.code, before.err]).toEqual([0, [expect.stringMatching(/^0 disclosures/)]]);
    expect((await run('--from', new Date(ASKED + 1).toISOString())).code).toBe(0);
    expect((await run('--from', '2025-06-01')).code).toBe(1);
    expect((await run('--from', 'soon')).code).toBe(2);
  });

  it('keeps what it found in a file for its owner, and goes on from there to where it was to end', async () => {
    const file = join(world.dir, 'replay.sqlite');
    const first = await run('--resume', file, '--format', 'json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await recordAnswer(world, { offenders: [TERRY] });
    expect((await run()).out.length).toBe((await run('--resume', file)).out.length + 1);
    expect(await run('--resume', file, '--format', 'json')).toEqual(first);
    expect((await run('--resume', file, '--to', '2025-06-01')).code).toBe(2);
    expect((await run('--resume', join(world.dir, 'log.sqlite'))).code).toBe(2);
  });

  it('ends with 4 when the log was altered, in an event or in a signature', async () => {
    const unsigned = {
      reference: 'core',
      version: 1,
      by: { agency: 'hub', user: 'x' },
      at: ASKED,
      reason: 'x',
    };
    await recordAgreement(world.log, { type: 'agreement.cameIntoForce', ...unsigned, version: 7 });
    const signature = await run();
    expect([signature.code, signature.out]).toEqual([4, []]);
    expect(signature.err[0]).toMatch(/^the log was altered: agreement event at position \d+/);
    const log = new Database(join(world.dir, 'log.sqlite'));
    log
      .prepare(
        "UPDATE event SET metadata = replace(metadata, 'pnc', 'sex') WHERE position = (SELECT min(position) FROM event WHERE type = 'disclosure.made')",
      )
      .run();
    log.close();
    const content = await run();
    expect([content.code, content.out]).toEqual([4, []]);
    expect(content.err[0]).toMatch(/^the log was altered: position \d+ does not fit its leaf hash/);
  });
});
