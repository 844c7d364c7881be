import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { csvLine } from './csv.js';

describe('a cell of CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1'])('is no formula: %j', (text) => {
    expect(csvLine([text])).toContain(`'${text}`);
  });

  it('holds what it was given', () => {
    const cells = ['a,b', 'say "so"', 'two\nlines', 'carriage\rreturn', ''];
    expect(parse(csvLine(cells))).toEqual([cells]);
  });
});
