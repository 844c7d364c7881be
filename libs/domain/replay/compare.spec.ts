import { describe, expect, it } from '@jest/globals';
import { agreementOf, type ShortClause } from '../../testing/agreements.js';
import { type AgreementDocument, type Conditions } from '../agreement/document.js';
import { compare, type Comparison } from './compare.js';
import { type FlowChange } from './flow-changes.js';

const arrests: ShortClause = {
  id: 'arrests',
  publishers: ['police'],
  recipients: ['housing'],
  purposes: ['resettlement'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['dateOfBirth'] },
};
const agreed = (...clauses: readonly ShortClause[]) => agreementOf({ reference: 'arrests', clauses });
const withChange = (change: Partial<ShortClause>) => agreed({ ...arrests, ...change });
const base = agreed(arrests);

/** The one difference between two agreements. */
function only({ terms, flows }: Comparison): FlowChange {
  const [flow, ...others] = flows;
  expect([terms, others]).toEqual([[], []]);
  if (flow === undefined) throw new Error('there is no difference');
  return flow;
}

describe('a flow', () => {
  const names = { publisher: 'police', recipient: 'housing', purpose: 'resettlement' };

  it('that is permitted now is added, and removed the other way round', () => {
    const more = withChange({ fields: { clear: ['dateOfBirth', 'pnc'] } });
    const added = only(compare(base, more));
    expect(added).toMatchObject({ ...names, kind: 'added', type: 'police.arrest.recorded', fields: ['pnc'] });
    expect([added.before, added.after]).toEqual([[], ['clear']]);
    expect(only(compare(more, base)).kind).toBe('removed');
  });

  it('that is masked now is treated otherwise', () => {
    const masked = only(compare(base, withChange({ fields: { mask: ['dateOfBirth'] } })));
    expect(masked).toMatchObject({ kind: 'treatment', before: ['clear'], after: ['mask'] });
  });

  it('that is prohibited now is removed, though it is still permitted', () => {
    const never: ShortClause = {
      ...arrests,
      id: 'never',
      effect: 'prohibit',
      fields: { withhold: ['dateOfBirth'] },
    };
    const removed = only(compare(base, agreed(arrests, never)));
    expect(removed).toMatchObject({ kind: 'removed', after: ['clear', 'withheld whatever permits it'] });
  });

  it('that nobody permitted and that is prohibited now is a difference to other agreements', () => {
    const never: ShortClause = { ...arrests, id: 'never', effect: 'prohibit', fields: { withhold: ['pnc'] } };
    expect(only(compare(base, agreed(arrests, never)))).toMatchObject({
      kind: 'prohibition',
      fields: ['pnc'],
    });
  });

  it.each<[ShortClause['conditions'], string]>([
    [{ cohort: ['Fixed', 'Flex'] }, 'the person is in the cohort Fixed or Flex'],
    [{ level: ['Priority'] }, 'the person is managed at the level Priority'],
    [
      { mappa: { categories: [1], levels: [2, 3] } },
      'the person is managed under MAPPA and in MAPPA category 1 and at MAPPA level 2 or 3',
    ],
    [{ management: 'statutory' }, "the person's management is statutory"],
    [{ management: 'voluntary' }, "the person's management is voluntary and the person was told of sharing"],
    [{ areas: ['NW', 'NE'] }, 'the person is managed in the area NW or NE'],
    [{ age: { atFact: { from: 18 } } }, 'the person was 18 or older when it happened'],
    [{ age: { atQuestion: { from: 10, to: 17 } } }, 'the person is from 10 to 17 when asked about'],
    [{ consent: true }, 'the person consents to the recipient having it'],
    [{ limitedAccess: ['RESTRICTED'] }, "the publisher's marking of the case is RESTRICTED"],
    [{ handling: ['C'] }, 'the handling code is C'],
    [{ grading: { source: [1] } }, 'the source is graded 1'],
    [{ reportingRestrictions: 'permitted' }, 'even while its publisher restricts reporting'],
    [{ role: ['coordinator'] }, 'whoever asks is a coordinator'],
    [{ responsibility: 'case' }, 'whoever asks is responsible for the case'],
    [
      { emergency: { hours: 4, reviewWithin: 24 } },
      'whoever asks has opened an emergency disclosure, for 4 hours, to be reviewed within 24',
    ],
  ])('that has a condition now flows in other cases: %j', (conditions = {}, words) => {
    const [changed] = compare(base, withChange({ conditions })).flows;
    expect(changed).toMatchObject({ kind: 'conditions', before: ['clear'], after: [`clear where ${words}`] });
  });

  it('that reaches back now flows in other cases', () => {
    expect(only(compare(base, withChange({ reach: 'history' })))).toMatchObject({
      kind: 'conditions',
      after: ['clear, earlier facts too'],
      example: { fact: { received: expect.any(Number) } },
    });
  });

  it.each<[string, Partial<ShortClause>, string[]]>([
    ['gateway', { gateway: 'Crime and Disorder Act 1998 s.115' }, ['Crime and Disorder Act 1998 s.115']],
    [
      'lawful basis',
      { lawfulBasis: { 'part-3': 's.35', 'uk-gdpr': 'Art 6' } },
      ['part-3 s.35; uk-gdpr Art 6'],
    ],
    ['retention', { retention: 'six years' }, ['six years']],
  ])('of which the %s is another is shown as before', (kind, change, after) => {
    expect(only(compare(base, withChange(change)))).toMatchObject({ kind, after, example: null });
  });

  it('that is prohibited for another reason is withheld as before', () => {
    const never = (because: string): ShortClause => {
      return { ...arrests, id: 'never', effect: 'prohibit', fields: { withhold: ['pnc'] }, because };
    };
    const told = only(compare(agreed(arrests, never('law')), agreed(arrests, never('custom'))));
    expect(told).toMatchObject({ kind: 'reason', fields: ['pnc'], before: ['law'], after: ['custom'] });
  });

  it('that opens in an emergency for longer is shown as before', () => {
    const emergency = (hours: number) =>
      withChange({ conditions: { emergency: { hours, reviewWithin: 24 } } });
    expect(only(compare(emergency(4), emergency(8)))).toMatchObject({
      kind: 'emergency',
      before: ['hours 4; reviewWithin 24'],
      after: ['hours 8; reviewWithin 24'],
    });
  });

  it('is told once for all fields and apart for each type', () => {
    const police = withChange({ types: ['police.*'], fields: { clear: ['class:PERS'] } });
    const { flows } = compare(police, []);
    const types = flows.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    expect(types.length).toBeGreaterThan(3);
    expect(flows.every(({ kind, fields }) => kind === 'removed' && fields.length > 0)).toBe(true);
  });
});

