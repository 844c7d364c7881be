import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencies, type AgencyKind } from '../../contract/agency.js';
import { type SensitivityClass, sensitivityClasses } from '../../contract/catalogue/entry.js';
import { flowOf, type More } from '../../testing/flows.js';
import { type Flow } from './flow.js';
import { type Aim, aims, type GatewayCitation, gatewayCitations } from './gateway-names.js';
import { gatewayLaw } from './gateways.js';
import { alternativeInWords, prove } from './prove.js';

const S115 = 'Crime and Disorder Act 1998 s.115';
const S14 = 'Offender Management Act 2007 s.14';
const S325 = 'Criminal Justice Act 2003 s.325';
const PACE = 'Police and Criminal Evidence Act 1984 s.63B(7)';
const S16 = 'Police, Crime, Sentencing and Courts Act 2022 s.16';
const DEA = 'Digital Economy Act 2017 s.35';
const REFER = 'Homelessness Reduction Act 2017 s.10';
const RULES = 'Criminal Procedure Rules 2025 Part 5';
const S38 = 'Crime and Disorder Act 1998 s.38';
const CONSENT = 'Common law: explicit consent';
const CARE = 'Common law: implied consent for direct care';
const INTEREST = 'Common law: overriding public interest';
const POLICING = 'Common law: policing powers';

type Row = readonly [AgencyKind, AgencyKind, More?];

const whole = (rows: readonly Row[]) => rows.map(([from, to, more = {}]) => [from, to, more] as const);

function carries(gateway: GatewayCitation, rows: readonly Row[]): void {
  it.each(whole(rows))('carries %s to %s %j', (from, to, more) => {
    expect(prove(flowOf(from, to, gateway, more))).toEqual({ carried: true });
  });
}

function refuses(gateway: GatewayCitation, requirement: string, rows: readonly Row[]): void {
  it.each(whole(rows))(`refuses %s to %s %j, naming ${requirement}`, (from, to, more) => {
    expect(prove(flowOf(from, to, gateway, more))).toMatchObject({ carried: false, requirement });
  });
}

function alternativesOf(flow: Flow): readonly string[] {
  const proof = prove(flow);
  return proof.carried ? [] : proof.alternatives.map(alternativeInWords);
}

describe('what a lawyer tries first', () => {
  it('housing to the voluntary sector under the Offender Management Act is refused, naming R33', () => {
    const proof = prove(flowOf('housing', 'vcse', S14));
    expect(proof).toMatchObject({ carried: false, requirement: 'R33' });
    expect(proof).toHaveProperty('why', expect.stringContaining('does not run from housing to vcse'));
  });

  it('police to housing under the Crime and Disorder Act is accepted', () => {
    expect(prove(flowOf('police', 'housing', S115))).toEqual({ carried: true });
  });
});

describe('R31: Crime and Disorder Act s.115 runs one way, to a relevant authority or whoever acts for one', () => {
  carries(S115, [
    ['police', 'probation'],
    ['court', 'police'],
    ['vcse', 'police'],
    ['prison', 'hub'],
    ['housing', 'youth'],
    ['police', 'health', { aims: ['prevention-of-crime-and-disorder', 'public-protection'] }],
    ['police', 'vcse', { onBehalfOf: 'probation' }],
    ['police', 'treatment', { onBehalfOf: 'housing' }],
    ['housing', 'probation', { aims: ['resettlement', 'supervision'] }],
    ['police', 'youth', { class: 'CHILD', aims: ['youth-justice'] }],
    ['police', 'hub', { class: 'INTEL' }],
  ]);
  refuses(S115, 'R31', [
    ['police', 'vcse'],
    ['police', 'treatment'],
    ['police', 'prison'],
    ['probation', 'court'],
    ['police', 'auditor'],
    ['police', 'prison', { onBehalfOf: 'probation' }],
    ['police', 'vcse', { onBehalfOf: 'prison' }],
    ['police', 'vcse', { onBehalfOf: 'treatment' }],
    ['police', 'probation', { aims: ['offender-management', 'bail'] }],
    ['police', 'housing', { aims: ['safeguarding'] }],
    ['police', 'housing', { at: '1998-09-29' }],
  ]);
});

