import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementOf } from '../../testing/agreements.js';
import { arbitraryAgreement } from '../../testing/arbitrary-agreements.js';
import { readAgreement } from './read-agreement.js';

const valid = agreementOf({
  reference: 'resettlement',
  clauses: [
    {
      id: 'custody',
      publishers: ['police'],
      recipients: ['housing', 'probation'],
      purposes: ['resettlement'],
      types: ['police.arrest.recorded', 'police.charge.*'],
      fields: { clear: ['arrestedAt', 'name', 'offences'], generalise: ['class:LOC'], mask: ['class:EQ'] },
      conditions: { cohort: ['Fixed'], level: ['Priority'], consent: true },
    },
    {
      id: 'no-victims',
      effect: 'prohibit',
      publishers: ['police'],
      recipients: ['housing'],
      purposes: ['resettlement'],
      types: ['police.*'],
      fields: { withhold: ['class:VIC'] },
    },
  ],
});

const sensitive = { policyDocument: 'policy', 'part-3': 'Schedule 8', 'uk-gdpr': 'Art 9(2)(g)' };

type Steps = readonly (string | number)[];

/** A copy in which the value at these steps is another, or gone when it is undefined. */
function changed(value: unknown, [step, ...rest]: Steps, to: unknown): unknown {
  if (step === undefined) return to;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === step ? changed(each, rest, to) : each));
  const entries = Object.entries(value as object).filter(([key]) => key !== step);
  const before = (value as Readonly<Record<string, unknown>>)[step];
  const after = changed(before, rest, to);
  return Object.fromEntries(after === undefined ? entries : [...entries, [step, after]]);
}

const pointersOf = (value: unknown): readonly string[] => {
  const reading = readAgreement(value);
  return reading.outcome === 'valid' ? [] : reading.errors.map(({ pointer }) => pointer);
};
const after = (pointer: string, to: unknown): unknown => {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return changed(valid, steps, to);
};
const pointersAfter = (pointer: string, to: unknown): readonly string[] => pointersOf(after(pointer, to));
const detailsAfter = (pointer: string, to: unknown): readonly string[] => {
  const reading = readAgreement(after(pointer, to));
  return reading.outcome === 'valid' ? [] : reading.errors.map(({ detail }) => detail);
};

it('a valid document is read as it stands', () => {
  expect(readAgreement(valid)).toEqual({ outcome: 'valid', document: valid });
});

describe('what must not be left out is missed at its own place', () => {
  it.each([
    '/reference',
    '/title',
    '/version',
    '/parties',
    '/purposes',
    '/inForceFrom',
    '/reviewDue',
    '/expires',
    '/clauses',
    '/parties/0/agency',
    '/parties/0/regime',
    '/parties/0/contact',
    '/parties/0/role',
    '/parties/0/dataProtectionOfficer',
    '/owner',
    '/owner/agency',
    '/rights',
    '/rights/contact',
    '/rights/procedure',
    '/policyDocuments',
    '/purposes/0/benefits',
    '/purposes/0/aims',
    ...['accuracy', 'retention', 'security', 'breaches', 'complaints', 'training'].map(
      (each) => `/governance/${each}`,
    ),
    ...['onwardDisclosure', 'review', 'joining'].map((each) => `/governance/${each}`),
    '/clauses/1/because',
    '/purposes/0/id',
    '/purposes/0/description',
    '/clauses/0/id',
    '/clauses/0/publishers',
    '/clauses/0/recipients',
    '/clauses/0/purposes',
    '/clauses/0/types',
    '/clauses/0/fields',
    '/clauses/0/gateway',
    '/clauses/0/lawfulBasis',
    '/clauses/0/reach',
    '/clauses/1/fields/withhold',
  ])('%s', (pointer) => {
    expect(pointersAfter(pointer, undefined)).toContain(pointer);
  });

  it('/clauses/0/effect', () => {
    expect(pointersAfter('/clauses/0/effect', undefined)).toContain('/clauses/0/effect');
  });
});

