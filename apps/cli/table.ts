/** A cell: text stands to the left, numbers to the right. */
type Cell = string | number;

const GAP = '  ';

/** Rows under their headings as aligned lines, without a blank at the end of any. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] {
  const lines: readonly (readonly Cell[])[] = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => String(line[column]).length)));
  return lines.map((line) =>
    line
      .map((cell, column) => aligned(cell, widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

function aligned(cell: Cell, width: number): string {
  return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
}
