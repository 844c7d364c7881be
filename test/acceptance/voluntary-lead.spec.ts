import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agreements } from '../../apps/hub/agreements/agreements.js';
import { AGREEMENTS } from '../../apps/hub/agreements/agreements.tokens.js';
import { loadAgreements } from '../../apps/hub/demonstration-agreements.js';
import { type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
import { eventOf, PNC } from './fixtures.js';
import { itemsOf, runHub, type RunningHub } from './running-hub.js';
import { watchByEvents, type Watching } from './watching-client.js';

const purposes = ['reducing-reoffending', 'resettlement'] as const;

describe('a lead in the voluntary sector, under the agreements of the demonstration', () => {
  let hub: RunningHub;
  let offender = '';
  let told: Readonly<Record<'jo' | 'kim', readonly Watching[]>>;

  const publish = async (agency: string, type: string, data: object = {}) => {
    const { status, body } = await hub.publish(agency, eventOf(type, data));
    expect([type, status, body.errors]).toEqual([type, 201, undefined]);
  };
  const give = async (agency: string, user: string, purpose: string, mutation: string) => {
    const query = `mutation { given: ${mutation} { id } }`;
    const { body } = await hub.ask(agency, query, { user, purpose });
    expect(body.errors).toBeUndefined();
    return String(body.data?.given?.id);
  };
  const askedBy = async (user: string, purpose: string, fields: string) =>
    (await hub.ask('vcse', `{ offender(id: "${offender}") { ${fields} } }`, { user, purpose })).body.data
      ?.offender;
  const watching = (user: string) => {
    const url = hub.app.getUrl();
    const scopes = ['MINE', 'AGENCY'] as const;
    const each = purposes.flatMap((purpose) => scopes.map((scope) => ({ purpose, scope })));
    return each.map(async (asked) => watchByEvents(hub, await url, { agency: 'vcse', user, ...asked }));
  };
  /** What came of a kind: the names of its fields, and those that are hidden. */
  const fieldsOf = ({ answers }: Watching, kind: string) => {
    const item = answers.find(({ data }) => String(data?.caseload?.kind) === kind)?.data?.caseload;
    return itemsOf(item?.fact?.fields).map(({ name, status }) => `${String(name)} ${String(status)}`);
  };

  beforeAll(async () => {
    hub = await runHub();
    await loadAgreements(hub.app.get<Agreements>(AGREEMENTS), hub.dir);
    await hub.app.listen(0, '127.0.0.1');
    await publish('probation', 'probation.order.started', { name: { family: 'Ashdown', given: 'Rae' } });
    await publish('hub', 'hub.management.decided', { levels: ['Priority'], management: 'statutory' });
    await publish('hub', 'hub.area.assigned');
    await publish('hub', 'hub.leadProfessional.appointed', { agency: 'probation', user: 'anna' });
    await hub.settle();
    const query = `{ offender(identifier: { scheme: pnc, value: "${PNC}" }) { id } }`;
    offender = String((await hub.ask('probation', query)).body.data?.offender?.id);
    const handover = `input: { toAgency: "vcse", toProfessional: "Jo Hart", toUser: "jo" }`;
    const id = await give(
      'probation',
      'anna',
      'reducing-reoffending',
      `offerLeadHandover(offender: "${offender}", ${handover})`,
    );
    await give(
      'vcse',
      'jo',
      'resettlement',
      `acceptLeadHandover(offender: "${offender}", input: { handoverId: "${id}" })`,
    );
    await hub.settle();
    told = { jo: await Promise.all(watching('jo')), kim: await Promise.all(watching('kim')) };
    await publish('police', 'police.arrest.recorded');
    await publish('police', 'police.drugTest.performed', { result: 'positive' });
    await publish('treatment', 'treatment.attendance.recorded', { attendance: 'missed' });
    await publish('prison', 'prison.released', { reason: 'SENT_TO_COURT' });
    await publish('prison', 'prison.released', { reason: 'RELEASED' });
    await publish('probation', 'probation.recall.decided');
    await publish('housing', 'housing.placement.ended');
    await hub.settle();
    await Promise.all(told.jo.map((each) => each.came(3)));
  }, 60_000);
  afterAll(async () => {
    await Promise.all([...told.jo, ...told.kim].map((each) => each.stop()));
    await hub.close();
  });

  it('learns whom they lead, at which level, and where', async () => {
    for (const purpose of purposes) {
      const fields =
        'identity { familyName } casework { levels { values } areas { values } leads { agency to } }';
      expect(await askedBy('jo', purpose, fields)).toEqual({
        identity: { familyName: 'Ashdown' },
        casework: {
          levels: [{ values: ['Priority'] }],
          areas: [{ values: ['NW'] }],
          leads: expect.arrayContaining([{ agency: 'vcse', to: null }]),
        },
      });
    }
  });

  it('is told of a release, a recall and the end of a tenancy, whatever they look with, and of nothing else', () => {
    for (const each of told.jo) {
      expect(each.kinds()).toEqual(['release', 'recall', 'tenancy-end']);
    }
  });

  it('hears the day of a release and of a lost home, and that there is a recall', () => {
    const [first] = told.jo;
    if (first === undefined) throw new Error('nothing is watched');
    expect(fieldsOf(first, 'release')).toEqual(['reason SHARED', 'releasedAt SHARED']);
    expect(fieldsOf(first, 'recall')).toEqual(['recallType MASKED']);
    expect(fieldsOf(first, 'tenancy-end')).toEqual(['departedOn SHARED']);
  });

  it('is told alone: nobody else of the voluntary sector is, nor has anything recorded that they were', async () => {
    for (const each of told.kim) expect(each.answers).toEqual([]);
    expect(await askedBy('kim', 'reducing-reoffending', 'id')).toBeNull();
    const timeline = await askedBy('kim', 'resettlement', 'timeline(first: 100) { edges { node { type } } }');
    const types = itemsOf(timeline?.timeline?.edges).map(({ node }) => String(node?.type));
    expect(
      types.filter((type) => /^(prison|housing|police|treatment)\.|recall|management/.test(type)),
    ).toEqual([]);
    const asked: string[] = [];
    for await (const { metadata } of hub.log.readStream('disclosure-vcse')) {
      const { user, asked: roots } = JSON.parse(metadata) as Disclosure;
      if (roots.includes('caseload')) asked.push(user);
    }
    expect(new Set(asked)).toEqual(new Set(['jo']));
  });
});
