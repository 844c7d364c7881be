import { afterEach, describe, expect, it } from '@jest/globals';
import { getNamedType, type GraphQLSchema, isObjectType } from 'graphql';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
import { sampleData } from '../../libs/testing/samples.js';
import { byPnc, coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Body, itemsOf, runHub, type RunningHub } from './running-hub.js';

let hub: RunningHub | undefined;
afterEach(async () => {
  await hub?.close();
  hub = undefined;
});

async function begun(start: Parameters<typeof runHub>[0] = {}): Promise<RunningHub> {
  hub = await runHub(start);
  await hub.bringIntoForce(coreAgreement);
  await hub.publish('police', eventOf('police.arrest.recorded'));
  await hub.settle();
  return hub;
}

async function disclosures(
  log: EventLog,
  agency: string,
): Promise<readonly (Disclosure & { readonly type: string; readonly position: number })[]> {
  const found = [];
  for await (const { type, position, metadata } of log.readStream(`disclosure-${agency}`)) {
    found.push({ type, position, ...(JSON.parse(metadata) as Disclosure) });
  }
  return found;
}

const sampleFamily = (sampleData['police.arrest.recorded'] as { readonly name: { readonly family: string } })
  .name.family;

/** Values that tell a field: if one is in an answer, its field must be in the record. */
const catalogueValues = new Map<string, unknown>([
  ['name.family', sampleFamily],
  ['cohort', 'Fixed'],
  ['levels', 'Priority'],
  ['pnc', PNC],
]);

/** Every way down from an object type to a leaf, each type entered once on the way. */
function pathsTo(
  schema: GraphQLSchema,
  name: string,
  entered: readonly string[] = [],
): readonly (readonly string[])[] {
  const type = schema.getType(name);
  if (!isObjectType(type) || entered.includes(name)) return isObjectType(type) ? [] : [[]];
  return Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type).name;
    const further = pathsTo(schema, below, [...entered, name]);
    return further.map((path) => [field.name, ...path]);
  });
}

