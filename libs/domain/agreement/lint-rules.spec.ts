import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { documentOf, type ShortClause } from '../../testing/agreements.js';
import { type AgreementDocument } from './document.js';
import { lint, unseen } from './lint.js';
import { listed } from './lint-rules.js';

const arrests: ShortClause = {
  id: 'arrests',
  publishers: ['police'],
  recipients: ['probation'],
  purposes: ['supervision'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['name', 'arrestedAt'] },
};
const S115 = 'Crime and Disorder Act 1998 s.115';
const another = (change: Partial<ShortClause>): ShortClause => ({ ...arrests, id: 'another', ...change });
const agreement = (...clauses: readonly ShortClause[]): AgreementDocument => ({
  ...documentOf({ reference: 'supervision', clauses }),
  policyDocuments: [],
});
const told = (document: AgreementDocument): readonly string[] =>
  lint(document).map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);

it('errors come before warnings, each in the order of the document', () => {
  const child = { fields: { clear: ['class:CHILD'] } };
  const idle = { ...arrests, onBehalfOf: 'prison', publishers: ['police', 'prison'] };
  expect(told(agreement(idle, another(child), another({ ...child, id: 'third' })))).toEqual([
    'error child-without-condition /clauses/1/conditions',
    'error child-without-condition /clauses/2/conditions',
    'warning principal-unused /clauses/0/onBehalfOf',
    'warning rule-without-effect /clauses/0/publishers/1',
    'warning shadowed-rule /clauses/2',
  ]);
});

describe('a rule that another leaves nothing to do', () => {
  const masked = { ...arrests, fields: { mask: ['name'] } };
  it.each<[string, ShortClause, ShortClause, readonly string[]]>([
    [
      'two alike of all that is known',
      { ...arrests, reach: 'history' },
      another({ reach: 'history' }),
      ['warning shadowed-rule /clauses/1'],
    ],
    [
      'two alike of several publishers',
      {
        ...arrests,
        publishers: ['police', 'prison'],
        types: ['police.arrest.recorded', 'prison.released'],
        fields: { clear: ['name'] },
      },
      another({
        publishers: ['police', 'prison'],
        types: ['police.arrest.recorded', 'prison.released'],
        fields: { clear: ['name'] },
      }),
      ['warning shadowed-rule /clauses/1'],
    ],
    ['one of which the other says nothing', masked, another({ fields: { clear: ['arrestedAt'] } }), []],
    ['one towards others', masked, another({ recipients: ['prison'], fields: { clear: ['name'] } }), []],
    ['one for other ends', masked, another({ purposes: ['bail'], fields: { clear: ['name'] } }), []],
    [
      'one towards some of the others',
      { ...masked, recipients: ['probation', 'prison'] },
      another({
        recipients: ['prison', 'hub'],
        fields: { clear: ['name'] },
        gateway: 'Offender Management Act 2007 s.14',
      }),
      ['error unlawful-flow /clauses/1/gateway', 'warning overlapping-rules /clauses/0/fields'],
    ],
  ])('%s', (_, one, other, findings) => {
    expect(told(agreement(one, other))).toEqual(findings);
  });
});

describe('what a clause serves is what its own purposes do', () => {
  const bailed = another({ purposes: ['bail'], recipients: ['prison'] });
  const serving = (
    aims: AgreementDocument['purposes'][number]['aims'],
    ...clauses: readonly ShortClause[]
  ) => {
    const document = agreement(...clauses);
    const purposes = document.purposes.map((each) => (each.id === 'bail' ? { ...each, aims } : each));
    return told({ ...document, purposes });
  };

  it('so that the ends of another clause make it no less lawful', () => {
    expect(serving(['direct-care'], arrests, bailed)).toEqual(['error unlawful-flow /clauses/1/gateway']);
  });

  it('so that data about children needs each of them to be for children', () => {
    const child: ShortClause = { ...arrests, fields: { clear: ['class:CHILD'] }, gateway: S115 };
    const refused = ['error child-without-condition /clauses/0/conditions'];
    expect(serving(['youth-justice'], child, bailed)).toContain(refused[0]);
    expect(serving(['youth-justice'], { ...child, purposes: ['supervision', 'bail'] })).toEqual(refused);
    expect(serving(['youth-justice'], { ...child, purposes: ['bail'] })).toEqual([]);
    const besides = another({ recipients: ['prison'] });
    expect(serving(['youth-justice'], { ...child, purposes: ['bail'] }, besides)).toEqual([]);
  });
});

