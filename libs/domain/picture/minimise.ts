import { type Generalisation } from '../../contract/catalogue/entry.js';
import { type Field } from '../../contract/catalogue/fields.js';
import { parseMoment } from '../../contract/moment.js';
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
  return field.generalise === undefined ? undefined : generalise(field.generalise, value, field.maximum);
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

/**
 * Makes a value coarser (design §6): a date, month or instant to its year, a postcode to its outward code in capitals, a
 * score to a band of ten. A value that is not of the expected form comes out as null rather than as it was, and of two
 * values that are the same when made coarser the same comes out. `maximum` is the highest score there can be.
 */
export function generalise(kind: Generalisation, value: unknown, maximum?: number): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => generalise(kind, each, maximum));
  switch (kind) {
    case 'year':
      return yearOf(value);
    case 'outward':
      return outwardOf(value);
    case 'band':
      return bandOf(value, maximum);
  }
}

function yearOf(value: unknown): string | null {
  const precision = typeof value === 'string' ? parseMoment(value)?.precision : undefined;
  return typeof value !== 'string' || precision === undefined || precision === 'interval'
    ? null
    : value.slice(0, 4);
}

const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{2}$/;

function outwardOf(value: unknown): string | null {
  return typeof value === 'string' ? (POSTCODE.exec(value.toUpperCase())?.[1] ?? null) : null;
}

/**
 * 0-9, 10-19 and so on. The last band takes in what is left below the maximum, 90-100 or 0-10: a narrower one would
 * tell the score.
 */
function bandOf(value: unknown, maximum = Infinity): string | null {
  if (typeof value !== 'number' || !Number.isSafeInteger(Math.floor(value)) || value > maximum) return null;
  const last = Math.max(0, Math.floor((maximum + 1) / 10) * 10 - 10);
  const from = Math.floor(value / 10) * 10;
  return from >= last ? `${last}-${maximum}` : `${from}-${from + 9}`;
}