describe('the record of what was shown', () => {
  it('names who, why, which fields of which facts and under which clause', async () => {
    const { ask, log } = await begun();
    const query = `{ offender(identifier: { scheme: pnc, value: "${PNC}" }) { id timeline(first: 1) { edges { node { fields { name value } } } } } }`;
    const { body } = await ask('probation', query, { justification: 'arrest overnight' });
    const values = itemsOf(body.data?.offender?.timeline?.edges?.[0]?.node?.fields);
    const [record] = await disclosures(log, 'probation');
    expect(record).toMatchObject({
      type: 'disclosure.made',
      agency: 'probation',
      user: 'probation-user',
      purpose: 'reducing-reoffending',
      roles: ['practitioner'],
      justification: null,
      justificationRequired: false,
      law: 'dpa-2018-s62@2025-08-20',
      asked: ['offender'],
      offenders: [String(body.data?.offender?.id)],
    });
    expect(record?.facts).toHaveLength(1);
    expect(Object.keys(record?.facts[0]?.shown ?? {})).toEqual(['core/1#police-to-probation']);
    const shown = values.filter(({ value }) => value !== null).map(({ name }) => String(name));
    expect([...(record?.facts[0]?.shown['core/1#police-to-probation']?.clear ?? [])].sort()).toEqual(
      shown.sort(),
    );
    expect(JSON.stringify(record)).not.toContain(PNC);
  });

  it('records a question without an answer as a consultation', async () => {
    const { ask, log } = await begun();
    await ask('treatment', byPnc);
    expect((await disclosures(log, 'treatment')).map(({ type }) => type)).toEqual(['consultation.made']);
  });

  it('lets nothing leave when it cannot be written', async () => {
    const failing = { now: false };
    const openLog = async (file: string): Promise<EventLog> => {
      const log = await openEmbeddedLog(file);
      const append: EventLog['append'] = (stream, events, expected) =>
        failing.now && stream.startsWith('disclosure-')
          ? Promise.reject(new Error('disk full'))
          : log.append(stream, events, expected);
      return { ...log, append };
    };
    const { ask } = await begun({ openLog });
    expect((await ask('probation', byPnc)).text).toContain(PNC);
    failing.now = true;
    const refused = await ask('probation', byPnc);
    expect(refused.text).not.toContain(PNC);
    expect(refused.body.data ?? null).toBeNull();
    expect(refused.body.errors).toHaveLength(1);
    expect(refused.text).not.toContain('disk full');
  });

  it('is made by every root field of the schema', async () => {
    const { app, ask, log } = await begun();
    const schema: GraphQLSchema = app.get(GraphQLSchemaHost).schema;
    await ask('probation', byPnc);
    const [shown] = await disclosures(log, 'probation');
    const person = shown?.offenders[0] ?? '';
    const fact = shown?.facts[0]?.position ?? 0;
    const knew = `agency: "probation", person: "${person}", at: "2030-01-01"`;
    const examples: Readonly<Record<string, string>> = {
      offender: `offender(identifier: { scheme: pnc, value: "${PNC}" }) { id }`,
      caseload: 'caseload { edges { cursor } }',
      offenders: 'offenders(search: { familyName: "zz" }) { edges { cursor } }',
      freshness: 'freshness { publisher }',
      agreements: 'agreements { reference }',
      disclosures: 'disclosures { edges { cursor } }',
      signatoryKeys: 'signatoryKeys { key }',
      emergencies: 'emergencies { id }',
      corrections: 'corrections { id }',
      governance: 'governance { sites { site } }',
      lintAgreement: 'lintAgreement(document: "reference: nothing") { code }',
      agreementCoverage: 'agreementCoverage { publisher }',
      retentionDue: 'retentionDue { __typename }',
      dataProtection: `dataProtection(offender: "${person}") { __typename }`,
      auditDisclosures: `auditDisclosures(person: "${person}") { edges { cursor } }`,
      auditOperations: `auditOperations(person: "${person}") { edges { cursor } }`,
      auditExplanation: `auditExplanation(disclosure: "${shown?.position ?? 0}", fact: "${fact}", field: "pnc") { __typename }`,
      auditKnowledge: `auditKnowledge(${knew}) { __typename }`,
      auditDifference: `auditDifference(${knew}, andAgency: "housing") { __typename }`,
      auditCorrected: `auditCorrected(person: "${person}") { __typename }`,
      reports: 'reports { name }',
      report: 'report(name: "caseload") { tables { id } }',
      silences: 'silences(scope: AGENCY) { edges { cursor } }',
      feedSilences: 'feedSilences { agency }',
      auditPatterns: 'auditPatterns(from: "2026-01-01", to: "2026-01-31") { __typename }',
    };
    const askers = [
      ['audit', 'auditor'],
      ['retention', 'hub'],
      ['dataProtection', 'hub'],
    ] as const;
    const roots = Object.keys(schema.getQueryType()?.getFields() ?? {});
    expect(roots.sort()).toEqual(Object.keys(examples).sort());
    for (const root of roots) {
      const asker = askers.find(([beginning]) => root.startsWith(beginning))?.[1] ?? 'probation';
      const before = (await disclosures(log, asker)).length;
      const { body } = await ask(asker, `query Any { renamed: ${examples[root] ?? ''} }`, {
        roles: asker === 'auditor' ? ['auditor'] : ['practitioner', 'signatory'],
      });
      expect([root, body.errors]).toEqual([root, undefined]);
      const records = await disclosures(log, asker);
      expect(records).toHaveLength(before + 1);
      expect(records.at(-1)?.asked).toEqual([root]);
    }
    expect(Object.keys(schema.getSubscriptionType()?.getFields() ?? {})).toEqual(['caseload', 'silences']);
  });

  it('holds every value that any field of the schema tells, and nothing that it does not', async () => {
    const { app, ask, log, publish, settle } = await begun();
    await publish('hub', eventOf('hub.cohort.selected', { cohort: 'Fixed' }));
    await publish('hub', eventOf('hub.management.decided', { levels: ['Priority'] }));
    await publish('hub', eventOf('hub.leadProfessional.appointed', { agency: 'probation' }));
    await settle();
    const schema: GraphQLSchema = app.get(GraphQLSchemaHost).schema;
    const leaves = pathsTo(schema, 'Offender').filter((path) => path.length > 0);
    expect(leaves.length).toBeGreaterThan(25);
    for (const path of leaves) {
      const selection = path.reduceRight((inner, name) => (inner === '' ? name : `${name} { ${inner} }`), '');
      const { text } = await ask(
        'probation',
        `{ offender(identifier: { scheme: pnc, value: "${PNC}" }) { ${selection} } }`,
      );
      expect(JSON.parse(text)).not.toHaveProperty('errors');
      const record = (await disclosures(log, 'probation')).at(-1);
      const recorded = new Set(
        record?.facts.flatMap(({ shown }) => Object.values(shown).flatMap((as) => Object.values(as).flat())),
      );
      const named = [...catalogueValues].filter(([, value]) => text.includes(JSON.stringify(value)));
      for (const [field] of named)
        expect([path.join('.'), [...recorded]]).toEqual([path.join('.'), expect.arrayContaining([field])]);
      const tellsNothing = path.at(-1) === 'id' || path.at(-1) === 'status' || path.at(-1) === 'topic';
      if (tellsNothing && !path.includes('fields') && !path.includes('withheld'))
        expect(recorded.size).toBe(0);
    }
  });

  it('holds of a case what was asked of it, and not what else its facts say', async () => {
    const { ask, log, publish, settle } = await begun();
    await publish('hub', eventOf('hub.management.decided', { levels: ['Priority'], rationale: 'Risk' }));
    await publish('hub', eventOf('hub.exit.planned'));
    await settle();
    const shown = async (selection: string) => {
      const who = `identifier: { scheme: pnc, value: "${PNC}" }`;
      const { body } = await ask('probation', `{ offender(${who}) { casework { ${selection} } } }`);
      expect(body.errors).toBeUndefined();
      const facts = (await disclosures(log, 'probation')).at(-1)?.facts ?? [];
      return facts.map((each) => Object.values(each.shown).flatMap((as) => Object.values(as).flat()));
    };
    expect(await shown('levels { values }')).toEqual([['levels']]);
    expect(await shown('levels { from facts }')).toEqual([[]]);
    expect(await shown('exits { watchMonths id }')).toEqual([['watchMonths', 'exitPlanId']]);
    expect(await shown('referrals { id }')).toEqual([]);
  });

  it('is made for a root field inside a fragment and for several at once', async () => {
    const { ask, log } = await begun();
    const one = `offender(identifier: { scheme: pnc, value: "${PNC}" }) { timeline(first: 1) { edges { node { type } } } }`;
    await ask('probation', `query { ...both } fragment both on Query { a: ${one} b: ${one} }`);
    const [record] = await disclosures(log, 'probation');
    expect(record?.type).toBe('disclosure.made');
    expect(record?.facts).toHaveLength(1);
    expect(record?.facts[0]?.shown).toEqual({});
    expect(record?.asked).toEqual(['offender']);
  });

  it('is listed for the people of the agency, and for one practitioner their own', async () => {
    const { ask, settle } = await begun();
    await ask('probation', byPnc, { user: 'anna' });
    await ask('probation', byPnc, { user: 'ben' });
    await settle();
    const list = '{ disclosures { edges { node { user asked facts { fields } clauses } } } }';
    const users = (body: Body) =>
      itemsOf(body.data?.disclosures?.edges).map(({ node }) => String(node?.user));
    expect(users((await ask('probation', list, { user: 'anna' })).body)).toEqual(['anna']);
    expect(users((await ask('probation', list, { user: 'cleo', roles: ['coordinator'] })).body)).toEqual(
      expect.arrayContaining(['anna', 'ben']),
    );
    expect(users((await ask('police', list, { roles: ['coordinator'] })).body)).toEqual([]);
  });
});

