import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementOf, documentOf, type ShortAgreement, type ShortClause } from '../../testing/agreements.js';
import { arbitraryAgreement } from '../../testing/arbitrary-agreements.js';
import { type AgreementDocument } from './document.js';
import { type Finding } from './finding.js';
import { lint, unseen } from './lint.js';

const arrests: ShortClause = {
  id: 'arrests',
  publishers: ['police'],
  recipients: ['probation'],
  purposes: ['supervision'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['name', 'dateOfBirth', 'arrestedAt'] },
};

/** An agreement in which nothing is amiss, but for what is changed. */
function agreement(clauses: readonly ShortClause[], more: Partial<ShortAgreement> = {}): AgreementDocument {
  const document = agreementOf({ reference: 'supervision', clauses, ...more });
  const isUsed = clauses.some(({ sensitive }) => sensitive !== undefined);
  return { ...document, policyDocuments: isUsed ? document.policyDocuments : [] };
}

const arrestsWith = (change: Partial<ShortClause>, more?: Partial<ShortAgreement>): AgreementDocument =>
  agreement([{ ...arrests, ...change }], more);

const told = ({ severity, code, pointer }: Finding): string => `${severity} ${code} ${pointer}`;
const toldOf = (document: AgreementDocument, today?: string): readonly string[] =>
  lint(document, today === undefined ? {} : { today }).map(told);

const VCSE = { recipients: ['vcse'], gateway: 'Crime and Disorder Act 1998 s.115' } as const;
const sensitive = { policyDocument: 'policy', 'part-3': 'Schedule 8', 'uk-gdpr': 'Art 9(2)(g)' };

it('finds nothing in a clean agreement', () => {
  expect(lint(agreement([arrests]))).toEqual([]);
});

describe('unlawful flows', () => {
  it('are told of once for each pair of agencies and reason, with the requirement and what would carry them', () => {
    const document = arrestsWith({
      recipients: ['vcse', 'probation'],
      criminalOffence: 'Schedule 1 para 10',
    });
    expect(lint(document)).toEqual([
      {
        severity: 'error',
        code: 'unlawful-flow',
        pointer: '/clauses/0/gateway',
        detail: expect.stringMatching(
          /^police to vcse, PERS, CJF: Offender Management Act 2007 s\.14 does not run/,
        ),
        requirement: 'R33',
        alternatives: [
          'Crime and Disorder Act 1998 s.115 (with onBehalfOf probation)',
          'Common law: explicit consent (with conditions.consent)',
        ],
      },
    ]);
  });

  it('are gone once one of the alternatives is taken', () => {
    const taken = { ...VCSE, onBehalfOf: 'probation', criminalOffence: 'Schedule 1 para 10' };
    expect(lint(agreement([{ ...arrests, ...taken }]))).toEqual([]);
  });

  it('offer only what would carry every class of the flow', () => {
    const document = arrestsWith({
      ...VCSE,
      fields: { clear: ['name', 'victimRefs'] },
      criminalOffence: 'Schedule 1 para 10',
    });
    expect(lint(document).map(({ alternatives }) => alternatives)).toEqual([
      ['Offender Management Act 2007 s.14 (with onBehalfOf probation)'],
    ]);
  });

  it('are not those of an agency to itself', () => {
    const both = { publishers: ['police', 'probation'], recipients: ['probation', 'police'] };
    expect(toldOf(arrestsWith({ ...both, types: ['police.*', 'probation.*'] }))).toEqual([]);
  });

  it('are proved against the law of the day on which the agreement begins', () => {
    const early = { gateway: 'Police, Crime, Sentencing and Courts Act 2022 s.16' } as const;
    const aims = ['prevention-of-crime-and-disorder'] as const;
    const begins = (inForceFrom: string) =>
      toldOf(arrestsWith(early, { aims, inForceFrom, expires: '2026-01-01' }));
    expect(begins('2023-01-31')).toEqual([]);
    expect(begins('2023-01-30')).toEqual(['error unlawful-flow /clauses/0/gateway']);
  });

  it('count what is masked, which tells that there is something', () => {
    expect(toldOf(arrestsWith({ ...VCSE, fields: { mask: ['name'] } }))).toEqual([
      'error unlawful-flow /clauses/0/gateway',
    ]);
  });
});

