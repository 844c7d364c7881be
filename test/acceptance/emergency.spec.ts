import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Role } from '../../libs/adapters/caller/caller.js';
import { KEY_VAULT } from '../../apps/hub/storage.module.js';
import { type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { textsUnder } from './canaries.js';
import { coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Asked, itemsOf, runHub, type RunningHub } from './running-hub.js';

const HOUR = 3_600_000;
/** The hub's clock stands still while tokens are signed by the real one, which must not pass it. */
const SLOW_START = 300_000;

/** What housing may see of probation's assessment: in an emergency the risk to staff, and on no other day anything. */
const emergencyAgreement = `${coreAgreement.slice(0, coreAgreement.indexOf('clauses:'))}clauses:
  - id: risk-in-an-emergency
    effect: permit
    publishers: [probation]
    recipients: [housing]
    purposes: [resettlement]
    types: [probation.riskAssessed]
    fields: { clear: [pnc, name.family, rosh.staff] }
    conditions: { emergency: { hours: 8, reviewWithin: 72 } }
    reach: history
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b), uk-gdpr: UK GDPR Art 6(1)(d) }
    criminalOffence: DPA 2018 Schedule 1 paragraph 18
`
  .replace('reference: core', 'reference: emergency')
  .replace('aims: [resettlement]', 'aims: [prevention-of-crime-and-disorder]');

const byPnc = `{ offender(identifier: { scheme: pnc, value: "${PNC}" }) {
  id timeline { edges { node { type fields { name value clause } } } } } }`;

describe('an emergency disclosure', () => {
  let hub: RunningHub;
  let now = Date.now() + SLOW_START;
  /** Lets hours go by, and the hub's heartbeat notice. */
  const later = async (hours: number): Promise<void> => {
    now += hours * HOUR;
    await new Promise((resolve) => setTimeout(resolve, 600));
  };
  const ask = (query: string, options: Asked = {}) =>
    hub.ask('housing', query, { purpose: 'resettlement', user: 'officer', ...options });
  const lead = { user: 'lead', roles: ['signatory'] as readonly Role[] };
  const open = (options?: Asked, identifier = `{ scheme: pnc, value: "${PNC}" }`) =>
    ask(
      `mutation { openEmergency(identifier: ${identifier}, reason: "a threat to a visiting officer") {
        id team user until reviewDue isOpen clauses } }`,
      options,
    );
  const review = (id: string, verdict: string, options: Asked = lead) =>
    ask(
      `mutation { reviewEmergency(id: "${id}", verdict: ${verdict}, reason: "as the panel found") { review { verdict user } } }`,
      options,
    );
  const codeOf = ({ body }: Awaited<ReturnType<typeof ask>>) => body.errors?.[0]?.extensions?.code;

  beforeAll(async () => {
    hub = await runHub({ clock: () => now });
    await hub.bringIntoForce(emergencyAgreement);
    await hub.publish('probation', eventOf('probation.riskAssessed', { pnc: PNC }));
    await hub.settle();
  });
  afterAll(() => hub.close());

  let first = '';
  it('opens what was agreed for it, to whoever opened it, and to nobody else', async () => {
    expect((await ask(byPnc)).body.data?.offender).toBeNull();
    const { body } = await open();
    const opened = body.data?.openEmergency;
    first = String(opened?.id);
    expect(opened).toMatchObject({
      team: 'housing',
      user: 'officer',
      until: new Date(now + 8 * HOUR).toISOString(),
      reviewDue: new Date(now + 72 * HOUR).toISOString(),
      isOpen: true,
      clauses: ['emergency/1#risk-in-an-emergency'],
    });
    const seen = (await ask(byPnc)).body.data?.offender;
    const [fact] = itemsOf(seen?.timeline?.edges);
    expect(itemsOf(fact?.node?.fields).map(({ name }) => name)).toEqual(['pnc', 'rosh.staff']);
    expect((await ask(byPnc, { user: 'colleague' })).body.data?.offender).toBeNull();
    expect((await ask(byPnc, { purpose: 'reducing-reoffending' })).body.data?.offender).toBeNull();
  });

  it('is recorded under its clause', async () => {
    await hub.settle();
    const { body } = await ask('{ disclosures(first: 50) { edges { node { user clauses } } } }', {
      user: 'officer',
    });
    expect(itemsOf(body.data?.disclosures?.edges).map(({ node }) => node)).toContainEqual({
      user: 'officer',
      clauses: ['emergency/1#risk-in-an-emergency'],
    });
  });

  it('keeps the reasons sealed, and nobody reads them once the person was erased', async () => {
    const other = await runHub();
    const asking: Asked = { purpose: 'resettlement', user: 'officer' };
    const told = async () =>
      itemsOf(
        (await other.ask('housing', '{ emergencies { reason review { reason } } }', asking)).body.data
          ?.emergencies,
      );
    await other.bringIntoForce(emergencyAgreement);
    const { body } = await other.publish('probation', eventOf('probation.riskAssessed', { pnc: PNC }));
    await other.settle();
    for (const [index, number] of [PNC, '1981/0000034U'].entries()) {
      const opened = await other.ask(
        'housing',
        `mutation { openEmergency(identifier: { scheme: pnc, value: "${number}" }, reason: "ZQXOPENED ${index}") { id reason } }`,
        asking,
      );
      expect(opened.body.data?.openEmergency?.reason).toBe(`ZQXOPENED ${index}`);
      const reviewed = await other.ask(
        'housing',
        `mutation { reviewEmergency(id: "${String(opened.body.data?.openEmergency?.id)}", verdict: lawful, reason: "ZQXREVIEWED ${index}") { reason } }`,
        { ...asking, ...lead },
      );
      expect(reviewed.body.errors).toBeUndefined();
    }
    expect(await told()).toEqual(
      [0, 1].map((index) => ({
        reason: `ZQXOPENED ${index}`,
        review: { reason: `ZQXREVIEWED ${index}` },
      })),
    );
    expect(textsUnder(other.dir, ['ZQXOPENED', 'ZQXREVIEWED'])).toEqual([]);
    other.app.get<KeyVault>(KEY_VAULT).erase([String(body.offender)]);
    expect(await told()).toMatchObject([
      { reason: null, review: { reason: null } },
      { reason: 'ZQXOPENED 1', review: { reason: 'ZQXREVIEWED 1' } },
    ]);
    await other.close();
  });

  it('answers alike for a person whom the hub does not know', async () => {
    const { status, text } = await open({ user: 'other' }, '{ scheme: pnc, value: "1981/0000034U" }');
    const known = await open({ user: 'other' });
    const alike = (body: string) => body.replace(/"id":"[^"]+"/, '"id":""');
    expect(status).toBe(known.status);
    expect(alike(text)).toBe(alike(known.text));
  });

  it('shows nothing once its hours are over', async () => {
    await later(8);
    expect((await ask(byPnc)).body.data?.offender).toBeNull();
    const { body } = await ask('{ emergencies { id isOpen isOverdue } }');
    expect(itemsOf(body.data?.emergencies)).toContainEqual({ id: first, isOpen: false, isOverdue: false });
  });

  it('shows nothing once it was closed early', async () => {
    const id = String((await open({ user: 'third' })).body.data?.openEmergency?.id);
    expect((await ask(byPnc, { user: 'third' })).body.data?.offender).not.toBeNull();
    await ask(`mutation { closeEmergency(id: "${id}", reason: "the danger is over") { isOpen } }`, {
      user: 'third',
    });
    expect((await ask(byPnc, { user: 'third' })).body.data?.offender).toBeNull();
  });

  it('is reviewed by somebody else', async () => {
    expect(codeOf(await review(first, 'lawful', { user: 'officer', roles: ['signatory'] }))).toBe(
      'own-emergency',
    );
    expect(codeOf(await review(first, 'lawful', { user: 'lead' }))).toBe('role-required');
    expect(
      codeOf(
        await hub.ask(
          'police',
          `mutation { reviewEmergency(id: "${first}", verdict: lawful, reason: "as we found") { id } }`,
          lead,
        ),
      ),
    ).toBe('no-such-emergency');
  });

  it('that nobody reviewed by its deadline blocks the team, until it is reviewed', async () => {
    await later(73);
    expect(codeOf(await open())).toBe('emergency-review-overdue');
    const { body } = await ask('{ emergencies { id isOverdue user } }', lead);
    for (const { id } of itemsOf(body.data?.emergencies)) {
      const verdict = String(id) === first ? 'unlawful' : 'lawful';
      const reviewed = (await review(String(id), verdict)).body.data?.reviewEmergency;
      expect(reviewed).toEqual({ review: { verdict, user: 'lead' } });
    }
    expect((await open()).body.data?.openEmergency?.isOpen).toBe(true);
  });

  it('found unlawful opens a correction, which the recipient and the publisher see, and nobody else', async () => {
    const query = '{ corrections { kind emergency recipient publishers shown { type fields clauses } } }';
    const told = (await ask(query, lead)).body.data?.corrections;
    expect(itemsOf(told)).toEqual([
      {
        kind: 'unlawful',
        emergency: first,
        recipient: 'housing',
        publishers: ['probation'],
        shown: [
          {
            type: 'probation.riskAssessed',
            fields: ['pnc', 'rosh.staff'],
            clauses: ['emergency/1#risk-in-an-emergency'],
          },
        ],
      },
    ]);
    expect((await hub.ask('probation', query, lead)).body.data?.corrections).toEqual(told);
    expect((await hub.ask('auditor', query, { roles: ['auditor'] })).body.data?.corrections).toEqual(told);
    expect((await hub.ask('police', query, lead)).body.data?.corrections).toEqual([]);
  });

  it('is known to the auditing agency, and to no auditor of another agency', async () => {
    const listed = async (agency: string): Promise<number> => {
      const { body } = await hub.ask(agency, '{ emergencies { id } corrections { id } }', {
        roles: ['auditor'],
      });
      return itemsOf(body.data?.emergencies).length + itemsOf(body.data?.corrections).length;
    };
    expect(await listed('auditor')).toBeGreaterThan(1);
    expect(await listed('police')).toBe(0);
  });

  it('needs an agreement that foresees it, and a reason', async () => {
    const asked = `mutation { openEmergency(identifier: { scheme: pnc, value: "${PNC}" }, reason: "a threat to life") { id } }`;
    expect(codeOf(await hub.ask('police', asked))).toBe('no-emergency-clause');
    expect(codeOf(await ask(asked.replace('a threat to life', 'why not')))).toBe('reason');
  });
});

describe('an open emergency', () => {
  let hub: RunningHub;
  let now = Date.now() + SLOW_START;
  const officer = { purpose: 'resettlement', user: 'officer' };
  const open = async (asked: Asked = officer): Promise<string> => {
    const { body } = await hub.ask(
      'housing',
      `mutation { openEmergency(identifier: { scheme: pnc, value: "${PNC}" }, reason: "a threat to life") { id } }`,
      asked,
    );
    return String(body.data?.openEmergency?.id);
  };
  const sees = async (asked: Asked = officer): Promise<boolean> =>
    (await hub.ask('housing', byPnc, asked)).text.includes('rosh.staff');
  const bringIntoForce = (version: number, reviewWithin = 72) =>
    hub.bringIntoForce(
      emergencyAgreement
        .replace('version: 1', `version: ${version}`)
        .replace('reviewWithin: 72', `reviewWithin: ${reviewWithin}`),
    );

  beforeAll(async () => {
    hub = await runHub({ clock: () => now });
    await bringIntoForce(1);
    await hub.publish('probation', eventOf('probation.riskAssessed', { pnc: PNC }));
    await hub.settle();
  });
  afterAll(() => hub.close());

  it('shows nothing while its agreement is suspended, and what it showed once that is resumed', async () => {
    await open();
    expect(await sees()).toBe(true);
    await hub.change('suspend', 'emergency');
    expect(await sees()).toBe(false);
    await hub.change('resume', 'emergency');
    await hub.settle();
    expect(await sees()).toBe(true);
  });

  it('opens nothing that a next version foresees: that is for an emergency of its own', async () => {
    expect(await sees()).toBe(true);
    await bringIntoForce(2);
    expect(await sees()).toBe(false);
    await open();
    expect(await sees()).toBe(true);
  });

  it('stands beside another of the same user, each for its own hours', async () => {
    const another = await open();
    expect(
      (
        await hub.ask(
          'housing',
          `mutation { closeEmergency(id: "${another}", reason: "opened twice") { id } }`,
          officer,
        )
      ).body.errors,
    ).toBeUndefined();
    expect(await sees()).toBe(true);
  });

  it('ends at the deadline of a review that its team owes, on the first question from then on', async () => {
    await bringIntoForce(3, 2);
    await open();
    now += 1.5 * HOUR;
    await hub.settle();
    const colleague = { purpose: 'resettlement', user: 'colleague' };
    await open(colleague);
    await new Promise((heartbeat) => setTimeout(heartbeat, 600));
    expect([await sees(), await sees(colleague)]).toEqual([true, true]);
    now += 0.5 * HOUR;
    await new Promise((heartbeat) => setTimeout(heartbeat, 600));
    expect([await sees(), await sees(colleague)]).toEqual([false, false]);
  });
});
