import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { concordat } from '../../apps/cli/program.js';
import { type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
import { sampleData } from '../../libs/testing/samples.js';
import { byPnc, coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Asked, itemsOf, runHub, type RunningHub } from './running-hub.js';

let hub: RunningHub;
let url = '';
/** The person's hub id, the position of their arrest, and of the answer that showed it. */
let person = '';
let fact = '';
let disclosure = '';

const auditor: Asked = { roles: ['auditor'], purpose: 'audit' };
const ask = (query: string, options: Asked = auditor) => hub.ask('auditor', query, options);
const codeOf = ({ body }: Awaited<ReturnType<typeof ask>>) => body.errors?.[0]?.extensions?.code;

/** Runs `concordat audit … --format json` on the data folder, or through the hub. */
async function cli(where: 'folder' | 'hub', ...parameters: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const place = where === 'folder' ? ['--data', hub.dir] : ['--url', url];
  const code = await concordat(['audit', ...parameters, ...place, '--format', 'json'], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { CONCORDAT_DATA: hub.dir },
    now: () => new Date(),
    interactive: false,
  });
  return { code, err, answer: out.length === 0 ? undefined : (JSON.parse(out.join('\n')) as unknown) };
}

const familyName = (sampleData['police.arrest.recorded'] as { readonly name: { readonly family: string } })
  .name.family;

async function records(agency: string): Promise<readonly Disclosure[]> {
  const found: Disclosure[] = [];
  for await (const { metadata } of hub.log.readStream(`disclosure-${agency}`))
    found.push(JSON.parse(metadata) as Disclosure);
  return found;
}

const OPERATIONS = `{ edges { node { position kind at type agency user purpose justification law recipient asked
  offenders facts { position offender clause agreement as fields } } } pageInfo { hasNextPage endCursor } }`;

beforeAll(async () => {
  hub = await runHub();
  await hub.app.listen(0, '127.0.0.1');
  url = await hub.app.getUrl();
  await hub.bringIntoForce(coreAgreement);
  const arrest = eventOf('police.arrest.recorded');
  await hub.publish('police', arrest);
  await hub.settle();
  await hub.ask('probation', byPnc, { justification: 'arrest overnight', user: 'officer' });
  await hub.ask('treatment', byPnc);
  await hub.publish('police', eventOf('police.arrest.recorded', {}, { corrects: arrest.id }));
  await hub.settle();
  await hub.ask('probation', byPnc, { user: 'officer' });
  await hub.settle();
  const [shown] = await records('probation');
  person = shown?.offenders[0] ?? '';
  fact = String(shown?.facts[0]?.position);
  const { body } = await ask(`{ auditDisclosures(user: "officer") ${OPERATIONS} }`);
  disclosure = String(body.data?.auditDisclosures?.edges?.[0]?.node?.position);
});
afterAll(() => hub.close());