describe('a value that does not fit is named by its pointer, and alone', () => {
  it.each([
    ['/reference', 'Two Words'],
    ['/reference', 'x'.repeat(65)],
    ['/title', ''],
    ['/version', 0],
    ['/version', 1.5],
    ['/version', '1'],
    ['/inForceFrom', '2025-02-29'],
    ['/inForceFrom', '2025-1-1'],
    ['/expires', 'never'],
    ['/reviewDue', 20250101],
    ['/parties', []],
    ['/parties/0/regime', 'none'],
    ['/parties/0/contact', ''],
    ['/purposes', []],
    ['/purposes/0/id', '*'],
    ['/clauses', []],
    ['/clauses/0/id', ''],
    ['/clauses/0/publishers', []],
    ['/clauses/0/recipients', 'housing'],
    ['/clauses/0/recipients', ['housing', 'housing']],
    ['/clauses/0/types', []],
    ['/clauses/0/types/0', 'police arrest'],
    ['/clauses/0/types/0', '*'],
    ['/clauses/0/types/0', 'police.*.recorded'],
    ['/clauses/0/fields', {}],
    ['/clauses/0/fields/clear', []],
    ['/clauses/0/fields/clear/0', 'class:SECRET'],
    ['/clauses/0/fields/clear/0', '__proto__'],
    ['/clauses/0/conditions', {}],
    ['/clauses/0/conditions/cohort', []],
    ['/clauses/0/conditions/cohort/0', 'fixed'],
    ['/clauses/0/conditions/level/0', 'High'],
    ['/clauses/0/conditions/consent', false],
    ['/clauses/0/conditions/emergency', { hours: 4 }, '/reviewWithin'],
    ['/clauses/0/conditions/emergency', { hours: 100, reviewWithin: 24 }, '/hours'],
    ['/clauses/0/conditions/mappa', { levels: [4] }, '/levels/0'],
    ['/clauses/0/conditions/grading', { information: ['F'] }, '/information/0'],
    ['/clauses/0/conditions/age', { atFact: {} }, '/atFact'],
    ['/clauses/0/gateway', 'Magna Carta 1215 cl.39', ''],
    ['/clauses/0/lawfulBasis', {}, ''],
    ['/clauses/1/gateway', 'Crime and Disorder Act 1998 s.115', ''],
    ['/purposes/0/aims/0', 'curiosity', ''],
    ['/forms', { request: 'form A' }, '/decision'],
    ['/clauses/0/reach', 'backwards'],
    ['/clauses/1/reach', 'history'],
  ])('%s: %j', (pointer, value, below = '') => {
    expect(pointersAfter(pointer, value)).toEqual([`${pointer}${below}`]);
  });

  it('a property that nobody knows is named', () => {
    const reading = readAgreement({ ...valid, remark: 'kindly' });
    expect(reading).toEqual({
      outcome: 'invalid',
      errors: [{ pointer: '', detail: 'must NOT have additional properties: remark' }],
    });
  });

  it.each(['clear', 'generalise', 'mask'])('a prohibition that would %s a field', (treatment) => {
    expect(pointersAfter(`/clauses/1/fields/${treatment}`, ['name'])).toEqual([
      `/clauses/1/fields/${treatment}`,
    ]);
  });

  it('a permission that would withhold one', () => {
    expect(pointersAfter('/clauses/0/fields/withhold', ['name'])).toEqual(['/clauses/0/fields/withhold']);
  });

  it('an effect that is neither', () => {
    expect(pointersAfter('/clauses/0/effect', 'allow')).toContain('/clauses/0/effect');
  });
});