describe('planted faults', () => {
  const faults: readonly (readonly [string, AgreementDocument, readonly string[]])[] = [
    [
      'a sensitive field without what allows it',
      arrestsWith({ fields: { clear: ['name', 'class:EQ', 'class:HLTH'] } }),
      ['error sensitive-without-condition /clauses/0/sensitive'],
    ],
    ['the same with it', arrestsWith({ fields: { clear: ['name', 'class:EQ'] }, sensitive }), []],
    [
      'a sensitive field that is masked',
      arrestsWith({ fields: { clear: ['name'], mask: ['class:EQ'] } }),
      [],
    ],
    [
      'criminal-offence data towards UK GDPR without what allows it',
      arrestsWith({ recipients: ['housing'], gateway: 'Crime and Disorder Act 1998 s.115' }),
      ['error criminal-offence-without-condition /clauses/0/criminalOffence'],
    ],
    [
      'a field about children among adults',
      arrestsWith({ fields: { clear: ['name', 'class:CHILD'] } }),
      ['error child-without-condition /clauses/0/conditions'],
    ],
    [
      'the same under an age condition',
      arrestsWith({
        fields: { clear: ['name', 'class:CHILD'] },
        conditions: { age: { atQuestion: { from: 18 } } },
      }),
      [],
    ],
    [
      "a youth service's facts among adults'",
      arrestsWith({ publishers: ['youth'], types: ['youth.case.opened'], fields: { clear: ['name'] } }),
      ['error child-without-condition /clauses/0/conditions'],
    ],
    [
      'the same for youth justice',
      arrestsWith(
        {
          publishers: ['youth'],
          types: ['youth.case.opened'],
          fields: { clear: ['name'] },
          gateway: 'Crime and Disorder Act 1998 s.38',
        },
        { aims: ['youth-justice'] },
      ),
      [],
    ],
    [
      'a contractor as an authority',
      arrestsWith({ ...VCSE, onBehalfOf: 'treatment', fields: { clear: ['name'] } }),
      ['error unlawful-flow /clauses/0/gateway', 'error not-an-authority /clauses/0/onBehalfOf'],
    ],
    [
      'an authority acting for another',
      arrestsWith({ onBehalfOf: 'prison' }),
      ['warning principal-unused /clauses/0/onBehalfOf'],
    ],
    [
      'an owner who is no party',
      documentOf({ reference: 'owned', owner: 'prison', clauses: [arrests] }),
      ['error form /owner/agency'],
    ],
    [
      'a rule that matches no field',
      documentOf({ reference: 'void', clauses: [{ ...arrests, fields: { clear: ['arestedAt'] } }] }),
      ['error form /clauses/0/fields/clear/0'],
    ],
    [
      'a field that can never be made coarser',
      documentOf({ reference: 'coarse', clauses: [{ ...arrests, fields: { generalise: ['sex'] } }] }),
      ['error form /clauses/0/fields/generalise/0'],
    ],
    [
      'a class of which some fields cannot be made coarser',
      arrestsWith({ fields: { generalise: ['class:PERS'] } }),
      ['warning generalise-withholds /clauses/0/fields/generalise/0'],
    ],
    [
      'a publisher of none of the types',
      arrestsWith({ publishers: ['police', 'prison'] }),
      ['warning rule-without-effect /clauses/0/publishers/1'],
    ],
    [
      'a type of which no field is named',
      arrestsWith({
        types: ['police.arrest.recorded', 'police.arrest.disposed'],
        fields: { clear: ['offences'] },
      }),
      ['warning rule-without-effect /clauses/0/types/1'],
    ],
    [
      'an emergency that opens a class',
      arrestsWith({
        fields: { clear: ['name', 'class:LOC'] },
        conditions: { emergency: { hours: 4, reviewWithin: 24 } },
      }),
      ['warning emergency-broad /clauses/0/fields/clear/1'],
    ],
    [
      'limited access for anybody',
      arrestsWith({ conditions: { limitedAccess: ['NONE', 'RESTRICTED'] } }),
      ['warning guarded-for-anybody /clauses/0/conditions/limitedAccess'],
    ],
    [
      'limited access for whoever is responsible',
      arrestsWith({ conditions: { limitedAccess: ['RESTRICTED'], responsibility: 'case' } }),
      [],
    ],
    [
      'handling conditions for anybody',
      arrestsWith({ conditions: { handling: ['P', 'C'] } }),
      ['warning guarded-for-anybody /clauses/0/conditions/handling'],
    ],
    [
      'consent without a form to ask for it',
      arrestsWith({ conditions: { consent: true } }),
      ['warning consent-without-form /forms/consent'],
    ],
    [
      'a law that ends before the agreement does',
      arrestsWith(
        {
          publishers: ['courts'],
          types: ['court.*'],
          fields: { clear: ['name'] },
          gateway: 'Criminal Procedure Rules 2020 Part 5',
        },
        { aims: ['administration-of-justice'] },
      ),
      ['warning law-ends /clauses/0/gateway'],
    ],
  ];
  it.each(faults)('%s', (_, document, findings) => {
    expect(toldOf(document)).toEqual(findings);
  });

  it('names that nothing uses', () => {
    const clean = agreement([arrests]);
    const [party] = clean.parties;
    const [purpose] = clean.purposes;
    if (party === undefined || purpose === undefined)
      throw new Error('an agreement has parties and purposes');
    const document: AgreementDocument = {
      ...clean,
      parties: [...clean.parties, { ...party, agency: 'prison' }, { ...party, agency: 'hub' }],
      owner: { ...clean.owner, agency: 'hub' },
      purposes: [...clean.purposes, { ...purpose, id: 'idle' }],
      policyDocuments: [{ id: 'policy', title: 'policy', reference: 'policy' }],
    };
    expect(toldOf(document)).toEqual([
      'warning unused /parties/2',
      'warning unused /purposes/1',
      'warning unused /policyDocuments/0',
    ]);
  });

  it('a review that is overdue, on the day after', () => {
    const document = arrestsWith({}, { reviewDue: '2025-06-30' });
    expect(toldOf(document, '2025-06-30')).toEqual([]);
    expect(toldOf(document, '2025-07-01')).toEqual(['warning review-overdue /reviewDue']);
  });

  it('the nearest name is told', () => {
    const document = documentOf({
      reference: 'void',
      clauses: [{ ...arrests, types: ['police.arrest.recorder'] }],
    });
    expect(lint(document).map(({ detail }) => detail)).toContainEqual(
      expect.stringContaining('did you mean police.arrest.recorded?'),
    );
  });
});

