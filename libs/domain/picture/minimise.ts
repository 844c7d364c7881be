import { type Generalisation } from '../../contract/catalogue/entry.js';
import { type Field } from '../../contract/catalogue/fields.js';
import { type Treatment } from '../agreement/document.js';

/** What stands where a value was masked: the reader learns that there may be one, and nothing of it. */
export const MASKED = '[masked]';

/**
 * The value of one field of a fact after its treatment; undefined when the fact does not hold it. A field inside
 * lists gives a list of its values, aligned by place, null where one is absent.
 */
export function minimise(field: Field, treatment: Treatment, data: unknown): unknown {
  if (treatment === 'mask') return MASKED;
  const value = valueAt(data, field.steps, 0);
  if (value === undefined || treatment === 'clear') return value;
  return field.generalise === undefined ? undefined : generalise(field.generalise, value);
}

function valueAt(data: unknown, steps: readonly string[], from: number): unknown {
  const step = steps[from];
  if (step === undefined) return data;
  if (step === '[]') return Array.isArray(data) ? valuesIn(data, steps, from + 1) : undefined;
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, step)) return undefined;
  return valueAt((data as Readonly<Record<string, unknown>>)[step], steps, from + 1);
}

function valuesIn(list: readonly unknown[], steps: readonly string[], from: number): unknown {
  const values = list.map((item) => valueAt(item, steps, from));
  return values.every((value) => value === undefined) ? undefined : values.map((value) => value ?? null);
}

/** Makes a value coarser; a value that is not of the expected form comes out as null rather than as it was. */
export function generalise(kind: Generalisation, value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((each: unknown) => (each === null ? null : generalise(kind, each)));
  return coarser[kind](value);
}

const coarser: Readonly<Record<Generalisation, (value: unknown) => string | null>> = {
  year: (value) => matched(value, /^(\d{4})-\d{2}/),
  outward: (value) => matched(value, /^([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*\d[A-Za-z]{2}$/),
  band: (value) => (typeof value === 'number' && Number.isFinite(value) ? bandOf(value) : null),
};

function matched(value: unknown, form: RegExp): string | null {
  return typeof value === 'string' ? (form.exec(value)?.[1] ?? null) : null;
}

/** Bands of ten: 0-9, 10-19 and so on. */
function bandOf(value: number): string {
  const from = Math.floor(value / 10) * 10;
  return `${from}-${from + 9}`;
}
