import { describe, expect, it } from '@jest/globals';
import { type AgencyKind } from '../../contract/agency.js';
import { flowOf } from '../../testing/flows.js';
import { type Flow } from './flow.js';
import { alternativeInWords, prove, typesProvedAlike } from './prove.js';

const S115 = 'Crime and Disorder Act 1998 s.115';
const S14 = 'Offender Management Act 2007 s.14';
const S325 = 'Criminal Justice Act 2003 s.325';
const PACE = 'Police and Criminal Evidence Act 1984 s.63B(7)';
const S16 = 'Police, Crime, Sentencing and Courts Act 2022 s.16';
const REFER = 'Homelessness Reduction Act 2017 s.10';
const CONSENT = 'Common law: explicit consent';
const INTEREST = 'Common law: overriding public interest';

describe('a refused flow is told what is in its way', () => {
  it.each<[string, Flow, string, string]>([
    [
      'a class that another gateway alone carries',
      flowOf('police', 'probation', S115, { class: 'DRUG' }),
      'R37',
      `only ${PACE} carries fields of class DRUG`,
    ],
    [
      'a class that it never carries',
      flowOf('police', 'probation', CONSENT, { class: 'INTEL', conditions: { consent: true } }),
      'R38',
      `${CONSENT} does not carry fields of class INTEL`,
    ],
    [
      'a class besides those that it carries',
      flowOf('prison', 'housing', REFER, {
        class: 'CJA',
        aims: ['resettlement'],
        conditions: { consent: true },
      }),
      'R3',
      `${REFER} does not carry fields of class CJA`,
    ],
    [
      'a holder from whom it carries nothing',
      flowOf('health', 'police', S16, { aims: ['prevention-of-crime-and-disorder'] }),
      'R36',
      `${S16} carries nothing that health holds`,
    ],
    [
      'another holder from whom it carries nothing',
      flowOf('treatment', 'police', S16, { aims: ['prevention-of-crime-and-disorder'] }),
      'R36',
      `${S16} carries nothing that treatment holds`,
    ],
    [
      'two between whom it does not run',
      flowOf('police', 'prison', S115),
      'R31',
      `${S115} does not run from police to prison: it runs from any person, but only to a relevant authority or to somebody acting on its behalf`,
    ],
    [
      'ends that it does not serve',
      flowOf('prison', 'probation', S14, { aims: ['safeguarding', 'supervision', 'direct-care'] }),
      'R33',
      `${S14} does not serve safeguarding, direct-care`,
    ],
    [
      'no consent',
      flowOf('police', 'probation', CONSENT),
      'R38',
      `${CONSENT} needs the consent of the person as a condition`,
    ],
    [
      'no MAPPA offender',
      flowOf('police', 'prison', S325),
      'R34',
      `${S325} carries only while the person is a MAPPA offender`,
    ],
    [
      'no public interest',
      flowOf('police', 'probation', INTEREST, { aims: ['public-protection'] }),
      'R38',
      `${INTEREST} needs the public interest stated that overrides confidence`,
    ],
    [
      'what patients tell in confidence',
      flowOf('treatment', 'probation', S115, { class: 'HLTH' }),
      'R38',
      `treatment owes its patients confidence, which ${S115} does not override`,
    ],
    [
      'law-enforcement data that leaves without statute',
      flowOf('police', 'housing', INTEREST, {
        aims: ['public-protection'],
        publicInterest: 'a threat to life',
      }),
      'R3',
      'law-enforcement data reaches an agency under UK GDPR by statute, or with consent',
    ],
  ])('%s', (_, flow, requirement, why) => {
    expect(prove(flow)).toMatchObject({ carried: false, requirement, why });
  });
});

describe('confidence', () => {
  it.each<[AgencyKind, Flow['class'], boolean]>([
    ['health', 'HLTH', false],
    ['treatment', 'ID', false],
    ['health', 'STAFF', true],
    ['treatment', 'ADM', true],
    ['housing', 'HLTH', true],
  ])('of %s, class %s: carried without consent %s (R38)', (from, sensitivity, expected) => {
    expect(prove(flowOf(from, 'police', S115, { class: sensitivity })).carried).toBe(expected);
  });
});

describe('MAPPA offenders alone', () => {
  it.each<[NonNullable<Flow['conditions']>, boolean]>([
    [{ mappa: { levels: [3] } }, true],
    [{ level: ['MAPPA-1'] }, true],
    [{ level: ['MAPPA-1', 'Priority'] }, false],
    [{ level: ['NOT-MAPPA-1'] }, false],
    [{ cohort: ['Fixed'] }, false],
  ])('%j: %s (R34)', (conditions, expected) => {
    expect(prove(flowOf('police', 'prison', S325, { conditions })).carried).toBe(expected);
  });
});

describe('what would carry it', () => {
  const alternatives = (flow: Flow): readonly string[] => {
    const proof = prove(flow);
    return proof.carried ? [] : proof.alternatives.map(alternativeInWords);
  };

  it('names the authority for which an agent usually acts, where that helps', () => {
    expect(alternatives(flowOf('police', 'treatment', S14))).toContain(`${S115} (with onBehalfOf housing)`);
    expect(alternatives(flowOf('police', 'vcse', S115))).toContain(`${S14} (with onBehalfOf probation)`);
    expect(alternatives(flowOf('vcse', 'police', S325))).toContain(`${S14} (with onBehalfOf probation)`);
    expect(alternatives(flowOf('police', 'treatment', S115)).join()).not.toContain(S14);
    expect(alternatives(flowOf('police', 'auditor', S115)).join()).not.toContain('onBehalfOf');
  });

  it('names each gateway once, with what is missing told once, and never the refused one', () => {
    const told = alternatives(flowOf('police', 'housing', INTEREST, { aims: ['public-protection'] }));
    expect(told).toEqual([S115, `${S325} (with conditions.mappa)`, `${CONSENT} (with conditions.consent)`]);
  });

  it('offers nothing for what no gateway carries', () => {
    expect(alternatives(flowOf('police', 'auditor', S115, { class: 'INTEL' }))).toEqual([]);
  });
});

it.each([
  ['police.drugTest.performed', 'police.drugTest.'],
  ['police.arrest.recorded', ''],
  ['youth.police.drugTest.performed', ''],
])('the law treats %s as it does all types that begin with "%s"', (type, prefix) => {
  expect(typesProvedAlike(type)).toBe(prefix);
});