describe('no difference is', () => {
  const clause = (id: string, conditions: Conditions, change: Partial<ShortClause> = {}): ShortClause => {
    return { ...arrests, id, conditions, ...change };
  };
  const cases: readonly (readonly [string, readonly ShortClause[], readonly ShortClause[]])[] = [
    ['another name or order', [arrests], [{ ...arrests, id: 'renamed' }]],
    [
      'one clause taken apart',
      [clause('both', { cohort: ['Fixed', 'Flex'] })],
      [clause('flex', { cohort: ['Flex'] }), clause('fixed', { cohort: ['Fixed'] })],
    ],
    [
      'a clause that adds nothing',
      [arrests],
      [arrests, clause('idle', { role: ['operator'] }, { fields: { mask: ['dateOfBirth'] } })],
    ],
    [
      'a part of an age beside the whole',
      [clause('whole', { age: { atQuestion: { from: 18, to: 20 } } })],
      [
        clause('whole', { age: { atQuestion: { from: 18, to: 20 } } }),
        clause('part', { age: { atQuestion: { from: 19, to: 19 } } }),
      ],
    ],
    [
      'a MAPPA level by another name',
      [clause('level', { level: ['MAPPA-2'] })],
      [clause('mappa', { mappa: { levels: [2] } })],
    ],
  ];

  it.each(cases)('%s', (_, before, after) => {
    expect(compare(agreed(...before), agreed(...after)).flows).toEqual([]);
  });

  it('but two halves are not a whole where the age is only known to be of either', () => {
    const aged = (id: string, from: number, to: number): ShortClause => {
      return { ...arrests, id, conditions: { age: { atQuestion: { from, to } } } };
    };
    const { flows } = compare(agreed(aged('whole', 18, 20)), agreed(aged('a', 18, 19), aged('b', 20, 20)));
    expect(flows).toMatchObject([{ kind: 'conditions', example: { state: { born: { length: 2 } } } }]);
  });
});

describe('what agreements say of themselves', () => {
  it('is told term by term', () => {
    const later = { ...base, version: 2, expires: '2027-01-01', title: 'Arrests' };
    expect(compare(base, later)).toEqual({
      terms: [
        { reference: 'arrests', term: 'expires', before: '2026-01-01', after: '2027-01-01' },
        { reference: 'arrests', term: 'title', before: 'arrests', after: 'Arrests' },
      ],
      flows: [],
    });
  });

  it('is there or not at all', () => {
    const joined = withChange({ recipients: ['housing', 'vcse'] });
    const { terms, flows } = compare(base, joined);
    expect(terms).toMatchObject([{ term: 'party vcse', before: null }]);
    expect(flows).toMatchObject([{ recipient: 'vcse', kind: 'added' }]);
  });

  it('is told of every part, and not of its order', () => {
    const { owner, rights, governance, parties, purposes } = base;
    const other: AgreementDocument = {
      ...base,
      owner: { contact: owner.contact, role: owner.role, agency: owner.agency },
      rights: { ...rights, contact: 'elsewhere' },
      governance: { ...governance, breaches: 'within a day' },
      forms: { request: 'form A', decision: 'form B' },
      parties: parties.toReversed(),
      purposes: purposes.map((each) => ({ ...each, aims: ['bail', 'supervision'] })),
      policyDocuments: [],
    };
    expect(compare(base, other).terms.map(({ term }) => term)).toEqual([
      'purpose resettlement',
      'rights',
      'governance: breaches',
      'form: decision',
      'form: request',
      'policy document policy',
    ]);
    expect(compare(other, base).terms.map(({ term }) => term)).toEqual(
      compare(base, other).terms.map(({ term }) => term),
    );
  });

  it('counts for the newest version alone', () => {
    const second = { ...withChange({ fields: { mask: ['dateOfBirth'] } }), version: 2 };
    expect(compare([base, second], second)).toEqual({ terms: [], flows: [] });
    expect(compare([second, base], base).flows).toMatchObject([{ kind: 'treatment', before: ['mask'] }]);
  });
});
