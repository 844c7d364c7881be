import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { Invalid } from '../../../../libs/contract/failure.js';
import { type Fault, type Row } from './row.js';

/** What is put before the row's own columns; an extract may have them, so that put right it can be imported again. */
export const REJECT_COLUMNS = [
  'REJECTED_FILE',
  'REJECTED_LINE',
  'REJECTED_COLUMN',
  'REJECTED_REASON',
] as const;

/** Where refused rows are written aside. */
export interface Rejects {
  readonly write: (file: string, rows: readonly Row[], fault: Fault) => void;
  readonly close: () => void;
}

/** Writes nothing: a refused row stays in its extract. */
export const noRejects: Rejects = { write: () => undefined, close: () => undefined };

/**
 * Writes refused rows whole, with why, to a new CSV file that only its owner may read, for they are about people. The
 * file comes into being with the first row. Throws `Invalid` `rejects` when it exists already: nothing is overwritten.
 */
export function rejectsIn(file: string): Rejects {
  if (existsSync(file)) throw new Invalid('rejects', '--rejects names a file that exists');
  let opened: { readonly descriptor: number; readonly columns: readonly string[] } | undefined;
  return {
    write: (from, rows, fault) => {
      const [first] = rows;
      if (first === undefined) return;
      opened ??= begin(file, Object.keys(first.cells));
      const { descriptor, columns } = opened;
      const lines = rows.map((row) => [
        from,
        row.line,
        fault.column ?? '',
        fault.reason,
        ...cellsOf(row, columns),
      ]);
      writeSync(descriptor, stringify(lines, { record_delimiter: '\r\n' }));
    },
    close: () => {
      if (opened !== undefined) closeSync(opened.descriptor);
    },
  };
}

function begin(file: string, cells: readonly string[]) {
  const own: readonly string[] = REJECT_COLUMNS;
  const columns = cells.filter((name) => !own.includes(name));
  const descriptor = openSync(file, 'wx', 0o600);
  writeSync(
    descriptor,
    stringify([[...REJECT_COLUMNS, ...columns]], { bom: true, record_delimiter: '\r\n' }),
  );
  return { descriptor, columns };
}

/** A row with a cell too many or too few is kept as it is: nothing says which cell is which. */
function cellsOf({ cells, record }: Row, columns: readonly string[]): readonly string[] {
  const isWhole = record.length === Object.keys(cells).length;
  return isWhole ? columns.map((name) => cells[name] ?? '') : record;
}
