import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { rebuildAnswer } from '../../apps/hub/query/rebuild-answer.js';
import { KEY_VAULT } from '../../apps/hub/storage.module.js';
import { type RebuiltAnswer } from '../../libs/adapters/audit/answer.js';
import { type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { byPnc, coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Answer, type Asked, itemsOf, runHub, type RunningHub } from './running-hub.js';

/** Shows more to whoever is responsible for the case, and to coordinators. */
const tied = coreAgreement
  .replace(
    "fields: { clear: ['class:ID', 'class:PERS', 'class:CJF', 'class:LOC'] }",
    "fields: { clear: ['class:ID', 'class:PERS'] }",
  )
  .concat(
    `  - id: charges-to-coordinators
    effect: permit
    publishers: [police]
    recipients: [probation]
    purposes: [reducing-reoffending]
    types: ['police.*']
    fields: { clear: ['class:CJF'] }
    conditions: { role: [coordinator] }
    reach: history
    gateway: Offender Management Act 2007 s.14
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b) }
  - id: places-to-the-responsible
    effect: permit
    publishers: [police]
    recipients: [probation]
    purposes: [reducing-reoffending]
    types: ['police.*']
    fields: { clear: ['class:LOC'] }
    conditions: { responsibility: case }
    reach: history
    gateway: Offender Management Act 2007 s.14
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b) }
`,
  );

const OTHER = '1981/0000034U';
const PAGE = `query Page($after: String, $value: String!) {
  offender(identifier: { scheme: pnc, value: $value }) {
    id timeline(first: 1, after: $after) {
      edges { cursor node { id type fields { name status value } withheld { name clause } superseded { kind by } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;
const SEARCH = `query ($search: OffenderSearch!) {
  offenders(search: $search, first: 1) {
    edges { cursor node { id identity { familyName } circumstances { topic status state } } } pageInfo { hasNextPage }
  }
}`;

const ATTENDANCE = `{ offender(identifier: { scheme: pnc, value: "${PNC}" }) {
  timeline(types: ["treatment.attendance.recorded"]) { edges { node { fields { name value } } } }
} }`;

describe('a past answer', () => {
  let hub: RunningHub;
  let vault: KeyVault;
  const received: { readonly what: string; readonly position: number; readonly answer: Answer }[] = [];

  async function ask(what: string, agency: string, query: string, options: Asked = {}): Promise<Answer> {
    const answer = await hub.ask(agency, query, options);
    const position = await hub.log.head();
    expect([what, answer.status, answer.body.errors]).toEqual([what, 200, undefined]);
    received.push({ what, position, answer });
    return answer;
  }

  async function rebuilt(position: number): Promise<RebuiltAnswer> {
    const dir = mkdtempSync(join(tmpdir(), 'concordat-answer-'));
    try {
      return await rebuildAnswer({ log: hub.log, vault, position, dir });
    } finally {
      rmSync(dir, { recursive: true });
    }
  }

  async function cli(...parameters: readonly string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await concordat(['audit', ...parameters], {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      env: { CONCORDAT_DATA: hub.dir },
      now: () => new Date(),
      interactive: false,
    });
    return { code, out, err };
  }

  const positionOf = (what: string): number => received.find((each) => each.what === what)?.position ?? 0;
  const textOf = (what: string): string => received.find((each) => each.what === what)?.answer.text ?? '';
  const publish = async (agency: string, event: object): Promise<void> => {
    const { body } = await hub.publish(agency, event);
    expect(body.outcome).toBe('accepted');
    await hub.settle();
  };

  const arrest = eventOf('police.arrest.recorded');
  const other = eventOf(
    'police.arrest.recorded',
    { pnc: OTHER, cro: undefined, asn: '2005FF0500000000555P', dateOfBirth: '1985-02-03' },
    { subject: `pnc:${OTHER}` },
  );

  beforeAll(async () => {
    hub = await runHub();
    vault = hub.app.get<KeyVault>(KEY_VAULT);
    await hub.bringIntoForce(tied);
    await publish('police', arrest);
    const family = itemsOf(
      (await ask('by identifier', 'probation', byPnc)).body.data?.offender?.timeline?.edges,
    );
    expect(family).not.toEqual([]);
    const { id, identity } = (await hub.ask('probation', byPnc)).body.data?.offender ?? {};
    const byId = `{ offender(id: "${String(id)}") { timeline { edges { node { received happened { verbatim } fields { name value clause } notRecorded } } } } }`;
    await ask('by hub id', 'probation', byId);
    await ask('by a coordinator', 'probation', byPnc, { roles: ['coordinator'] });
    await publish('hub', eventOf('hub.leadProfessional.appointed', { agency: 'probation', user: 'lead' }));
    await ask('by the lead professional', 'probation', byPnc, { user: 'lead' });
    await publish('police', { ...other });
    await publish('police', eventOf('police.arrest.recorded'));
    const search = { search: { familyName: String(identity?.familyName) } };
    await ask('a search', 'probation', SEARCH, { variables: search });
    const first = await ask('a page', 'probation', PAGE, { variables: { value: PNC } });
    const after = String(first.body.data?.offender?.timeline?.pageInfo?.endCursor);
    await publish('police', eventOf('police.arrest.recorded'));
    await ask('the next page', 'probation', PAGE, { variables: { value: PNC, after } });
    await ask('freshness', 'probation', '{ __typename freshness { publisher received } }');
    await ask('under two names', 'probation', `{ one: ${inner(PNC)} two: ${inner(OTHER)} }`);
    await publish('treatment', eventOf('treatment.attendance.recorded', {}, { subject: `pnc:${PNC}` }));
    await publish('hub', eventOf('hub.consent.given', { consentScope: ['police:HLTH'] }));
    await ask('with consent', 'police', ATTENDANCE);
    await publish('hub', eventOf('hub.consent.withdrawn', { consentScope: ['police:HLTH'] }));
    await ask('without consent', 'police', ATTENDANCE);
    await hub.change('suspend', 'core');
    await ask('of own records in suspension', 'police', byPnc);
    await ask('nobody', 'probation', `{ offender(identifier: { scheme: pnc, value: "${PNC}" }) { id } }`);
    await hub.change('resume', 'core');
    await hub.settle();
    await ask('after the suspension', 'probation', byPnc);
    await publish('police', eventOf('police.arrest.recorded', {}, { corrects: arrest.id }));
    await publish('hub', eventOf('hub.cohort.selected', { cohort: 'Fixed' }));
    await ask('after the correction', 'probation', byPnc);
    await hub.change('suspend', 'core');
    await hub.settle();
  });
  afterAll(() => hub.close());

  const inner = (pnc: string): string =>
    `offender(identifier: { scheme: pnc, value: "${pnc}" }) { management { cohorts levels } identity { familyName } }`;

  it('is made again byte for byte from the log, whatever has happened since', async () => {
    for (const { what, position, answer } of received) {
      if (what === 'nobody') continue;
      expect([what, await rebuilt(position)]).toEqual([what, { text: answer.text, same: true }]);
    }
    expect(textOf('with consent')).toContain('fields');
    expect(textOf('without consent')).not.toContain('fields');
    expect(new Set(received.map(({ answer }) => answer.text)).size).toBeGreaterThan(9);
  });

  it('is known from another one', async () => {
    const record = positionOf('by identifier');
    const altered = {
      ...vault,
      pseudonym: (domain: string, value: string) =>
        vault.pseudonym(domain, domain === 'answer' ? value.replace(PNC, OTHER) : value),
    };
    const dir = mkdtempSync(join(tmpdir(), 'concordat-answer-'));
    const { same } = await rebuildAnswer({ log: hub.log, vault: altered, position: record, dir });
    rmSync(dir, { recursive: true });
    expect(same).toBe(false);
  });

  it('is made again by the command line, beside the running hub, which shows it only when told to', async () => {
    const [one] = received;
    expect(await cli('rebuild-answer', String(one?.position))).toEqual({
      code: 0,
      out: [],
      err: ['the same, byte for byte, as was sent'],
    });
    const shown = await cli('rebuild-answer', String(one?.position), '--show');
    expect(shown).toMatchObject({ code: 0, out: [one?.answer.text.trimEnd()] });
    expect(await cli('rebuild-answer', String(positionOf('nobody')))).toMatchObject({ code: 5, out: [] });
    expect(await cli('rebuild-answer', '1')).toMatchObject({ code: 2, out: [] });
    expect(readdirSync(hub.dir).filter((name) => name.startsWith('aside'))).toEqual([]);
  });

  it('is not made again when the question found nobody, or there is no record', async () => {
    await expect(rebuilt(positionOf('nobody'))).rejects.toMatchObject({ code: 'question-not-kept' });
    await expect(rebuilt(1)).rejects.toMatchObject({ code: 'position' });
    await hub.ask('probation', '{ agreements { reference } }');
    await expect(rebuilt(await hub.log.head())).rejects.toMatchObject({ code: 'answer-not-rebuildable' });
  });

  it('is not made again once anybody in it was erased, and others are', async () => {
    const { offenders } = await recordAt(positionOf('under two names'));
    expect(offenders).toHaveLength(2);
    const { offenders: [person = ''] = [] } = await recordAt(positionOf('by identifier'));
    vault.erase(offenders.filter((each) => each !== person));
    await expect(rebuilt(positionOf('under two names'))).rejects.toMatchObject({
      code: 'question-erased',
      message: 'a person in the answer was erased, and the question can be read no more',
    });
    expect((await rebuilt(positionOf('by identifier'))).same).toBe(true);
  });

  async function recordAt(position: number): Promise<{ readonly offenders: readonly string[] }> {
    for await (const { metadata } of hub.log.readAll(position - 1))
      return JSON.parse(metadata) as { readonly offenders: readonly string[] };
    throw new Error('no record');
  }
});
