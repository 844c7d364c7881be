import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streamOf } from '../../libs/contract/fact.js';
import { keyElements } from '../../libs/domain/governance/key-elements.js';
import { type Asked, type Answer, itemsOf, runHub, type RunningHub } from './running-hub.js';

let hub: RunningHub;
beforeAll(async () => {
  hub = await runHub();
});
afterAll(() => hub.close());

const RECORD = 'mutation Record($act: GovernanceActInput!) { recordGovernance(act: $act) { event type on } }';

function record(agency: string, act: object, options: Asked = {}): Promise<Answer> {
  return hub.ask(agency, RECORD, { roles: ['signatory'], ...options, variables: { act } });
}

function codeOf({ body }: Answer): unknown {
  return body.errors?.[0]?.extensions?.code;
}

const vision = {
  documentSigned: {
    document: 'vision',
    version: '1',
    title: 'Our vision',
    covers: ['vision', 'leadership', 'accountability', 'governance'],
    link: 'https://example.org/vision',
    on: '2026-01-05',
  },
};

const statements = keyElements.map(({ element }) => ({
  element,
  score: 2,
  evidence: 'https://example.org/evidence',
  author: 'chair of the board',
  on: '2026-02-01',
}));

describe('governance through GraphQL', () => {
  it('names reports that there are', async () => {
    const received = {
      report: 'nope',
      from: '2025-04-01',
      to: '2026-03-31',
      receivedBy: 'The board',
      receiver: 'CSP',
    };
    expect(codeOf(await record('hub', { reportReceived: { ...received, on: '2026-04-30' } }))).toBe(
      'report-name',
    );
  });

  it('is recorded by those who lead, and stands for everybody of the partnership to see', async () => {
    const signed = await record('police', vision);
    expect(signed.body.errors).toBeUndefined();
    await record('hub', { siteRegistered: { site: 'station', name: 'The station', on: '2026-01-05' } });
    await record(
      'police',
      { teamMovedIn: { site: 'station', on: '2026-01-06' } },
      { roles: ['coordinator'] },
    );
    await record('hub', { teamMovedIn: { site: 'station', agency: 'probation', on: '2026-01-07' } });
    const { body } = await hub.ask(
      'treatment',
      '{ governance { documents { document agency covers event reportedBy } sites { site name area } teams { site agency on ended } } }',
    );
    expect(body).toEqual({
      data: {
        governance: {
          documents: [
            {
              document: 'vision',
              agency: 'police',
              covers: vision.documentSigned.covers,
              event: itemsOf(signed.body.data?.recordGovernance)[0]?.event,
              reportedBy: 'police',
            },
          ],
          sites: [{ site: 'station', name: 'The station', area: null }],
          teams: [
            { site: 'station', agency: 'police', on: '2026-01-06', ended: null },
            { site: 'station', agency: 'probation', on: '2026-01-07', ended: null },
          ],
        },
      },
    });
  });

  it('tells how it was on a day', async () => {
    await record('hub', { siteClosed: { site: 'station', on: '2026-03-01' } });
    const query = (at: string) => `{ governance(at: "${at}") { sites { site } teams { agency ended } } }`;
    const before = await hub.ask('hub', query('2026-02-28'));
    expect(itemsOf(before.body.data?.governance?.teams)).toEqual([
      { agency: 'police', ended: '2026-03-01' },
      { agency: 'probation', ended: '2026-03-01' },
    ]);
    const after = await hub.ask('hub', query('2026-03-01'));
    expect(after.body.data?.governance).toEqual({ sites: [], teams: [] });
    expect(codeOf(await hub.ask('hub', query('yesterday')))).toBe('at');
  });

  it.each([
    ['a practitioner', 'hub', 'practitioner', { siteClosed: { site: 'x' } }],
    ['another agency', 'police', 'signatory', { siteRegistered: { site: 'x', name: 'x' } }],
    ['its coordinator, for signing', 'probation', 'coordinator', vision],
    [
      'a signatory, for another agency',
      'hub',
      'signatory',
      { documentSigned: { ...vision.documentSigned, agency: 'probation' } },
    ],
  ] as const)('is refused to %s', async (_, agency, role, act) => {
    expect(codeOf(await record(agency, act, { roles: [role] }))).toBe('governance-role');
  });

  it('takes exactly one act, written as a literal or as a variable', async () => {
    const two = { siteClosed: { site: 'x' }, priorityEnded: { priority: 'x' } };
    expect((await record('hub', two)).body.errors).toHaveLength(1);
    expect((await record('hub', {})).body.errors).toHaveLength(1);
    const literal = await hub.ask(
      'hub',
      'mutation { recordGovernance(act: { priorityAdopted: { priority: "p1", title: "Burglary", source: "CSP", on: "2026-01-01", offenderTypes: ["young"] } }) { type } }',
      { roles: ['coordinator'] },
    );
    expect(literal.body).toEqual({ data: { recordGovernance: [{ type: 'governance.priorityAdopted' }] } });
    expect(codeOf(await record('hub', { priorityEnded: { priority: 'unknown' } }))).toBe(
      'governance-not-standing',
    );
  });

  it('takes a whole self-assessment and no other', async () => {
    const assessed = (given: object[]) => ({
      selfAssessed: { assessment: 'sa-1', statements: given, on: '2026-02-01' },
    });
    expect(codeOf(await record('hub', assessed(statements.slice(1))))).toBe('governance-act');
    const twice = [...statements.slice(1), statements[1] ?? {}];
    expect(codeOf(await record('hub', assessed(twice)))).toBe('self-assessment');
    expect((await record('hub', assessed(statements))).body.errors).toBeUndefined();
    const { body } = await hub.ask(
      'police',
      '{ governance { selfAssessments { assessment statements { element score author note } } } }',
    );
    const [told] = itemsOf(body.data?.governance?.selfAssessments);
    expect(itemsOf(told?.statements)).toHaveLength(24);
    expect(told?.statements?.[0]).toEqual({
      element: '1.1',
      score: 2,
      author: 'chair of the board',
      note: null,
    });
  });
});

