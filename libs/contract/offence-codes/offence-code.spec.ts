import { describe, expect, it } from '@jest/globals';
import { extractedOffences, isHoCode, isNeighbourhoodCrime, offenceByHoCode } from './offence-code.js';

const neighbourhood = [
  ...['028/00', '028/01', '028/02', '028/03', '029/00', '030/00', '030/01', '030/02', '031/00'],
  ...['034/00', '034/01', '034/02', '034/03', '037/00', '037/01', '037/02', '039/00'],
  ...['045/00', '045/10', '045/11', '048/00', '048/01', '126/00'],
  ...['130/00', '130/01', '130/02', '130/03'],
];

describe('the extract of Home Office offence codes', () => {
  it('holds well formed, distinct codes', () => {
    const codes = extractedOffences().map((offence) => offence.hoCode);
    expect(codes.length).toBeGreaterThanOrEqual(60);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every(isHoCode)).toBe(true);
  });

  it('finds an offence by its code', () => {
    expect(offenceByHoCode('028/03')).toEqual({
      hoCode: '028/03',
      group: 'Burglary',
      category: 'Burglary in a dwelling',
      description: 'Other burglary in a dwelling',
    });
  });

  it.each(['28/3', '999/99', '', '__proto__', 'constructor'])('does not find %j', (code) => {
    expect(offenceByHoCode(code)).toBeUndefined();
    expect(isNeighbourhoodCrime(code)).toBe(false);
  });

  it('names exactly the neighbourhood-crime codes of the requirements', () => {
    const found = extractedOffences().map((offence) => offence.hoCode);
    expect(found.filter(isNeighbourhoodCrime).sort()).toEqual([...neighbourhood].sort());
  });

  it.each(['046/00', '049/00', '054/01', '033/00'])('does not count %s as neighbourhood crime', (code) => {
    expect(offenceByHoCode(code)).toBeDefined();
    expect(isNeighbourhoodCrime(code)).toBe(false);
  });
});
