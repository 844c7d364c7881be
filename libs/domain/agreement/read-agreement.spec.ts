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
const pointersAfter = (pointer: string, to: unknown): readonly string[] => {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return pointersOf(changed(valid, steps, to));
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
    ['/clauses/0/reach', 'backwards'],
    ['/clauses/1/reach', 'history'],
  ])('%s: %j', (pointer, value) => {
    expect(pointersAfter(pointer, value)).toEqual([pointer]);
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
      ['/parties/0/agency', '/clauses/0/publishers/0', '/clauses/1/publishers/0'],
    ],
    ['/parties/0/regime', 'uk-gdpr', ['/parties/0/regime']],
    [
      '/parties/1',
      { agency: 'police', regime: 'part-3', contact: 'x' },
      ['/parties/1', '/clauses/0/recipients/0', '/clauses/1/recipients/0'],
    ],
    ['/clauses/1/id', 'custody', ['/clauses/1']],
    [
      '/purposes',
      [
        { id: 'resettlement', description: 'a' },
        { id: 'resettlement', description: 'b' },
      ],
      ['/purposes/1'],
    ],
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
