import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { type Role } from '../../libs/adapters/caller/caller.js';
import { coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Answer, itemsOf, runHub, type RunningHub } from './running-hub.js';

const byPnc = `{ offender(identifier: { scheme: pnc, value: "${PNC}" }) {
  id timeline { edges { node { id type restricted } } } } }`;

describe('restricting the processing of data', () => {
  let hub: RunningHub;
  let offender = '';
  let position = '';
  const signatory = { roles: ['signatory'] as readonly Role[] };
  const seen = async (agency: string): Promise<readonly unknown[]> => {
    const { body } = await hub.ask(agency, byPnc);
    const edges = body.data?.offender?.timeline?.edges;
    return edges === undefined ? [] : itemsOf(edges).map(({ node }) => node?.restricted);
  };
  const restrict = (agency: string, facts = ''): Promise<Answer> =>
    hub.ask(
      agency,
      `mutation { restrictProcessing(offender: "${offender}", ground: accuracyContested, reason: "the person says it is wrong"${facts}) }`,
      signatory,
    );
  const lift = (agency: string, id: string): Promise<Answer> =>
    hub.ask(
      agency,
      `mutation { liftProcessingRestriction(offender: "${offender}", id: "${id}", subjectInformed: "2026-01-05", reason: "it was found to be true") }`,
      signatory,
    );
  const idOf = ({ body }: Answer): string => String(body.data?.restrictProcessing);
  const codeOf = ({ body }: Answer) => body.errors?.[0]?.extensions?.code;

  beforeAll(async () => {
    hub = await runHub();
    await hub.bringIntoForce(coreAgreement);
    const receipt = await hub.publish('police', eventOf('police.arrest.recorded'));
    offender = String(receipt.body.offender);
    position = String(receipt.body.position);
    await hub.publish('police', eventOf('police.arrest.recorded', {}, { time: '2025-06-01T10:00:00Z' }));
    await hub.settle();
  });
  afterAll(() => hub.close());

  it('acts on the first question after it: others see nothing, the publisher sees that it is restricted', async () => {
    expect(await seen('probation')).toEqual([false, false]);
    const id = idOf(await restrict('hub'));
    expect(await seen('probation')).toEqual([]);
    expect(await seen('police')).toEqual([true, true]);
    expect((await lift('hub', id)).body.data?.liftProcessingRestriction).toBe(id);
    await hub.settle();
    expect(await seen('probation')).toEqual([false, false]);
  });

  it('may be of single facts, by whoever published them', async () => {
    const id = idOf(await restrict('police', `, facts: ["${position}"]`));
    expect(await seen('probation')).toEqual([false]);
    expect(await seen('police')).toEqual([false, true]);
    expect(codeOf(await restrict('police'))).toBe('not-your-facts');
    expect(codeOf(await restrict('probation', `, facts: ["${position}"]`))).toBe('no-such-person');
    expect(codeOf(await restrict('hub', ', facts: ["1"]'))).toBe('facts');
    await lift('police', id);
  });

  it('tells the hub team what is due, and what was done', async () => {
    const due = `{ retentionDue(at: "2040-01-01") { offender class rule need publishers standing } }`;
    const { body } = await hub.ask('hub', due, { roles: ['operator'] });
    expect(itemsOf(body.data?.retentionDue)).toContainEqual({
      offender,
      class: 'PERS',
      rule: 'mopi-group-3',
      need: 'erase',
      publishers: ['police'],
      standing: 'unverified',
    });
    expect(codeOf(await hub.ask('police', due, { roles: ['operator'] }))).toBe('not-the-hub');
    const done = `{ dataProtection(offender: "${offender}") { erased held restricted group steps { what agency reason facts } } }`;
    const { data } = (await hub.ask('hub', done, signatory)).body;
    expect(data?.dataProtection).toMatchObject({ erased: false, held: false, restricted: false, group: '3' });
    expect(itemsOf(data?.dataProtection?.steps).map(({ what, facts }) => [what, facts])).toEqual([
      ['processing.restricted', null],
      ['processing.restrictionLifted', null],
      ['processing.restricted', [position]],
      ['processing.restrictionLifted', null],
    ]);
  });

  it('is done from the command line too, up to erasing', async () => {
    await hub.app.listen(0, '127.0.0.1');
    const url = await hub.app.getUrl();
    const run = async (command: readonly string[], user = 'head') => {
      const out: string[] = [];
      const code = await concordat(command, {
        out: (line) => void out.push(line),
        err: (line) => void out.push(line),
        env: {
          CONCORDAT_DATA: hub.dir,
          CONCORDAT_TOKEN: await hub.token('hub', ['signatory'], ['governance'], user),
        },
        now: () => new Date('2040-01-01T00:00:00Z'),
        interactive: false,
      });
      return { code, out: out.join('\n') };
    };
    const erasure = (name: string, ...more: readonly string[]) =>
      run(['erasure', name, offender, '--url', url, ...more], name === 'review' ? 'reviewer' : 'head');
    const reason = ['--reason', 'as the panel found'];
    const held = await erasure('hold', '--ground', 'legal-proceedings', ...reason);
    expect(await erasure('erase', '--ground', 'retention-ended')).toMatchObject({ code: 1 });
    const restricted = await erasure('restrict', '--ground', 'needed-as-evidence', ...reason);
    expect((await erasure('show')).out).toContain('held, restricted; MoPI group 3');
    const due = await run(['retention', 'due', '--format', 'csv']);
    expect(due.code).toBe(1);
    expect(due.out.split('\n')[1]).toMatch(
      new RegExp(`^${offender},\\w+,police,mopi-group-3,.*,erase,yes,yes$`),
    );
    await erasure('lift-restriction', '--id', restricted.out, '--informed', '2026-01-05', ...reason);
    await erasure('lift-hold', '--id', held.out, ...reason);
    expect(await erasure('erase', '--ground', 'retention-ended')).toMatchObject({ code: 1 });
    expect(await erasure('review', '--outcome', 'erase', ...reason)).toMatchObject({ code: 0 });
    const erased = await erasure('erase', '--ground', 'retention-ended');
    expect(erased.out).toContain(`offender: ${offender}`);
    expect(erased.out).toContain('facts: 2');
    expect((await erasure('show')).out).toContain('erased; MoPI group 3');
    expect(await run(['retention', 'due'])).toMatchObject({ code: 0 });
  });
});
