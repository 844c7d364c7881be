import { type IdentifierScheme } from '../../../../libs/contract/catalogue/entry.js';

type Scalar = string | number | boolean;

/** Where a value comes from: a column, several columns joined, or the mapping itself. */
export interface ValueSource {
  /** Columns in order; `[]` for a constant. */
  readonly columns: readonly string[];
  readonly constant: Scalar | undefined;
  /** What stands between the texts of several columns. */
  readonly join: string;
  /** What stands between the values that one column holds; undefined for a column with one value. */
  readonly split: string | undefined;
  /** Forms of a date or time, the first that fits counts. */
  readonly formats: readonly string[];
  /** What each code stands for; a code that is not among them is refused. Undefined: the text as it is. */
  readonly codes: Readonly<Record<string, Scalar>> | undefined;
}

/** A column that holds one of some texts. */
export interface Condition {
  readonly column: string;
  readonly is: readonly string[];
}

/** How rows become one type of event. */
export interface EventMapping {
  /** Begins the ids of its events. */
  readonly name: string;
  readonly type: string;
  /** All must hold; `[]` takes every row. */
  readonly when: readonly Condition[];
  /** Columns that together name one record in every extract. Rows that stand together and agree in them are one event. */
  readonly key: readonly string[];
  /** Who it is about: the first of these whose column holds a valid identifier. */
  readonly subject: readonly { readonly scheme: IdentifierScheme | 'ref'; readonly column: string }[];
  readonly time: ValueSource | undefined;
  readonly recordedtime: ValueSource | undefined;
  /** How new a row is: of two contents of a record the one with the later moment stands. */
  readonly newer: ValueSource | undefined;
  /** Fields whose change alone corrects nothing. */
  readonly unchanged: readonly string[];
  readonly identifiers: Readonly<Partial<Record<'asn' | 'pnc' | 'cro', string>>>;
  readonly fields: Readonly<Record<string, ValueSource>>;
}

/** How the extracts of one system become events (R4): data, so that a new column needs no new program. */
export interface Mapping {
  readonly title: string;
  readonly agency: string;
  /** The whole CloudEvents source, `/police/pnc-daily`. */
  readonly source: string;
  readonly encoding: 'utf-8' | 'windows-1252';
  readonly delimiter: string;
  /** Texts that mean that there is nothing. */
  readonly blank: readonly string[];
  /** Columns that may be there and are not used. */
  readonly ignore: readonly string[];
  /** Rows to leave out, counted. */
  readonly skip: readonly Condition[];
  readonly events: readonly EventMapping[];
}

/** Every column that a mapping reads. */
export function columnsOf({ skip, events }: Mapping): ReadonlySet<string> {
  return new Set([...skip.map(({ column }) => column), ...events.flatMap(columnsOfEvent)]);
}

/** Columns of an event mapping that hold one value for the whole record. */
export function columnsOfRecord(event: EventMapping): readonly string[] {
  const scalars = Object.entries(event.fields).filter(([path]) => !isRowField(path));
  const sources = [event.time, event.recordedtime, event.newer, ...scalars.map(([, source]) => source)];
  return [
    ...event.when.map(({ column }) => column),
    ...event.key,
    ...event.subject.map(({ column }) => column),
    ...Object.values(event.identifiers),
    ...sources.flatMap((source) => source?.columns ?? []),
  ];
}

/** Whether a field lies in a list that each row of a record adds an element to: `offences[].cjsCode`. */
export function isRowField(path: string): boolean {
  return path.includes('[]');
}

function columnsOfEvent(event: EventMapping): readonly string[] {
  return [...columnsOfRecord(event), ...Object.values(event.fields).flatMap(({ columns }) => columns)];
}
