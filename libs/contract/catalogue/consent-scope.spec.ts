import { describe, expect, it } from '@jest/globals';
import { catalogue } from './catalogue.js';
import { classesOfField, isFieldScope, readScope, unknownScopes } from './consent-scope.js';
import { fieldsOf } from './fields.js';
import { validateData } from './validate.js';

const given = catalogue.find(({ type }) => type === 'hub.consent.given');

describe('a consent scope', () => {
  it('names a recipient and a class, everything, or a field', () => {
    const field = 'treatment.attendance.recorded/attendance';
    expect(readScope('police:HLTH')).toEqual({ recipient: 'police', what: 'HLTH' });
    expect(readScope(`police:${field}`)).toEqual({ recipient: 'police', what: field });
    expect(['HLTH', '*', field].map(isFieldScope)).toEqual([false, false, true]);
    expect([...classesOfField(field)]).toEqual(['HLTH']);
    expect(classesOfField('treatment.attendance.recorded/attended').size).toBe(0);
  });

  it('may name every field of the catalogue', () => {
    for (const entry of catalogue) {
      for (const { path } of fieldsOf(entry)) {
        const consentScope = [`police:${entry.type}/${path}`];
        const errors = given && validateData(given, { consentScope, formVersion: '1' });
        expect([...consentScope, errors, unknownScopes(consentScope)]).toEqual([...consentScope, [], []]);
      }
    }
  });

  it.each([
    ['police:HLTH', undefined],
    ['police:*', undefined],
    ['nobody:HLTH', 'names no agency'],
    ['police:treatment.attendance.recorded/attended', 'names no field of the catalogue'],
    ['police:treatment.attendance/attendance', 'names no field of the catalogue'],
    ['police:police.arrest.recorded/name', 'names no field of the catalogue'],
    ['police:police.arrest.recorded/constructor', 'names no field of the catalogue'],
  ])('%s: %s', (scope, detail) => {
    const errors = detail === undefined ? [] : [{ pointer: '/data/consentScope/1', detail }];
    expect(unknownScopes(['housing:*', scope])).toEqual(errors);
  });

  it('is not needed', () => {
    expect(unknownScopes(undefined)).toEqual([]);
  });
});
