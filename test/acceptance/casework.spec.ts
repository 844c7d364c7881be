import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandForms, isCommandName, mutationName } from '../../apps/hub/casework/commands.js';
import { openapiDocument } from '../../apps/hub/openapi.js';
import { type Role } from '../../libs/adapters/caller/caller.js';
import { coreAgreement, eventOf, PNC } from './fixtures.js';
import { type Answer, type Asked, runHub, type RunningHub } from './running-hub.js';

const DAY = 86_400_000;
const CHILD = '2000/0000223R';
const today = new Date().toISOString().slice(0, 10);

/** Everything of the IOM team's casework to probation and the voluntary sector, its lead among them. */
const caseworkAgreement = `${coreAgreement.slice(0, coreAgreement.indexOf('clauses:'))}clauses:
  - id: casework
    effect: permit
    publishers: [hub]
    recipients: [probation, police]
    purposes: [reducing-reoffending]
    types: ['hub.*']
    fields: { clear: ['class:CJA', 'class:ADM', 'class:STAFF'] }
    reach: history
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b) }
  - id: arrests
    effect: permit
    publishers: [police]
    recipients: [hub]
    purposes: [reducing-reoffending]
    types: [police.arrest.recorded]
    fields: { clear: ['class:ID', 'class:PERS', 'class:CJF'] }
    reach: history
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b) }
`;

