import { Invalid } from '../failure.js';
import {
  type CatalogueEntry,
  type ControlAttribute,
  type Generalisation,
  type IdentifierScheme,
  type PropertySchema,
  type SearchKind,
  type SensitivityClass,
} from './entry.js';

/** What a leaf holds. A `list` is an array of scalars, which is one leaf. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'date' | 'instant' | 'list';

/** One leaf of an event's data: the unit that a clause grants and a decision shares or withholds. */
export interface Field {
  /** `name.family`, `offences[].cjsCode`, `levels`. */
  readonly path: string;
  /** The path taken apart, `[]` standing for every element of an array: `offences`, `[]`, `cjsCode`. */
  readonly steps: readonly string[];
  readonly class: SensitivityClass;
  readonly kind: FieldKind;
  readonly identifier?: IdentifierScheme;
  readonly generalise?: Generalisation;
  /** Of a score: the highest. */
  readonly maximum?: number;
  readonly control?: ControlAttribute;
  readonly search?: SearchKind;
}

type Data = Readonly<Record<string, unknown>>;

const EACH = '[]';

const known = new WeakMap<CatalogueEntry, readonly Field[]>();

/**
 * The leaves of an entry's schema, in schema order; worked out once for each entry.
 * @throws Invalid `catalogue-leaf-unclassified` when a leaf has no sensitivity class.
 */
export function fieldsOf(entry: CatalogueEntry): readonly Field[] {
  const before = known.get(entry);
  if (before !== undefined) return before;
  const fields = leaves(entry.schema, []);
  known.set(entry, fields);
  return fields;
}

function leaves(schema: PropertySchema, steps: readonly string[]): readonly Field[] {
  if (schema.type === 'object') {
    return Object.entries(schema.properties ?? {}).flatMap(([key, each]) => leaves(each, [...steps, key]));
  }
  if (schema.type === 'array' && schema.items?.type === 'object')
    return leaves(schema.items, [...steps, EACH]);
  return [leaf(schema, steps)];
}

function leaf(schema: PropertySchema, steps: readonly string[]): Field {
  const path = steps.join('.').replaceAll(`.${EACH}`, EACH);
  const sensitivity = schema['x-class'];
  if (sensitivity === undefined) {
    throw new Invalid('catalogue-leaf-unclassified', `the field ${path} has no sensitivity class`);
  }
  return {
    path,
    steps,
    class: sensitivity,
    kind: kindOf(schema),
    ...(schema['x-identifier'] && { identifier: schema['x-identifier'] }),
    ...(schema['x-generalise'] && { generalise: schema['x-generalise'] }),
    ...(schema['x-generalise'] === 'band' && schema.maximum !== undefined && { maximum: schema.maximum }),
    ...(schema['x-control'] && { control: schema['x-control'] }),
    ...(schema['x-search'] && { search: schema['x-search'] }),
  };
}

function kindOf({ type, format }: PropertySchema): FieldKind {
  if (type === 'array') return 'list';
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'number';
  if (format === 'date') return 'date';
  return format === 'date-time' ? 'instant' : 'text';
}

/** Paths of the leaves that occur in an event's data, in schema order; a leaf inside a list occurs if any element has it. */
export function presentFields(entry: CatalogueEntry, data: Data): string[] {
  const paths: string[] = [];
  for (const field of fieldsOf(entry)) if (occurs(data, field.steps, 0)) paths.push(field.path);
  return paths;
}

function occurs(value: unknown, steps: readonly string[], at: number): boolean {
  const step = steps[at];
  if (step === undefined) return value !== undefined && value !== null;
  if (step === EACH) return Array.isArray(value) && value.some((item) => occurs(item, steps, at + 1));
  return occurs(propertyOf(value, step), steps, at + 1);
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Data)[key]
    : undefined;
}

/** Every value that a field has in an event's data, in order. */
export function valuesOf(field: Field, data: Data): readonly unknown[] {
  let values: readonly unknown[] = [data];
  for (const step of field.steps) {
    values =
      step === EACH
        ? values.flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : []))
        : values.map((value) => propertyOf(value, step));
  }
  return values.filter((value) => value !== undefined && value !== null);
}

/** What conditions need to know of an event, to stand in the clear beside its sealed payload (design §5). */
export function controlOf(
  entry: CatalogueEntry,
  data: Data,
): Readonly<Partial<Record<ControlAttribute, string | readonly string[]>>> {
  const control: Partial<Record<ControlAttribute, string | readonly string[]>> = {};
  for (const field of fieldsOf(entry)) {
    if (field.control === undefined) continue;
    const [value] = valuesOf(field, data);
    const stated = field.control === 'born' ? monthOfBirth(value) : controlValue(value);
    if (stated !== undefined) control[field.control] = stated;
  }
  return control;
}

function controlValue(value: unknown): string | readonly string[] | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
}

const DATE_OF_BIRTH = /^((?:19|20|21)\d{2}-(?:0[1-9]|1[0-2]))-\d{2}$/;
const enteredByDefault: readonly unknown[] = ['1900-01-01', '1970-01-01'];

/**
 * The month of a date of birth, `1990-04`; undefined when nobody alive can have it or when systems enter it by default
 * (requirements §3.6): whoever knows no better claims nothing.
 */
function monthOfBirth(value: unknown): string | undefined {
  if (typeof value !== 'string' || enteredByDefault.includes(value)) return undefined;
  return DATE_OF_BIRTH.exec(value)?.[1];
}

/** An identifier of the person as its sender wrote it, and the field that holds it. */
export interface ReceivedIdentifier {
  readonly scheme: IdentifierScheme;
  readonly value: string;
  readonly path: string;
}

/** The identifiers of the person that an event carries, in schema order. */
export function identifiersOf(entry: CatalogueEntry, data: Data): ReceivedIdentifier[] {
  return fieldsOf(entry).flatMap((field) => {
    const { identifier: scheme, path } = field;
    if (scheme === undefined) return [];
    return valuesOf(field, data).flatMap((value) =>
      typeof value === 'string' ? [{ scheme, value, path }] : [],
    );
  });
}
