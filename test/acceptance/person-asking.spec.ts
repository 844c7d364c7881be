import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmergencyEvent } from '../../libs/domain/emergency/emergency.js';
import { recordEmergency } from '../../libs/testing/world.js';
import { byPnc, coreAgreement, eventOf } from './fixtures.js';
import { type Asked, itemsOf, runHub, type RunningHub } from './running-hub.js';

const HOUR = 3_600_000;
/** Arrests to everybody; charges and names to who is responsible, dates of birth to coordinators, addresses in an emergency. */
const everybody = coreAgreement
  .slice(0, coreAgreement.indexOf('  - id: police-to-housing'))
  .replace("['police.*']", '[police.arrest.recorded]')
  .replace("['class:ID', 'class:PERS', 'class:CJF', 'class:LOC']", '[arrestedAt]');
const attendance = coreAgreement
  .slice(
    coreAgreement.indexOf('  - id: attendance-to-police'),
    coreAgreement.indexOf('  - id: hub-to-police'),
  )
  .replace('recipients: [police]', 'recipients: [probation]')
  .replace('{ consent: true }', '{ consent: true, role: [coordinator] }');
const clause = (id: string, field: string, condition: string): string => `  - id: ${id}
    effect: permit
    publishers: [police]
    recipients: [probation]
    purposes: [reducing-reoffending]
    types: ['police.*']
    fields: { clear: [${field}] }
    conditions: ${condition}
    reach: history
    gateway: Offender Management Act 2007 s.14
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b) }
`;
const agreement = [
  everybody,
  attendance,
  clause('case', "name, pnc, 'class:CJF'", '{ responsibility: case }'),
  clause('role', 'dateOfBirth', '{ role: [coordinator] }'),
  clause('dire', 'address', '{ emergency: { hours: 4, reviewWithin: 48 } }'),
].join('');

