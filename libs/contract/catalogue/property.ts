import {
  type DataSchema,
  type Generalisation,
  type IdentifierScheme,
  type PropertySchema,
  type SensitivityClass,
} from './entry.js';

type Properties = Readonly<Record<string, PropertySchema>>;

/** Nothing that a store or a canonical form refuses: no lone surrogate, no control character but tab and line ends. */
const STORABLE = '^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F\\uD800-\\uDFFF]*$';

/** Free text of at most `maxLength` characters. */
export function text(sensitivity: SensitivityClass, maxLength: number): PropertySchema {
  return { type: 'string', maxLength, pattern: STORABLE, 'x-class': sensitivity };
}

/** A code of at most `maxLength` characters that matches the whole of an anchored, linear pattern. */
export function code(sensitivity: SensitivityClass, pattern: string, maxLength: number): PropertySchema {
  return { type: 'string', maxLength, pattern, 'x-class': sensitivity };
}

/** An identifier as its sender writes it; its check characters are verified where identifiers are made canonical. */
export function identifier(scheme: IdentifierScheme, sensitivity: SensitivityClass = 'ID'): PropertySchema {
  return { ...text(sensitivity, 32), 'x-identifier': scheme };
}

/** A calendar date, `2025-03-31`. */
export function date(sensitivity: SensitivityClass): PropertySchema {
  return { type: 'string', format: 'date', maxLength: 10, 'x-class': sensitivity };
}

/** An instant with its offset, `2025-03-31T23:59:59Z` (RFC 3339, without leap seconds). */
export function instant(sensitivity: SensitivityClass): PropertySchema {
  return {
    type: 'string',
    format: 'date-time',
    maxLength: 35,
    pattern: '^[0-9-]{10}T[0-9]{2}:[0-9]{2}:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$',
    'x-class': sensitivity,
  };
}

/** One of a closed list of values. */
export function choice(sensitivity: SensitivityClass, values: readonly string[]): PropertySchema {
  return { type: 'string', enum: values, 'x-class': sensitivity };
}

/** Yes or no; absent when the sender does not know. */
export function flag(sensitivity: SensitivityClass): PropertySchema {
  return { type: 'boolean', 'x-class': sensitivity };
}

/** A whole number from `minimum` to `maximum`. */
export function whole(sensitivity: SensitivityClass, minimum: number, maximum: number): PropertySchema {
  return { type: 'integer', minimum, maximum, 'x-class': sensitivity };
}

/** An amount of money in pounds, with pence as decimals. */
export function pounds(sensitivity: SensitivityClass): PropertySchema {
  return { type: 'number', minimum: 0, maximum: 1_000_000_000, 'x-class': sensitivity };
}

/** A numeric score, which an agreement may reduce to a band of ten. */
export function score(sensitivity: SensitivityClass, maximum: number): PropertySchema {
  return { ...whole(sensitivity, 0, maximum), 'x-generalise': 'band' satisfies Generalisation };
}

/** Scalars in an array: one leaf, so the class stands on the array. */
export function list({ 'x-class': sensitivity, ...items }: PropertySchema, maxItems: number): PropertySchema {
  return { type: 'array', items, maxItems, ...(sensitivity && { 'x-class': sensitivity }) };
}

/** An object that allows nothing it does not name. */
export function record<P extends Properties>(
  properties: P,
  required: readonly (keyof P & string)[] = [],
): DataSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** Objects in an array. */
export function many(items: DataSchema, maxItems: number): PropertySchema {
  return { type: 'array', items, maxItems };
}