describe('an auditor asks', () => {
  it('who was shown what, by person, user, clause, or agency and period', async () => {
    const today = new Date().toISOString();
    const clause = 'core/1#police-to-probation';
    for (const asked of [
      `person: "${person}", agency: "probation"`,
      `identifier: { scheme: pnc, value: "${PNC}" }, agency: "probation"`,
      'user: "officer"',
      `clause: "${clause}"`,
      `agency: "probation", from: "${today.slice(0, 10)}", to: "${today}"`,
    ]) {
      const { body } = await ask(`{ auditDisclosures(${asked}) ${OPERATIONS} }`);
      const nodes = itemsOf(body.data?.auditDisclosures?.edges).map(({ node }) => node);
      expect(nodes).toHaveLength(2);
      expect(nodes[0]).toMatchObject({
        kind: 'disclosure',
        agency: 'probation',
        user: 'officer',
        purpose: 'reducing-reoffending',
        justification: 'arrest overnight',
        law: 'dpa-2018-s62@2025-08-20',
        recipient: 'probation',
        offenders: [person],
      });
      expect(itemsOf(nodes[0]?.facts)).toContainEqual(
        expect.objectContaining({ position: fact, clause, agreement: 'core/1', as: 'clear' }),
      );
    }
  });

  it('in pages', async () => {
    const first = await ask(`{ auditDisclosures(user: "officer", first: 1) ${OPERATIONS} }`);
    const { edges, pageInfo } = first.body.data?.auditDisclosures ?? {};
    expect(itemsOf(edges)).toHaveLength(1);
    expect(pageInfo?.hasNextPage).toBe(true);
    const after = String(pageInfo?.endCursor);
    const second = await ask(
      `{ auditDisclosures(user: "officer", first: 1, after: "${after}") ${OPERATIONS} }`,
    );
    expect(second.body.data?.auditDisclosures?.pageInfo).toMatchObject({ hasNextPage: false });
  });

  it('for all operations, of which searches in vain, links and corrections are some', async () => {
    const { body } = await ask(`{ auditOperations(person: "${person}") ${OPERATIONS} }`);
    const kinds = itemsOf(body.data?.auditOperations?.edges).map(({ node }) => String(node?.kind));
    expect(new Set(kinds)).toEqual(new Set(['combination', 'collection', 'alteration', 'disclosure']));
    const vain = await ask(`{ auditDisclosures(user: "treatment-user") ${OPERATIONS} }`);
    expect(itemsOf(vain.body.data?.auditDisclosures?.edges)).toMatchObject([
      { node: { kind: 'consultation', recipient: null, offenders: [] } },
    ]);
  });

  it.each([
    ['auditDisclosures', '{ pageInfo { hasNextPage } }'],
    ['auditOperations(agency: "police")', '{ pageInfo { hasNextPage } }'],
    ['auditPatterns(from: "2020-01-01", to: "2026-01-01")', '{ rule }'],
  ])('and is refused a trawl: %s', async (field, selection) => {
    expect(codeOf(await ask(`{ ${field} ${selection} }`))).toBe('audit-unbounded');
  });

  const questions = [
    'auditDisclosures(user: "officer") { pageInfo { hasNextPage } }',
    'auditOperations(user: "officer") { pageInfo { hasNextPage } }',
    'auditExplanation(disclosure: "1", fact: "1", field: "pnc") { fact { id } }',
    'auditKnowledge(agency: "police", person: "P", at: "2026-01-01") { clock }',
    'auditDifference(agency: "police", person: "P", at: "2026-01-01") { one { at } }',
    'auditCorrected(position: "1") { fact }',
    'auditPatterns(from: "2026-01-01", to: "2026-01-02") { rule }',
  ];
  it.each(questions)('and nobody else: %s', async (question) => {
    const [practitioner, operator] = [['practitioner'], ['operator', 'coordinator', 'signatory']] as const;
    for (const roles of [practitioner, operator])
      expect(codeOf(await ask(`{ ${question} }`, { ...auditor, roles }))).toBe('role-required');
    expect(codeOf(await hub.ask('police', `{ ${question} }`, auditor))).toBe('role-required');
  });

  it('and what was mistyped is not kept', async () => {
    for (const question of [
      'auditExplanation(disclosure: "Sam", fact: "Sam Smith", field: "Sam Smith") { fact { id } }',
      'auditCorrected(position: "Sam Smith") { fact }',
      'auditKnowledge(agency: "Sam Smith", person: "Sam Smith", at: "2026-01-01") { clock }',
      'auditOperations(clause: "Sam Smith", user: "Sam Smith") { pageInfo { hasNextPage } }',
    ])
      await ask(`{ ${question} }`);
    const kept = (await records('auditor')).slice(-4).map(({ sought }) => sought);
    expect(kept[0]).toEqual(['disclosure:?', 'fact:?', 'field:?']);
    expect(JSON.stringify(kept)).not.toContain('Sam');
  });

  it('and the reading is recorded: who it was about, why, and no field of anybody', async () => {
    const before = (await records('auditor')).length;
    await ask(`{ auditDisclosures(user: "officer", person: "${person}") ${OPERATIONS} }`, {
      ...auditor,
      justification: 'complaint 17',
    });
    const [record, ...more] = (await records('auditor')).slice(before);
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      user: 'auditor-user',
      purpose: 'audit',
      justification: null,
      asked: ['auditDisclosures'],
      sought: ['user:officer', `offender:${person}`],
      offenders: [person],
      facts: [],
    });
    const head = await hub.log.head();
    for (const { asOf } of await records('auditor')) expect(asOf).toBeLessThan(head);
  });

  it('and is told no value of anything', async () => {
    const { text } = await ask(`{ auditOperations(person: "${person}") ${OPERATIONS} }`);
    expect(text).not.toContain(PNC);
    expect(text).not.toContain(familyName);
  });
});