describe('who asks', () => {
  let hub: RunningHub;
  let person = '';
  let passed = 0;
  beforeAll(async () => {
    hub = await runHub({ clock: () => Date.now() + passed });
    await hub.bringIntoForce(agreement);
    const { body } = await hub.publish('police', eventOf('police.arrest.recorded'));
    person = String(body.offender);
    await hub.publish('police', eventOf('police.charge.laid'));
    await hub.publish(
      'hub',
      eventOf('hub.leadProfessional.appointed', { agency: 'probation', user: 'anna' }),
    );
    await hub.settle();
  });
  afterAll(() => hub.close());

  const fieldsFor = async (asked: Asked): Promise<readonly string[]> => {
    const query = `{ offender(id: "${person}") { timeline(first: 5) { edges { node { fields { name } } } } } }`;
    const { body } = await hub.ask('probation', query, asked);
    const edges = itemsOf(body.data?.offender?.timeline?.edges);
    return edges.flatMap(({ node }) => itemsOf(node?.fields).map(({ name }) => String(name)));
  };
  const search = '{ offenders(search: { familyName: "Synth" }) { edges { node { id } } } }';
  const found = async (asked: Asked): Promise<number> =>
    itemsOf((await hub.ask('probation', search, asked)).body.data?.offenders?.edges).length;
  const tell = async (query: string, asked: Asked) => (await hub.ask('probation', query, asked)).body;

  it('sees what their responsibility for the case opens, and a colleague does not', async () => {
    const responsible = await fieldsFor({ user: 'anna' });
    expect(responsible).toEqual(expect.arrayContaining(['name.family', 'arrestedAt', 'offences[].cjsCode']));
    expect(await fieldsFor({ user: 'ben' })).toEqual(['arrestedAt']);
  });

  it('finds a person by what only their responsibility opens, by name and by number', async () => {
    expect(await found({ user: 'anna' })).toBe(1);
    expect(await found({ user: 'ben' })).toBe(0);
    expect((await tell(byPnc, { user: 'anna' })).data?.offender?.id).toBe(person);
    expect((await tell(byPnc, { user: 'ben' })).data).toEqual({ offender: null });
  });

  it('sees what their role opens', async () => {
    expect(await fieldsFor({ user: 'ben', roles: ['coordinator'] })).toContain('dateOfBirth');
    expect(await fieldsFor({ user: 'ben', roles: ['practitioner'] })).not.toContain('dateOfBirth');
    expect(await found({ user: 'ben', roles: ['coordinator'] })).toBe(0);
  });

  it('finds nobody by one thing that is theirs to see and another that is not', async () => {
    const both = search.replace('"Synth"', '"Synth", dateOfBirth: "1991"');
    const people = async (asked: Asked): Promise<number> =>
      itemsOf((await tell(both, asked)).data?.offenders?.edges).length;
    expect(await people({ user: 'anna', roles: ['coordinator'] })).toBe(1);
    expect(await people({ user: 'anna' })).toBe(0);
    expect(await people({ user: 'ben', roles: ['coordinator'] })).toBe(0);
  });

  it('loses it on the first question after the responsibility ends', async () => {
    const ended = { agency: 'probation', user: 'anna' };
    await hub.publish('hub', eventOf('hub.leadProfessional.ended', ended));
    expect(await found({ user: 'anna' })).toBe(0);
    expect(await fieldsFor({ user: 'anna' })).not.toContain('name.family');
    await hub.publish('hub', eventOf('hub.leadProfessional.appointed', ended));
    expect(await found({ user: 'anna' })).toBe(1);
  });

  it('sees in an emergency what only an emergency opens, for its hours and for its purpose alone', async () => {
    expect(await fieldsFor({ user: 'ben' })).not.toContain('address.postcode');
    const at = Date.now();
    const opened: EmergencyEvent = {
      type: 'emergency.opened',
      id: 'e1',
      offender: person,
      by: { agency: 'probation', team: 'probation', user: 'ben' },
      purpose: 'reducing-reoffending',
      reason: 'a threat to life',
      clauses: ['core/1#dire'],
      at,
      until: at + 4 * HOUR,
      reviewDue: at + 48 * HOUR,
    };
    await recordEmergency(hub.log, opened);
    await hub.settle();
    expect(await fieldsFor({ user: 'ben' })).toContain('address.postcode');
    expect(await fieldsFor({ user: 'ben' })).not.toContain('name.family');
    expect(await fieldsFor({ user: 'anna' })).not.toContain('address.postcode');
    passed = 4 * HOUR + 1;
    await new Promise((heartbeat) => setTimeout(heartbeat, 500));
    expect(await fieldsFor({ user: 'ben' })).not.toContain('address.postcode');
    passed = 0;
  });

  it('is told of freshness as far as they see, and of a topic only what could be theirs', async () => {
    const facts = async (asked: Asked): Promise<readonly [string, number][]> =>
      itemsOf((await tell('{ freshness { publisher facts } }', asked)).data?.freshness).map((each) => [
        String(each.publisher),
        Number(each.facts),
      ]);
    expect(await facts({ user: 'anna' })).toEqual([['police', 2]]);
    expect(await facts({ user: 'cleo' })).toEqual([['police', 1]]);
    const topics = async (asked: Asked): Promise<readonly string[]> => {
      const body = await tell(`{ offender(id: "${person}") { circumstances { topic status } } }`, asked);
      const told = itemsOf(body.data?.offender?.circumstances);
      return told.map(({ topic, status }) => `${String(topic)} ${String(status)}`);
    };
    expect(await topics({ user: 'cleo' })).toContain('treatment NOT_SHARED');
    expect(await topics({ user: 'cleo', roles: ['coordinator'] })).toContain('treatment NOTHING_SHARED');
  });
});

describe('conditions of handling', () => {
  it('stand beside the fact and each of its fields (R51)', async () => {
    const hub = await runHub();
    const accepting = coreAgreement.replace(
      "types: ['police.*']",
      "types: ['police.*']\n    conditions: { handling: [P, C] }",
    );
    await hub.bringIntoForce(accepting);
    const graded = { handlingcode: 'C', handlingconditions: 'ask the originator first' };
    await hub.publish('police', eventOf('police.arrest.recorded', {}, graded));
    await hub.settle();
    const query = byPnc.replace('fields { name', 'handlingConditions fields { handlingConditions name');
    const { body } = await hub.ask('probation', query);
    const fact = body.data?.offender?.timeline?.edges?.[0]?.node;
    expect(fact?.handlingConditions).toBe('ask the originator first');
    const fields = itemsOf(fact?.fields);
    expect(fields.length).toBeGreaterThan(5);
    expect(new Set(fields.map((each) => String(each.handlingConditions)))).toEqual(
      new Set(['ask the originator first']),
    );
    expect(body.data?.offender?.identity?.familyName).toBeNull();
    await hub.close();
  });
});
