import { type Chart } from '../charts/chart.js';
import { drawn, pageOf } from '../charts/pages.js';
import { drawingOf } from './drawing.js';
import { askedOf, figureOf, legendOf, type PrintedReport, type PrintedTable } from './printed.js';
import { performanceReport } from './template.js';

/**
 * A report as an HTML page that stands by itself: no scripts, no network, each chart drawn as SVG with its table beside it,
 * so that nothing is told by a picture alone; prints in grey.
 */
export async function asPage(report: PrintedReport): Promise<string> {
  const { title, question, tables, rule } = report;
  return pageOf(performanceReport, {
    title,
    asked: askedOf(question),
    view: rule === undefined ? 'team: not for the board' : `board: small numbers hidden; ${rule.source}`,
    legend: legendOf(report),
    figures: await drawn(tables.map(chartOf)),
  });
}

function chartOf(table: PrintedTable): Chart {
  const { id, title, note, of, columns, rows, cells } = table;
  return {
    id,
    title,
    note,
    headings: [of, ...columns.map(({ label }) => label)],
    rows: rows.map(({ label }, r) => [
      label,
      ...(cells[r] ?? []).map((cell) => (cell.kind === 'text' ? figureOf(cell) : { figure: figureOf(cell) })),
    ]),
    drawing: drawingOf(table),
  };
}
