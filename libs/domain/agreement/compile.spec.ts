import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { stepsOf } from '../../testing/agreement-steps.js';
import { agreementOf, inForceRegister, registerOf, type ShortClause } from '../../testing/agreements.js';
import { compile, consentScopes, entryIn, factKey, matchesType, rulesFor, selects } from './compile.js';

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

it('consent to a field is given for it alone, for its class, or for all', () => {
  expect(consentScopes('vcse', 'treatment.referral.made', { path: 'referralDate', class: 'HLTH' })).toEqual([
    'vcse:*',
    'vcse:HLTH',
    'vcse:treatment.referral.made/referralDate',
  ]);
});

describe('the table', () => {
  const table = compile(inForceRegister([document]), catalogue);

  it('knows whom a fact may concern, by publisher, type and version', () => {
    const concerned = (publisher: string, type: string, version = 1): readonly string[] => [
      ...(rulesFor(table, { publisher, type, version })?.keys() ?? []),
    ];
    expect(concerned('police', 'police.arrest.recorded')).toEqual(['housing', 'probation']);
    expect(concerned('prison', 'prison.released')).toEqual(['housing', 'probation']);
    expect(concerned('police', 'police.charge.laid')).toEqual([]);
    expect(concerned('courts', 'prison.released')).toEqual([]);
    expect(concerned('police', 'police.arrest.recorded', 2)).toEqual([]);
  });

  it('knows nobody from an agreement that never was in force', () => {
    const proposed = registerOf([stepsOf(document).proposed('police', '2025-01-01')]);
    const kind = { publisher: 'police', type: 'police.arrest.recorded', version: 1 };
    expect(rulesFor(compile(proposed, catalogue), kind)).toBeUndefined();
  });

  it('has what the catalogue says of a version of a type, and nothing of any other', () => {
    expect(entryIn(table, { type: 'prison.released', version: 1 })).toMatchObject({
      type: 'prison.released',
    });
    expect(entryIn(table, { type: 'prison.released', version: 2 })).toBeUndefined();
    expect(entryIn(table, { type: 'prison.escaped', version: 1 })).toBeUndefined();
  });

  it('stands as of the last thing that happened to an agreement', () => {
    expect(table.asOf).toBe(Date.parse('2025-01-01T00:00:00Z'));
  });
});

it('facts of one publisher, type and version have one key, and no others have it', () => {
  const kind = { publisher: 'police', type: 'police.arrest.recorded', version: 1 };
  const kinds = [
    kind,
    { ...kind, publisher: 'prison' },
    { ...kind, type: 'police.charge.laid' },
    { ...kind, version: 2 },
  ];
  expect(new Set([...kinds, { ...kind }].map(factKey)).size).toBe(4);
});
