import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type InputError, Invalid } from '../../contract/failure.js';
import { extractedOffences, offenceByHoCode } from '../../contract/offence-codes/offence-code.js';
import { offenceCodes, storeOffenceCodes } from './offence-codes.js';
import { parseOffenceCodesCsv } from './offence-codes-csv.js';

const list = '../shared/data/offence-codes/home-office-offence-codes.csv';
const HEADER = 'ho_code,group,category,description,actuarial_category';

function faultsOf(text: string): readonly InputError[] {
  try {
    parseOffenceCodesCsv(text);
  } catch (error) {
    if (error instanceof Invalid) return error.errors;
    throw error;
  }
  return [];
}

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'concordat-codes-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('a CSV list of offence codes', () => {
  it('is read by its column names, with blanks made single', () => {
    const text = 'description,ho_code,category,group\n"Theft,  from\na shop",046/00,Shoplifting,Theft\n';
    expect(parseOffenceCodesCsv(text)).toEqual([
      { hoCode: '046/00', group: 'Theft', category: 'Shoplifting', description: 'Theft, from a shop' },
    ]);
  });

  it('may say which CJS codes count under a Home Office code', () => {
    const text =
      'ho_code,group,category,description,cjs_codes\n999/01,a,b,c,TH68010 TH68010A\n999/02,a,b,c,\n';
    expect(parseOffenceCodesCsv(text).map(({ cjsCodes }) => cjsCodes)).toEqual([
      ['TH68010', 'TH68010A'],
      undefined,
    ]);
    expect(faultsOf(`${text}999/03,a,b,c,TH68010\n999/04,a,b,c,TH6801\n`)).toEqual([
      { pointer: 'line 4', detail: 'repeats the CJS code TH68010 of line 2' },
      { pointer: 'line 5', detail: 'has a CJS code that is none: TH6801' },
    ]);
  });

  it('is refused with every bad row named by its line', () => {
    const rows = ['046/00,a,b,c,d', '46/0,a,b,c,d', '046/01,a,,c,d', '046/00,a,b,c,d', '046/02,a'];
    expect(faultsOf([HEADER, ...rows].join('\n'))).toEqual([
      { pointer: 'line 3', detail: 'has an ho_code that is not CCC/SS' },
      { pointer: 'line 4', detail: 'has no category' },
      { pointer: 'line 5', detail: 'repeats the ho_code of line 2' },
      { pointer: 'line 6', detail: 'has 2 columns, not 5' },
      { pointer: 'line 6', detail: 'has no category' },
      { pointer: 'line 6', detail: 'has no description' },
    ]);
  });

  it.each([
    ['', 'has no column ho_code, group, category, description'],
    ['ho_code,group\n', 'has no column category, description'],
    [`${HEADER}\n`, 'is followed by no offence'],
  ])('is refused when it is %j', (text, detail) => {
    expect(faultsOf(text)).toEqual([{ pointer: 'line 1', detail }]);
  });

  it('is refused when it is not CSV', () => {
    expect(faultsOf(`${HEADER}\n046/00,"a"b,c,d,e\n`)).toEqual([{ pointer: 'line 2', detail: 'is not CSV' }]);
  });

  if (existsSync(list)) {
    it('of the Home Office is read whole, and holds every code of the extract', () => {
      const offences = parseOffenceCodesCsv(readFileSync(list, 'utf8'));
      const byCode = new Map(offences.map((offence) => [offence.hoCode, offence]));
      expect(byCode.size).toBe(3_039);
      for (const { hoCode, group } of extractedOffences())
        expect(byCode.get(hoCode)).toMatchObject({ group });
    });
  } else {
    it('of the Home Office is not there to read at ../shared/data', () => {
      expect(existsSync(list)).toBe(false);
    });
  }
});

describe('the offences that the hub knows', () => {
  const loaded = { hoCode: '999/01', group: 'Test', category: 'Test', description: 'Test' };

  it('are those of the extract while no list is stored', () => {
    expect(offenceCodes(dataDir)('028/03')).toEqual(offenceByHoCode('028/03'));
  });

  it('are those of the stored list, and of the extract what it lacks', () => {
    storeOffenceCodes(dataDir, [loaded]);
    const lookUp = offenceCodes(dataDir);
    expect(lookUp('999/01')).toEqual(loaded);
    expect(lookUp('028/03')).toBeDefined();
    expect(lookUp('999/02')).toBeUndefined();
  });

  it('are found by the CJS codes that the list names, and no CJS code is guessed', () => {
    expect(offenceCodes(dataDir)('TH68010')).toBeUndefined();
    storeOffenceCodes(dataDir, [{ ...loaded, cjsCodes: ['TH68010'] }]);
    const lookUp = offenceCodes(dataDir);
    expect(lookUp('TH68010')?.hoCode).toBe('999/01');
    expect(lookUp('TH68010A')).toBeUndefined();
  });

  it.each(['{', '[{}]', '{}'])('cannot be read from a damaged file (%s)', (text) => {
    mkdirSync(join(dataDir, 'reference'));
    writeFileSync(join(dataDir, 'reference', 'offence-codes.json'), text);
    expect(() => offenceCodes(dataDir)).toThrow('holds no list of offence codes');
  });
});
