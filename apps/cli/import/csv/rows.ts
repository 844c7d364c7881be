import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Invalid } from '../../../../libs/contract/failure.js';
import { columnsOf, type Mapping } from './mapping.js';
import { REJECT_COLUMNS } from './rejects.js';
import { type Row } from './row.js';

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const LONGEST_ROW = 1024 * 1024;

/**
 * The rows of a CSV file (RFC 4180), read as they are asked for. Throws `Invalid` `csv` when its header is not that
 * of the mapping, `file` when it cannot be read, and either where the file cannot be read further: what came before
 * stands. The names of unknown columns are told only when every expected one is there, for the first line of a file
 * without a header names people.
 */
export async function* rowsOf(file: string, mapping: Mapping): AsyncGenerator<Row> {
  let header: readonly string[] | undefined;
  try {
    for await (const parsed of parsedFrom(file, mapping)) {
      const { record, info } = parsed;
      if (header === undefined) header = checkedHeader(record, mapping);
      else yield rowOf(header, record, info.lines);
    }
  } catch (error) {
    throw readable(error);
  }
  if (header === undefined) throw new Invalid('csv', 'is empty');
}

function parsedFrom(file: string, { encoding, delimiter }: Mapping): AsyncIterable<Parsed> {
  const decoder = new TextDecoder(hasMark(file) ? 'utf-8' : encoding, { fatal: true });
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  const decoded = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  };
  pipeline(createReadStream(file), decoded, parser, () => undefined);
  return parser as AsyncIterable<Parsed>;
}

/** Whether the file begins with the byte order mark of UTF-8, which then is its encoding whatever the mapping says. */
function hasMark(file: string): boolean {
  const opened = openSync(file, 'r');
  try {
    const start = Buffer.alloc(3);
    readSync(opened, start, 0, 3, 0);
    return start.equals(Buffer.from([0xef, 0xbb, 0xbf]));
  } finally {
    closeSync(opened);
  }
}

function checkedHeader(record: readonly string[], mapping: Mapping): readonly string[] {
  const header = record.map((name) => name.trim());
  const expected = columnsOf(mapping);
  const missing = [...expected].filter((name) => !header.includes(name));
  if (missing.length > 0) throw new Invalid('csv', `has no column ${missing.join(', ')}`);
  const known = new Set([...expected, ...mapping.ignore, ...REJECT_COLUMNS]);
  const unknown = header.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Invalid('csv', `has columns that the mapping does not know: ${unknown.join(', ')}`);
  const twice = header.filter((name, index) => header.indexOf(name) < index);
  if (twice.length > 0) throw new Invalid('csv', `has two columns ${twice.join(', ')}`);
  return header;
}

function rowOf(header: readonly string[], record: readonly string[], lastLine: number): Row {
  const within = record.join('').match(/\r\n|\n|\r/g)?.length ?? 0;
  const cells = Object.fromEntries(header.map((name, index) => [name, record[index] ?? '']));
  return { line: lastLine - within, cells, record };
}

function readable(error: unknown): unknown {
  if (error instanceof CsvError) {
    const line = 'lines' in error ? ` from line ${String(error.lines)} on` : '';
    return new Invalid('csv', `cannot be read${line} (${error.code.toLowerCase().replaceAll('_', ' ')})`);
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  return reason === undefined ? error : new Invalid('file', reason);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not text in the encoding of the mapping',
};
