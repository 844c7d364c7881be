import { describe, expect, it } from '@jest/globals';
import { sampleData } from '../../testing/samples.js';
import { catalogue, entryOf } from './catalogue.js';
import { type CatalogueEntry } from './entry.js';
import { controlOf, fieldsOf, identifiersOf, presentFields, valuesOf } from './fields.js';

type Data = Readonly<Record<string, unknown>>;

function known(type: string): CatalogueEntry {
  const entry = entryOf(type);
  if (entry === undefined) throw new Error(`no entry ${type}`);
  return entry;
}

/** Paths of all leaves of a value, found without the schema. */
function walk(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) {
    const objects = value.filter((item) => typeof item === 'object');
    return objects.length > 0 ? objects.flatMap((item) => walk(item, `${path}[]`)) : [path];
  }
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, each]) => walk(each, path === '' ? key : `${path}.${key}`));
}

describe('the fields of an entry', () => {
  it('have unique paths in every entry', () => {
    for (const entry of catalogue) {
      const paths = fieldsOf(entry).map(({ path }) => path);
      expect([entry.type, new Set(paths).size]).toEqual([entry.type, paths.length]);
    }
  });

  it('are worked out once', () => {
    expect(fieldsOf(known('court.hearing.resulted'))).toBe(fieldsOf(known('court.hearing.resulted')));
  });

  it('carry class, kind and marks, under the path notation of agreements', () => {
    const fields = [
      ...fieldsOf(known('court.outcome.recorded')),
      ...fieldsOf(known('hub.management.decided')),
    ];
    const at = (path: string) => fields.find((field) => field.path === path);
    expect(at('name.family')).toEqual({
      path: 'name.family',
      steps: ['name', 'family'],
      class: 'PERS',
      kind: 'text',
      search: 'family-name',
    });
    expect(at('dateOfBirth')).toMatchObject({ kind: 'date', generalise: 'year', search: 'date-of-birth' });
    expect(at('address.postcode')).toMatchObject({ class: 'LOC', generalise: 'outward' });
    expect(at('address.lines')).toMatchObject({ class: 'LOC', kind: 'list' });
    expect(at('pnc')).toMatchObject({ class: 'ID', identifier: 'pnc' });
    expect(at('offences[].disposals[].fine')).toEqual({
      path: 'offences[].disposals[].fine',
      steps: ['offences', '[]', 'disposals', '[]', 'fine'],
      class: 'CJF',
      kind: 'number',
    });
    expect(at('sharedTime')).toMatchObject({ kind: 'instant', class: 'ADM' });
    expect(at('isReshare')).toMatchObject({ kind: 'boolean' });
    expect(at('levels')).toMatchObject({ kind: 'list', control: 'levels', steps: ['levels'] });
  });

  it('refuse a schema with an unclassified leaf', () => {
    const entry: CatalogueEntry = {
      ...known('prison.transfer'),
      schema: { type: 'object', properties: { from: { type: 'string' } }, additionalProperties: false },
    };
    expect(() => fieldsOf(entry)).toThrow('the field from has no sensitivity class');
  });
});

describe('the fields present in an event', () => {
  it('are those that a walk over the data finds', () => {
    for (const entry of catalogue) {
      const data = sampleData[entry.type] ?? {};
      expect([entry.type, [...presentFields(entry, data)].sort()]).toEqual([
        entry.type,
        [...new Set(walk(data, ''))].sort(),
      ]);
    }
  });

  it('stand in schema order and count an element of a list that alone has them', () => {
    const entry = known('court.outcome.recorded');
    const data = {
      offences: [{ cjsCode: 'TH68010' }, { plea: 'Guilty', cjsCode: 'TH68010' }],
      courtCode: 'B01LY00',
    };
    expect(presentFields(entry, data)).toEqual(['courtCode', 'offences[].cjsCode', 'offences[].plea']);
  });

  it('leave out what is null, of another shape, or inherited', () => {
    const data: Data = { name: null, aliases: {}, address: ['x'], offences: 'x' };
    expect(presentFields(known('police.arrest.recorded'), data)).toEqual([]);
    const inherited = Object.create({ asn: 'x' }) as Data;
    expect(presentFields(known('police.arrest.recorded'), inherited)).toEqual([]);
  });
});