describe('R33: Offender Management Act s.14 needs probation, prisons or their contractor at one end', () => {
  carries(S14, [
    ['prison', 'probation'],
    ['probation', 'prison', { aims: ['sentence', 'supervision', 'bail', 'resettlement'] }],
    ['prison', 'housing'],
    ['housing', 'prison'],
    ['police', 'probation'],
    ['probation', 'police', { class: 'CJA' }],
    ['court', 'prison'],
    ['hub', 'prison'],
    ['probation', 'vcse', { onBehalfOf: 'probation' }],
    ['vcse', 'probation', { onBehalfOf: 'probation' }],
    ['vcse', 'hub', { onBehalfOf: 'probation' }],
  ]);
  refuses(S14, 'R33', [
    ['police', 'housing'],
    ['hub', 'police'],
    ['police', 'hub'],
    ['court', 'youth'],
    ['housing', 'police', { onBehalfOf: 'probation' }],
    ['police', 'vcse', { onBehalfOf: 'housing' }],
    ['probation', 'vcse'],
    ['probation', 'health'],
    ['vcse', 'probation'],
    ['prison', 'probation', { aims: ['direct-care'] }],
    ['prison', 'probation', { at: '2008-03-31' }],
  ]);
});

describe('R34: Criminal Justice Act s.325 carries only while somebody is a MAPPA offender', () => {
  const mappa = { conditions: { mappa: {} } };
  carries(S325, [
    ['police', 'prison', mappa],
    ['probation', 'health', { conditions: { mappa: { levels: [2, 3] } }, aims: ['public-protection'] }],
    ['housing', 'probation', { conditions: { level: ['MAPPA-2', 'MAPPA-3'] } }],
  ]);
  refuses(S325, 'R34', [
    ['police', 'prison'],
    ['police', 'prison', { conditions: { level: ['Priority', 'MAPPA-2'] } }],
    ['housing', 'health', mappa],
    ['police', 'vcse', mappa],
    ['police', 'treatment', { ...mappa, onBehalfOf: 'housing' }],
    ['court', 'police', mappa],
    ['police', 'prison', { ...mappa, aims: ['resettlement'] }],
  ]);
});

describe('R35: Digital Economy Act s.35 is no gateway for managing offenders', () => {
  refuses(
    DEA,
    'R35',
    aims.map((aim): Row => ['police', 'housing', { aims: [aim] }]),
  );
});

describe('R36: Police, Crime, Sentencing and Courts Act s.16 leaves patients alone', () => {
  const prevention = { aims: ['prevention-of-crime-and-disorder'] } as const satisfies More;
  carries(S16, [
    ['police', 'health', prevention],
    ['prison', 'youth', prevention],
  ]);
  refuses(S16, 'R36', [
    ['health', 'police', { ...prevention, class: 'PERS', conditions: { consent: true } }],
    ['treatment', 'police', { ...prevention, conditions: { consent: true } }],
    ['police', 'probation', { ...prevention, class: 'HLTH' }],
    ['police', 'vcse', prevention],
    ['police', 'probation', { aims: ['offender-management'] }],
    ['police', 'probation', { ...prevention, at: '2022-12-31' }],
  ]);
});

