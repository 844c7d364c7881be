import { entryOf } from '../../../../libs/contract/catalogue/catalogue.js';
import { type CatalogueEntry, type PropertySchema } from '../../../../libs/contract/catalogue/entry.js';
import { validateData } from '../../../../libs/contract/catalogue/validate.js';
import { parseIdentifier } from '../../../../libs/domain/identity/identifiers.js';
import { identifierFields } from '../identifiers.js';
import { type Publication, publication } from '../publication.js';
import { present } from '../tree.js';
import { type EventMapping, isRowField, type Mapping, type ValueSource } from './mapping.js';
import { type ReadMoment, readMomentIn } from './moments.js';
import { type SourceRecord } from './records.js';
import { type Fault, type Row, textIn } from './row.js';
import { schemaAt, stepsOf } from './schema-at.js';

/** An event before it is known which revision of its record it is, and how new its rows are (epoch milliseconds). */
type EventOfRecord =
  | { readonly outcome: 'made'; readonly event: Publication; readonly newer: number | null }
  | { readonly outcome: 'refused'; readonly fault: Fault };

type WholeRecord = SourceRecord & { readonly outcome: 'record' };
type Data = Record<string, unknown>;

/** Thrown within this file only, from wherever a cell cannot be read, and turned into its outcome. */
class Unmapped extends Error {
  constructor(readonly fault: Fault) {
    super(fault.reason);
  }
}

/**
 * Makes the event of a record as its mapping says, and checks it against the catalogue, so that a fault is told by
 * line and column. `receivedYear` is the year of import, for identifiers with a short year.
 */
export function eventOfRecord(record: WholeRecord, mapping: Mapping, receivedYear: number): EventOfRecord {
  const entry = entryOf(record.event.type);
  const [first] = record.rows;
  if (entry === undefined || first === undefined) throw new Error('the mapping was not checked');
  try {
    return made(record, { entry, first, mapping, receivedYear });
  } catch (error) {
    if (error instanceof Unmapped) return { outcome: 'refused', fault: error.fault };
    throw error;
  }
}

interface Ground {
  readonly entry: CatalogueEntry;
  readonly first: Row;
  readonly mapping: Mapping;
  readonly receivedYear: number;
}

function made({ event: mapped, key, rows }: WholeRecord, ground: Ground): EventOfRecord {
  const { entry, first, mapping } = ground;
  const moment = (source: ValueSource | undefined) => source && momentOf(first, source, mapping.blank);
  const subject = subjectOf(mapped, ground);
  const time = moment(mapped.time);
  const elements: Row[] = [];
  const data = present({
    ...identifiersOf(mapped, ground),
    ...recordFields(mapped, ground),
    ...listOf(mapped, rows, ground, elements),
  });
  const [error] = validateData(entry, data);
  if (error !== undefined) throw new Unmapped(faultAt(error.pointer, error.detail, mapped, first, elements));
  const event = publication({
    id: key,
    source: mapping.source,
    type: mapped.type,
    subject,
    time: time?.again === undefined ? time?.text : `${time.text}/${time.again}`,
    recordedtime: moment(mapped.recordedtime)?.text,
    corrects: undefined,
    data,
  });
  return { outcome: 'made', event, newer: moment(mapped.newer)?.from ?? null };
}

function subjectOf({ subject }: EventMapping, { first, mapping, receivedYear }: Ground): string {
  for (const { scheme, column } of subject) {
    const text = textIn(first, column, mapping.blank);
    if (text === undefined) continue;
    if (scheme === 'ref') return `ref:${text}`;
    const read = parseIdentifier(scheme, text, receivedYear);
    if (read.outcome === 'valid') return `${scheme}:${read.value}`;
  }
  const columns = subject.map(({ column }) => column).join(', ');
  throw unmapped(first, columns, 'says not who it is about: no identifier there is valid');
}

function identifiersOf({ identifiers }: EventMapping, { first, mapping, receivedYear }: Ground): Data {
  const written = (column: string | undefined) =>
    column === undefined ? undefined : textIn(first, column, mapping.blank);
  const { asn, pnc, cro } = identifiers;
  return { ...identifierFields({ asn: written(asn), pnc: written(pnc), cro: written(cro) }, receivedYear) };
}

function recordFields({ fields }: EventMapping, { entry, first, mapping }: Ground): Data {
  const data: Data = {};
  for (const [path, source] of Object.entries(fields)) {
    if (!isRowField(path))
      put(data, stepsOf(path), valueOf(first, source, schemaAt(entry.schema, path), mapping.blank));
  }
  return data;
}