const consentScope = ['treatment:HLTH', 'housing:*', 'police:treatment.attendance.recorded/attendance'];

describe('what an event says of the person', () => {
  it('lists identifiers with the field that holds each', () => {
    const data = sampleData['police.arrest.recorded'] ?? {};
    expect(identifiersOf(known('police.arrest.recorded'), data)).toEqual([
      { scheme: 'asn', value: data.asn, path: 'asn' },
      { scheme: 'pnc', value: data.pnc, path: 'pnc' },
      { scheme: 'cro', value: data.cro, path: 'cro' },
    ]);
    expect(identifiersOf(known('treatment.started'), { nhs: 9990000018 })).toEqual([]);
  });

  it.each([
    ['hub.cohort.selected', { cohort: 'Fixed', born: '1991-05' }],
    ['hub.cohort.deselected', { cohort: 'Fixed' }],
    [
      'hub.management.decided',
      { levels: ['Priority', 'MAPPA-1'], mappaCategory: '2', management: 'statutory' },
    ],
    ['hub.consent.given', { consentScope }],
    ['hub.consent.withdrawn', { consentScope }],
    [
      'hub.leadProfessional.appointed',
      { responsible: 'probation-practitioner', responsibleAgency: 'probation' },
    ],
    ['hub.leadProfessional.ended', { responsible: 'probation-practitioner', responsibleAgency: 'probation' }],
    ['probation.case.allocated', { responsible: 'N00TT0001', born: '1991-05' }],
    ['probation.lao.set', { limitedAccess: 'RESTRICTED' }],
    [
      'court.reportingRestriction.imposed',
      { restriction: '00000000-0000-4000-8000-000000000004', restrictionEnds: '2026-04-02', born: '1991-05' },
    ],
    [
      'court.reportingRestriction.lifted',
      { restriction: '00000000-0000-4000-8000-000000000004', born: '1991-05' },
    ],
    ['police.intel.submitted', { gradingSource: '2', gradingInformation: 'C', handling: 'C' }],
    ['police.arrest.recorded', { born: '1991-05' }],
    ['probation.register.added', {}],
    ['probation.riskAssessed', {}],
    ['police.iom.flag.set', { flag: 'IOM' }],
    ['police.iom.flag.cleared', { flag: 'IOM' }],
    [
      'hub.leadProfessional.handedOver',
      { responsible: 'probation-practitioner', responsibleAgency: 'probation' },
    ],
    ['hub.area.assigned', { area: 'NW' }],
    ['hub.crossBorder.handoverAccepted', { area: 'Nextshire' }],
    ['hub.subject.informed', { informed: '2', told: ['benefits', 'information-sharing'] }],
  ])('takes the control attributes of %s', (type, control) => {
    expect(controlOf(known(type), sampleData[type] ?? {})).toEqual(control);
  });

  it.each([
    ['1990-04-30', '1990-04'],
    ['1900-01-02', '1900-01'],
    ['1900-01-01', undefined],
    ['1970-01-01', undefined],
    ['1970-01-02', '1970-01'],
    ['1899-12-31', undefined],
    ['0190-04-30', undefined],
    ['2200-01-01', undefined],
    ['1990-04', undefined],
    ['1990-13-01', undefined],
    ['30/04/1990', undefined],
    [19900430, undefined],
    [['1990-04-30'], undefined],
    [null, undefined],
  ])('says of a date of birth %j the month %j', (dateOfBirth, born) => {
    expect(controlOf(known('police.arrest.recorded'), { dateOfBirth }).born).toBe(born);
  });

  it('gives the values of a field in order', () => {
    const field = fieldsOf(known('court.outcome.recorded')).find(({ path }) => path === 'offences[].plea');
    const data = { offences: [{ plea: 'Guilty' }, {}, { plea: 'Not Guilty' }] };
    expect(field && valuesOf(field, data)).toEqual(['Guilty', 'Not Guilty']);
  });
});
