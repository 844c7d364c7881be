import { describe, expect, it } from '@jest/globals';
import { documentOf, type ShortAgreement, type ShortClause } from '../../testing/agreements.js';
import { type AgreementDocument } from './document.js';
import { type Finding } from './finding.js';
import { lint, unseen } from './lint.js';

const arrests: ShortClause = {
  id: 'arrests',
  publishers: ['police'],
  recipients: ['probation'],
  purposes: ['supervision'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['name', 'arrestedAt'] },
};
const another = (change: Partial<ShortClause>): ShortClause => ({ ...arrests, id: 'another', ...change });
const S115 = 'Crime and Disorder Act 1998 s.115';
const RULES = 'Criminal Procedure Rules 2020 Part 5';

/** An agreement of these clauses without a policy document that none uses. */
function agreement(clauses: readonly ShortClause[], more: Partial<ShortAgreement> = {}): AgreementDocument {
  return { ...documentOf({ reference: 'supervision', clauses, ...more }), policyDocuments: [] };
}
const arrestsWith = (change: Partial<ShortClause>, more?: Partial<ShortAgreement>) =>
  agreement([{ ...arrests, ...change }], more);

type Said = readonly [
  what: string,
  document: AgreementDocument,
  severity: Finding['severity'],
  code: string,
  pointer: string,
  requirement: string | null,
  detail: string,
];

const errors: readonly Said[] = [
  [
    'a flow that its gateway does not carry',
    arrestsWith(
      { publishers: ['police', 'courts'], gateway: S115, recipients: ['prison'] },
      { owner: 'police' },
    ),
    ...(['error', 'unlawful-flow', '/clauses/0/gateway', 'R31'] as const),
    `police to prison, PERS, CJF: ${S115} does not run from police to prison: it runs from any person, but only to a relevant authority or to somebody acting on its behalf`,
  ],
  [
    'an agent as the authority',
    arrestsWith({ recipients: ['vcse'], gateway: S115, onBehalfOf: 'treatment' }),
    ...(['error', 'not-an-authority', '/clauses/0/onBehalfOf', 'R31'] as const),
    'treatment is no authority',
  ],
  [
    'the auditor as the authority',
    arrestsWith({ recipients: ['vcse'], gateway: S115, onBehalfOf: 'auditor' }),
    ...(['error', 'not-an-authority', '/clauses/0/onBehalfOf', 'R31'] as const),
    'auditor is no authority',
  ],
  [
    'sensitive data under two regimes',
    arrestsWith({
      recipients: ['housing'],
      gateway: S115,
      fields: { generalise: ['address.postcode'], clear: ['class:HLTH', 'class:EQ'] },
    }),
    ...(['error', 'sensitive-without-condition', '/clauses/0/sensitive', 'R1'] as const),
    'EQ, HLTH: what allows it under part-3 and uk-gdpr, and its policy document, are not stated',
  ],
  [
    'sensitive data under one',
    arrestsWith({ fields: { clear: ['class:EQ'] } }),
    ...(['error', 'sensitive-without-condition', '/clauses/0/sensitive', 'R1'] as const),
    'EQ: what allows it under part-3, and its policy document, are not stated',
  ],
  [
    'a drug test',
    arrestsWith(
      {
        types: ['police.drugTest.performed'],
        fields: { clear: ['class:DRUG'] },
        gateway: 'Police and Criminal Evidence Act 1984 s.63B(7)',
      },
      { aims: ['supervision'] },
    ),
    ...(['error', 'sensitive-without-condition', '/clauses/0/sensitive', 'R1'] as const),
    'DRUG: what allows it under part-3, and its policy document, are not stated',
  ],
  [
    'criminal-offence data towards UK GDPR',
    arrestsWith({
      types: ['police.*'],
      recipients: ['probation', 'housing', 'health'],
      gateway: S115,
      fields: { clear: ['class:CJF', 'class:INTEL'] },
    }),
    ...(['error', 'criminal-offence-without-condition', '/clauses/0/criminalOffence', 'R3'] as const),
    'CJF, INTEL to health, housing: what allows criminal-offence data under uk-gdpr is not stated',
  ],
  [
    'data about children',
    arrestsWith({ fields: { clear: ['class:CHILD'] } }),
    ...(['error', 'child-without-condition', '/clauses/0/conditions', 'R41'] as const),
    'police.arrest.recorded: data about children needs an age condition, or a purpose that is youth justice or safeguarding',
  ],
  [
    'several types of a youth service',
    arrestsWith({
      publishers: ['youth'],
      types: ['youth.case.opened', 'youth.case.closed'],
      fields: { clear: ['name'] },
    }),
    ...(['error', 'child-without-condition', '/clauses/0/conditions', 'R41'] as const),
    'youth.case.closed, youth.case.opened: data about children needs an age condition, or a purpose that is youth justice or safeguarding',
  ],
];

