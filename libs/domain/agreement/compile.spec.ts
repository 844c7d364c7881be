import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { agreementOf, inForceRegister, type ShortClause } from '../../testing/agreements.js';
import { compile, consentScopes, factKey, matchesType, selects } from './compile.js';

const clause: ShortClause = {
  id: 'custody',
  publishers: ['police', 'prison'],
  recipients: ['housing', 'probation'],
  purposes: ['resettlement'],
  types: ['police.arrest.recorded', 'prison.*'],
  fields: { clear: ['name'] },
};
const document = agreementOf({ reference: 'resettlement', clauses: [clause] });

describe('a clause speaks of a type', () => {
  const [terms] = document.clauses;
  const speaks = (pattern: string, type: string): boolean =>
    terms !== undefined && matchesType({ ...terms, types: [pattern] }, type);

  it.each([
    ['police.arrest.recorded', 'police.arrest.recorded', true],
    ['police.arrest.recorded', 'police.arrest.disposed', false],
    ['police.arrest', 'police.arrest.recorded', false],
    ['police.*', 'police.arrest.recorded', true],
    ['police.arrest.*', 'police.arrest.recorded', true],
    ['police.arrest.*', 'police.arrestee.recorded', false],
    ['police.*', 'policeforce.arrest.recorded', false],
    ['police.*', 'police', false],
    ['police', 'police', true],
  ])('%s: %s, %s', (pattern, type, expected) => {
    expect(speaks(pattern, type)).toBe(expected);
  });
});

describe('a selector names a field', () => {
  it.each<[string, string, SensitivityClass, boolean]>([
    ['name', 'name.family', 'PERS', true],
    ['name.family', 'name.family', 'PERS', true],
    ['name', 'nameless', 'PERS', false],
    ['name', 'aliases[].name.family', 'PERS', false],
    ['offences', 'offences[].cjsCode', 'CJF', true],
    ['offences[]', 'offences[].cjsCode', 'CJF', true],
    ['offences[].offenceDates', 'offences[].offenceDates.from', 'CJF', true],
    ['offences[].offence', 'offences[].offenceDates.from', 'CJF', false],
    ['offence', 'offences[].cjsCode', 'CJF', false],
    ['class:CJF', 'offences[].cjsCode', 'CJF', true],
    ['class:CJ', 'offences[].cjsCode', 'CJF', false],
    ['class:CJA', 'offences[].cjsCode', 'CJF', false],
  ])('%s: %s of class %s, %s', (selector, path, sensitivity, expected) => {
    expect(selects(selector, { path, class: sensitivity })).toBe(expected);
  });
});

it('consent to a class is given for that class, or for all', () => {
  expect(consentScopes('vcse', 'HLTH')).toEqual(['vcse:HLTH', 'vcse:*']);
});

describe('the table', () => {
  const table = compile(inForceRegister([document]), catalogue);

  it('knows whom a fact may concern, by publisher, type and version', () => {
    const concerned = (publisher: string, type: string, version = 1): readonly string[] => [
      ...(table.rules.get(factKey(publisher, type, version))?.keys() ?? []),
    ];
    expect(concerned('police', 'police.arrest.recorded')).toEqual(['housing', 'probation']);
    expect(concerned('prison', 'prison.released')).toEqual(['housing', 'probation']);
    expect(concerned('police', 'police.charge.laid')).toEqual([]);
    expect(concerned('courts', 'prison.released')).toEqual([]);
    expect(concerned('police', 'police.arrest.recorded', 2)).toEqual([]);
  });

  it('stands as of the last thing that happened to an agreement', () => {
    expect(table.asOf).toBe(Date.parse('2025-01-01T00:00:00Z'));
  });
});