describe('R37: drug-test results go by PACE s.63B(7), and for its ends', () => {
  const test = { type: 'police.drugTest.performed', class: 'DRUG' } as const;
  carries(PACE, [
    ['police', 'court', { ...test, aims: ['bail', 'sentence'] }],
    ['police', 'probation', { ...test, aims: ['supervision'] }],
    ['police', 'treatment', { ...test, aims: ['advice-or-treatment'] }],
    ['police', 'court', { ...test, class: 'ID', aims: ['bail'] }],
    ['treatment', 'probation', { class: 'DRUG', aims: ['supervision'] }],
  ]);
  refuses(PACE, 'R37', [
    ['police', 'probation', { ...test, aims: ['offender-management'] }],
    ['police', 'court', { ...test, aims: ['bail', 'prevention-of-crime-and-disorder'] }],
    ['police', 'court', { class: 'CJF', aims: ['bail'] }],
  ]);
  it.each(gatewayCitations.filter((each) => each !== PACE))('%s carries none', (gateway) => {
    const flow = flowOf('police', 'probation', gateway, {
      ...test,
      aims: ['supervision'],
      conditions: { consent: true },
    });
    expect(prove(flow).carried).toBe(false);
    expect(alternativesOf(flow)).toEqual([PACE]);
  });
  refuses(CONSENT, 'R37', [['police', 'housing', { ...test, conditions: { consent: true } }]]);
});

describe('R38: what patients tell stays in confidence but for consent, statute or the public interest', () => {
  const consent = { conditions: { consent: true } } as const;
  const care = { aims: ['direct-care'], class: 'HLTH' } as const satisfies More;
  carries(S115, [
    ['treatment', 'probation', { ...consent, class: 'HLTH' }],
    ['health', 'police', { class: 'HLTH', publicInterest: 'a threat to life' }],
    ['treatment', 'probation', { class: 'ADM' }],
    ['probation', 'police', { class: 'HLTH' }],
  ]);
  refuses(S115, 'R38', [
    ['treatment', 'probation', { class: 'HLTH' }],
    ['health', 'police', { class: 'PERS' }],
    ['health', 'police', { class: 'HLTH', publicInterest: ' ' }],
  ]);
  carries(CONSENT, [
    ['treatment', 'housing', { ...consent, class: 'HLTH', aims: ['resettlement'] }],
    ['police', 'vcse', consent],
  ]);
  refuses(CONSENT, 'R38', [
    ['treatment', 'housing'],
    ['police', 'vcse', { ...consent, class: 'VIC' }],
    ['police', 'vcse', { ...consent, class: 'INTEL' }],
  ]);
  carries(CARE, [
    ['treatment', 'health', care],
    ['health', 'treatment', { ...care, aims: ['direct-care', 'advice-or-treatment'] }],
  ]);
  refuses(CARE, 'R38', [
    ['treatment', 'probation', care],
    ['treatment', 'health', { ...care, aims: ['offender-management'] }],
    ['treatment', 'health', { ...care, class: 'CJA' }],
  ]);
  const harm = { publicInterest: 'a threat to life', aims: ['public-protection'] } as const satisfies More;
  carries(INTEREST, [['health', 'police', { ...harm, class: 'HLTH' }]]);
  refuses(INTEREST, 'R38', [
    ['health', 'police', { ...harm, publicInterest: undefined }],
    ['health', 'police', { ...harm, aims: ['supervision'] }],
  ]);
});

describe('R3: law-enforcement data crosses into UK GDPR by statute, or with consent', () => {
  const harm = { publicInterest: 'a threat to life', aims: ['public-protection'] } as const satisfies More;
  carries(INTEREST, [
    ['police', 'housing', { ...harm, conditions: { consent: true } }],
    ['police', 'probation', harm],
    ['health', 'housing', harm],
  ]);
  refuses(INTEREST, 'R3', [['police', 'housing', harm]]);
});

