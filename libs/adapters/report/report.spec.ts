import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Cell, type Report } from '../../domain/performance/report.js';
import { suppress } from '../../domain/performance/suppress.js';
import { suppressionRuleAt } from '../../domain/performance/suppress-rules.js';
import { asCsv } from './as-csv.js';
import { asJson } from './as-json.js';
import { asPage } from './as-page.js';
import { asTable } from './as-text.js';

const count = (value: number): Cell => ({ value, kind: 'count', events: ['event-1'] });

/** Two areas at two dates, with their change; nobody was in the second at first. */
const caseload: Report = {
  name: 'caseload',
  title: 'Caseload by area',
  question: { at: '2016-03-31', from: '2015-04-01', to: '2016-03-31', knownAt: null },
  tables: [
    {
      id: 'areas',
      title: 'People managed, by area',
      note: 'Counted at the end of each day <b>.',
      of: 'date',
      columns: [
        { key: 'NC', label: 'NC' },
        { key: 'OSF', label: 'OSF' },
        { key: 'NW', label: 'NW' },
        { key: 'total', label: 'Total' },
      ],
      rows: [
        { key: '2015-04-01', label: '01/04/2015' },
        { key: '2016-03-31', label: '31/03/2016' },
        { key: 'change', label: '% change' },
      ],
      cells: [
        [count(20), count(0), count(98), count(118)],
        [count(31), count(2), count(115), count(148)],
        [change('NC', 55), change('OSF', null), change('NW', 17.3469), change('total', 25.4237)],
      ],
      sums: ['2015-04-01', '2016-03-31'].map((day) => ({
        total: `${day}/total`,
        parts: [`${day}/NC`, `${day}/OSF`, `${day}/NW`],
      })),
      chart: 'bars',
      shows: 'aggregate',
    },
  ],
};

function change(column: string, value: number | null): Cell {
  const of = [`2015-04-01/${column}`, `2016-03-31/${column}`] as const;
  return { value, kind: 'percent', decimals: 2, of, events: [] };
}

const board = suppress(caseload, suppressionRuleAt('2026-03-31'));

describe('a report as text', () => {
  it('has figures to the right, and marks with their meaning', () => {
    expect(asTable(board)).toEqual([
      'Caseload by area',
      'state at the end of: 2016-03-31',
      'period, both days included: 2015-04-01 to 2016-03-31',
      'facts received: so far',
      '',
      'People managed, by area',
      'date         NC  OSF      NW   Total',
      '01/04/2015   20    0      98     118',
      '31/03/2016  [c]  [c]     115     148',
      '% change    [c]  [c]  17.35%  25.42%',
      'Counted at the end of each day <b>.',
      '',
      '[c] confidential: a number from 1 to 4, or one from which such a number could be worked out (rule 1 on small numbers)',
    ]);
    expect(asTable(caseload).slice(-4)).toEqual([
      '% change    55.00%  [x]  17.35%  25.42%',
      'Counted at the end of each day <b>.',
      '',
      '[x] not available: there is nothing to count, to divide by or to tell',
    ]);
  });
});

describe('a report as CSV', () => {
  it('has a line for each cell, with its keys and rounded value', () => {
    const lines = parse(asCsv(board), { columns: true }) as readonly Readonly<Record<string, string>>[];
    expect(lines).toHaveLength(12);
    expect(lines[5]).toEqual({
      report: 'caseload',
      at: '2016-03-31',
      from: '2015-04-01',
      to: '2016-03-31',
      known: '',
      table: 'areas',
      row: '2016-03-31',
      column: 'OSF',
      value: '[c]',
      kind: 'count',
    });
    expect(lines.slice(8).map(({ value }) => value)).toEqual(['[c]', '[c]', '17.35', '25.42']);
  });

  it('keeps a negative number a number, and runs no formula', () => {
    const [table] = caseload.tables;
    if (table === undefined) throw new Error('the sample has a table');
    const cells: Cell[] = [change('NC', -38.9474), { value: '=HYPERLINK(1)', kind: 'text', events: [] }];
    const lines = asCsv({ ...caseload, tables: [{ ...table, cells: [cells] }] }).split('\n');
    expect(lines[1]?.split(',').slice(-2)).toEqual(['-38.95', 'percent']);
    expect(lines[2]).toContain("'=HYPERLINK");
  });
});

describe('a report as JSON', () => {
  it('tells hidden figures by their mark alone, and no events of the board', () => {
    const text = JSON.stringify(asJson(board));
    expect(text).not.toContain('event-1');
    expect(JSON.parse(text)).toMatchObject({
      view: 'board',
      rule: { version: 1 },
      question: { known: null },
      tables: [{ cells: [{}, [{ value: null, text: '[c]', kind: 'count' }, {}, { value: 115 }, {}], {}] }],
    });
  });

  it('of the team holds the events', () => {
    expect(asJson(caseload)).toMatchObject({
      view: 'team',
      tables: [{ cells: [[{ value: 20, text: '20', events: ['event-1'] }, {}, {}, {}], {}, {}] }],
    });
  });
});