describe('a suspension', () => {
  it('acts on the first query after its acknowledgement, and its end on the first after that', async () => {
    const { ask, change, settle } = await begun();
    expect((await ask('probation', byPnc)).body.data?.offender).not.toBeNull();
    await change('suspend', 'core');
    expect((await ask('probation', byPnc)).body).toEqual({ data: { offender: null } });
    await change('resume', 'core');
    await settle();
    expect((await ask('probation', byPnc)).body.data?.offender).not.toBeNull();
  });

  it('holds back an answer that was being recorded when it was acknowledged', async () => {
    let meanwhile = (): Promise<void> => Promise.resolve();
    const openLog = async (file: string): Promise<EventLog> => {
      const log = await openEmbeddedLog(file);
      const append: EventLog['append'] = async (stream, events, expected) => {
        const result = await log.append(stream, events, expected);
        if (stream.startsWith('disclosure-')) await meanwhile();
        return result;
      };
      return { ...log, append };
    };
    const { ask, change } = await begun({ openLog });
    expect((await ask('probation', byPnc)).text).toContain(PNC);
    meanwhile = () => change('suspend', 'core');
    const { text, body } = await ask('probation', byPnc);
    expect(text).not.toContain(PNC);
    expect(body.errors?.[0]?.extensions?.code).toBe('changed-meanwhile');
  });

  it('acts on queries that are under way: none acknowledged later shows anything', async () => {
    const { ask, change } = await begun();
    const answers: { readonly after: boolean; readonly shown: boolean }[] = [];
    let suspended = false;
    const question = async (): Promise<void> => {
      const after = suspended;
      const { text } = await ask('probation', byPnc);
      answers.push({ after, shown: text.includes(PNC) });
    };
    const asking = Array.from({ length: 40 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 3));
      await question();
    });
    await change('suspend', 'core');
    suspended = true;
    await Promise.all([...asking, question(), question()]);
    expect(answers.filter(({ after }) => after).length).toBeGreaterThan(0);
    expect(answers.filter(({ after, shown }) => after && shown)).toEqual([]);
  });
});

describe('time', () => {
  it('ends an agreement with no event: the day it expires shows nothing', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    let passed = 0;
    hub = await runHub({ clock: () => Date.now() + passed });
    await hub.bringIntoForce(coreAgreement.replace('2030-01-01', tomorrow).replace('2031-01-01', tomorrow));
    await hub.publish('police', eventOf('police.arrest.recorded'));
    await hub.settle();
    expect((await hub.ask('probation', byPnc)).body.data?.offender?.id).toBeDefined();
    passed = 25 * 3_600_000;
    await new Promise((heartbeat) => setTimeout(heartbeat, 500));
    const { body } = await hub.ask('probation', byPnc);
    expect(body).toEqual({ data: { offender: null } });
  });
});
