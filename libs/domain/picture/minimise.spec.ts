import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue, entryOf } from '../../contract/catalogue/catalogue.js';
import { type Field, fieldsOf, valuesOf } from '../../contract/catalogue/fields.js';
import { sampleData } from '../../testing/samples.js';
import { generalise, MASKED, minimise } from './minimise.js';

function fieldAt(type: string, path: string): Field {
  const entry = entryOf(type);
  const field = entry && fieldsOf(entry).find((each) => each.path === path);
  if (field === undefined) throw new Error(`${path} is no field of ${type}`);
  return field;
}

const arrest = (path: string): Field => fieldAt('police.arrest.recorded', path);
const made = (...steps: string[]): Field => ({ path: steps.join('.'), steps, class: 'ADM', kind: 'text' });
const json = fc.json().map((text) => JSON.parse(text) as unknown);

const fields = catalogue.flatMap((entry) => fieldsOf(entry));
const anyData = fc.oneof(
  fc.constantFrom(...Object.values(sampleData)),
  fc.dictionary(fc.constantFrom('offences', 'name', 'pnc', 'dates', 'dateOfBirth', 'address'), json),
);

const plain = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.flatMap(plain) : [value]);
const scalars = (value: unknown): readonly unknown[] =>
  plain(value).filter((each) => each !== undefined && each !== null);