describe('a report as a page', () => {
  it('is one document without scripts or addresses, each chart with its table', async () => {
    const page = await asPage(board);
    const text = page.replace('<!doctype html>', '');
    expect(XMLValidator.validate(text)).toBe(true);
    const { html } = new XMLParser({ ignoreAttributes: false }).parse(text) as {
      readonly html: { readonly '@_lang': string };
    };
    expect(html['@_lang']).toBe('en-GB');
    expect(page).not.toMatch(/<script|<link|<img|src=/);
    expect(page.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(/https?:/);
    expect(page).toContain('<caption>People managed, by area</caption>');
    expect(page).toContain('<th scope="col">OSF</th>');
    expect(page).toContain('<th scope="row">31/03/2016</th><td class="number">[c]</td>');
    expect(page).toContain('Counted at the end of each day &lt;b&gt;.');
    expect(page).toMatch(/<svg role="img" aria-labelledby="areas-title areas-description"/);
  });

  it('draws no bar where a figure is hidden, and the same each time', async () => {
    const page = await asPage(board);
    expect(page).toContain('>[c]</text>');
    expect(page.match(/aria-roledescription="bar"|<path[^>]*fill="#2c5f8a"/g)?.length).toBe(6);
    expect(await asPage(board)).toBe(page);
  });

  it('draws rows and columns in the order of the table, and cuts no label', async () => {
    const [table] = caseload.tables;
    if (table === undefined) throw new Error('the sample has a table');
    const names = ['Number of people before that day', 'Managed', 'Committed', 'Altogether'];
    const columns = table.columns.map(({ key }, c) => ({ key, label: names[c] ?? '' }));
    const labels = ['Standard management by the police', 'Enhanced', 'Change'];
    const rows = table.rows.map(({ key }, r) => ({ key, label: labels[r] ?? '' }));
    const inOrder = async (chart: 'bars' | 'lines', words: readonly string[]) => {
      const page = await asPage({ ...caseload, tables: [{ ...table, columns, rows, chart }] });
      const [svg = ''] = /<svg[^]*<\/svg>/.exec(page) ?? [];
      const at = words.map((word) => svg.lastIndexOf(`>${word}`));
      expect(at.every((each) => each > 0)).toBe(true);
      expect(at).toEqual(at.toSorted((one, other) => one - other));
      expect(svg).not.toContain('…');
    };
    for (const chart of ['bars', 'lines'] as const) {
      await inOrder(chart, ['Number', 'Managed', 'Committed', 'Altogether']);
      await inOrder(chart, ['Standard management by the police', 'Enhanced']);
    }
  });

  it('labels each of ten columns, a long name in lines', async () => {
    const [table] = caseload.tables;
    if (table === undefined) throw new Error('the sample has a table');
    const names = ['NC', 'NE', 'NH', 'NL', 'NN', 'NR', 'NS', 'NW', 'No area recorded', 'Total'];
    const columns = names.map((label) => ({ key: label, label }));
    const cells = table.rows.map(() => names.map(() => count(7)));
    const page = await asPage({ ...caseload, tables: [{ ...table, columns, cells }] });
    const [axis = ''] =
      /<g class="mark-text role-axis-label"(?:(?!<\/g>)[^])*>NC<[^]*?<\/g>/.exec(page) ?? [];
    const labels = [...axis.matchAll(/<text[^>]*>([^]*?)<\/text>/g)].map(([, inside = '']) =>
      inside.replaceAll('</tspan><tspan', '</tspan> <tspan').replaceAll(/<[^>]*>/g, ''),
    );
    expect(labels).toEqual(names);
    expect(axis).not.toContain('opacity="0"');
  });

  it('draws nothing where there is nobody', async () => {
    const [table] = caseload.tables;
    if (table === undefined) throw new Error('the sample has a table');
    const cells = table.cells.map((row) => row.map(() => count(0)));
    expect(await asPage({ ...caseload, tables: [{ ...table, cells }] })).not.toContain('<svg');
  });

  it('draws lines by their dashes, and nothing where there is nothing to draw', async () => {
    const [table] = caseload.tables;
    if (table === undefined) throw new Error('the sample has a table');
    const lines = await asPage({ ...caseload, tables: [{ ...table, chart: 'lines' }] });
    expect(lines).toContain('stroke-dasharray');
    expect(await asPage({ ...caseload, tables: [{ ...table, chart: null }] })).not.toContain('<svg');
  });
});
