import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { openLogReader } from '../../libs/adapters/event-log/log-reader.js';
import { type AccessPack } from '../../libs/domain/rights/access-pack.js';
import { OMISSIONS } from '../../libs/domain/rights/access-words.js';
import { type RightsEvent, rightsStream } from '../../libs/domain/rights/rights.js';
import { coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Answer, runHub } from './running-hub.js';

const HOSTILE = '</td><script>alert("x")</script>&{{ 7*7 }}';
const REASON = 'an inquiry into the informant is open';

describe('the rights of a person', () => {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-rights-'));
  let offender = '';
  let request = '';
  let before = '';

  async function cli(name: string, ...parameters: readonly string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const terminal = {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      env: { CONCORDAT_DATA: dir, USER: 'operator-1' },
      now: () => new Date('2026-01-31T12:00:00Z'),
      interactive: false,
    };
    const given = ['rights', name, `pnc:${PNC}`, '--controller', 'police', ...parameters];
    const code = await concordat(given, terminal);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  const access = async (copy: string, format: string, ...more: readonly string[]): Promise<string> =>
    (await cli('access', '--copy', copy, '--format', format, ...more)).out;
  const packOf = async (copy: string, ...more: readonly string[]): Promise<AccessPack> =>
    JSON.parse(await access(copy, 'json', ...more)) as AccessPack;
  const restrict = (...scope: readonly string[]) =>
    cli('restrict', '--request', request, '--ground', 'b', '--reason', REASON, ...scope);

  async function steps(): Promise<readonly RightsEvent[]> {
    const log = openLogReader(join(dir, 'log.sqlite'));
    const found: RightsEvent[] = [];
    for await (const { metadata } of log.readStream(rightsStream(offender)))
      found.push(JSON.parse(metadata) as RightsEvent);
    await log.close();
    return found;
  }

  beforeAll(async () => {
    const hub = await runHub({}, dir);
    await hub.bringIntoForce(coreAgreement);
    const publish = async (type: string, data: object, attributes: object = {}): Promise<Answer> => {
      const answer = await hub.publish(String(type.split('.')[0]), eventOf(type, data, attributes));
      expect([type, answer.body.outcome]).toEqual([type, 'accepted']);
      return answer;
    };
    const arrest = { name: { family: HOSTILE, given: 'Sam' }, occupation: 'Roofer' };
    offender = String((await publish('police.arrest.recorded', arrest)).body.offender);
    await publish('police.intel.submitted', { text: 'A canary of intelligence' });
    await publish('police.arrest.disposed', {});
    await hub.settle();
    const ask =
      '{ offender(identifier: { scheme: pnc, value: "' +
      PNC +
      '" }) { id timeline(first: 9) { edges { node { type fields { name value } } } } } }';
    expect((await hub.ask('probation', ask)).text).toContain('Roofer');
    const busy = await cli('access', '--copy', 'subject');
    expect([busy.code, busy.out]).toEqual([5, '']);
    expect(busy.err).toContain('stop the hub first');
    await hub.app.close();
    const received = await cli('receive', '--received', '2026-01-31');
    expect([received.code, received.err]).toEqual([0, 'the answer is due by 2026-02-28']);
    request = received.out;
    before = await access('subject', 'json');
  }, 120_000);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('tell what is held with values, where from, who received it, why, and that no machine decides', () => {
    const pack = JSON.parse(before) as AccessPack;
    const arrest = pack.held.find(({ title }) => title === 'Arrest recorded');
    expect(arrest).toMatchObject({ origin: 'Police', own: true, nature: 'fact' });
    expect(arrest?.records[0]?.fields).toContainEqual({
      name: 'occupation',
      category: 'personal details',
      value: 'Roofer',
      coarser: false,
    });
    expect(pack.recipients).toMatchObject([
      { agency: 'Probation Service', purpose: 'reducing-reoffending', agreement: 'core/1' },
    ]);
    expect(pack.recipients[0]?.categories).toContain('criminal justice facts');
    expect(pack.agreements[0]).toMatchObject({
      rights: { contact: 'rights@hub.example' },
      contact: 'iom@police.example',
    });
    expect(pack.automatedDecisions).toMatch(/^None\./);
    expect(pack.retention.length).toBeGreaterThan(2);
  });

  it('keep intelligence and victims out of the subject’s copy by rule, and list them for the commissioner', async () => {
    for (const hidden of ['canary of intelligence', 'ntelligence', 'intel', 'victim', 'position'])
      expect(before.includes(hidden) ? hidden : 'absent').toBe('absent');
    const { leftOut = [] } = await packOf('commissioner');
    expect(leftOut.map(({ by, ground }) => `${by} ${ground}`)).toEqual(
      expect.arrayContaining(['rule intelligence b', 'rule victims e']),
    );
    expect(JSON.stringify(leftOut)).not.toContain('canary of intelligence');
  });

  it('leave out under s.45(4)(b) what was restricted: neutral words for the person, the reason for the commissioner', async () => {
    const type = 'police.arrest.disposed';
    expect((JSON.parse(before) as AccessPack).held.map(({ title }) => title)).toContain('Arrest disposed');
    const restriction = await restrict('--type', type);
    expect(restriction.code).toBe(0);
    expect((await restrict('--field', 'occupation')).code).toBe(0);
    const subject = await access('subject', 'json');
    const html = await access('subject', 'html');
    for (const text of [subject, html]) {
      for (const hidden of ['Arrest disposed', type, 'Roofer', 'occupation', REASON, '45(4)', 'restrict '])
        expect(text.includes(hidden) ? hidden : 'absent').toBe('absent');
      expect(text).toContain(OMISSIONS);
    }
    const { leftOut = [] } = await packOf('commissioner');
    expect(leftOut.filter(({ by }) => by.startsWith('restriction'))).toMatchObject([
      { type: 'police.arrest.recorded', fields: ['occupation'], ground: 'b', reason: REASON },
      { type, fields: [], ground: 'b', reason: REASON },
    ]);
    const page = await access('commissioner', 'html');
    expect(page).toContain(REASON);
    expect(page).toContain('DPA 2018 s.45(4)(b)');
    const withoutThem = JSON.parse(before) as AccessPack;
    const held = withoutThem.held.filter(({ title }) => title !== 'Arrest disposed');
    const bare = JSON.parse(
      JSON.stringify({ ...withoutThem, held }, (_, value: unknown) =>
        Array.isArray(value)
          ? value.filter((each) => (each as { name?: string }).name !== 'occupation')
          : value,
      ),
    ) as AccessPack;
    expect(JSON.parse(subject)).toEqual(bare);
  });

  it('leave out that somebody received it', async () => {
    expect((await packOf('subject')).recipients).toHaveLength(1);
    const { out } = await restrict('--recipient', 'probation');
    expect(await access('subject', 'json')).not.toContain('Probation');
    const { leftOut = [] } = await packOf('commissioner');
    expect(leftOut.some(({ recipients }) => recipients.includes('Probation Service'))).toBe(true);
    expect((await cli('lift', '--restriction', out)).code).toBe(0);
    expect((await packOf('subject')).recipients).toHaveLength(1);
  });

  it('refuse a restriction that would leave nothing out, and one without a request', async () => {
    expect(await restrict('--field', 'ocupation')).toMatchObject({ code: 2, out: '' });
    expect(await restrict('--type', 'police.arrest.record')).toMatchObject({ code: 2 });
    expect(await restrict('--fact', '999999')).toMatchObject({ code: 2 });
    expect(await restrict()).toMatchObject({ code: 2 });
    request = '00000000-0000-4000-8000-000000000000';
    const refused = await restrict('--field', 'sex');
    request = (await steps())[0]?.id ?? '';
    expect(refused.code).toBe(3);
  });

  it('write a page that stands by itself and takes hostile values as text', async () => {
    const out = join(dir, 'copy.html');
    expect(await access('subject', 'html', '--out', out)).toBe('');
    const page = readFileSync(out, 'utf8');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;/td&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;{{ 7*7 }}');
    expect(page).toContain('<html lang="en-GB">');
    expect(page).toContain('3 May 2025 at 11:00');
    expect(page).not.toMatch(/(src|href)=/);
    expect(page.match(/<table>/g)?.length).toBe(page.match(/<caption>/g)?.length);
    expect((await cli('access', '--copy', 'subject', '--out', out)).code).toBe(1);
  });

  it('record every pack, and reasons under the person’s key alone', async () => {
    const all = await steps();
    const packs = all.filter((each) => each.type === 'rights.pack.made');
    expect(packs[0]).toMatchObject({
      copy: 'subject',
      request,
      controller: 'police',
      by: { user: 'operator-1' },
    });
    expect(packs.some(({ copy }) => copy === 'commissioner')).toBe(true);
    expect(JSON.stringify(all)).not.toContain('inquiry');
    expect(readFileSync(join(dir, 'log.sqlite')).includes(REASON)).toBe(false);
    expect((await cli('decide', '--request', request, '--outcome', 'answered-in-part')).code).toBe(0);
    expect((await cli('extend', '--request', request, '--reason', 'many records to read')).code).toBe(1);
  });

  it('say of an erased person that nothing is held, and hold nothing', async () => {
    const hub = await runHub({}, dir);
    const review = `mutation { reviewRetention(offender: "${offender}", outcome: erase, reason: "the panel looked at it") { offender } }`;
    await hub.ask('hub', review, { roles: ['coordinator'], user: 'reviewer' });
    const erase = `mutation { eraseOffender(offender: "${offender}", ground: unlawful) { offender } }`;
    const answer = await hub.ask('hub', erase, { roles: ['signatory'], user: 'head' });
    expect(answer.body.errors).toBeUndefined();
    await hub.app.close();
    for (const copy of ['subject', 'commissioner']) {
      const pack = await packOf(copy);
      expect(pack).toMatchObject({ held: [], recipients: [], agreements: [] });
      expect(pack.erased?.reason).toBe('processing would be unlawful');
      expect(await access(copy, 'html')).toContain('Nothing is held.');
    }
  }, 60_000);
});
