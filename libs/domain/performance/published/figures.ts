import { Invalid } from '../../../contract/failure.js';
import { type CellRef } from '../report.js';
import { printedCells } from './printed-cell.js';
import { type PrintedDocument, type PrintedTable } from './printed-document.js';

/** The printed numbers of a document, by table and cell. Asking for one that it does not have throws `Invalid` `printed-document`. */
export interface Figures {
  readonly document: PrintedDocument;
  readonly table: (id: string) => PrintedTable;
  readonly at: (table: string, cell: CellRef) => number;
  readonly assumed: (group: string, name: string) => number;
}

export function figuresOf(document: PrintedDocument): Figures {
  const cells = new Map(document.tables.map((table) => [table.id, printedCells(table)]));
  return {
    document,
    table: (id) =>
      found(
        document.tables.find((table) => table.id === id),
        `table ${id}`,
      ),
    at: (table, cell) => found(cells.get(table)?.get(cell)?.value, `figure ${table} ${cell}`),
    assumed: (group, name) => found(document.assumed[group]?.[name], `assumption ${group} ${name}`),
  };
}

function found<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new Invalid('printed-document', `the printed document has no ${what}`);
}