const warnings: readonly Said[] = [
  [
    'a principal for whom nobody acts',
    arrestsWith({ onBehalfOf: 'prison' }),
    ...(['warning', 'principal-unused', '/clauses/0/onBehalfOf', null] as const),
    'every agency of this clause is an authority itself',
  ],
  [
    'a law that ends before the agreement',
    arrestsWith({ recipients: ['courts'], gateway: RULES }, { aims: ['bail'] }),
    ...(['warning', 'law-ends', '/clauses/0/gateway', 'R3'] as const),
    `${RULES} ends on 2025-10-06, before the agreement does`,
  ],
  [
    'limited access for anybody',
    arrestsWith({ conditions: { limitedAccess: ['NONE', 'RESTRICTED'] } }),
    ...(['warning', 'guarded-for-anybody', '/clauses/0/conditions/limitedAccess', 'R53'] as const),
    'cases of limited access are open to anybody at the recipient: no role or responsibility is asked for',
  ],
  [
    'handling conditions for anybody',
    arrestsWith({ conditions: { handling: ['P', 'C'] } }),
    ...(['warning', 'guarded-for-anybody', '/clauses/0/conditions/handling', 'R51'] as const),
    'facts with handling conditions are open to anybody at the recipient: no role or responsibility is asked for',
  ],
  [
    'an emergency for a class',
    arrestsWith({
      fields: { clear: ['name'], mask: ['class:LOC'] },
      conditions: { emergency: { hours: 4, reviewWithin: 24 } },
    }),
    ...(['warning', 'emergency-broad', '/clauses/0/fields/mask/0', 'R4'] as const),
    'class:LOC: an emergency opens fields that are named one by one',
  ],
  [
    'consent without a form',
    arrestsWith({ conditions: { consent: true } }),
    ...(['warning', 'consent-without-form', '/forms/consent', 'R38'] as const),
    'a clause rests on consent, and there is no model form to ask for it',
  ],
  [
    'a publisher of none of the types',
    arrestsWith({ publishers: ['police', 'prison'] }),
    ...(['warning', 'rule-without-effect', '/clauses/0/publishers/1', null] as const),
    'prison publishes none of these types',
  ],
  [
    'a type without a field',
    arrestsWith({
      types: ['police.arrest.recorded', 'police.arrest.disposed'],
      fields: { clear: ['arrestedAt'] },
    }),
    ...(['warning', 'rule-without-effect', '/clauses/0/types/1', null] as const),
    'the clause names no field of police.arrest.disposed',
  ],
  [
    'fields that cannot be made coarser',
    arrestsWith({ fields: { clear: ['arrestedAt'], generalise: ['dateOfBirth', 'class:LOC'] } }),
    ...(['warning', 'generalise-withholds', '/clauses/0/fields/generalise/1', null] as const),
    'class:LOC: address.lines, stationCode, offences[].place cannot be made coarser, and is withheld',
  ],
  [
    'more fields than need be told',
    arrestsWith({ fields: { generalise: ['class:PERS'] } }),
    ...(['warning', 'generalise-withholds', '/clauses/0/fields/generalise/0', null] as const),
    'class:PERS: name.family, name.given, name.middle, sex, title and 11 more cannot be made coarser, and is withheld',
  ],
  [
    'a permission that is prohibited',
    agreement([
      arrests,
      another({ id: 'no-names', effect: 'prohibit', fields: { withhold: ['name'] } }),
      another({ id: 'no-times', effect: 'prohibit', fields: { withhold: ['arrestedAt'] } }),
    ]),
    ...(['warning', 'shadowed-rule', '/clauses/0', null] as const),
    'all that it permits is prohibited by no-names, no-times',
  ],
  [
    'a permission given elsewhere',
    agreement([arrests, another({ fields: { clear: ['name'] } })]),
    ...(['warning', 'shadowed-rule', '/clauses/1', null] as const),
    'all that it permits is permitted by arrests as well',
  ],
  [
    'a field shared more openly elsewhere',
    agreement([
      { ...arrests, fields: { clear: ['arrestedAt'], mask: ['name'] } },
      another({ fields: { clear: ['name.family', 'title'] } }),
    ]),
    ...(['warning', 'overlapping-rules', '/clauses/0/fields', null] as const),
    'name.family: another shares more of the same to the same agencies whenever this clause applies',
  ],
];

