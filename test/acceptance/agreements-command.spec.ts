import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { byPnc, coreAgreement, eventOf } from './fixtures.js';
import { runHub, type RunningHub } from './running-hub.js';

const parties = ['police', 'probation', 'housing', 'treatment', 'hub'];

/** The life of one agreement, from its first proposal to its end, by the command line alone. */
describe('concordat agreements, with a hub', () => {
  let hub: RunningHub;
  let url: string;
  let file: string;
  beforeAll(async () => {
    hub = await runHub();
    await hub.app.listen(0, '127.0.0.1');
    url = await hub.app.getUrl();
    file = join(hub.dir, 'core.yaml');
    writeFileSync(file, coreAgreement);
  });
  afterAll(() => hub.close());

  const run = (agency: string, ...parameters: readonly string[]) =>
    offline(...parameters, '--agency', agency, '--url', url);

  async function offline(...parameters: readonly string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await concordat(['agreements', ...parameters], {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      env: { CONCORDAT_DATA: hub.dir },
      now: () => new Date(),
      interactive: false,
    });
    return { code, out, err };
  }

  const isShown = async (): Promise<boolean> =>
    (await hub.ask('probation', byPnc)).body.data?.offender !== null;

  it('begins with none', async () => {
    const { code, out } = await run('probation', 'list');
    expect([code, out.length]).toEqual([0, 1]);
    expect(out[0]).toMatch(/^reference +version +status/);
    const absent = await run('probation', 'show', 'core');
    expect([absent.code, absent.err]).toEqual([
      1,
      ['concordat: no agreement core binds this agency (agreement-unknown)'],
    ]);
  });

  const because = ['--reason', 'for the test'];
  const keyOf = (agency: string): string => join(hub.dir, `${agency}.pem`);
  const sign = (agency: string, ...more: readonly string[]) =>
    run(agency, 'sign', 'core', '--key', keyOf(agency), ...because, ...more);

  it('is signed with keys that each signatory makes and registers', async () => {
    for (const party of parties) {
      const made = await offline('keygen', keyOf(party));
      const { code, out } = await run(party, 'register-key', keyOf(party));
      expect([code, out[1]]).toEqual([0, expect.stringContaining(`${party} `)]);
      expect(out[1]).toContain(made.out[0]);
    }
    expect((await run('auditor', 'keys')).out).toHaveLength(6);
    const again = await run('police', 'register-key', keyOf('police'));
    expect([again.code, again.err]).toEqual([
      1,
      ['concordat: this key is or was registered already (key-registered)'],
    ]);
  });

  it('is drafted, for the eyes of one agency', async () => {
    const { code, out } = await run('hub', 'draft', file, ...because);
    expect([code, out[1]]).toEqual([0, expect.stringMatching(/^core +1 +drafted +0 of 5 /)]);
    expect((await run('hub', 'list')).out).toHaveLength(2);
    expect((await run('police', 'list')).out).toHaveLength(1);
    const signed = await sign('hub');
    expect([signed.code, signed.err.at(-1)]).toEqual([
      1,
      'concordat: core version 1 is drafted; what may come next: draft, propose, terminate (agreement-status)',
    ]);
  });

  it('is proposed by a party, and by nobody else', async () => {
    const stranger = await run('vcse', 'propose', file, ...because);
    expect([stranger.code, stranger.err]).toEqual([
      3,
      ['concordat: vcse is not a party to core (not-a-party)'],
    ]);
    const { code, out } = await run('hub', 'propose', file, ...because);
    expect([code, out[1]]).toEqual([0, expect.stringMatching(/^core +1 +proposed +0 of 5 /)]);
  });

  it('is shown to a signatory, whole', async () => {
    const { out } = await run('housing', 'show', 'core');
    const text = out.join('\n');
    expect(text).toContain('permit police-to-housing');
    expect(text).toContain('generalise dateOfBirth');
    expect(text).toMatch(/^housing +uk-gdpr +iom@housing\.example$/m);
  });

  it('is signed by each, the document that was read and no other, and comes into force', async () => {
    const [agreement] = JSON.parse((await run('police', 'show', 'core', '--json')).out.join('\n')) as {
      hash: string;
    }[];
    const hash = agreement?.hash ?? '';
    const other = await sign('police', '--hash', hash.replace(/^./, 'x'));
    expect([other.code, other.err.join('')]).toEqual([
      1,
      expect.stringContaining('is not the one to be signed'),
    ]);
    for (const [index, party] of parties.entries()) {
      const { code, out, err } = await sign(party, '--version', '1', '--hash', hash);
      expect(err).toEqual([`signing core version 1, hash ${hash}`]);
      const status = index + 1 === parties.length ? 'in-force' : 'proposed';
      expect([code, out[1]]).toEqual([
        0,
        expect.stringMatching(new RegExp(`^core +1 +${status} +${String(index + 1)} of 5 `)),
      ]);
    }
    const again = await sign('police');
    expect([again.code, again.err.at(-1)]).toEqual([
      1,
      expect.stringContaining('core version 1 is in-force; what may come next: suspend, review,'),
    ]);
  });

  it('is reviewed by its owner', async () => {
    const other = await run('police', 'review', 'core', '--next', '2029-01-01', ...because);
    expect([other.code, other.err]).toEqual([
      3,
      ['concordat: the owner of core version 1 reviews it (not-the-owner)'],
    ]);
    const { out } = await run('hub', 'review', 'core', '--next', '2029-01-01', ...because);
    expect(out[1]).toMatch(/ 2024-01-01 +2029-01-01 +2031-01-01 /);
  });

  it('is suspended, resumed and terminated, and acts at once', async () => {
    await hub.publish('police', eventOf('police.arrest.recorded'));
    await hub.settle();
    expect(await isShown()).toBe(true);
    const refused = await run('police', 'suspend', 'core', '--reason', 'x');
    expect([refused.code, refused.err]).toEqual([
      2,
      ['concordat: reason must have 3 to 250 characters (reason)'],
    ]);
    const suspended = await run('police', 'suspend', 'core', '--reason', 'under review');
    expect(suspended.out[1]).toMatch(/^core +1 +suspended /);
    expect(await isShown()).toBe(false);
    expect((await run('police', 'resume', 'core', '--reason', 'reviewed')).out[1]).toMatch(
      /^core +1 +in-force /,
    );
    await hub.settle();
    expect(await isShown()).toBe(true);
  });

  it('loses a party, whose flows alone end', async () => {
    const { code } = await run('treatment', 'withdraw', 'core', '--reason', 'at an end');
    expect(code).toBe(0);
    await hub.settle();
    expect(await isShown()).toBe(true);
    expect((await run('police', 'show', 'core')).out.join('\n')).toMatch(/^treatment .*Z$/m);
    expect((await run('probation', 'withdraw', 'core', '--reason', 'at an end')).code).toBe(0);
    await hub.settle();
    expect(await isShown()).toBe(false);
  });

  it('is terminated by its owner, for all', async () => {
    expect((await run('police', 'terminate', 'core', '--reason', 'at an end')).code).toBe(3);
    expect((await run('hub', 'terminate', 'core', '--reason', 'at an end')).code).toBe(0);
    expect((await run('police', 'resume', 'core', '--reason', 'after all')).code).toBe(1);
  });

  it('tells its history, and proves it without a hub', async () => {
    const { out } = await run('housing', 'history', 'core');
    const steps = out.slice(1).map((line) => line.split(/ +/).slice(2, 4).join(' '));
    expect(steps).toEqual([
      'proposed hub',
      ...parties.map((party) => `signed ${party}`),
      ...['came-into-force hub', 'reviewed hub', 'suspended police', 'resumed police'],
      ...['party-withdrew treatment', 'party-withdrew probation', 'terminated hub'],
    ]);
    const proof = await offline('verify', '--data', hub.dir);
    expect([proof.code, proof.out.at(-1)]).toEqual([
      0,
      'all 5 signatures hold, each over the document of its hash',
    ]);
  });

  it('goes on in a next version, which is the one meant when none is named', async () => {
    writeFileSync(file, coreAgreement.replace('version: 1', 'version: 2'));
    await run('hub', 'propose', file, ...because);
    expect((await run('hub', 'list')).out).toHaveLength(3);
    expect((await sign('hub')).out[1]).toMatch(/^core +2 +proposed +1 of 5 /);
    const [, first = ''] =
      (await run('police', 'keys', '--json')).out.join('').match(/"key": "([0-9a-f]+)"/) ?? [];
    expect((await run('police', 'revoke-key', first, '--reason', 'lost it')).code).toBe(0);
    expect((await sign('police')).err.at(-1)).toBe('concordat: this key is revoked (key-revoked)');
    expect((await run('hub', 'show', 'core', '--version', '1')).out[1]).toBe('core version 1, terminated');
  });

  it('is not for a caller without the role or the purpose', async () => {
    const token = await hub.token('hub', ['practitioner'], ['governance']);
    const unsigned = await sign('hub', '--token', token);
    expect(unsigned.err.slice(1)).toEqual(['concordat: this needs the role signatory (not-a-signatory)']);
    const astray = await hub.token('hub', ['signatory'], ['resettlement']);
    const { code, err } = await run('hub', 'list', '--token', astray);
    expect([code, err]).toEqual([3, [expect.stringContaining('(purpose-not-held)')]]);
    const { code: expired } = await run('hub', 'list', '--token', `${token}x`);
    expect(expired).toBe(3);
  });
});
