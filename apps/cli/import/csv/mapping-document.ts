import { type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { agencies } from '../../../../libs/contract/agency.js';
import { type IdentifierScheme } from '../../../../libs/contract/catalogue/entry.js';
import { type InputError } from '../../../../libs/contract/failure.js';

type Scalar = string | number | boolean;
type OneOrMore = string | readonly string[];

export type SourceDocument =
  | string
  | {
      readonly column?: OneOrMore;
      readonly constant?: Scalar;
      readonly join?: string;
      readonly split?: string;
      readonly format?: OneOrMore;
      readonly codes?: string | Readonly<Record<string, Scalar>>;
    };

export interface ConditionDocument {
  readonly column: string;
  readonly is: OneOrMore;
}

export interface EventDocument {
  readonly name: string;
  readonly type: string;
  readonly when?: ConditionDocument | readonly ConditionDocument[];
  readonly key: readonly string[];
  readonly subject: readonly { readonly scheme: IdentifierScheme | 'ref'; readonly column: string }[];
  readonly time?: SourceDocument;
  readonly recordedtime?: SourceDocument;
  readonly newer?: SourceDocument;
  readonly unchanged?: readonly string[];
  readonly identifiers?: Readonly<Partial<Record<'asn' | 'pnc' | 'cro', string>>>;
  readonly fields: Readonly<Record<string, SourceDocument>>;
}

/** A mapping as it is written; docs/guides/import-csv.md explains each key. */
export interface MappingDocument {
  readonly title: string;
  readonly agency: string;
  readonly source: string;
  readonly file?: {
    readonly encoding?: 'utf-8' | 'windows-1252';
    readonly delimiter?: string;
    readonly blank?: readonly string[];
    readonly ignore?: readonly string[];
  };
  readonly codes?: Readonly<Record<string, Readonly<Record<string, Scalar>>>>;
  readonly skip?: readonly ConditionDocument[];
  readonly events: readonly EventDocument[];
}

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text, minItems: 1 };
const oneOrMore = { if: { type: 'array' }, then: texts, else: text };
const scalar = { type: ['string', 'number', 'boolean'] };
const codeList = { type: 'object', additionalProperties: scalar, minProperties: 1 };
const object = (required: readonly string[], properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const condition = object(['column', 'is'], { column: text, is: oneOrMore });
const source = {
  if: { type: 'object' },
  then: {
    ...object([], {
      column: oneOrMore,
      constant: scalar,
      join: { type: 'string' },
      split: text,
      format: oneOrMore,
      codes: { if: { type: 'object' }, then: codeList, else: text },
    }),
  },
  else: text,
};

const event = object(['name', 'type', 'key', 'subject', 'fields'], {
  name: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' },
  type: text,
  when: { if: { type: 'array' }, then: { items: condition, minItems: 1 }, else: condition },
  key: texts,
  subject: {
    type: 'array',
    minItems: 1,
    items: object(['scheme', 'column'], {
      scheme: { enum: ['pnc', 'cro', 'asn', 'noms', 'crn', 'nhs', 'ycrn', 'ref'] },
      column: text,
    }),
  },
  time: source,
  recordedtime: source,
  newer: source,
  unchanged: texts,
  identifiers: object([], { asn: text, pnc: text, cro: text }),
  fields: { type: 'object', additionalProperties: source, minProperties: 1 },
});

const document = object(['title', 'agency', 'source', 'events'], {
  title: text,
  agency: { enum: agencies.map(({ id }) => id) },
  source: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,39}$' },
  file: object([], {
    encoding: { enum: ['utf-8', 'windows-1252'] },
    delimiter: { type: 'string', minLength: 1, maxLength: 1 },
    blank: texts,
    ignore: texts,
  }),
  codes: { type: 'object', additionalProperties: codeList },
  skip: { type: 'array', items: condition, minItems: 1 },
  events: { type: 'array', items: event, minItems: 1 },
});

const isDocument = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strictTypes: false,
}).compile<MappingDocument>(document);

/** Whether a value has the shape of a mapping; otherwise what is wrong, each with a JSON Pointer to the key. */
export function mappingDocument(
  value: unknown,
):
  | { readonly outcome: 'valid'; readonly document: MappingDocument }
  | { readonly outcome: 'invalid'; readonly errors: readonly InputError[] } {
  if (isDocument(value)) return { outcome: 'valid', document: value };
  const errors = (isDocument.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(inputError);
  return { outcome: 'invalid', errors };
}

function inputError({ keyword, instancePath, params, message }: ErrorObject): InputError {
  const named = params as Readonly<Record<string, unknown>>;
  if (keyword === 'required')
    return { pointer: instancePath, detail: `needs ${String(named['missingProperty'])}` };
  if (keyword === 'additionalProperties')
    return {
      pointer: `${instancePath}/${String(named['additionalProperty'])}`,
      detail: 'is not a key that a mapping has there',
    };
  if (keyword === 'enum')
    return { pointer: instancePath, detail: `must be one of ${String(named['allowedValues'])}` };
  return { pointer: instancePath, detail: message ?? 'is not right' };
}