describe('rules that another rule leaves nothing to do', () => {
  const prohibition = (change: Partial<ShortClause> = {}): ShortClause => ({
    ...arrests,
    id: 'never',
    effect: 'prohibit',
    fields: { withhold: ['class:PERS', 'class:CJF'] },
    ...change,
  });
  const shadowed = ['warning shadowed-rule /clauses/0'];

  it.each<readonly [string, ShortClause, readonly string[]]>([
    ['prohibits all of it', prohibition(), shadowed],
    ['prohibits a part', prohibition({ fields: { withhold: ['class:PERS'] } }), []],
    ['prohibits it to others', prohibition({ recipients: ['prison'] }), []],
    ['prohibits it sometimes', prohibition({ conditions: { cohort: ['Fixed'] } }), []],
  ])('another %s', (_, other, findings) => {
    expect(toldOf(agreement([arrests, other], { owner: 'police' }))).toEqual(findings);
  });

  it('two prohibitions together may', () => {
    const persons = prohibition({ fields: { withhold: ['class:PERS'] } });
    const facts = prohibition({ id: 'no-facts', fields: { withhold: ['class:CJF'] } });
    expect(toldOf(agreement([arrests, persons, facts]))).toEqual(shadowed);
  });

  const conditions = { cohort: ['Fixed'] } as const;
  it.each<readonly [string, Partial<ShortClause>, Partial<ShortClause>, readonly string[]]>([
    ['the same again', {}, {}, ['warning shadowed-rule /clauses/1']],
    ['the same under a condition', { conditions }, {}, shadowed],
    ['the same under another condition', { conditions }, { conditions: { level: ['Priority'] } }, []],
    [
      'the same under a looser condition',
      { conditions },
      { conditions: { cohort: ['Fixed', 'Flex'] } },
      shadowed,
    ],
    ['the same of what is older too', {}, { reach: 'history' }, shadowed],
    ['the same to more agencies', {}, { recipients: ['probation', 'prison'] }, shadowed],
    ['the same for another purpose', {}, { purposes: ['resettlement'] }, []],
    ['more fields', {}, { fields: { clear: ['class:PERS', 'arrestedAt'] } }, shadowed],
    ['fewer fields', {}, { fields: { clear: ['name'] } }, ['warning shadowed-rule /clauses/1']],
    [
      'one field in clear that was masked',
      { fields: { clear: ['arrestedAt'], mask: ['name'] } },
      { fields: { clear: ['name'] } },
      ['warning overlapping-rules /clauses/0/fields'],
    ],
    [
      'one in clear only under a condition',
      { fields: { clear: ['arrestedAt'], mask: ['name'] } },
      { fields: { clear: ['name'] }, conditions },
      [],
    ],
    [
      'one made coarser, to some of the agencies, whenever the clause applies',
      { recipients: ['probation', 'prison'], fields: { clear: ['name'], mask: ['dateOfBirth'] }, conditions },
      { fields: { generalise: ['dateOfBirth'] } },
      ['warning overlapping-rules /clauses/0/fields'],
    ],
  ])('another permits %s', (_, one, other, findings) => {
    const clauses = [
      { ...arrests, ...one },
      { ...arrests, id: 'another', ...other },
    ];
    expect(toldOf(agreement(clauses, { owner: 'police' }))).toEqual(findings);
  });

  it('names the fields that are treated differently, and the clause that shares more', () => {
    const masked = { ...arrests, fields: { clear: ['arrestedAt'], mask: ['name'] } };
    const [finding] = lint(agreement([masked, { ...arrests, id: 'open', fields: { clear: ['name'] } }]));
    expect(finding?.detail).toMatch(/^name\.family, .*: open shares more/);
  });
});

