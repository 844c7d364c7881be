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

  async function run(agency: string, ...parameters: readonly string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await concordat(['agreements', ...parameters, '--agency', agency, '--url', url], {
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

  it('is proposed by a party, and by nobody else', async () => {
    const stranger = await run('vcse', 'propose', file);
    expect([stranger.code, stranger.err]).toEqual([
      3,
      ['concordat: vcse is not a party to core (not-a-party)'],
    ]);
    const { code, out } = await run('hub', 'propose', file);
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
    const other = await run('police', 'sign', 'core', '--hash', hash.replace(/^./, 'x'));
    expect([other.code, other.err.join('')]).toEqual([
      1,
      expect.stringContaining('is not the one to be signed'),
    ]);
    for (const [index, party] of parties.entries()) {
      const { code, out } = await run(party, 'sign', 'core', '--version', '1', '--hash', hash);
      const status = index + 1 === parties.length ? 'in-force' : 'proposed';
      expect([code, out[1]]).toEqual([
        0,
        expect.stringMatching(new RegExp(`^core +1 +${status} +${String(index + 1)} of 5 `)),
      ]);
    }
    const again = await run('police', 'sign', 'core');
    expect([again.code, again.err]).toEqual([
      1,
      ['concordat: core version 1 is in-force (agreement-status)'],
    ]);
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
    expect((await run('police', 'terminate', 'core', '--reason', 'at an end')).code).toBe(0);
    expect(await isShown()).toBe(false);
    expect((await run('police', 'resume', 'core', '--reason', 'after all')).code).toBe(1);
  });

  it('goes on in a next version, which is the one meant when none is named', async () => {
    writeFileSync(file, coreAgreement.replace('version: 1', 'version: 2'));
    await run('hub', 'propose', file);
    expect((await run('hub', 'list')).out).toHaveLength(3);
    expect((await run('hub', 'sign', 'core')).out[1]).toMatch(/^core +2 +proposed +1 of 5 /);
    expect((await run('hub', 'show', 'core', '--version', '1')).out[1]).toBe('core version 1, terminated');
  });

  it('is not for a caller without the role or the purpose', async () => {
    const token = await hub.token('hub', ['practitioner'], ['governance']);
    const unsigned = await run('hub', 'sign', 'core', '--token', token);
    expect(unsigned.err).toEqual(['concordat: this needs the role signatory (not-a-signatory)']);
    const astray = await hub.token('hub', ['signatory'], ['resettlement']);
    const { code, err } = await run('hub', 'list', '--token', astray);
    expect([code, err]).toEqual([3, [expect.stringContaining('(purpose-not-held)')]]);
    const { code: expired } = await run('hub', 'list', '--token', `${token}x`);
    expect(expired).toBe(3);
  });
});
