import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Invalid } from '../../../../libs/contract/failure.js';
import { readMapping, readMappingFile } from './read-mapping.js';

const daily = 'deploy/mappings/pnc-daily.yaml';
const text = readFileSync(daily, 'utf8');

/** The faults of the daily mapping after a change to its text, as the command tells them. */
function faultsOf(change: (text: string) => string): readonly string[] {
  const changed = change(text);
  expect(changed).not.toBe(text);
  try {
    readMapping(changed);
    return [];
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return error.errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
  }
}

const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

describe('mappings', () => {
  it('the daily mapping can be read, its code lists put where they are named', () => {
    const { source, events } = readMappingFile(daily);
    expect(source).toBe('/police/pnc-daily');
    expect(events.map(({ name }) => name)).toEqual(['arrest', 'charge', 'outcome']);
    expect(events[2]?.fields['offences[].adjudication']).toMatchObject({
      columns: ['ADJUDICATION'],
      codes: { G: 'Guilty', N: 'Not Guilty', X: 'Non-Conviction' },
    });
    expect(events[0]?.time).toMatchObject({
      columns: ['EVENT_DATE', 'EVENT_TIME'],
      formats: ['dd/MM/yyyy HH:mm', 'dd/MM/yyyy'],
      join: ' ',
    });
  });

  it.each<[string, string, string, string]>([
    ['a key that there is not', 'title:', 'titel:', 'line 1: /titel is not a key that a mapping has there'],
    [
      'a field of no such name',
      'offences[].disposalCode: DISPOSAL',
      'offences[].disposal: DISPOSAL',
      '/events/2/fields/offences[].disposal is not a field of police.pncOutcome.imported',
    ],
    [
      'a code that stands for nothing the catalogue has',
      'X: Non-Conviction',
      'X: Nonconviction',
      '/events/2/fields/offences[].adjudication holds a value that is not one of Guilty, Not Guilty, Non-Conviction',
    ],
    [
      'a list of codes that is not there',
      'codes: adjudication',
      'codes: verdicts',
      '/events/2/fields/offences[].adjudication/codes names a list of codes that is not under codes',
    ],
    [
      'a date without its format',
      'offences[].decidedOn: { column: DECIDED_ON, format: dd/MM/yyyy }',
      'offences[].decidedOn: DECIDED_ON',
      '/events/2/fields/offences[].decidedOn needs a format',
    ],
    [
      'a year of two digits',
      'offences[].decidedOn: { column: DECIDED_ON, format: dd/MM/yyyy }',
      'offences[].decidedOn: { column: DECIDED_ON, format: dd/MM/yy }',
      '/events/2/fields/offences[].decidedOn has a format that is not understood (it needs yyyy, and mm where it has hours)',
    ],
    [
      'a required field that nothing fills',
      '      offences[].cjsCode: OFFENCE\n      offences[].offenceDates.from: *from\n      offences[].offenceDates.to: *to\n      offences[].adj',
      '      offences[].offenceDates.from: *from\n      offences[].offenceDates.to: *to\n      offences[].adj',
      '/events/2/fields needs offences[].cjsCode, which police.pncOutcome.imported requires',
    ],
    [
      'an agency that may not',
      'agency: police',
      'agency: housing',
      '/events/0/type is not for this agency to publish',
    ],
    [
      'an unknown type',
      'type: police.pncOutcome.imported',
      'type: police.pnc.imported',
      '/events/0/type is not in the catalogue',
    ],
    [
      'an event never reached',
      '    when: { column: RECORD, is: A }\n',
      '',
      '/events/1 is never reached: an event above takes every row',
    ],
    [
      'a time of day that is missing',
      '&recorded { column: UPDATED_AT, format: dd/MM/yyyy HH:mm:ss }',
      '&recorded { column: UPDATED_AT, format: dd/MM/yyyy }',
      '/events/0/recordedtime needs a format with a time of day',
    ],
  ])('%s is named by line and key', (_, from, to, fault) => {
    const faults = faultsOf((whole) =>
      whole.replace(from, to).replace(from === 'title:' ? /^(?:#.*\n)*/ : '', ''),
    );
    expect(faults).toContainEqual(expect.stringContaining(fault));
    expect(faults.every((each) => /^line \d+: (\/|needs)/.test(each))).toBe(true);
  });

  it('tells the line at which a fault stands', () => {
    const part = 'offences[].disposalCode: DISPOSAL';
    expect(
      faultsOf((whole) => whole.replace(part, 'offences[].disposalCode: { column: DISPOSAL, split: / }')),
    ).toEqual([
      `line ${String(lineOf(part))}: /events/2/fields/offences[].disposalCode holds one value, so nothing is to be split`,
    ]);
  });

  it('says where YAML cannot be read', () => {
    expect(() => readMapping('title: a\nevents: [')).toThrow('the mapping is not valid');
    expect(faultsOf(() => 'title: a\nevents: [')).toEqual([
      expect.stringMatching(/^line [23]: is neither YAML nor JSON/),
    ]);
  });
});
