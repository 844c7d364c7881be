import { type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type InputError } from '../failure.js';
import { type CatalogueEntry } from './entry.js';

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv, ['date', 'date-time', 'uuid']);
ajv.addVocabulary(['x-class', 'x-identifier', 'x-generalise', 'x-control', 'x-search']);

type SchemaError = ErrorObject<string, Readonly<Record<string, unknown>>>;

const compiled = new WeakMap<CatalogueEntry, ValidateFunction>();

/** A sender needs no more than this to see what is wrong; a hostile one gets no larger answer. */
const MOST_ERRORS = 100;

/**
 * What is wrong with an event's data by its type's schema; nothing when it is valid. Each error points into `/data`
 * and names the rule it breaks, never the value found there, nor a property that the schema does not name: either may
 * be a person's data.
 */
export function validateData(entry: CatalogueEntry, data: unknown): readonly InputError[] {
  const validate = validatorOf(entry);
  return validate(data) ? [] : inputErrors(validate.errors ?? []).slice(0, MOST_ERRORS);
}

function validatorOf(entry: CatalogueEntry): ValidateFunction {
  const validate = compiled.get(entry) ?? ajv.compile(entry.schema);
  compiled.set(entry, validate);
  return validate;
}

function inputErrors(errors: readonly SchemaError[]): readonly InputError[] {
  const unknown = Object.groupBy(errors.filter(isUnknownProperty), ({ instancePath }) => instancePath);
  return [
    ...Object.entries(unknown).map(([path, each = []]) => unknownProperties(path, each.length)),
    ...errors.filter((error) => !isUnknownProperty(error)).map(inputError),
  ];
}

function isUnknownProperty({ keyword }: SchemaError): boolean {
  return keyword === 'additionalProperties';
}

function unknownProperties(path: string, count: number): InputError {
  const what = count === 1 ? 'a property that is' : `${count} properties that are`;
  return { pointer: `/data${path}`, detail: `holds ${what} not in the schema` };
}

/** Only schema-known properties lie on `instancePath`, for the schemas let nothing else in. */
function inputError({ keyword, params, instancePath }: SchemaError): InputError {
  const pointer = `/data${instancePath}`;
  if (keyword === 'required')
    return { pointer: `${pointer}/${String(params.missingProperty)}`, detail: 'is required' };
  return { pointer, detail: details[keyword]?.(params) ?? `breaks the rule ${keyword}` };
}

const details: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string>> = {
  type: ({ type }) => `must be of type ${String(type)}`,
  enum: ({ allowedValues }) =>
    `must be one of ${Array.isArray(allowedValues) ? allowedValues.join(', ') : ''}`,
  format: ({ format }) => `must be a valid ${String(format)}`,
  pattern: ({ pattern }) => `must match the pattern ${String(pattern)}`,
  minLength: ({ limit }) => `must have at least ${String(limit)} characters`,
  maxLength: ({ limit }) => `must have at most ${String(limit)} characters`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
  minItems: ({ limit }) => `must have at least ${String(limit)} items`,
  maxItems: ({ limit }) => `must have at most ${String(limit)} items`,
  uniqueItems: () => 'must not repeat an item',
};