/** The list that rows fill, an element from each row that has anything for it; `elements` gets the rows in that order. */
function listOf(
  { fields }: EventMapping,
  rows: readonly Row[],
  { entry, mapping }: Ground,
  elements: Row[],
): Data {
  const data: Data = {};
  const list: Data[] = [];
  const inRows = Object.entries(fields).filter(([path]) => isRowField(path));
  for (const row of rows) {
    const element: Data = {};
    const hasOwn = inRows.some(([, { columns }]) =>
      columns.some((name) => textIn(row, name, mapping.blank) !== undefined),
    );
    if (!hasOwn) continue;
    for (const [path, source] of inRows) {
      const [, within = ''] = path.split('[].');
      put(element, within.split('.'), valueOf(row, source, schemaAt(entry.schema, path), mapping.blank));
    }
    elements.push(row);
    list.push(element);
  }
  const [name = ''] = inRows[0]?.[0].split('[]') ?? [];
  if (list.length > 0) put(data, name.split('.'), list);
  return data;
}

function put(data: Data, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (value === undefined) return;
  if (rest.length === 0) {
    data[name] = value;
    return;
  }
  const part = (data[name] ??= {}) as Data;
  put(part, rest, value);
}

function valueOf(
  row: Row,
  source: ValueSource,
  schema: PropertySchema | undefined,
  blank: readonly string[],
): unknown {
  const { columns, constant, split, join } = source;
  if (constant !== undefined) return schema?.type === 'array' ? [constant] : constant;
  const texts = columns.flatMap((column) => textIn(row, column, blank) ?? []);
  if (texts.length === 0) return undefined;
  const read = (text: string) => scalarOf(row, source, text, schema?.items ?? schema, blank);
  if (schema?.type !== 'array') return read(texts.join(join));
  const parts = split === undefined ? texts : texts.join(split).split(split);
  const values = parts.map((part) => part.trim()).filter((part) => part !== '' && !blank.includes(part));
  return values.length === 0 ? undefined : [...new Set(values.map(read))];
}

function scalarOf(
  row: Row,
  source: ValueSource,
  text: string,
  schema: PropertySchema | undefined,
  blank: readonly string[],
) {
  const { codes, formats, columns } = source;
  const refused = (reason: string): Unmapped => unmapped(row, columns.join(', '), reason);
  if (codes !== undefined) {
    if (!Object.hasOwn(codes, text)) throw refused('is not among the codes of the mapping');
    return codes[text];
  }
  if (formats.length > 0) {
    const moment = momentOf(row, source, blank);
    return schema?.format === 'date' ? moment?.day : moment?.text;
  }
  if (schema?.type !== 'integer' && schema?.type !== 'number') return text;
  const isNumber = schema.type === 'integer' ? /^-?\d{1,15}$/ : /^-?\d{1,12}(\.\d{1,6})?$/;
  if (!isNumber.test(text)) throw refused(schema.type === 'integer' ? 'is no whole number' : 'is no number');
  return Number(text);
}

function momentOf(
  row: Row,
  { columns, formats, join }: ValueSource,
  blank: readonly string[],
): ReadMoment | undefined {
  const texts = columns.flatMap((column) => textIn(row, column, blank) ?? []);
  if (texts.length === 0) return undefined;
  const read = readMomentIn(texts.join(join), formats);
  if (read.outcome === 'unread') throw unmapped(row, columns.join(', '), read.reason);
  return read;
}

/** Where a fault that the catalogue finds in the data came from: the row of its list element, and its columns. */
function faultAt(
  pointer: string,
  detail: string,
  { fields, identifiers }: EventMapping,
  first: Row,
  elements: readonly Row[],
): Fault {
  const steps = pointer.split('/').slice(2);
  const index = steps.findIndex((step) => /^\d+$/.test(step));
  const path = steps
    .map((step, n) => (n === index ? '[]' : step))
    .join('.')
    .replaceAll('.[]', '[]');
  const source = fields[path] ?? fields[path.replace(/\[\]$/, '')];
  const own = Object.entries(identifiers).find(([scheme]) => scheme === path)?.[1];
  const column = source?.columns.join(', ') ?? own;
  const row = (index < 0 ? undefined : elements[Number(steps[index])]) ?? first;
  return { line: row.line, column, reason: column === undefined ? `${path} ${detail}` : detail };
}

function unmapped({ line }: Row, column: string, reason: string): Unmapped {
  return new Unmapped({ line, column, reason });
}
