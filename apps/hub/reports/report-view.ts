import {
  figureOf,
  legendOf,
  type PrintedCell,
  type PrintedReport,
  shown,
} from '../../../libs/adapters/report/printed.js';
import { type Report } from '../../../libs/domain/performance/report.js';
import { type SuppressedReport } from '../../../libs/domain/performance/suppress.js';
import { type FactView } from '../query/fact-view.js';
import { withoutOthersPeople } from './people-rows.js';
import { type PictureEvents } from './picture-events.js';

/** A cell as GraphQL reads it. */
export interface CellView {
  readonly column: string;
  readonly kind: string;
  readonly value: number | null;
  readonly text: string;
  /** The first facts behind it that the viewer's own picture holds. */
  events(first: number): readonly FactView[];
}

/** A report as GraphQL reads it, and as it is printed. */
export interface ReportView extends Readonly<Record<string, unknown>> {
  readonly printed: PrintedReport;
}

/** The board's view: numbers alone. */
export function boardView(report: SuppressedReport): ReportView {
  return { ...viewOf(report, () => []), view: 'board', rule: report.rule };
}

/** The team's view: each cell opens to facts of the viewer's own picture, and lists of people to the people in it. */
export function teamView(report: Report, events: PictureEvents): ReportView {
  const open = ({ events: ids = [] }: PrintedCell, first: number) => events.facts(ids, first);
  return { ...viewOf(withoutOthersPeople(report, events), open), view: 'team', rule: null };
}

type Opens = (cell: PrintedCell, first: number) => readonly FactView[];

function viewOf(report: PrintedReport, open: Opens): ReportView {
  const { name, title, question, tables } = report;
  const { at, from, to, knownAt } = question;
  return {
    printed: report,
    name,
    title,
    at,
    from,
    to,
    known: knownAt === null ? null : new Date(knownAt).toISOString(),
    tables: tables.map(({ cells, rows, columns, ...table }) => ({
      ...table,
      columns,
      rows: rows.map((row, r) => ({
        ...row,
        cells: (cells[r] ?? []).map((cell, c) => cellView(columns[c]?.key ?? '', cell, open)),
      })),
    })),
    legend: legendOf(report),
  };
}

function cellView(column: string, cell: PrintedCell, open: Opens): CellView {
  const figure = shown(cell);
  return {
    column,
    kind: cell.kind,
    value: typeof figure === 'number' ? figure : null,
    text: figureOf(cell),
    events: (first) => open(cell, first),
  };
}