describe('several agreements together', () => {
  it('tell what nobody may see, by class', () => {
    const findings = unseen([agreement([arrests]), arrestsWith(VCSE, { reference: 'other', version: 2 })]);
    const kinds = new Set(findings.map(({ severity, code }) => `${severity} ${code}`));
    expect(kinds).toEqual(new Set(['warning seen-by-nobody']));
    expect(findings.map(({ detail }) => detail)).toContainEqual(
      expect.stringMatching(/^DRUG: nobody may see police\.drugTest\.performed/),
    );
  });

  it('find no class unseen that some agreement shows, and count what is masked as unseen', () => {
    const classes = (fields: ShortClause['fields']): readonly string[] =>
      unseen([arrestsWith({ types: ['police.*'], fields })]).map(({ detail }) => detail.slice(0, 5));
    expect(classes({ clear: ['class:INTEL'] })).not.toContain('INTEL');
    expect(classes({ mask: ['class:INTEL'] })).toContain('INTEL');
  });
});

it('never throws at a valid agreement, and says the same again', () => {
  const options = { today: '2025-07-01' };
  const holds = (document: AgreementDocument): void => {
    const findings = lint(document, options);
    expect(lint(structuredClone(document), options)).toEqual(findings);
    expect(findings.filter(({ code }) => code === 'form')).toEqual([]);
    const severities = findings.map(({ severity }) => severity);
    expect(severities).toEqual([...severities].sort());
  };
  fc.assert(fc.property(arbitraryAgreement('any'), holds), { numRuns: 60 });
});
