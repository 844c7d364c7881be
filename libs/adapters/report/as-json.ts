import {
  figureOf,
  legendOf,
  type PrintedCell,
  type PrintedReport,
  type PrintedTable,
  shown,
} from './printed.js';

/** A report as one JSON value: figures rounded as they are printed, null where there is none, and the text of each. */
export function asJson(report: PrintedReport): object {
  const { name, title, question, tables, rule } = report;
  const { at, from, to, knownAt } = question;
  return {
    name,
    title,
    question: { at, from, to, known: knownAt === null ? null : new Date(knownAt).toISOString() },
    view: rule === undefined ? 'team' : 'board',
    ...(rule !== undefined && { rule }),
    tables: tables.map(tableOf),
    legend: legendOf(report),
  };
}

function tableOf({ id, title, note, of, columns, rows, cells }: PrintedTable): object {
  return { id, title, note, of, columns, rows, cells: cells.map((row) => row.map(cellOf)) };
}

function cellOf(cell: PrintedCell): object {
  const { value, kind, events, isHidden = false } = cell;
  const figure = isHidden || value === null ? null : shown(cell);
  return { value: figure, text: figureOf(cell), kind, ...(events !== undefined && { events }) };
}
