import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { coreAgreement } from './fixtures.js';
import { type Body, itemsOf, runHub, type RunningHub } from './running-hub.js';

const LINT = `query ($document: String!) {
  lintAgreement(document: $document) { severity code pointer detail requirement alternatives } }`;
const COVERAGE = '{ agreementCoverage { publisher recipient class extent purposes clauses gateways } }';

describe('what GraphQL says of agreements', () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await runHub();
    await hub.bringIntoForce(coreAgreement);
  });
  afterAll(() => hub.close());

  const lint = async (
    document: string,
    roles: ('signatory' | 'auditor' | 'practitioner')[] = ['signatory'],
  ) => (await hub.ask('police', LINT, { roles, variables: { document } })).body;
  const cover = async (agency: string, role: 'signatory' | 'auditor' | 'practitioner'): Promise<Body> =>
    (await hub.ask(agency, COVERAGE, { roles: [role] })).body;

  it('finds an unlawful flow with its requirement and what would carry it', async () => {
    const astray = coreAgreement.replace(
      'gateway: Crime and Disorder Act 1998 s.115',
      'gateway: Offender Management Act 2007 s.14',
    );
    const { data } = await lint(astray);
    const found = itemsOf(data?.lintAgreement).filter(({ code }) => String(code) === 'unlawful-flow');
    expect(found).toEqual([
      {
        severity: 'error',
        code: 'unlawful-flow',
        pointer: '/clauses/1/gateway',
        detail: expect.stringContaining('police to housing'),
        requirement: 'R33',
        alternatives: expect.arrayContaining(['Crime and Disorder Act 1998 s.115']),
      },
    ]);
  });

  it('finds faults of form, and refuses what is neither YAML nor JSON', async () => {
    const { data } = await lint('reference: short');
    expect(itemsOf(data?.lintAgreement)).toContainEqual(
      expect.objectContaining({ code: 'form', pointer: '/title', severity: 'error' }),
    );
    expect((await lint('a: b: c')).errors?.[0]?.extensions).toMatchObject({ code: 'agreement-syntax' });
  });

  it('tells parties and auditors who may see how much of whom, and others nothing', async () => {
    const row = {
      publisher: 'police',
      recipient: 'housing',
      class: 'PERS',
      extent: 'partial',
      purposes: ['resettlement'],
      clauses: ['core/1#police-to-housing'],
      gateways: ['Crime and Disorder Act 1998 s.115'],
    };
    for (const [agency, role] of [['housing', 'signatory'] as const, ['auditor', 'auditor'] as const]) {
      expect(itemsOf((await cover(agency, role)).data?.agreementCoverage)).toContainEqual(row);
    }
    expect(itemsOf((await cover('prison', 'signatory')).data?.agreementCoverage)).toEqual([]);
  });

  it('is for signatories and auditors', async () => {
    for (const answer of [
      await cover('police', 'practitioner'),
      await lint(coreAgreement, ['practitioner']),
    ]) {
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'role-required' });
    }
  });
});
