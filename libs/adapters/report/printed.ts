import { type Cell, type Report, type ReportQuestion, type Table } from '../../domain/performance/report.js';
import { printedNumber } from '../../domain/performance/report-figure.js';
import { type SuppressionRule } from '../../domain/performance/suppress-rules.js';

/** A cell as it is printed, whoever may see it: of a whole report, or of the board's view. */
export type PrintedCell = Pick<Cell, 'value' | 'kind' | 'decimals'> & {
  readonly isHidden?: boolean;
  readonly events?: readonly string[];
};

export type PrintedTable = Omit<Table, 'cells' | 'sums'> & {
  readonly cells: readonly (readonly PrintedCell[])[];
};

/** A report, whole or suppressed: one with a `rule` is. */
export interface PrintedReport extends Omit<Report, 'tables'> {
  readonly tables: readonly PrintedTable[];
  readonly rule?: SuppressionRule;
}

/** Marks in the place of a figure, as UK government statistics have them. */
export const CONFIDENTIAL = '[c]';
export const NOT_AVAILABLE = '[x]';

/** What a cell shows: a number at its decimals, a text, or a mark. */
export function shown({ value, decimals, isHidden }: PrintedCell): number | string {
  if (isHidden === true) return CONFIDENTIAL;
  if (value === null) return NOT_AVAILABLE;
  return printedNumber({ value, ...(decimals !== undefined && { decimals }) }) ?? value;
}

/** What a cell shows, for somebody to read: with its places and its unit. */
export function figureOf(cell: PrintedCell): string {
  const figure = shown(cell);
  if (typeof figure === 'string') return figure;
  const text = figure.toFixed(cell.decimals ?? 0);
  if (cell.kind === 'percent') return `${text}%`;
  return cell.kind === 'money' ? `${figure < 0 ? '-' : ''}£${grouped(text.replace('-', ''))}` : text;
}

/** `1997000` as `1,997,000`. */
function grouped(text: string): string {
  return text.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** What the marks in a report mean, and why; nothing for a report without marks. */
export function legendOf({ tables, rule }: PrintedReport): readonly string[] {
  const marks = new Set(tables.flatMap(({ cells }) => cells.flat().map(shown)));
  const confidential =
    rule === undefined
      ? `${CONFIDENTIAL} confidential: it rests on facts that are not shared with you`
      : `${CONFIDENTIAL} confidential: a number from 1 to ${rule.smallestShown - 1}, or one from which such a number could be worked out (rule ${rule.version} on small numbers)`;
  const notAvailable = `${NOT_AVAILABLE} not available: there is nothing to count, to divide by or to tell`;
  return [
    ...(marks.has(CONFIDENTIAL) ? [confidential] : []),
    ...(marks.has(NOT_AVAILABLE) ? [notAvailable] : []),
  ];
}

/** What a report was asked for, by name: days, and the moment up to which facts counted. */
export function askedOf({ at, from, to, knownAt }: ReportQuestion): readonly (readonly [string, string])[] {
  return [
    ['state at the end of', at],
    ['period, both days included', `${from} to ${to}`],
    ['facts received', knownAt === null ? 'so far' : `by ${new Date(knownAt).toISOString()}`],
  ];
}