describe('unlawful flows', () => {
  it('are told of for each pair of agencies', () => {
    const pairs = lint(agreement({ ...arrests, recipients: ['vcse', 'hub'], fields: { clear: ['name'] } }));
    expect(pairs.map(({ detail }) => detail.split(':')[0])).toEqual([
      'police to vcse, PERS',
      'police to hub, PERS',
    ]);
  });

  it('count what is made coarser', () => {
    expect(
      told(agreement({ ...arrests, recipients: ['vcse'], fields: { generalise: ['dateOfBirth'] } })),
    ).toEqual(['error unlawful-flow /clauses/0/gateway']);
  });
});

describe('what must be stated', () => {
  it('is told under the regimes in one order, whoever publishes', () => {
    const started = {
      publishers: ['treatment'],
      types: ['treatment.started'],
      fields: { clear: ['class:HLTH'] },
    };
    const details = lint(agreement({ ...arrests, ...started })).map(({ detail }) => detail);
    expect(details).toContainEqual(expect.stringMatching(/^HLTH: what allows it under part-3 and uk-gdpr, /));
  });

  it('is asked for assessments that reach UK GDPR', () => {
    const assessed = {
      publishers: ['probation'],
      types: ['probation.riskAssessed'],
      recipients: ['housing'],
    };
    expect(told(agreement({ ...arrests, ...assessed, fields: { clear: ['class:CJA'] } }))).toEqual([
      'error criminal-offence-without-condition /clauses/0/criminalOffence',
    ]);
  });

  it('is a form as soon as one clause rests on consent, and nothing once there is one', () => {
    const resting = agreement(
      arrests,
      another({
        recipients: ['prison'],
        conditions: { consent: true },
        gateway: 'Common law: explicit consent',
      }),
    );
    expect(told(resting)).toEqual(['warning consent-without-form /forms/consent']);
    const forms = { request: 'A', decision: 'B' };
    expect(told({ ...resting, forms })).toEqual(['warning consent-without-form /forms/consent']);
    expect(told({ ...resting, forms: { ...forms, consent: 'C' } })).toEqual([]);
  });
});

it('an authority for which somebody acts is a party that is used', () => {
  const acting = agreement({
    ...arrests,
    recipients: ['vcse'],
    gateway: S115,
    onBehalfOf: 'housing',
    fields: { clear: ['name'] },
  });
  const [party] = acting.parties;
  if (party === undefined) throw new Error('there is no party');
  const parties = [...acting.parties, { ...party, agency: 'housing', regime: 'uk-gdpr' as const }];
  expect(told({ ...acting, parties })).toEqual([]);
});

it('a prohibition may be about guarded cases for everybody', () => {
  const guarded = another({
    effect: 'prohibit',
    fields: { withhold: ['class:LOC'] },
    conditions: { limitedAccess: ['RESTRICTED'] },
  });
  expect(told(agreement(arrests, guarded))).toEqual([]);
});

describe('what nobody may see', () => {
  const [arrest, released] = ['police.arrest.recorded', 'prison.released'].map((type) =>
    catalogue.filter((entry) => entry.type === type),
  );
  const classes = (fields: ShortClause['fields'], entries = arrest): readonly string[] =>
    unseen([agreement({ ...arrests, fields })], entries).map(({ detail }) => detail.split(':')[0] ?? '');

  it('is of types that a party may publish', () => {
    expect(classes({ clear: ['name'] })).toContain('LOC');
    expect(classes({ clear: ['name'] }, released)).toEqual([]);
  });

  it('does not count what is seen only made coarser', () => {
    expect(classes({ clear: ['class:PERS'], generalise: ['dateOfBirth'] })).not.toContain('PERS');
    expect(classes({ clear: ['class:PERS'], mask: ['dateOfBirth'] })).toContain('PERS');
  });
});

it.each([
  [1, 'a'],
  [5, 'a, b, c, d, e'],
  [6, 'a, b, c, d, e and 1 more'],
  [8, 'a, b, c, d, e and 3 more'],
])('a list of %i is told as "%s"', (length, words) => {
  expect(listed(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].slice(0, length))).toBe(words);
});