describe('in the clear', () => {
  it('a field gives its value, at any depth', () => {
    const data = {
      sex: 'female',
      name: { family: 'Synthetic', given: 'Sam' },
      address: { lines: ['1', '2'] },
    };
    expect(minimise(arrest('sex'), 'clear', data)).toBe('female');
    expect(minimise(arrest('name.family'), 'clear', data)).toBe('Synthetic');
    expect(minimise(arrest('address.lines'), 'clear', data)).toEqual(['1', '2']);
  });

  it('a field inside a list gives its values in their places, null where there is none', () => {
    const data = {
      offences: [{ cjsCode: 'TH68010', text: 'a' }, { cjsCode: 'RT88218' }, { text: 'c' }, 'odd', null],
    };
    expect(minimise(arrest('offences[].text'), 'clear', data)).toEqual(['a', null, 'c', null, null]);
    expect(minimise(arrest('offences[].cjsCode'), 'clear', data)).toEqual([
      'TH68010',
      'RT88218',
      null,
      null,
      null,
    ]);
  });

  it('lists inside lists stay in their places', () => {
    const data = { offences: [{ victimRefs: ['v1', 'v2'] }, {}, { victimRefs: ['v3'] }] };
    const field = fieldAt('police.charge.laid', 'offences[].victimRefs');
    expect(minimise(field, 'clear', data)).toEqual([['v1', 'v2'], null, ['v3']]);
    const label = fieldAt('court.hearing.resulted', 'offences[].disposals[].label');
    const results = {
      offences: [{ disposals: [{ label: 'Fine' }, {}] }, {}, { disposals: [{ label: 'Costs' }] }],
    };
    expect(minimise(label, 'clear', results)).toEqual([['Fine', null], null, ['Costs']]);
  });

  it.each([
    ['nothing there', 'offences[].text', {}],
    ['no element that has it', 'offences[].text', { offences: [{}, {}] }],
    ['an empty list', 'offences[].text', { offences: [] }],
    ['an object where a list should be', 'offences[].text', { offences: { text: 'a' } }],
    ['a text where an object should be', 'name.family', { name: 'Synthetic' }],
    ['a list where an object should be', 'name.family', { name: [{ family: 'Synthetic' }] }],
    ['no data at all', 'name.family', null],
  ])('%s gives undefined', (_, path, data) => {
    expect(minimise(arrest(path), 'clear', data)).toBeUndefined();
    expect(minimise(arrest(path), 'generalise', data)).toBeUndefined();
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
    'what every object inherits is not data: %s',
    (key) => {
      expect(minimise(made(key), 'clear', {})).toBeUndefined();
      expect(minimise(made('list', '[]', key), 'clear', { list: [{}] })).toBeUndefined();
      expect(minimise(made(key), 'clear', JSON.parse(`{"${key}":"own"}`))).toBe('own');
    },
  );

  it('a field lets out its own values and no others, whatever the data', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), anyData, (field, given) => {
        expect(scalars(minimise(field, 'clear', given))).toEqual(scalars(valuesOf(field, given)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('masked', () => {
  it('says nothing of the value, not even whether there is one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), anyData, (field, data) =>
        expect(minimise(field, 'mask', data)).toBe(MASKED),
      ),
      { numRuns: 1000 },
    );
  });

  it('says nothing of how long a value is, nor of how many there are', () => {
    const families = ['', 'S', 'S'.repeat(100)].map((family) => ({ name: { family } }));
    const many = [0, 1, 50].map((length) => ({ offences: Array.from({ length }, () => ({ text: 'x' })) }));
    const shown = [
      ...families.map((data) => minimise(arrest('name.family'), 'mask', data)),
      ...many.map((data) => minimise(arrest('offences[].text'), 'mask', data)),
    ];
    expect(new Set(shown)).toEqual(new Set([MASKED]));
  });
});

describe('generalised', () => {
  it.each([
    ['dateOfBirth', { dateOfBirth: '1991-05-17' }, '1991'],
    ['address.postcode', { address: { postcode: 'ZZ99 9ZZ' } }, 'ZZ99'],
    ['address.postcode', { address: { postcode: 'M11AE' } }, 'M1'],
    ['address.postcode', { address: { postcode: 'EC1A 1BB' } }, 'EC1A'],
    ['address.postcode', { address: { postcode: 'ec1a1bb' } }, 'EC1A'],
    ['address.postcode', { address: { postcode: 'eC1a 1Bb' } }, 'EC1A'],
    ['address.postcode', { address: { postcode: 'M1 1AE, ask Sam' } }, null],
    ['address.postcode', { address: { postcode: ' M1 1AE' } }, null],
    ['address.postcode', { address: { postcode: 'M1  1AE' } }, null],
    ['address.postcode', { address: { postcode: 'M1\n1AE' } }, null],
    ['address.postcode', { address: { postcode: 'unknown, ask Sam' } }, null],
    ['address.postcode', { address: { postcode: 'ZZ99' } }, null],
    ['address.postcode', { address: { postcode: '' } }, null],
    ['dateOfBirth', { dateOfBirth: '1991-05' }, '1991'],
    ['dateOfBirth', { dateOfBirth: '1991-05-17T09:30:00Z' }, '1991'],
    ['dateOfBirth', { dateOfBirth: '1991-12-31T23:30:00-05:00' }, '1991'],
    ['dateOfBirth', { dateOfBirth: '17/05/1991' }, null],
    ['dateOfBirth', { dateOfBirth: '1991' }, null],
    ['dateOfBirth', { dateOfBirth: '1991-13-01' }, null],
    ['dateOfBirth', { dateOfBirth: '1991-02-30' }, null],
    ['dateOfBirth', { dateOfBirth: '1991-05-17, or so' }, null],
    ['dateOfBirth', { dateOfBirth: '1991-05-17T' }, null],
    ['dateOfBirth', { dateOfBirth: '1991-05-17/1992-05-17' }, null],
    ['dateOfBirth', { dateOfBirth: '1234-5678 is the card' }, null],
    ['dateOfBirth', { dateOfBirth: '' }, null],
    ['dateOfBirth', { dateOfBirth: null }, null],
    ['dateOfBirth', { dateOfBirth: { year: 1991 } }, null],
  ])('%s of %j is %j', (path, data, expected) => {
    expect(minimise(arrest(path), 'generalise', data)).toBe(expected);
  });

  it.each([
    [0, '0-9'],
    [9, '0-9'],
    [10, '10-19'],
    [71, '70-79'],
    [100, '100-109'],
    [9.5, '0-9'],
    [-1, '-10--1'],
    ['71', null],
    [NaN, null],
    [Infinity, null],
    [-Infinity, null],
    [1e300, null],
    [true, null],
    [null, null],
    [{ score: 7 }, null],
  ])('a score of %j lies in the band %j', (score, band) => {
    expect(generalise('band', score)).toBe(band);
  });

  it.each([
    [100, 0, '0-9'],
    [100, 89, '80-89'],
    [100, 90, '90-100'],
    [100, 99.5, '90-100'],
    [100, 100, '90-100'],
    [100, 101, null],
    [100, -1, '-10--1'],
    [10, 0, '0-10'],
    [10, 10, '0-10'],
    [5, 5, '0-5'],
    [99, 99, '90-99'],
    [104, 90, '90-104'],
    [104, 104, '90-104'],
  ])('of scores up to %d, %d lies in the band %j', (maximum, score, band) => {
    expect(generalise('band', score, maximum)).toBe(band);
  });

  it('every band of a score in the catalogue holds ten scores, or all that there are', () => {
    for (const { maximum = NaN, generalise: kind } of fields.filter((field) => field.generalise === 'band')) {
      const scores = Array.from({ length: maximum + 1 }, (_, score) =>
        generalise(kind ?? 'year', score, maximum),
      );
      const sizes = [...Map.groupBy(scores, (band) => band).values()].map(({ length }) => length);
      expect(sizes.length).toBeGreaterThan(0);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(Math.min(10, maximum + 1));
    }
  });

  it('a field knows the highest score there can be', () => {
    const [ogrs, need] = [
      fieldAt('probation.riskAssessed', 'ogrs'),
      fieldAt('hub.needs.assessed', 'pathways[].score'),
    ];
    expect(minimise(ogrs, 'generalise', { ogrs: 100 })).toBe('90-100');
    expect(minimise(need, 'generalise', { pathways: [{ score: 10 }, { score: 0 }, {}] })).toEqual([
      '0-10',
      '0-10',
      null,
    ]);
  });

  it('lists inside lists are made coarser in their places', () => {
    expect(generalise('outward', [['M1 1AE', 'unknown'], [], [null, { postcode: 'M1 1AE' }]])).toEqual([
      ['M1', null],
      [],
      [null, null],
    ]);
  });

  it('values in a list are made coarser in their places', () => {
    const scores = fieldAt('probation.riskAssessed', 'oasysSections[].score');
    const data = { oasysSections: [{ score: 6 }, {}, { score: 38 }, 'odd', { score: '38' }] };
    expect(minimise(scores, 'generalise', data)).toEqual(['0-9', null, '30-39', null, null]);
  });

  it('a field that has no coarser form gives nothing', () => {
    expect(minimise(arrest('name.family'), 'generalise', { name: { family: 'Synthetic' } })).toBeUndefined();
  });

  it('the year is all that two dates of one year let out', () => {
    const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        date,
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: 1, max: 28 }),
        (one, month, day) => {
          const [first, second] = [one, new Date(Date.UTC(one.getUTCFullYear(), month, day))].map((each) =>
            generalise('year', each.toISOString().slice(0, 10)),
          );
          expect(first).toBe(second);
          expect(first).toBe(String(one.getUTCFullYear()));
        },
      ),
    );
  });

  it('the outward code is all that two postcodes of one district let out', () => {
    const district = fc.stringMatching(/^[A-Z]{1,2}[0-9][A-Z0-9]?$/);
    const inward = fc.stringMatching(/^[0-9][A-Z]{2}$/);
    fc.assert(
      fc.property(district, inward, inward, fc.constantFrom('', ' '), (outward, one, other, space) => {
        expect(generalise('outward', `${outward}${space}${one}`)).toBe(outward);
        expect(generalise('outward', `${outward.toLowerCase()} ${other.toLowerCase()}`)).toBe(outward);
      }),
    );
  });

  it('the band is all that two scores of one band let out', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const part = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 99 }), digit, digit, part, (tens, one, other, fraction) => {
        expect(generalise('band', tens * 10 + one + fraction)).toBe(generalise('band', tens * 10 + other));
        expect(generalise('band', tens * 10 + one)).not.toBe(generalise('band', tens * 10 + 10));
      }),
    );
  });

  it.each(['year', 'outward', 'band'] as const)(
    '%s of anything is null, or at most a beginning of it and short',
    (kind) => {
      fc.assert(
        fc.property(fc.oneof(json, fc.string()), (value) => {
          for (const each of plain(generalise(kind, value))) {
            if (each === null) continue;
            expect(each).toMatch(kind === 'band' ? /^-?\d+--?\d+$/ : /^[A-Z\d]{2,4}$/);
          }
        }),
        { numRuns: 300 },
      );
    },
  );
});
