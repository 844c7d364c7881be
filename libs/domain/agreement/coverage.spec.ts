import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementOf, type ShortClause } from '../../testing/agreements.js';
import { arbitraryAgreement } from '../../testing/arbitrary-agreements.js';
import { coverage, type CoverageRow, withoutParties } from './coverage.js';
import { type AgreementDocument } from './document.js';

const intelligence: ShortClause = {
  id: 'intelligence',
  publishers: ['police'],
  recipients: ['probation'],
  purposes: ['supervision'],
  types: ['police.*'],
  fields: { clear: ['class:INTEL'] },
};
const never: ShortClause = {
  ...intelligence,
  id: 'never',
  effect: 'prohibit',
  fields: { withhold: ['class:INTEL'] },
};

const agreement = (...clauses: readonly ShortClause[]): AgreementDocument =>
  agreementOf({ reference: 'shared', clauses, owner: 'police' });
const rowOf = (
  documents: readonly AgreementDocument[],
  of: Partial<CoverageRow> = {},
): CoverageRow | undefined => {
  const wanted = { publisher: 'police', recipient: 'probation', class: 'INTEL', ...of };
  return coverage(documents).find(
    (row) =>
      row.publisher === wanted.publisher && row.recipient === wanted.recipient && row.class === wanted.class,
  );
};

describe('how much of a class an agency may see', () => {
  const conditions = { cohort: ['Fixed'] } as const;
  it.each<readonly [string, readonly ShortClause[], CoverageRow['extent']]>([
    ['every field as it is', [intelligence], 'full'],
    ['some fields', [{ ...intelligence, fields: { clear: ['text'] } }], 'partial'],
    ['a field masked', [{ ...intelligence, fields: { clear: ['class:INTEL'], mask: ['text'] } }], 'partial'],
    ['every field under a condition', [{ ...intelligence, conditions }], 'conditional'],
    [
      'some fields always, the others under a condition',
      [
        { ...intelligence, conditions },
        { ...intelligence, id: 'text', fields: { clear: ['text'] } },
      ],
      'partial',
    ],
    [
      'every field, half by each of two clauses',
      [
        { ...intelligence, fields: { clear: ['text'] } },
        {
          ...intelligence,
          id: 'rest',
          fields: {
            clear: [
              'reportRef',
              'sourceEvaluation',
              'informationAssessment',
              'handlingCode',
              'handlingConditions',
              'sanitised',
            ],
          },
        },
      ],
      'full',
    ],
    ['every field, and all prohibited', [intelligence, never], 'none'],
    [
      'every field, and some prohibited',
      [intelligence, { ...never, fields: { withhold: ['text'] } }],
      'partial',
    ],
    ['every field, and prohibited to some people', [intelligence, { ...never, conditions }], 'conditional'],
    [
      'every field, and prohibited for another purpose',
      [intelligence, { ...never, purposes: ['sentence'] }],
      'full',
    ],
    ['nothing', [{ ...intelligence, fields: { clear: ['name'] } }], 'none'],
    [
      'some fields under a condition',
      [{ ...intelligence, fields: { clear: ['text'] }, conditions }],
      'conditional',
    ],
    ['nothing, and prohibited to some people', [{ ...never, conditions }], 'none'],
  ])('%s', (_, clauses, extent) => {
    expect(rowOf([agreement(...clauses)])?.extent).toBe(extent);
  });

  it('names the purposes, clauses and gateways that make it', () => {
    const other = agreementOf({
      reference: 'other',
      version: 3,
      clauses: [
        {
          ...intelligence,
          purposes: ['public-protection'],
          gateway: 'Crime and Disorder Act 1998 s.115',
          fields: { clear: ['text'] },
        },
      ],
    });
    expect(rowOf([agreement(intelligence), other])).toEqual({
      publisher: 'police',
      recipient: 'probation',
      class: 'INTEL',
      extent: 'full',
      purposes: ['public-protection', 'supervision'],
      clauses: ['shared/1#intelligence', 'other/3#intelligence'],
      gateways: ['Offender Management Act 2007 s.14', 'Crime and Disorder Act 1998 s.115'],
    });
  });

  it('does not name a clause that a prohibition leaves nothing of', () => {
    expect(
      rowOf([agreement(intelligence), agreementOf({ reference: 'ban', clauses: [never] })]),
    ).toMatchObject({
      extent: 'none',
      purposes: [],
      clauses: [],
      gateways: [],
    });
  });
});

it('a party that withdrew neither shares nor receives; its prohibitions stay', () => {
  const wide = agreement(
    { ...intelligence, recipients: ['probation', 'prison'] },
    { ...never, recipients: ['hub'] },
  );
  const extents = (gone: readonly string[]) =>
    ['probation', 'prison'].map((recipient) => rowOf([withoutParties(wide, gone)], { recipient })?.extent);
  expect(extents([])).toEqual(['full', 'full']);
  expect(extents(['prison'])).toEqual(['full', 'none']);
  expect(extents(['police'])).toEqual(['none', 'none']);
  expect(withoutParties(wide, ['police']).clauses[1]).toEqual(wide.clauses[1]);
});

it('has one row for each publisher, recipient and class that the publisher has, whatever the agreements', () => {
  const rows = coverage([agreement(intelligence)]);
  expect(
    rowOf([agreement(intelligence)], { publisher: 'probation', recipient: 'police', class: 'INTEL' }),
  ).toBe(undefined);
  expect(
    rowOf([agreement(intelligence)], { publisher: 'probation', recipient: 'police', class: 'CJA' }),
  ).toMatchObject({ extent: 'none' });
  const keys = rows.map((row) => `${row.publisher} ${row.recipient} ${row.class}`);
  expect(new Set(keys).size).toBe(keys.length);
  fc.assert(
    fc.property(arbitraryAgreement('one'), arbitraryAgreement('other'), (one, other) => {
      for (const row of coverage([one, other])) {
        expect(row.publisher).not.toBe(row.recipient);
        expect(row.extent === 'none').toBe(row.clauses.length === 0);
        expect(row.extent === 'none').toBe(row.purposes.length === 0);
      }
    }),
    { numRuns: 20 },
  );
});

it('counts what is only made coarser as a part', () => {
  const coarser = { ...intelligence, fields: { generalise: ['address.postcode'] } };
  expect(rowOf([agreement(coarser)], { class: 'LOC' })?.extent).toBe('partial');
});

it('tells of publishers and recipients in one order, and of nobody whom the hub does not know', () => {
  const document = agreement({ ...intelligence, recipients: ['probation', 'hub', 'housing'] });
  const [party] = document.parties;
  if (party === undefined) throw new Error('there is no party');
  const rows = coverage([{ ...document, parties: [...document.parties, { ...party, agency: 'postmen' }] }]);
  expect([...new Set(rows.map(({ publisher }) => publisher))]).toEqual([
    'housing',
    'hub',
    'police',
    'probation',
  ]);
  const byPolice = rows.filter(({ publisher }) => publisher === 'police');
  expect([...new Set(byPolice.map(({ recipient }) => recipient))]).toEqual(['housing', 'hub', 'probation']);
});