describe('what a schema cannot say', () => {
  it.each([
    [
      '/parties/0/agency',
      'nobody',
      ['/parties/0/agency', '/owner/agency', '/clauses/0/publishers/0', '/clauses/1/publishers/0'],
    ],
    ['/owner/agency', 'prison', ['/owner/agency']],
    ['/parties/0/regime', 'uk-gdpr', ['/parties/0/regime']],
    [
      '/parties/1',
      { ...valid.parties[0] },
      ['/parties/1', '/clauses/0/recipients/0', '/clauses/1/recipients/0'],
    ],
    ['/clauses/1/id', 'custody', ['/clauses/1']],
    ['/purposes', [...valid.purposes, ...valid.purposes], ['/purposes/1']],
    ['/policyDocuments', [...valid.policyDocuments, ...valid.policyDocuments], ['/policyDocuments/1']],
    ['/clauses/0/lawfulBasis', { 'part-3': 'DPA 2018 s.35' }, ['/clauses/0/lawfulBasis/uk-gdpr']],
    ['/clauses/0/lawfulBasis', { 'uk-gdpr': 'UK GDPR Art 6' }, ['/clauses/0/lawfulBasis/part-3']],
    [
      '/clauses/0/sensitive',
      { ...sensitive, policyDocument: 'none' },
      ['/clauses/0/sensitive/policyDocument'],
    ],
    ['/clauses/0/sensitive', { policyDocument: 'policy', 'part-3': 'x' }, ['/clauses/0/sensitive/uk-gdpr']],
    ['/clauses/0/sensitive', sensitive, []],
    ['/clauses/0/onBehalfOf', 'postmen', ['/clauses/0/onBehalfOf']],
    ['/clauses/0/onBehalfOf', 'prison', []],
    ['/expires', '2025-01-01', ['/expires', '/reviewDue']],
    ['/reviewDue', '2025-01-01', ['/reviewDue']],
    ['/reviewDue', '2026-01-02', ['/reviewDue']],
    ['/clauses/0/publishers', ['police', 'prison'], ['/clauses/0/publishers/1']],
    ['/clauses/0/recipients/1', 'vcse', ['/clauses/0/recipients/1']],
    ['/clauses/0/purposes/0', 'curiosity', ['/clauses/0/purposes/0']],
    ['/clauses/0/types', ['police.arrest.recorded', 'police.parking.fined'], ['/clauses/0/types/1']],
    ['/clauses/0/types', ['police.arrest.recorded', 'prison.*'], ['/clauses/0/types/1']],
    ['/clauses/0/types', ['police.arrest.recorded', 'police'], ['/clauses/0/types/1']],
    ['/clauses/0/fields/clear', ['arrestedAt', 'shoeSize'], ['/clauses/0/fields/clear/1']],
    ['/clauses/0/fields/clear', ['offences[].cjsCode', 'offences[].cjs'], ['/clauses/0/fields/clear/1']],
    ['/clauses/0/fields/mask', ['class:LAO'], ['/clauses/0/fields/mask/0']],
    ['/clauses/0/fields/generalise', ['address.postcode', 'sex'], ['/clauses/0/fields/generalise/1']],
    ['/clauses/0/fields/generalise', ['class:HLTH'], ['/clauses/0/fields/generalise/0']],
    ['/clauses/1/fields/withhold', ['constructor'], ['/clauses/1/fields/withhold/0']],
  ])('%s: %j', (pointer, value, pointers) => {
    expect(pointersAfter(pointer, value)).toEqual(pointers);
  });

  it.each([
    ['/clauses/0/types/0', 'police.arrest.recordd', 'police.arrest.recorded'],
    ['/clauses/0/types/1', 'police.chrage.*', 'police.charge.*'],
    ['/clauses/0/fields/clear/0', 'arestedAt', 'arrestedAt'],
    ['/clauses/0/purposes/0', 'resetlement', 'resettlement'],
    ['/clauses/0/recipients/0', 'housnig', 'housing'],
    ['/parties/1/agency', 'probatoin', 'probation'],
    ['/owner/agency', 'polcie', 'police'],
    ['/clauses/0/onBehalfOf', 'probaton', 'probation'],
  ])('%s: %s is taken for %s', (pointer, wrong, right) => {
    expect(detailsAfter(pointer, wrong)).toContainEqual(expect.stringMatching(`; did you mean ${right}\\?$`));
  });

  it('suggests nothing for a name unlike any, and no more than twenty names', () => {
    expect(detailsAfter('/clauses/0/types/0', 'prison.received').join()).not.toContain('did you mean');
    const many = Array.from(
      { length: 30 },
      (_, index) => `arrestedAt${'abcdefghijklmnopqrstuvwxyzABCD'[index]}`,
    );
    const details = detailsAfter('/clauses/0/fields/clear', many);
    expect(details).toHaveLength(30);
    expect(details.filter((detail) => detail.includes('did you mean arrestedAt?'))).toHaveLength(20);
  });

  it('review may fall on the last day', () => {
    expect(pointersAfter('/reviewDue', '2026-01-01')).toEqual([]);
  });
});