describe('casework', () => {
  let hub: RunningHub;
  let adult = '';
  let child = '';
  const coordinator: Asked = { user: 'chair', roles: ['coordinator'] };
  const give = (agency: string, mutation: string, options: Asked = {}): Promise<Answer> =>
    hub.ask(agency, `mutation { ${mutation} { id facts } }`, options);
  const team = (mutation: string): Promise<Answer> => give('hub', mutation, coordinator);
  const codeOf = ({ body }: Answer): unknown => body.errors?.[0]?.extensions?.code;
  const receiptOf = (answer: Answer, name: string): { id: string; facts: string[] } => {
    expect(answer.body.errors).toBeUndefined();
    return JSON.parse(JSON.stringify(answer.body.data?.[name])) as { id: string; facts: string[] };
  };
  const post = async (
    name: string,
    body: object,
    { agency = 'hub', user = 'chair', roles = ['coordinator'] as readonly Role[] } = {},
  ): Promise<Answer> =>
    hub.request('POST', `/casework/${name}`, {
      headers: {
        authorization: `Bearer ${await hub.token(agency, roles, ['reducing-reoffending'], user)}`,
        'content-type': 'application/json',
        'x-purpose': 'reducing-reoffending',
      },
      body: JSON.stringify(body),
    });
  const idOf = async (pnc: string): Promise<string> => {
    await hub.settle();
    const { body } = await hub.ask(
      'police',
      `{ offender(identifier: { scheme: pnc, value: "${pnc}" }) { id } }`,
    );
    return String(body.data?.offender?.id);
  };
  const caseOf = async (agency: string, id: string, fields: string): Promise<unknown> => {
    const { body } = await hub.ask(agency, `{ offender(id: "${id}") { casework { ${fields} } } }`);
    return body.data?.offender?.casework;
  };
  /** A referral with its meeting, from scratch. */
  const referred = async (id: string): Promise<string> => {
    const raised = await give(
      'police',
      `raiseReferral(offender: "${id}", input: {
      reason: "Five burglaries in two months", requestedLevels: ["Priority"] })`,
    );
    const { id: referralId } = receiptOf(raised, 'raiseReferral');
    const held = await post('hold-referral-meeting', {
      offender: id,
      referralId,
      heldOn: today,
      attendees: [{ agency: 'police' }, { agency: 'probation', name: 'Anna Lee' }],
      agreements: ['core/1'],
    });
    expect([held.status, held.body]).toEqual([201, expect.objectContaining({ id: expect.any(String) })]);
    return referralId;
  };

  beforeAll(async () => {
    hub = await runHub();
    await hub.bringIntoForce(caseworkAgreement);
    await hub.publish('police', eventOf('police.arrest.recorded'));
    const born = `${new Date().getUTCFullYear() - 17}-01-02`;
    const of = { subject: `pnc:${CHILD}` };
    await hub.publish(
      'police',
      eventOf(
        'police.arrest.recorded',
        { pnc: CHILD, asn: '2005FF0500000000555P', cro: undefined, dateOfBirth: born },
        of,
      ),
    );
    adult = await idOf(PNC);
    child = await idOf(CHILD);
  }, 60_000);
  afterAll(() => hub.close());

  it('goes from referral over meeting to decision, told to whoever may know', async () => {
    const referralId = await referred(adult);
    const decided = await team(`decideManagement(offender: "${adult}", input: {
      levels: ["Priority", "MAPPA-2"], referralId: "${referralId}", management: "statutory", mappaCategory: 2,
      rationale: "Risk of harm", dissent: "Probation asked for Enhanced", toTeam: "Priority team", fromAgency: "probation" })`);
    expect(receiptOf(decided, 'decideManagement').facts).toHaveLength(2);
    expect(
      await caseOf(
        'probation',
        adult,
        'referrals { agency levels attendees agreements } levels { values to }',
      ),
    ).toEqual({
      referrals: [
        {
          agency: 'police',
          levels: ['Priority'],
          attendees: ['police', 'probation'],
          agreements: ['core/1'],
        },
      ],
      levels: [{ values: ['Priority', 'MAPPA-2'], to: null }],
    });
  });

  it('refuses Priority before 18, and MAPPA level 2 outside the meeting', async () => {
    const referralId = await referred(child);
    const decide = (levels: string): Promise<Answer> =>
      team(`decideManagement(offender: "${child}", input: { levels: ${levels}, referralId: "${referralId}",
        rationale: "As discussed", toTeam: "Priority team" })`);
    expect(codeOf(await decide('["Priority"]'))).toBe('priority-under-18');
    expect((await decide('["Enhanced"]')).body.errors).toBeUndefined();
    const outside = await team(
      `decideManagement(offender: "${child}", input: { levels: ["MAPPA-2"], rationale: "Risk" })`,
    );
    expect(codeOf(outside)).toBe('meeting-required');
  });

  it('keeps exactly one lead, whoever comes at once, until both sides have agreed to a handover', async () => {
    const appoint = (user: string): Promise<Answer> =>
      team(
        `appointLead(offender: "${adult}", input: { agency: "probation", professional: "Kim Bell", user: "${user}" })`,
      );
    const both = await Promise.all([appoint('kim'), appoint('bell')]);
    expect(both.filter((each) => each.body.errors === undefined)).toHaveLength(1);
    const [user] = both[0].body.errors === undefined ? ['kim'] : ['bell'];
    const caseload = async (by: string): Promise<unknown> => {
      const { body } = await hub.ask('probation', '{ caseload { edges { node { id } } } }', { user: by });
      return body.data?.caseload;
    };
    expect(await caseload(user)).toEqual({ edges: [{ node: { id: adult } }] });
    expect(await caseload('somebody')).toEqual({ edges: [] });
    const offered = await give(
      'probation',
      `offerLeadHandover(offender: "${adult}", input: { toAgency: "vcse", toProfessional: "Jo Hart", toUser: "jo" })`,
      { user },
    );
    const { id } = receiptOf(offered, 'offerLeadHandover');
    const accept = (by: string): Promise<Answer> =>
      give('vcse', `acceptLeadHandover(offender: "${adult}", input: { handoverId: "${id}" })`, { user: by });
    expect(codeOf(await accept('somebody'))).toBe('not-permitted');
    receiptOf(await accept('jo'), 'acceptLeadHandover');
    const leads = await caseOf('hub', adult, 'leads { agency from to }');
    const [first, second, ...more] = (
      leads as { leads: { agency: string; from: string; to: string | null }[] }
    ).leads;
    expect(more).toEqual([]);
    expect([first?.agency, second?.agency, second?.to]).toEqual(['probation', 'vcse', null]);
    expect(first?.to).toBe(second?.from);
  });

  it('tells whoever may not give a command nothing, whether the hub knows the person or not', async () => {
    const attempt = async (mutation: string): Promise<string> =>
      (await give('housing', mutation, { purpose: 'resettlement' })).text.replace(/"path":\["\w+"\]/, '');
    const lead = 'input: { agency: "housing", professional: "Al", user: "al" }';
    const referral = 'input: { reason: "Disorder", requestedLevels: ["Enhanced"] }';
    const texts = new Set<string>();
    for (const id of [adult, child, 'P0000000001A', 'P00000000000', 'nobody']) {
      texts.add(await attempt(`appointLead(offender: "${id}", ${lead})`));
      texts.add(await attempt(`raiseReferral(offender: "${id}", ${referral})`));
    }
    expect([...texts]).toEqual([expect.stringContaining('not-permitted')]);
  });

  it('needs an exit plan for de-selection, and watches afterwards', async () => {
    receiptOf(
      await team(
        `selectCohort(offender: "${adult}", input: { cohort: "Flex", rationale: "Local burglary priority", priorityRef: "csp-1" })`,
      ),
      'selectCohort',
    );
    const deselect = (plan: string): Promise<Answer> =>
      team(
        `deselectCohort(offender: "${adult}", input: { cohort: "Flex", rationale: "Desisted", exitPlanId: "${plan}" })`,
      );
    expect(codeOf(await deselect('00000000-0000-4000-8000-000000000000'))).toBe('exit-plan-required');
    const { id } = receiptOf(
      await team(`planExit(offender: "${adult}", input: { plan: "Mentor until spring", watchMonths: 6 })`),
      'planExit',
    );
    receiptOf(await deselect(id), 'deselectCohort');
    const known = (await caseOf(
      'probation',
      adult,
      'selections { cohort ruleVersion inputs watchUntil }',
    )) as {
      selections: { cohort: string; ruleVersion: string; inputs: string[]; watchUntil: string }[];
    };
    expect(known.selections).toEqual([
      expect.objectContaining({ cohort: 'Flex', ruleVersion: expect.any(String), inputs: expect.any(Array) }),
    ]);
    expect(Date.parse(known.selections[0]?.watchUntil ?? '') - Date.now()).toBeGreaterThan(175 * DAY);
  });

  it('takes a referral of somebody by number, known or not, with the same answer', async () => {
    const refer = (pnc: string): Promise<Answer> =>
      give(
        'housing',
        `raiseReferral(identifier: { scheme: pnc, value: "${pnc}" }, input: {
        reason: "Repeated disorder at the hostel", requestedLevels: ["Enhanced"] })`,
        { purpose: 'resettlement' },
      );
    const timed = async (pnc: string): Promise<Answer> => {
      const began = performance.now();
      const answer = await refer(pnc);
      expect(performance.now() - began).toBeGreaterThan(290);
      return answer;
    };
    const [known, unknown] = [await timed(PNC), await timed('1979/0163001B')];
    const shape = ({ status, text }: Answer): string =>
      `${status} ${text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')}`;
    expect(shape(known)).toBe(shape(unknown));
  });

  it('does nothing twice that is sent again under an id of its sender', async () => {
    const id = randomUUID();
    const refer = (whom: object): Promise<Answer> =>
      post('raise-referral', { ...whom, id, reason: 'Sent again', requestedLevels: ['Enhanced'] });
    const byNumber = { identifier: { scheme: 'pnc', value: '1967/9893091D' } };
    const first = await refer(byNumber);
    expect([first.status, first.body['id']]).toEqual([201, id]);
    expect([(await refer(byNumber)).status, (await refer(byNumber)).status]).toEqual([409, 409]);
    const plan = { offender: adult, id: randomUUID(), plan: 'Mentor', watchMonths: 3 };
    expect([(await post('plan-exit', plan)).status, (await post('plan-exit', plan)).status]).toEqual([
      201, 409,
    ]);
  });

  it('says over HTTP what is wrong, without what was given', async () => {
    const answer = await post('assess-needs', {
      offender: adult,
      instrument: 'Nosey Parker',
      assessedOn: 'yesterday',
    });
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [
        expect.objectContaining({ pointer: '/instrument' }),
        expect.objectContaining({ pointer: '/assessedOn' }),
      ],
    ]);
    expect(answer.text).not.toMatch(/Nosey|yesterday/);
    expect((await post('no-such', {})).status).toBe(400);
  });

  it('loses no field in silence, and points to faults within lists', async () => {
    const errorsOf = async (name: string, input: object): Promise<unknown> =>
      (await post(name, { offender: adult, ...input })).body.errors;
    expect(await errorsOf('assign-area', { area: 'NW', 'Jane Doe': 1 })).toEqual([
      { pointer: '', detail: 'holds a field that this input does not have' },
    ]);
    const attendees = [{ agency: 'police', nmae: 'Jane Doe' }, { agency: 'No Agency' }];
    expect(await errorsOf('hold-conference', { heldOn: today, attendees })).toEqual([
      { pointer: '/attendees/0', detail: 'holds a field that this input does not have' },
      expect.objectContaining({ pointer: '/attendees/1/agency' }),
    ]);
    expect(
      (await post('hold-conference', { offender: adult, heldOn: today, attendees: [null] })).status,
    ).toBe(400);
  });

  it('refuses to refer by an identifier that cannot be one, and leaves nothing behind', async () => {
    const head = await hub.log.head();
    for (const value of ['1979/0163001Z', 'Jane Doe']) {
      const named = {
        identifier: { scheme: 'pnc', value },
        reason: 'Disorder',
        requestedLevels: ['Enhanced'],
      };
      const { status, text } = await post('raise-referral', named, {
        agency: 'police',
        roles: ['practitioner'],
      });
      expect([status, text]).toEqual([400, expect.stringContaining('not-recordable')]);
      expect(text).not.toContain(value);
    }
    expect(await hub.log.head()).toBe(head);
  });

  it('takes its time over a refusal to accept, so that it does not tell whether there is a case', async () => {
    const handoverId = '00000000-0000-4000-8000-000000000000';
    const lasting = async (name: string, offender: string): Promise<number> => {
      const began = performance.now();
      const { text } = await post(name, { offender, handoverId }, { agency: 'housing', user: 'al' });
      expect(text).toContain('not-permitted');
      return performance.now() - began;
    };
    for (const name of ['accept-lead-handover', 'accept-border-handover'])
      for (const offender of [adult, 'P00000000000'])
        expect(await lasting(name, offender)).toBeGreaterThan(290);
  });

  it('judges by what the team may see, and by nothing else', async () => {
    const risk = { pnc: CHILD, crn: 'X371199', ogrs: 90 };
    const assessed = eventOf('probation.riskAssessed', risk, { subject: `offender:${child}` });
    expect((await hub.publish('probation', assessed)).text).toContain('"accepted"');
    const criteria = async (): Promise<string[]> => {
      receiptOf(
        await team(`selectCohort(offender: "${child}", input: { cohort: "Fixed", rationale: "Local risk" })`),
        'selectCohort',
      );
      const known = await caseOf('hub', child, 'selections { criteria }');
      return (known as { selections: { criteria: string[] }[] }).selections.at(-1)?.criteria ?? [];
    };
    expect(await criteria()).toContain('high-risk-of-reoffending: unknown');
  });

  it('tells days as days', async () => {
    const assess = { offender: adult, instrument: 'LLR', assessedOn: '2026-07-31' };
    const pathways = [{ pathway: 'health', scored: false, needIdentified: true }];
    expect((await post('assess-needs', { ...assess, pathways })).status).toBe(201);
    const told = await caseOf('hub', adult, 'assessments { at } reassessmentDue');
    expect(told).toEqual({ assessments: [{ at: '2026-07-31' }], reassessmentDue: '2026-10-31' });
  });

  it('lets a decision that was a mistake be retracted, and the one before it holds again', async () => {
    const answer = await post('decide-management', {
      offender: child,
      levels: ['Standard'],
      rationale: 'Wrong person',
    });
    const [retracts] = JSON.parse(JSON.stringify(answer.body['publications'])) as string[];
    const levels = (): Promise<unknown> => caseOf('probation', child, 'levels { values to }');
    expect(await levels()).toEqual({
      levels: [
        { values: ['Enhanced'], to: expect.any(String) },
        { values: ['Standard'], to: null },
      ],
    });
    const attributes = { source: '/hub/casework', subject: `offender:${child}`, time: undefined, retracts };
    const event = { ...eventOf('hub.management.decided', {}, attributes), data: {} };
    expect((await hub.publish('hub', event)).text).toContain('"accepted"');
    expect(await levels()).toEqual({ levels: [{ values: ['Enhanced'], to: null }] });
  });

  it('describes every command for HTTP and for GraphQL', async () => {
    const names = Object.keys(commandForms).filter(isCommandName);
    const { paths } = openapiDocument('0');
    expect(names.filter((name) => paths[`/casework/${name}`] === undefined)).toEqual([]);
    const { body } = await hub.ask('hub', '{ __schema { mutationType { fields { name } } } }', coordinator);
    const mutations = JSON.stringify(body);
    expect(names.map(mutationName).filter((name) => !mutations.includes(`"${name}"`))).toEqual([]);
  });
});
