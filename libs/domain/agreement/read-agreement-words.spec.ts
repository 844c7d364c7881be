import { describe, expect, it } from '@jest/globals';
import { documentOf, type ShortClause } from '../../testing/agreements.js';
import { readAgreement } from './read-agreement.js';

const custody: ShortClause = {
  id: 'custody',
  publishers: ['police'],
  recipients: ['housing', 'probation'],
  purposes: ['resettlement'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['arrestedAt'] },
};
const never: ShortClause = {
  ...custody,
  id: 'never',
  effect: 'prohibit',
  fields: { withhold: ['class:VIC'] },
};
const valid = documentOf({ reference: 'resettlement', clauses: [custody, never] });
const sensitive = { policyDocument: 'policy', 'part-3': 'Schedule 8', 'uk-gdpr': 'Art 9(2)(g)' };

const permitting = (change: object): object => ({
  ...valid,
  clauses: valid.clauses.map((clause) => (clause.effect === 'permit' ? { ...clause, ...change } : clause)),
});
const prohibiting = (change: object): object => ({
  ...valid,
  clauses: valid.clauses.map((clause) => (clause.effect === 'prohibit' ? { ...clause, ...change } : clause)),
});
const withParty = (change: object): object => ({
  ...valid,
  parties: valid.parties.map((party, index) => (index === 1 ? { ...party, ...change } : party)),
});
const errorsOf = (value: unknown): readonly unknown[] => {
  const reading = readAgreement(value);
  return reading.outcome === 'valid' ? [] : reading.errors;
};

describe('whoever wrote a wrong document is told where and what', () => {
  it.each<[object, string, string]>([
    [{ ...valid, title: undefined }, '/title', 'is required'],
    [{ ...valid, version: 0 }, '/version', 'must be >= 1'],
    [{ ...valid, remark: '' }, '', 'must NOT have additional properties: remark'],
    [{ ...valid, 'a remark': '' }, '', 'must NOT have additional properties'],
    [{ ...valid, ['x'.repeat(64)]: '' }, '', `must NOT have additional properties: ${'x'.repeat(64)}`],
    [{ ...valid, ['x'.repeat(65)]: '' }, '', 'must NOT have additional properties'],
    [prohibiting({ reach: 'history' }), '/clauses/1/reach', 'does not belong to a clause of this effect'],
    [prohibiting({ gateway: 'R' }), '/clauses/1/gateway', 'does not belong to a clause of this effect'],
    [{ ...valid, expires: '2025-01-01', reviewDue: '2025-01-01' }, '/expires', 'must be after inForceFrom'],
    [{ ...valid, reviewDue: '2026-01-02' }, '/reviewDue', 'must lie between inForceFrom and expires'],
    [withParty({ agency: 'postmen' }), '/parties/1/agency', 'postmen is not an agency of the hub'],
    [withParty({ regime: 'part-3' }), '/parties/1/regime', 'housing is under uk-gdpr'],
    [withParty({ agency: 'police', regime: 'part-3' }), '/parties/1', 'is named twice'],
    [
      { ...valid, owner: { ...valid.owner, agency: 'youth' } },
      ...(['/owner/agency', 'youth is not a party'] as const),
    ],
    [prohibiting({ id: 'custody' }), '/clauses/1', 'is named twice'],
    [permitting({ publishers: ['youth', 'police'] }), '/clauses/0/publishers/0', 'youth is not a party'],
    [permitting({ recipients: ['housing', 'vcse'] }), '/clauses/0/recipients/1', 'vcse is not a party'],
    [
      permitting({ purposes: ['bail'] }),
      ...(['/clauses/0/purposes/0', 'bail is not a purpose of this agreement'] as const),
    ],
    [
      permitting({ types: ['prison.received'] }),
      ...(['/clauses/0/types/0', 'prison.received matches no event type of these publishers'] as const),
    ],
    [
      permitting({ fields: { clear: ['arrestedAt', 'shoeSize'] } }),
      ...(['/clauses/0/fields/clear/1', 'shoeSize matches no field of these types'] as const),
    ],
    [
      permitting({ fields: { generalise: ['sex'] } }),
      ...(['/clauses/0/fields/generalise/0', 'sex cannot be generalised'] as const),
    ],
    [
      permitting({ lawfulBasis: { 'part-3': 'DPA 2018 s.35' } }),
      ...(['/clauses/0/lawfulBasis/uk-gdpr', 'is required: housing is under uk-gdpr'] as const),
    ],
    [
      permitting({ sensitive: { ...sensitive, policyDocument: 'none' } }),
      ...(['/clauses/0/sensitive/policyDocument', 'none is not a policy document'] as const),
    ],
    [
      permitting({ onBehalfOf: 'crown' }),
      ...(['/clauses/0/onBehalfOf', 'crown is not a party or an agency of the hub'] as const),
    ],
  ])('%#', (value, pointer, detail) => {
    expect(errorsOf(value)).toContainEqual({ pointer, detail });
  });

  it('of a regime once, however many are under it', () => {
    expect(errorsOf(permitting({ sensitive: { policyDocument: 'policy', 'uk-gdpr': 'x' } }))).toEqual([
      { pointer: '/clauses/0/sensitive/part-3', detail: 'is required: police is under part-3' },
    ]);
  });

  it('of no regime that is not touched by the clause', () => {
    const among = permitting({ recipients: ['probation'], lawfulBasis: { 'part-3': 'DPA 2018 s.35' } });
    expect(errorsOf(among)).toEqual([]);
    const apart = permitting({ recipients: ['probation'], lawfulBasis: { 'uk-gdpr': 'UK GDPR Art 6' } });
    expect(errorsOf(apart)).toEqual([
      { pointer: '/clauses/0/lawfulBasis/part-3', detail: 'is required: police is under part-3' },
    ]);
  });
});

describe('a document too large to be proved while others wait', () => {
  const clausesOf = (count: number, change: object): object => ({
    ...valid,
    clauses: Array.from({ length: count }, (_, index) => ({
      ...valid.clauses[0],
      ...change,
      id: `c${index}`,
    })),
  });
  const agencies = (count: number) => Array.from({ length: count }, (_, index) => `agency-${index}`);
  const details = (value: object): readonly string[] => {
    const reading = readAgreement(value);
    return reading.outcome === 'valid'
      ? []
      : reading.errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
  };

  it('is refused for its flows alone, however they are spread', () => {
    const many = { publishers: agencies(20), recipients: agencies(15) };
    const refusal = '/clauses name 3300 pairs of publisher and recipient between them: no more than 3000 may';
    expect(details(clausesOf(11, many))).toEqual([refusal]);
    expect(details(clausesOf(10, many))).not.toContainEqual(expect.stringContaining('between them'));
  });

  it('is refused for its field selectors alone', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `field${index}`);
    const many = { fields: { clear: names(200), mask: names(200), generalise: names(100) } };
    const refusal = '/clauses name 5500 field selectors between them: no more than 5000 may';
    expect(details(clausesOf(11, many))).toEqual([refusal]);
    expect(details(clausesOf(10, many))).not.toContainEqual(expect.stringContaining('between them'));
  });
});