describe('whatever is read', () => {
  it('every fault is told at once', () => {
    const faulty = changed(changed(valid, ['title'], ''), ['clauses', 0, 'gateway'], undefined);
    expect([...pointersOf(faulty)].sort()).toEqual(['/clauses/0/gateway', '/title']);
  });

  it('an arbitrary agreement over the catalogue is valid', () => {
    const reads = (document: unknown): void => expect(pointersOf(document)).toEqual([]);
    fc.assert(fc.property(arbitraryAgreement('any'), reads), { numRuns: 50 });
  });

  it('nonsense is refused, never thrown at', () => {
    const refuses = (text: string): void => expect(readAgreement(JSON.parse(text)).outcome).toBe('invalid');
    fc.assert(fc.property(fc.json(), refuses), { numRuns: 200 });
  });

  it('a document spoilt anywhere is refused or read, never thrown at, and no error repeats its values', () => {
    const places = [
      '/parties',
      '/purposes/0',
      '/clauses/0',
      '/clauses/0/fields',
      '/clauses/0/conditions',
      '/version',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.json(), (pointer, text) => {
        expect(Array.isArray(pointersAfter(pointer, JSON.parse(text)))).toBe(true);
      }),
      { numRuns: 200 },
    );
    const reading = readAgreement({ ...valid, title: ['CANARY'], CANARY_KEY: 1, 'CANARY key': 2 });
    expect(JSON.stringify(reading)).not.toMatch(/CANARY"|CANARY key/);
  });
});

describe('a document that would take too long to prove is not looked at further', () => {
  const agencies = ['police', 'housing', 'probation'];
  const repeated = (count: number, changes: object): unknown => {
    const clauses = Array.from({ length: count }, (_, index) => ({
      ...valid.clauses[0],
      publishers: ['police'],
      recipients: ['housing'],
      id: `clause-${index}`,
      ...changes,
    }));
    return { ...valid, clauses };
  };

  it('by its pairs of publisher and recipient', () => {
    const paired = {
      publishers: agencies,
      recipients: agencies,
      types: ['police.*'],
      fields: { clear: ['class:ID'] },
    };
    expect(pointersOf(repeated(333, paired))).toEqual([]);
    expect(readAgreement(repeated(334, paired))).toEqual({
      outcome: 'invalid',
      errors: [
        {
          pointer: '/clauses',
          detail: 'name 3006 pairs of publisher and recipient between them: no more than 3000 may',
        },
      ],
    });
  });

  it('by its field selectors, whether or not they match anything', () => {
    const names = Array.from(
      { length: 200 },
      (_, index) => `field${'abcdefghij'[index % 10]}${'x'.repeat(index / 10)}`,
    );
    expect(readAgreement(repeated(26, { fields: { clear: names } }))).toEqual({
      outcome: 'invalid',
      errors: [
        { pointer: '/clauses', detail: 'name 5200 field selectors between them: no more than 5000 may' },
      ],
    });
  });
});
