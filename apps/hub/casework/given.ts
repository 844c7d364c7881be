import { Field, ID, Int, type ReturnTypeFunc } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

type JsonSchema = Readonly<Record<string, unknown>>;
type Form = new () => object;

/** What one field of an input holds: the same for GraphQL, for checking, and for the description of HTTP. */
export interface Content {
  readonly type: ReturnTypeFunc;
  readonly checks: readonly PropertyDecorator[];
  readonly schema: JsonSchema;
}

interface Described {
  readonly properties: Record<string, JsonSchema>;
  readonly required: string[];
}

const described = new WeakMap<object, Described>();

/** A field that must be given. */
export function Given(content: Content, description?: string): PropertyDecorator {
  return declared(content, description, false);
}

/** A field that may be left out. */
export function May(content: Content, description?: string): PropertyDecorator {
  return declared(content, description, true);
}

function declared(
  { type, checks, schema }: Content,
  description: string | undefined,
  nullable: boolean,
): PropertyDecorator {
  return (target, name) => {
    Field(type, { nullable, ...(description !== undefined && { description }) })(target, name);
    if (nullable) IsOptional()(target, name);
    checks.forEach((check) => check(target, name));
    const form = described.get(target.constructor) ?? { properties: {}, required: [] };
    described.set(target.constructor, form);
    form.properties[String(name)] = description === undefined ? schema : { ...schema, description };
    if (!nullable) form.required.push(String(name));
  };
}

/** The JSON Schema of an input. */
export function schemaOf(form: Form): JsonSchema {
  const { properties, required } = described.get(form) ?? { properties: {}, required: [] };
  return { type: 'object', properties, required, additionalProperties: false };
}

/** Free text of at most so many characters, and not nothing. */
export function text(most: number): Content {
  return {
    type: () => String,
    checks: [IsString(), Length(1, most)],
    schema: { type: 'string', minLength: 1, maxLength: most },
  };
}

function matching(pattern: RegExp, format: JsonSchema = {}): Content {
  return {
    type: () => String,
    checks: [IsString(), Matches(pattern)],
    schema: { type: 'string', pattern: pattern.source, ...format },
  };
}

/** A calendar date in London, `2026-03-31`. */
export const day = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { format: 'date' });
export const agencyId = matching(/^[a-z][a-z0-9-]{0,39}$/);
export const areaName = matching(/^[A-Za-z][A-Za-z0-9 -]{0,39}$/);
/** The name under which an agency's tokens know somebody. */
export const userName = matching(/^[!-~]{1,128}$/);
/** Of an id that whoever asks may make. */
export const OWN_ID = 'A UUID that you make, so that sending this again is refused rather than done twice.';

/** `<reference>/<version>`. */
export const agreementVersion = matching(/^[a-z0-9-]{1,80}\/[1-9]\d{0,4}$/);

export const uuid: Content = {
  type: () => ID,
  checks: [IsUUID()],
  schema: { type: 'string', format: 'uuid' },
};

export const yesOrNo: Content = {
  type: () => Boolean,
  checks: [IsBoolean()],
  schema: { type: 'boolean' },
};

export function whole(least: number, most: number): Content {
  return {
    type: () => Int,
    checks: [IsInt(), Min(least), Max(most)],
    schema: { type: 'integer', minimum: least, maximum: most },
  };
}

export function oneOf(values: readonly string[]): Content {
  return { type: () => String, checks: [IsIn(values)], schema: { type: 'string', enum: values } };
}

/** Some of a closed list, none twice. */
export function someOf(values: readonly string[], least = 1): Content {
  return {
    type: () => [String],
    checks: [
      IsArray(),
      ArrayMinSize(least),
      ArrayMaxSize(values.length),
      ArrayUnique(),
      IsIn(values, { each: true }),
    ],
    schema: { type: 'array', items: { enum: values }, minItems: least, uniqueItems: true },
  };
}

/** A list of texts, each of which matches. */
export function listOf({ schema }: Content, least: number, most: number): Content {
  const each = { each: true } as const;
  const pattern = typeof schema['pattern'] === 'string' ? [Matches(RegExp(schema['pattern']), each)] : [];
  const longest = typeof schema['maxLength'] === 'number' ? [Length(1, schema['maxLength'], each)] : [];
  return {
    type: () => [String],
    checks: [IsArray(), ArrayMinSize(least), ArrayMaxSize(most), IsString(each), ...pattern, ...longest],
    schema: { type: 'array', items: schema, minItems: least, maxItems: most },
  };
}

/** A list of inputs of another form. */
export function formsOf(form: Form, least: number, most: number): Content {
  return {
    type: () => [form],
    checks: [
      IsArray(),
      ArrayMinSize(least),
      ArrayMaxSize(most),
      ValidateNested({ each: true }),
      Type(() => form),
    ],
    schema: { type: 'array', items: schemaOf(form), minItems: least, maxItems: most },
  };
}
