import { describe, expect, it } from '@jest/globals';
import { parseCjsCode } from './cjs-code.js';

describe('a CJS offence code', () => {
  it('has an act, a year and a reason', () => {
    expect(parseCjsCode('TH68010')).toEqual({
      code: 'TH68010',
      actPrefix: 'TH',
      year: '68',
      reason: '010',
      inchoate: null,
      statuteCode: 'TH68',
    });
  });

  it.each([
    ['TH68023A', 'attempt'],
    ['TH68023B', 'aid-and-abet'],
    ['TH68023C', 'conspiracy'],
    ['TH68023I', 'incitement'],
  ])('%s is an inchoate offence: %s', (code, inchoate) => {
    expect(parseCjsCode(code)).toMatchObject({ inchoate, statuteCode: 'TH68' });
  });

  it('of the common law has no year', () => {
    expect(parseCjsCode('COML025')).toMatchObject({ actPrefix: 'COML', year: null, statuteCode: 'COML' });
  });

  it.each(['', 'TH6801', 'th68010', 'TH68010X', 'TH68010AA', ' TH68010', 'TH68010\n', 'COML25', 'T168010'])(
    'is not %j',
    (code) => {
      expect(parseCjsCode(code)).toBeUndefined();
    },
  );
});