describe('a finding says what, where, of which requirement and why', () => {
  it.each([...errors, ...warnings])('%s', (_, document, severity, code, pointer, requirement, detail) => {
    expect(lint(document)).toContainEqual(
      severity === 'error' && code === 'unlawful-flow'
        ? expect.objectContaining({ severity, code, pointer, requirement, detail })
        : { severity, code, pointer, requirement, detail, alternatives: [] },
    );
  });

  it('names what no clause uses', () => {
    const document = documentOf({ reference: 'supervision', clauses: [arrests], owner: 'police' });
    const [purpose] = document.purposes;
    const [, party] = document.parties;
    if (purpose === undefined || party === undefined) throw new Error('the agreement is empty');
    const unused = {
      ...document,
      parties: [...document.parties, { ...party, agency: 'prison', regime: 'part-3' as const }],
      purposes: [...document.purposes, { ...purpose, id: 'curiosity' }],
    };
    const said = (pointer: string, name: string): Finding => ({
      ...{ severity: 'warning', code: 'unused', pointer, detail: `no clause uses ${name}` },
      ...{ requirement: null, alternatives: [] },
    });
    expect(lint(unused)).toEqual([
      said('/parties/2', 'prison'),
      said('/purposes/1', 'curiosity'),
      said('/policyDocuments/0', 'policy'),
    ]);
  });

  it('says since when a review is overdue', () => {
    expect(lint(arrestsWith({}, { reviewDue: '2025-06-30' }), { today: '2025-07-01' })).toEqual([
      {
        ...{ severity: 'warning', code: 'review-overdue', pointer: '/reviewDue', requirement: 'R10' },
        ...{ detail: 'the review was due by 2025-06-30', alternatives: [] },
      },
    ]);
  });

  it('says of a class what nobody may see, at most five fields by name', () => {
    const document = arrestsWith({ types: ['police.*'], fields: { clear: ['class:PERS', 'arrestedAt'] } });
    const findings = unseen([document]).filter(({ detail }) => /^(LAO|VIC|PERS|DRUG)/.test(detail));
    for (const each of findings)
      expect(each).toEqual({
        ...{ severity: 'warning', code: 'seen-by-nobody', pointer: '', requirement: null, alternatives: [] },
        detail: expect.stringMatching(/^[A-Z]+: nobody may see [^,]+(, [^,]+){0,4}( and \d+ more)?$/),
      });
    expect(findings.map(({ detail }) => detail.split(':')[0]).sort()).toEqual(['DRUG', 'LAO', 'PERS', 'VIC']);
  });
});

describe('nothing is found', () => {
  it.each<[string, AgreementDocument]>([
    [
      'of a law that ends with the agreement',
      arrestsWith({ recipients: ['courts'], gateway: RULES }, { aims: ['bail'], expires: '2025-10-06' }),
    ],
    [
      'of guarded cases for one role',
      arrestsWith({ conditions: { limitedAccess: ['RESTRICTED'], role: ['coordinator'] } }),
    ],
    [
      'of guarded cases for who is responsible',
      arrestsWith({ conditions: { handling: ['C'], responsibility: 'case' } }),
    ],
    [
      'of cases that nobody guards',
      arrestsWith({ conditions: { limitedAccess: ['NONE'], handling: ['P'] } }),
    ],
    [
      'of an emergency for named fields',
      arrestsWith({ conditions: { handling: ['C'], emergency: { hours: 4, reviewWithin: 24 } } }),
    ],
    [
      'of a class outside an emergency',
      arrestsWith({ fields: { clear: ['class:LOC'] }, conditions: { cohort: ['Fixed'] } }),
    ],
    [
      'of a prohibition on consent',
      agreement([
        arrests,
        another({ effect: 'prohibit', fields: { withhold: ['class:LOC'] }, conditions: { consent: true } }),
      ]),
    ],
    [
      'of children towards the youth service',
      arrestsWith({ recipients: ['youth'], gateway: S115, fields: { clear: ['class:CHILD'] } }),
    ],
    ['of children masked', arrestsWith({ fields: { clear: ['name'], mask: ['class:CHILD'] } })],
    [
      'of children for their safety',
      arrestsWith(
        { fields: { clear: ['class:CHILD'] }, gateway: 'Common law: policing powers' },
        { aims: ['safeguarding', 'public-protection'] },
      ),
    ],
    [
      'of an agent that acts for an authority',
      arrestsWith({
        publishers: ['vcse'],
        types: ['vcse.*'],
        fields: { clear: ['name'] },
        onBehalfOf: 'probation',
      }),
    ],
  ])('%s', (_, document) => {
    expect(lint(document)).toEqual([]);
  });
});
