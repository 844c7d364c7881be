import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { type Role } from '../../libs/adapters/caller/caller.js';
import { streamOf } from '../../libs/contract/fact.js';
import { deadline } from '../../libs/domain/correction/deadline.js';
import { sampleData } from '../../libs/testing/samples.js';
import { byPnc, coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Asked, type Body, itemsOf, runHub, type RunningHub } from './running-hub.js';

const DAY = 86_400_000;
const PURPOSE = 'reducing-reoffending';
const FIELDS = `id kind recipient isOutside answerable publishers offender supersededBy opened due isOverdue
  shown { position type fields disclosures } passedOn { by correction when }
  notified { agency user } acknowledged { agency user action onward { recipient isOutside when } }`;

/** Police facts to probation, from there by hand to housing, from there to the voluntary sector and out of the hub. */
describe('a correction', () => {
  let hub: RunningHub;
  let passed = 0;
  const days = (count: number): void => void (passed += count * DAY);
  /** A token that outlives the days which this test lets go by. */
  const tokenOf = (agency: string, roles: readonly Role[], user: string): Promise<string> =>
    developmentIssuer(hub.dir, {}).sign({
      agency,
      user,
      roles,
      purposes: [PURPOSE, 'governance'],
      hours: 1000,
    });
  const ask = async (agency: string, query: string, { user = `${agency}-lead`, roles = [] }: Asked = {}) =>
    hub.request('POST', '/graphql', {
      headers: {
        authorization: `Bearer ${await tokenOf(agency, roles.length === 0 ? ['coordinator'] : roles, user)}`,
        'content-type': 'application/json',
        'x-purpose': PURPOSE,
      },
      body: JSON.stringify({ query }),
    });
  const auditing: Asked = { user: 'auditor', roles: ['auditor'] };
  const list = async (agency: string, options?: Asked, which = '') =>
    itemsOf((await ask(agency, `{ corrections${which} { ${FIELDS} } }`, options)).body.data?.corrections);
  const acknowledge = (agency: string, id: Body | undefined, answer: string, options?: Asked) =>
    ask(
      agency,
      `mutation { acknowledgeCorrection(id: "${String(id)}", ${answer}, reason: "as we were told") { ${FIELDS} } }`,
      options,
    );
  const codeOf = ({ body }: Awaited<ReturnType<typeof ask>>) => body.errors?.[0]?.extensions?.code;
  const feed = async (agency: string, roles: readonly Role[], query = '') =>
    hub.request('GET', `/corrections${query}`, {
      headers: { authorization: `Bearer ${await tokenOf(agency, roles, `${agency}-system`)}` },
    });

  beforeAll(async () => {
    hub = await runHub({ clock: () => Date.now() + passed });
    await hub.bringIntoForce(coreAgreement);
    const arrest = eventOf('police.arrest.recorded');
    await hub.publish('police', arrest);
    await hub.settle();
    await hub.ask('probation', byPnc, { user: 'anna' });
    await hub.publish('police', eventOf('police.arrest.recorded', {}, { corrects: arrest.id }));
    await hub.settle();
  });
  afterAll(() => hub.close());

  it('marks the fact in the picture of whoever was shown it', async () => {
    const { body } = await hub.ask('probation', byPnc, { user: 'ben' });
    const nodes = itemsOf(body.data?.offender?.timeline?.edges).map(({ node }) => node);
    expect(nodes.map((node) => node?.superseded)).toContainEqual({ kind: 'corrected' });
  });

  it('reaches the practitioner who was shown it, and no colleague who has seen only the marked one', async () => {
    const practising = (user: string): Asked => ({ user, roles: ['practitioner'] });
    const [told, ...more] = await list('probation', practising('anna'));
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      kind: 'corrected',
      recipient: 'probation',
      publishers: ['police'],
      supersededBy: null,
      isOverdue: false,
      shown: [{ type: 'police.arrest.recorded', fields: expect.arrayContaining(['name.family', 'pnc']) }],
      notified: { agency: 'probation', user: 'anna' },
      acknowledged: null,
    });
    expect(Date.parse(String(told?.due))).toBe(deadline(Date.parse(String(told?.opened))).due);
    expect(await list('probation', practising('ben'))).toEqual([]);
    expect(await list('housing')).toEqual([]);
    expect(codeOf(await ask('probation', '{ corrections { id } }', { roles: ['operator'] }))).toBe(
      'role-required',
    );
  });

  it('holds no value of the fact, neither in an answer nor in the log', async () => {
    const { name, dateOfBirth } = sampleData['police.arrest.recorded'] as {
      readonly name: { readonly family: string };
      readonly dateOfBirth: string;
    };
    const texts = [(await feed('probation', ['publisher'])).text];
    for await (const { metadata } of hub.log.readStream(streamOf.corrections)) texts.push(metadata);
    expect(texts.length).toBeGreaterThan(1);
    for (const value of [name.family, dateOfBirth, PNC]) expect(texts.join()).not.toContain(value);
  });

  it('reaches the systems of the recipient, in pages, and those of nobody else', async () => {
    const { status, body } = await feed('probation', ['publisher'], '?limit=1');
    expect(status).toBe(200);
    expect(itemsOf(body.corrections)).toMatchObject([{ recipient: 'probation', notified: { user: 'anna' } }]);
    const next = await feed('probation', ['coordinator'], `?limit=1&after=${String(body.next)}`);
    expect(next.body).toEqual({ corrections: [], next: null });
    expect((await feed('police', ['publisher'])).body).toEqual({ corrections: [], next: null });
    expect((await feed('probation', ['practitioner'])).status).toBe(403);
    expect((await feed('probation', ['publisher'], '?after=first')).status).toBe(400);
    expect((await hub.request('GET', '/corrections')).status).toBe(401);
  });

  it('shows its publisher how far it got, without the names of the recipient’s staff', async () => {
    const [seen] = await list('police');
    expect(seen).toMatchObject({ recipient: 'probation', notified: { agency: 'probation', user: null } });
    expect(Number(seen?.supersededBy)).toBeGreaterThan(0);
  });

  const trail: Record<string, Body | undefined> = {};

  it('is answered by the recipient, which names to whom it passed the fact on', async () => {
    const [{ id } = {}] = await list('probation');
    trail['probation'] = id;
    const onward = 'onward: [{ agency: "housing", when: "2025-11-10" }]';
    expect(codeOf(await acknowledge('police', id, `action: corrected, ${onward}`))).toBe(
      'no-such-correction',
    );
    expect(codeOf(await acknowledge('probation', id, `action: told, ${onward}`))).toBe('correction-action');
    const { body } = await acknowledge('probation', id, `action: corrected, ${onward}`);
    expect(body.data?.acknowledgeCorrection?.acknowledged).toEqual({
      agency: 'probation',
      user: 'probation-lead',
      action: 'corrected',
      onward: [{ recipient: 'housing', isOutside: false, when: '2025-11-10' }],
    });
    expect(codeOf(await acknowledge('probation', id, `action: corrected`))).toBe('correction-acknowledged');
  });

  it('follows the fact over three hops and out of the hub', async () => {
    const [housing] = await list('housing');
    expect(housing).toMatchObject({
      recipient: 'housing',
      passedOn: { by: 'probation', correction: trail['probation'], when: '2025-11-10' },
      shown: [{ type: 'police.arrest.recorded', disclosures: [] }],
    });
    trail['housing'] = housing?.id;
    await acknowledge(
      'housing',
      housing?.id,
      'action: noneHeld, onward: [{ agency: "vcse", when: "2025-11-11" }]',
    );
    const [vcse] = await list('vcse');
    expect(vcse?.passedOn).toMatchObject({ by: 'housing', correction: trail['housing'] });
    trail['vcse'] = vcse?.id;
    const outside =
      'onward: [{ organisation: "Night Shelter", when: "2025-11-12" }, { agency: "probation", when: "2025-11-12" }]';
    await acknowledge('vcse', vcse?.id, `action: erased, ${outside}`);
    const all = await list('auditor', auditing);
    expect(all.map(({ recipient, answerable, passedOn }) => [recipient, answerable, passedOn?.by])).toEqual([
      ['probation', 'probation', undefined],
      ['housing', 'housing', 'probation'],
      ['vcse', 'vcse', 'housing'],
      ['Night Shelter', 'vcse', 'vcse'],
    ]);
    expect(all.map(({ acknowledged }) => acknowledged?.action)).toEqual([
      'corrected',
      'noneHeld',
      'erased',
      undefined,
    ]);
  });

  it('that is not answered in time is overdue for the auditor, until whoever passed it on has told them', async () => {
    expect(await list('auditor', auditing, '(overdue: true)')).toEqual([]);
    days(5);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const overdue = await list('auditor', auditing, '(overdue: true)');
    expect(overdue).toMatchObject([
      { recipient: 'Night Shelter', isOutside: true, answerable: 'vcse', isOverdue: true },
    ]);
    expect((await hub.request('GET', '/metrics')).text).toMatch(/^concordat_corrections_overdue 1$/m);
    const told = await acknowledge('vcse', overdue[0]?.id, 'action: told');
    expect(told.body.data?.acknowledgeCorrection).toMatchObject({
      isOverdue: false,
      acknowledged: { action: 'told' },
    });
    expect(await list('auditor', auditing, '(overdue: true)')).toEqual([]);
    expect(await list('auditor', auditing, '(acknowledged: false)')).toEqual([]);
  });

  it('is listed and answered from the command line', async () => {
    const wrong = eventOf('police.arrest.recorded');
    const authorization = `Bearer ${await tokenOf('police', ['publisher'], 'police-system')}`;
    const publish = (event: object) => hub.publish('police', event, { authorization });
    await publish(wrong);
    await hub.settle();
    await ask('probation', byPnc, { user: 'anna', roles: ['practitioner'] });
    await publish(eventOf('police.arrest.recorded', {}, { retracts: wrong.id }));
    await hub.app.listen(0, '127.0.0.1');
    const url = await hub.app.getUrl();
    const run = async (...parameters: readonly string[]) => {
      const [out, err]: [string[], string[]] = [[], []];
      const code = await concordat(['corrections', ...parameters, '--url', url], {
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        env: { CONCORDAT_DATA: hub.dir },
        now: () => new Date(),
        interactive: false,
      });
      return { code, out, err };
    };
    const probation = ['--token', await tokenOf('probation', ['coordinator'], 'lead')];
    const auditor = ['--token', await tokenOf('auditor', ['auditor'], 'auditor')];
    const unanswered = ['list', '--unanswered', ...probation];
    const { code, out } = await run(...unanswered);
    expect([code, out.length]).toEqual([0, 2]);
    expect(out[1]).toMatch(/^[0-9a-f-]{36} +retracted .* probation +probation +1 .*told, unanswered$/);
    days(7);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const late = await run('list', '--overdue', '--json', ...auditor);
    const [item] = JSON.parse(late.out.join('\n')) as readonly { readonly id: string }[];
    expect(late.code).toBe(1);
    const answer = ['acknowledge', item?.id ?? '', '--reason', 'never entered', ...probation];
    expect((await run(...answer, '--action', 'none-held', '--agency-onward', 'vcse')).code).toBe(2);
    const done = await run(...answer, '--action', 'none-held', '--agency-onward', 'vcse=2025-11-20');
    expect([done.code, done.out[1]?.endsWith('noneHeld')]).toEqual([0, true]);
    expect((await run(...unanswered)).out[1]).toMatch(/vcse +vcse/);
    expect((await run(...answer, '--action', 'erased')).code).toBe(1);
  });
});
