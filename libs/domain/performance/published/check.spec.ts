import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { checkPrinted } from './check.js';
import { type PrintedCell, printedCell } from './printed-cell.js';
import { type PrintedDocument, readPrintedDocument } from './printed-document.js';
import { wholeTotals } from './whole-totals.js';

const file = new URL('../../../../deploy/published/llr-2016.yaml', import.meta.url);
const document = readPrintedDocument(parse(readFileSync(file, 'utf8')));

/** The document with one cell printed otherwise. */
function reprinted(table: string, row: string, column: number, text: string): PrintedDocument {
  return {
    ...document,
    tables: document.tables.map((each) =>
      each.id === table
        ? {
            ...each,
            rows: {
              ...each.rows,
              [row]: (each.rows[row] ?? []).map((old, at) => (at === column ? text : old)),
            },
          }
        : each,
    ),
  };
}

describe('the check of the report of 2016', () => {
  const { findings, claims } = checkPrinted(document);

  it('finds three cells and a sentence, and nothing else', () => {
    expect(findings).toEqual([
      {
        kind: 'cell',
        table: 'caseload',
        cell: 'Enhanced/2016-03-31/Total',
        printed: '109',
        recomputedFromPrinted: '110',
        recomputedFromCells: '110',
      },
      {
        kind: 'cell',
        table: 'caseload',
        cell: 'Total/2016-03-31/Total',
        printed: '379',
        recomputedFromPrinted: '380',
        recomputedFromCells: '380',
      },
      {
        kind: 'cell',
        table: 'caseload',
        cell: '%change/Total',
        printed: '13.05',
        recomputedFromPrinted: '12.46',
        recomputedFromCells: '12.76',
      },
      {
        kind: 'claim',
        table: 'spread',
        cell: 'custody/2016-03-31',
        printed: 'there is a very small increase in the number of IOM offenders in prison',
        recomputedFromPrinted: '-1.27',
        recomputedFromCells: '-1.27',
      },
    ]);
  });

  it('lists the increase by 13% as holding by the cells, not by the printed total', () => {
    const claim = claims.find((each) => each.claim.by === '13%');
    expect(claim).toMatchObject({
      holdsByPrinted: false,
      holdsByCells: true,
      recomputedFromPrinted: '12.46',
      recomputedFromCells: '12.76',
    });
  });

  it.each([
    ['reoffending-level', 'Overall', 1, '746', ['Overall/before', 'Overall/change']],
    ['reoffending-level', 'Enhanced', 3, '-41.09', ['Enhanced/change']],
    ['spread', 'total', 2, '249', ['total/2015-10-01']],
    ['statutory-share', 'percentage', 1, '53%', ['percentage/2015-07-01']],
    ['statutory-share', 'CRC', 5, '140%', ['CRC/change']],
    ['needs-entry', 'identified', 0, '70.14%', ['identified/accommodation']],
    ['needs-entry', 'mean-all', 2, '1.10', ['mean-all/health', 'mean-scored/health']],
  ])('finds a wrong cell of %s in %s', (table, row, column, text, cells) => {
    const found = checkPrinted(reprinted(table, row, column, text)).findings.filter(
      (each) => each.table === table,
    );
    expect(found.filter(({ kind }) => kind === 'cell').map(({ cell }) => cell)).toEqual(cells);
  });

  it('knows no whole total where two averages have none in common', () => {
    const [finding] = checkPrinted(reprinted('needs-entry', 'mean-all', 2, '1.10')).findings.filter(
      ({ table }) => table === 'needs-entry',
    );
    expect(finding).toMatchObject({
      printed: '1.10',
      recomputedFromPrinted: null,
      recomputedFromCells: null,
    });
  });
});

describe('the total behind two printed averages', () => {
  const cellOf = (row: string, index: number): PrintedCell => {
    const cell = printedCell(
      document.tables.find(({ id }) => id === 'needs-entry')?.rows[row]?.[index] ?? '',
    );
    if (cell === undefined) throw new Error(`no cell ${row}`);
    return cell;
  };

  it.each([...[259, 255, 73, 355, 347, 187, 457].entries()])(
    'is one alone: of pathway %d it is %d',
    (index, total) => {
      const [all, scored] = [cellOf('mean-all', index), cellOf('mean-scored', index)];
      const means = [
        { mean: all, count: cellOf('all', index).value },
        { mean: scored, count: cellOf('scored', index).value },
      ];
      expect(wholeTotals(means)).toEqual([total]);
    },
  );
});

describe('reading a printed document', () => {
  it.each([
    ['no document', 'text'],
    [
      'a cell that is no number',
      { ...document, tables: [{ ...document.tables[0], rows: { Overall: ['a', 'b', 'c', 'd'] } }] },
    ],
    [
      'a row that is too short',
      {
        ...document,
        tables: [{ ...document.tables[0], rows: { Priority: ['1'] }, relations: [] }],
      },
    ],
    [
      'a relation of a column that is not there',
      { ...document, tables: [{ ...document.tables[0], relations: [{ kind: 'sum', of: ['nowhere'] }] }] },
    ],
  ])('refuses %s', (_, value) => {
    expect(() => readPrintedDocument(value)).toThrow('cannot be read');
  });
});
