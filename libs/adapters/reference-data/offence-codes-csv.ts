import { CsvError, parse } from 'csv-parse/sync';
import { Invalid, type InputError } from '../../contract/failure.js';
import { parseCjsCode } from '../../contract/offence-codes/cjs-code.js';
import { isHoCode, type OffenceCode } from '../../contract/offence-codes/offence-code.js';

const COLUMNS = ['ho_code', 'group', 'category', 'description'] as const;

/** May be absent: the CJS codes that count under the Home Office code, with blanks between them. */
const CJS_COLUMN = 'cjs_codes';

type Places = Readonly<Record<(typeof COLUMNS)[number] | typeof CJS_COLUMN, number>>;

/** One record, and the line on which it ends. */
interface Row {
  readonly record: readonly string[];
  readonly line: number;
}

/**
 * Reads a list of Home Office offence codes from CSV with the columns `ho_code`, `group`, `category` and
 * `description`, and perhaps `cjs_codes`, in any order; other columns are left aside. Throws `Invalid` `offence-codes-csv` with an error for
 * every bad row: a list with holes would make offences unknown without anybody seeing it.
 */
export function parseOffenceCodesCsv(text: string): readonly OffenceCode[] {
  const [header, ...rows] = rowsOf(text);
  const places = placesOf(header?.record ?? []);
  const seen = new Map<string, number>();
  const errors: InputError[] = [];
  const offences = rows.map(({ record, line }) => {
    const offence = offenceOf(record, places);
    const faults = faultsOf(record, header?.record ?? [], offence, seen);
    for (const code of [offence.hoCode, ...(offence.cjsCodes ?? [])]) seen.set(code, line);
    errors.push(...faults.map((detail) => ({ pointer: `line ${String(line)}`, detail })));
    return offence;
  });
  if (offences.length === 0) errors.push({ pointer: 'line 1', detail: 'is followed by no offence' });
  if (errors.length > 0) {
    const count = errors.length === 1 ? '1 fault' : `${String(errors.length)} faults`;
    throw new Invalid('offence-codes-csv', `the list has ${count}`, errors);
  }
  return offences;
}

function rowsOf(text: string): readonly Row[] {
  const rows: Row[] = [];
  const onRecord = (record: readonly string[], { lines }: { readonly lines: number }): null => {
    rows.push({ record, line: lines });
    return null;
  };
  try {
    parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, on_record: onRecord });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const pointer = typeof error['lines'] === 'number' ? `line ${String(error['lines'])}` : 'file';
    throw new Invalid('offence-codes-csv', 'the list is not CSV', [{ pointer, detail: 'is not CSV' }]);
  }
}

function placesOf(header: readonly string[]): Places {
  const missing = COLUMNS.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    const detail = `has no column ${missing.join(', ')}`;
    throw new Invalid('offence-codes-csv', `the list ${detail}`, [{ pointer: 'line 1', detail }]);
  }
  const [hoCode, group, category, description] = COLUMNS.map((name) => header.indexOf(name));
  return {
    ho_code: hoCode ?? 0,
    group: group ?? 0,
    category: category ?? 0,
    description: description ?? 0,
    cjs_codes: header.indexOf(CJS_COLUMN),
  };
}

function offenceOf(record: readonly string[], places: Places): OffenceCode {
  const value = (name: keyof Places): string => (record[places[name]] ?? '').replace(/\s+/g, ' ').trim();
  const cjsCodes = value(CJS_COLUMN)
    .split(' ')
    .filter((code) => code !== '');
  return {
    hoCode: value('ho_code'),
    group: value('group'),
    category: value('category'),
    description: value('description'),
    ...(cjsCodes.length > 0 && { cjsCodes }),
  };
}

function faultsOf(
  record: readonly string[],
  header: readonly string[],
  offence: OffenceCode,
  seen: ReadonlyMap<string, number>,
): readonly string[] {
  const faults: string[] = [];
  if (record.length !== header.length)
    faults.push(`has ${String(record.length)} columns, not ${String(header.length)}`);
  if (!isHoCode(offence.hoCode)) faults.push('has an ho_code that is not CCC/SS');
  else if (seen.has(offence.hoCode))
    faults.push(`repeats the ho_code of line ${String(seen.get(offence.hoCode))}`);
  for (const code of offence.cjsCodes ?? []) {
    if (parseCjsCode(code) === undefined) faults.push(`has a CJS code that is none: ${code.slice(0, 10)}`);
    else if (seen.has(code)) faults.push(`repeats the CJS code ${code} of line ${String(seen.get(code))}`);
  }
  for (const name of ['group', 'category', 'description'] as const)
    if (offence[name] === '') faults.push(`has no ${name}`);
  return faults;
}
