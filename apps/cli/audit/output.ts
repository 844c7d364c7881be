import { type Command, Option } from 'commander';
import { type Terminal } from '../session.js';
import { table } from '../table.js';
import { csvLine } from './csv.js';

export type Cell = string | number;
export const formats = ['table', 'json', 'ndjson', 'csv'] as const;
export type Format = (typeof formats)[number];

/** How the items of an answer look in columns; one may have several rows, or none. */
export interface Layout<Item> {
  readonly headings: readonly string[];
  readonly rows: (item: Item) => readonly (readonly Cell[])[];
}

/** In a table for somebody to read, and in CSV for a program. */
export interface Layouts<Item> {
  readonly table: Layout<Item>;
  readonly csv: Layout<Item>;
}

/** Adds `--format` to a command. */
export function withFormat(command: Command): Command {
  return command.addOption(new Option('--format <format>').choices(formats).default('table'));
}

type Out = Pick<Terminal, 'out'>;

/** Prints items as they come, whatever their number, and nothing before the first; gives how many there were. */
export async function printAll<Item>(
  { out }: Out,
  format: Format,
  items: AsyncIterable<Item>,
  layouts: Layouts<Item>,
): Promise<number> {
  const printer = printers[format](out, layouts);
  let count = 0;
  for await (const item of items) {
    if (count === 0) printer.begin();
    printer.item(item);
    count += 1;
  }
  if (count === 0) printer.begin();
  printer.end();
  return count;
}

/** Prints one answer: as JSON whole, otherwise its items. */
export function printOne<Item>(
  terminal: Out,
  format: Format,
  answer: { readonly document: unknown; readonly items: readonly Item[] },
  layouts: Layouts<Item>,
): void {
  if (format === 'json') {
    terminal.out(JSON.stringify(answer.document, null, 2));
    return;
  }
  const printer = printers[format](terminal.out, layouts);
  printer.begin();
  answer.items.forEach(printer.item);
  printer.end();
}

interface Printer<Item> {
  readonly begin: () => void;
  readonly item: (item: Item) => void;
  readonly end: () => void;
}

type PrinterOf = <Item>(out: Terminal['out'], layouts: Layouts<Item>) => Printer<Item>;

const nothing = (): void => undefined;

/** So many rows are lined up with one another; memory holds no more. */
const ROWS_TOGETHER = 500;

const asTable: PrinterOf = (out, { table: { headings, rows } }) => {
  let waiting: (readonly Cell[])[] = [];
  let printed = 0;
  const flush = (): void => {
    for (const line of table(headings, waiting)) out(line);
    printed += waiting.length;
    waiting = [];
  };
  return {
    begin: nothing,
    item(item) {
      waiting.push(...rows(item));
      if (waiting.length >= ROWS_TOGETHER) flush();
    },
    end() {
      if (waiting.length > 0 || printed === 0) flush();
    },
  };
};

const asCsv: PrinterOf = (out, { csv: { headings, rows } }) => ({
  begin: () => out(csvLine(headings)),
  item: (item) => rows(item).forEach((row) => out(csvLine(row))),
  end: nothing,
});

const asLines: PrinterOf = (out) => ({
  begin: nothing,
  item: (item) => out(JSON.stringify(item)),
  end: nothing,
});

const asJson: PrinterOf = (out) => {
  let last: string | undefined;
  return {
    begin: () => out('['),
    item(item) {
      if (last !== undefined) out(`${last},`);
      last = JSON.stringify(item);
    },
    end() {
      if (last !== undefined) out(last);
      out(']');
    },
  };
};

const printers: Readonly<Record<Format, PrinterOf>> = {
  table: asTable,
  json: asJson,
  ndjson: asLines,
  csv: asCsv,
};