describe('a field that was shown', () => {
  it('is explained down to the link that this fact brought, and the signatures', async () => {
    const { body } =
      await ask(`{ auditExplanation(disclosure: "${disclosure}", fact: "${fact}", field: "pnc") {
      fact { type superseded { kind } } links { scheme byThisFact }
      agreement { reference version clause gateway signatures { party holds } } decision { outcome agrees } } }`);
    const explanation = body.data?.auditExplanation;
    expect(explanation).toMatchObject({
      fact: { type: 'police.arrest.recorded', superseded: { kind: 'corrected' } },
      agreement: { reference: 'core', version: 1, clause: 'police-to-probation' },
      decision: { outcome: 'clear', agrees: true },
    });
    expect(itemsOf(explanation?.links)).toContainEqual({ scheme: 'pnc', byThisFact: true });
    expect(itemsOf(explanation?.agreement?.signatures)).toHaveLength(5);
    expect(itemsOf(explanation?.agreement?.signatures).every(({ holds }) => String(holds) === 'true')).toBe(
      true,
    );
  });
});

describe('the command line', () => {
  const today = new Date().toISOString().slice(0, 10);
  const commands: readonly (readonly [name: string, code: number, parameters: () => readonly string[]])[] = [
    ['disclosures', 0, () => ['--user', 'officer']],
    ['disclosures', 0, () => ['--person', `pnc:${PNC}`, '--agency', 'probation']],
    ['operations', 0, () => ['--person', person, '--agency', 'police']],
    ['explain', 0, () => ['--disclosure', disclosure, '--fact', fact, '--field', 'pnc']],
    ['knew', 0, () => ['--agency', 'probation', '--person', person, '--at', today]],
    ['knew', 0, () => ['--agency', 'probation', '--person', person, '--at', today, '--clock', 'disclosed']],
    [
      'difference',
      1,
      () => ['--agency', 'probation', '--person', person, '--at', '2026-01-01', '--and', today],
    ],
    ['corrected', 1, () => ['--person', person]],
    ['patterns', 1, () => ['--from', today, '--to', today, '--agency', 'probation']],
  ];

  it.each(commands)(
    'answers %s the same from the data folder and through the hub',
    async (name, code, of) => {
      const offline = await cli('folder', name, ...of());
      const online = await cli('hub', name, ...of());
      expect([offline.code, online.code]).toEqual([code, code]);
      expect(online.answer).toEqual(offline.answer);
      expect(JSON.stringify(offline.answer).length).toBeGreaterThan(100);
      expect(online.err).toEqual([]);
    },
  );

  it('says who received what was corrected, before and after', async () => {
    const { answer } = await cli('hub', 'corrected', '--position', fact);
    expect(answer).toMatchObject([
      { fact, agency: 'probation', clause: 'core/1#police-to-probation', afterwards: false },
      { fact, agency: 'probation', clause: 'core/1#police-to-probation', afterwards: true },
    ]);
  });

  it('ends with 3 for a token that is none of an auditor', async () => {
    const token = await hub.token('police', ['practitioner'], ['audit']);
    const { code, answer } = await cli('hub', 'disclosures', '--user', 'officer', '--token', token);
    expect([code, answer]).toEqual([3, undefined]);
  });

  it('ends with 2 for a trawl, wherever it is asked', async () => {
    for (const where of ['folder', 'hub'] as const)
      expect(await cli(where, 'disclosures')).toMatchObject({ code: 2, answer: undefined });
  });
});

describe('a log that was altered', () => {
  it('is answered from by nobody, whether asked in the folder or through the hub', async () => {
    const file = new Database(join(hub.dir, 'log.sqlite'));
    file
      .prepare(`UPDATE event SET metadata = replace(metadata, 'officer', 'nobody') WHERE position = ?`)
      .run(disclosure);
    file.close();
    const answer = await ask(`{ auditDisclosures(user: "officer") ${OPERATIONS} }`);
    expect([codeOf(answer), answer.body.data?.auditDisclosures]).toEqual(['log-altered', undefined]);
    expect(await cli('folder', 'disclosures', '--user', 'officer')).toMatchObject({ code: 4 });
  });
});