describe('the duty to refer, court rules, youth justice and policing powers run their own ways (R3)', () => {
  const referral = { aims: ['resettlement'], conditions: { consent: true }, class: 'PERS' } as const;
  carries(REFER, [
    ['prison', 'housing', referral],
    ['health', 'housing', referral],
  ]);
  refuses(REFER, 'R3', [
    ['prison', 'housing', { ...referral, conditions: undefined }],
    ['police', 'housing', referral],
    ['prison', 'housing', { ...referral, class: 'CJA' }],
    ['housing', 'prison', referral],
  ]);
  const justice = { aims: ['administration-of-justice'] } as const satisfies More;
  carries(RULES, [
    ['court', 'prison', justice],
    ['police', 'court', justice],
  ]);
  refuses(RULES, 'R3', [
    ['court', 'housing', justice],
    ['police', 'prison', justice],
    ['police', 'court', { ...justice, class: 'INTEL' }],
    ['court', 'prison', { ...justice, at: '2025-10-05' }],
  ]);
  carries('Criminal Procedure Rules 2020 Part 5', [['court', 'prison', { ...justice, at: '2025-10-05' }]]);
  refuses('Criminal Procedure Rules 2020 Part 5', 'R3', [
    ['court', 'prison', { ...justice, at: '2025-10-06' }],
  ]);
  carries(S38, [['youth', 'court', { aims: ['sentence', 'youth-justice'] }]]);
  refuses(S38, 'R3', [
    ['police', 'probation', { aims: ['youth-justice'] }],
    ['youth', 'vcse', { aims: ['youth-justice'] }],
  ]);
  carries(POLICING, [['police', 'court', { aims: ['bail'] }]]);
  refuses(POLICING, 'R3', [
    ['probation', 'court', { aims: ['bail'] }],
    ['police', 'vcse', { aims: ['public-protection'] }],
  ]);
});

describe('what would carry a refused flow', () => {
  it('names for each gateway what the clause must also state', () => {
    expect(alternativesOf(flowOf('police', 'vcse', S14))).toEqual([
      `${S115} (with onBehalfOf probation)`,
      `${CONSENT} (with conditions.consent)`,
    ]);
    const threat = flowOf('health', 'police', S14, { class: 'HLTH', aims: ['public-protection'] });
    expect(alternativesOf(threat)).toEqual([
      `${S115} (with conditions.consent)`,
      `${S325} (with conditions.mappa and conditions.consent)`,
      `${CONSENT} (with conditions.consent)`,
      `${INTEREST} (with publicInterest and conditions.consent)`,
    ]);
  });

  const arbitraryFlow = fc.record({
    gateway: fc.constantFrom(...gatewayCitations),
    discloser: fc.constantFrom(...agencies),
    recipient: fc.constantFrom(...agencies),
    type: fc.constantFrom('police.drugTest.performed', 'prison.released'),
    class: fc.constantFrom<SensitivityClass>(...sensitivityClasses),
    aims: fc.subarray<Aim>([...aims], { minLength: 1, maxLength: 2 }),
    at: fc.constantFrom('2007-01-01', '2024-04-01', '2026-01-01'),
  });

  it('is carried once the clause states it, and no flow is refused without a requirement', () => {
    fc.assert(
      fc.property(arbitraryFlow, (flow) => {
        const proof = prove(flow);
        if (proof.carried) return;
        expect(proof.requirement).toMatch(/^R\d+$/);
        for (const { gateway, needs } of proof.alternatives) {
          const principal = needs.find((need) => need.startsWith('onBehalfOf '))?.slice('onBehalfOf '.length);
          const conditions = {
            ...(needs.includes('conditions.consent') && { consent: true as const }),
            ...(needs.includes('conditions.mappa') && { mappa: {} }),
          };
          const cured: Flow = {
            ...flow,
            gateway,
            conditions,
            onBehalfOf: agencies.find(({ kind }) => kind === principal)?.kind,
            publicInterest: needs.includes('publicInterest') ? 'a threat to life' : undefined,
          };
          expect(prove(cured)).toEqual({ carried: true });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the law as data', () => {
  it('has a rule set for every citation, each later one beginning where the former ends', () => {
    expect(new Set(gatewayLaw.map(({ citation }) => citation))).toEqual(new Set(gatewayCitations));
    for (const citation of gatewayCitations) {
      const sets = gatewayLaw.filter((each) => each.citation === citation);
      sets.slice(1).forEach(({ from }, index) => expect(from).toBe(sets[index]?.until));
    }
  });

  it('is marked unverified where nobody has read it', () => {
    const unverified = gatewayLaw
      .filter(({ standing }) => standing === 'unverified')
      .map((each) => each.citation);
    expect(new Set(unverified)).toEqual(
      new Set([REFER, 'Criminal Procedure Rules 2020 Part 5', RULES, S38, POLICING]),
    );
  });
});
