import { askedOf, figureOf, legendOf, type PrintedReport, type PrintedTable } from './printed.js';

const GAP = '  ';

/** A report as lines of text: each table under its title, figures to the right, then its note; last, what marks mean. */
export function asTable(report: PrintedReport): readonly string[] {
  const asked = askedOf(report.question).map(([name, value]) => `${name}: ${value}`);
  const tables = report.tables.flatMap((table) => ['', ...linesOf(table)]);
  const legend = legendOf(report);
  return [report.title, ...asked, ...tables, ...(legend.length > 0 ? ['', ...legend] : [])];
}

function linesOf({ title, note, of, columns, rows, cells }: PrintedTable): readonly string[] {
  const lines = [
    [of, ...columns.map(({ label }) => label)],
    ...rows.map(({ label }, r) => [label, ...(cells[r] ?? []).map(figureOf)]),
  ];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const left = leftColumns(cells);
  const aligned = (text: string, column: number): string =>
    left.has(column) ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return [
    title,
    ...lines.map((line) => line.map(aligned).join(GAP).trimEnd()),
    ...(note === '' ? [] : [note]),
  ];
}

/** The column of labels, and columns of nothing but text. */
function leftColumns(cells: PrintedTable['cells']): ReadonlySet<number> {
  const columns = cells[0]?.map((_, column) => column) ?? [];
  const texts = columns.filter((column) => cells.every((row) => row[column]?.kind === 'text'));
  return new Set([0, ...texts.map((column) => column + 1)]);
}
