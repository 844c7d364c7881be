import { Ajv2020 } from 'ajv/dist/2020.js';
import { type InputError, Invalid } from '../../../contract/failure.js';
import { type CellRef } from '../report.js';

/**
 * What cells of a printed table claim to be. It concerns the cells of `rows` and `columns` (absent: all of them); every
 * other name is a row or a column of the table, and stands for the cell there beside or above the one concerned.
 */
export type Relation = Concerned &
  (
    | { readonly kind: 'sum'; readonly of: readonly string[] }
    | { readonly kind: 'change'; readonly from: string; readonly to: string }
    | { readonly kind: 'share'; readonly part: string; readonly whole: string }
    /** Several averages of one whole total that is not printed, each over its own count, in the same order as `rows`. */
    | { readonly kind: 'means'; readonly rows: readonly string[]; readonly counts: readonly string[] }
  );

interface Concerned {
  readonly rows?: readonly string[];
  readonly columns?: readonly string[];
}

export interface PrintedTable {
  /** That of the table of a report that shows the same. */
  readonly id: string;
  /** As the source numbers it. */
  readonly number: string;
  /** The report that holds the table. */
  readonly report: string;
  readonly columns: readonly string[];
  /** Cells as they were printed, sign, decimals and all; an empty one says nothing. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  readonly relations: readonly Relation[];
}

/** A sentence beside the tables: how a figure went, in per cent as printed or by its direction alone. */
export interface Claim {
  readonly text: string;
  readonly table: string;
  readonly from: CellRef;
  readonly to: CellRef;
  readonly by?: string;
  readonly direction?: 'increase' | 'decrease';
}

/** The figures of a published report, exactly as printed. */
export interface PrintedDocument {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly tables: readonly PrintedTable[];
  readonly claims: readonly Claim[];
  /** What the report does not print and whoever makes up events for it must choose. */
  readonly assumed: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const cell = { type: 'string', pattern: '^(-?\\d+(\\.\\d+)?%?)?$' };

function objectOf(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

function relationOf(kind: string, properties: Readonly<Record<string, object>>): object {
  const concerned = { rows: texts, columns: texts, ...properties };
  const optional = ['rows', 'columns'].filter((name) => !(name in properties));
  return objectOf({ kind: { const: kind }, ...concerned }, optional);
}

const relation = {
  oneOf: [
    relationOf('sum', { of: texts }),
    relationOf('change', { from: text, to: text }),
    relationOf('share', { part: text, whole: text }),
    relationOf('means', { rows: texts, counts: texts }),
  ],
};

const schema = objectOf({
  id: text,
  title: text,
  publisher: text,
  from: day,
  to: day,
  at: day,
  tables: {
    type: 'array',
    items: objectOf({
      id: text,
      number: text,
      report: text,
      columns: texts,
      rows: { type: 'object', additionalProperties: { type: 'array', items: cell } },
      relations: { type: 'array', items: relation },
    }),
  },
  claims: {
    type: 'array',
    items: objectOf(
      { text, table: text, from: text, to: text, by: cell, direction: { enum: ['increase', 'decrease'] } },
      ['by', 'direction'],
    ),
  },
  assumed: {
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'number' } },
  },
});

const validate = new Ajv2020({ allErrors: true, strictRequired: false }).compile<PrintedDocument>(schema);

/** Reads a printed document that somebody wrote down. Throws `Invalid` `printed-document`. */
export function readPrintedDocument(value: unknown): PrintedDocument {
  const isShaped = validate(value);
  const errors = isShaped
    ? value.tables.flatMap(namesIn)
    : (validate.errors ?? []).map(({ instancePath, message }) => ({
        pointer: instancePath,
        detail: message ?? 'is wrong',
      }));
  if (isShaped && errors.length === 0) return value;
  throw new Invalid('printed-document', 'the printed document cannot be read', errors);
}

/** Rows of another length than the columns, and names that the table does not have. */
function namesIn({ columns, rows, relations }: PrintedTable, index: number): readonly InputError[] {
  const known = new Set([...columns, ...Object.keys(rows)]);
  const named = relations.flatMap((each) =>
    Object.entries(each).flatMap(([key, names]) =>
      key === 'kind' ? [] : [names as string | readonly string[]].flat(),
    ),
  );
  const unknown = named.filter((name) => !known.has(name));
  const uneven = Object.values(rows).some((cells) => cells.length !== columns.length);
  return [
    ...unknown.map(() => ({
      pointer: `/tables/${index}/relations`,
      detail: 'names a row or column that the table does not have',
    })),
    ...(uneven ? [{ pointer: `/tables/${index}/rows`, detail: 'must have a cell for each column' }] : []),
  ];
}