describe('POST /governance', () => {
  const post = async (agency: string, body: string): Promise<Answer> => {
    const authorization = `Bearer ${await hub.token(agency, ['coordinator'], [])}`;
    return hub.request('POST', '/governance', {
      headers: { authorization, 'content-type': 'application/json' },
      body,
    });
  };

  it('records the same acts', async () => {
    const act = { linkOfficerAssigned: { officer: 'kim', area: 'NW', on: '2026-04-01' } };
    const { status, body } = await post('hub', JSON.stringify(act));
    expect(status).toBe(201);
    expect(itemsOf(body.recorded)).toHaveLength(1);
    const again = await post('hub', JSON.stringify(act));
    expect(again.status).toBe(409);
    expect(again.text).toContain('governance-standing');
    expect((await post('police', JSON.stringify(act))).status).toBe(403);
  });

  it('names what is wrong without repeating it', async () => {
    const { status, text, body } = await post(
      'hub',
      JSON.stringify({ linkOfficerAssigned: { officer: 'Jane Doe', area: 'NW', on: '2026-02-30' } }),
    );
    expect(status).toBe(400);
    expect(text).not.toContain('Jane');
    expect(itemsOf(body.errors).map(({ pointer }) => pointer)).toEqual([
      '/linkOfficerAssigned/officer',
      '/linkOfficerAssigned/on',
    ]);
    for (const odd of ['[]', 'null', '"x"', '{"siteClosed":[]}', '{"__proto__":{}}'])
      expect((await post('hub', odd)).status).toBe(400);
  });
});

describe('the stream governance', () => {
  it('is folded alike after a restart, holds nothing sealed, and loses none of two writes at once', async () => {
    const moved = (area: string) => record('hub', { linkOfficerAssigned: { officer: 'lee', area } });
    await Promise.all(['A1', 'B1', 'C1', 'D1'].map(moved));
    const officers = '{ governance { linkOfficers { officer area } } }';
    const before = (await hub.ask('hub', officers)).body;
    expect(itemsOf(before.data?.governance?.linkOfficers)).toHaveLength(5);
    const types: string[] = [];
    for await (const { type, data } of hub.log.readStream(streamOf.governance)) {
      types.push(type);
      expect(data).toHaveLength(0);
    }
    expect(new Set(types.map((type) => type.split('.')[0]))).toEqual(new Set(['governance']));
    await hub.app.close();
    hub = await runHub({}, hub.dir);
    expect((await hub.ask('hub', officers)).body).toEqual(before);
  });
});
