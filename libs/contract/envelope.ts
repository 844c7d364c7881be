import { catalogue, parseDataSchemaUri } from './catalogue/catalogue.js';
import { type CatalogueEntry } from './catalogue/entry.js';
import { fieldsOf } from './catalogue/fields.js';
import { type SealedFact } from './fact.js';
import { type InputError } from './failure.js';
import { type Moment, parseInstant, parseMoment, UNKNOWN_MOMENT } from './moment.js';
import { MOST_ERRORS, pointerOf, readJson } from './raw-json.js';

/** One fact that an agency publishes, in a CloudEvents 1.0 envelope that keeps every rule of our profile. */
export interface Publication {
  /** The event as JSON text: as received, or put together from headers and body in binary mode. */
  readonly text: string;
  readonly event: SealedFact['event'];
  readonly source: string;
  readonly id: string;
  readonly type: string;
  /** From `dataschema`; undefined stands for the latest version. */
  readonly version: number | undefined;
  readonly subject: string;
  readonly happened: Moment;
  readonly recorded: string | null;
  readonly handling: 'P' | 'C' | null;
  /** What the publisher takes it for; null leaves that to the catalogue (R6). */
  readonly nature: Nature | null;
  /** CloudEvents `id` of an earlier event of the same source. */
  readonly corrects: string | null;
  readonly retracts: string | null;
}

/** `source` and `id` stand beside the errors where they could be read, so that a receipt can name its event. */
export type ParsedPublication =
  | { readonly outcome: 'valid'; readonly publication: Publication }
  | {
      readonly outcome: 'invalid';
      readonly errors: readonly InputError[];
      readonly source: string | null;
      readonly id: string | null;
    };

type Attributes = Readonly<Record<string, unknown>>;
type ValidEvent = SealedFact['event'] &
  Readonly<Record<'source' | 'id' | 'type' | 'subject', string>> &
  Readonly<
    Partial<Record<'time' | 'dataschema' | 'recordedtime' | 'corrects' | 'retracts', string | null>>
  > & {
    readonly handling?: 'P' | 'C' | null;
    readonly nature?: Nature | null;
  };
type Nature = CatalogueEntry['nature'];
type Check = (value: string) => string | undefined;

const LONGEST_VALUE = 256;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const URI_REFERENCE = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
const EVENT_TYPE = /^[a-z][A-Za-z0-9-]{0,39}(?:\.[A-Za-z][A-Za-z0-9-]{0,39}){1,5}$/;
const JSON_TYPE = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i;
const schemes = ['pnc', 'cro', 'asn', 'noms', 'crn', 'nhs', 'ycrn', 'ref', 'offender'];
const SUBJECT = new RegExp(`^(?:${schemes.join('|')}):.`);
const natures: readonly string[] = ['fact', 'assessment', 'process'] satisfies readonly Nature[];
const EXTENSION_NAME = /^[a-z0-9]{1,20}$/;

const mustBe =
  (fits: (value: string) => boolean, rule: string): Check =>
  (value) =>
    fits(value) ? undefined : `must be ${rule}`;
const anything: Check = () => undefined;

const required: Readonly<Record<string, Check>> = {
  specversion: mustBe((value) => value === '1.0', '"1.0"'),
  id: anything,
  source: mustBe((value) => URI_REFERENCE.test(value), 'a URI reference (RFC 3986)'),
  type: mustBe((value) => EVENT_TYPE.test(value), 'dotted words such as "police.charge.laid"'),
  subject: mustBe(
    (value) => SUBJECT.test(value),
    '<scheme>:<value>, the scheme one of ' + schemes.join(', '),
  ),
};

const optional: Readonly<Record<string, Check>> = {
  time: mustBe(
    (value) => parseMoment(value) !== undefined,
    'an RFC 3339 date-time, a date, a month, or an interval of two of these',
  ),
  dataschema: mustBe(
    (value) => parseDataSchemaUri(value) !== undefined,
    'urn:concordat:schema:<type>:<version>',
  ),
  datacontenttype: mustBe((value) => JSON_TYPE.test(value), 'application/json'),
  recordedtime: mustBe((value) => parseInstant(value) !== undefined, 'an RFC 3339 date-time'),
  corrects: anything,
  retracts: anything,
  handling: mustBe((value) => value === 'P' || value === 'C', '"P" or "C"'),
  handlingconditions: mustBe((value) => value.trim() !== '', 'text that is not blank'),
  nature: mustBe((value) => natures.includes(value), 'one of ' + natures.join(', ')),
};

/**
 * The names that an error may repeat: the envelope's attributes and the properties of the catalogue's schemas. Any
 * other name in an event may hold what a person's data is.
 */
export const knownNames: ReadonlySet<string> = new Set([
  ...Object.keys({ ...required, ...optional }),
  'data',
  'data_base64',
  ...catalogue.flatMap(fieldsOf).flatMap(({ steps }) => steps),
]);

/**
 * Validates one CloudEvents 1.0 event in its JSON format on the raw text: nothing is invented, repaired or trimmed.
 * Our profile asks for a `subject` and an object as `data`, reads `time` with its precision, and knows the extension
 * attributes `recordedtime`, `corrects`, `retracts`, `handling`, `handlingconditions` (the words that bind whoever
 * receives it, R51) and `nature` (R6); any other is kept as received and means nothing.
 * An optional attribute that is null counts as absent (CloudEvents JSON format §2.2). Errors never hold values.
 */
export function parsePublication(text: string): ParsedPublication {
  const read = readJson(text, knownNames);
  if (read.outcome === 'invalid') return { ...read, source: null, id: null };
  const { value } = read;
  if (!isObject(value)) return invalid({}, [{ pointer: '', detail: 'must be a JSON object' }]);
  const errors = [...errorsOf(value), ...contradictionsOf(value)];
  if (!isValid(value, errors)) return invalid(value, errors);
  return { outcome: 'valid', publication: publicationOf(text, value) };
}

function isObject(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isValid(event: Attributes, errors: readonly InputError[]): event is ValidEvent {
  return errors.length === 0;
}

function publicationOf(text: string, event: ValidEvent): Publication {
  const { source, id, type, subject, time, dataschema } = event;
  return {
    text,
    event,
    source,
    id,
    type,
    version: dataschema ? parseDataSchemaUri(dataschema)?.version : undefined,
    subject,
    happened: parseMoment(time ?? undefined) ?? UNKNOWN_MOMENT,
    recorded: event.recordedtime ?? null,
    handling: event.handling ?? null,
    nature: event.nature ?? null,
    corrects: event.corrects ?? null,
    retracts: event.retracts ?? null,
  };
}

function invalid(event: Attributes, errors: readonly InputError[]): ParsedPublication {
  const [source, id] = [readable(event['source']), readable(event['id'])];
  return { outcome: 'invalid', errors: errors.slice(0, MOST_ERRORS), source, id };
}

function readable(value: unknown): string | null {
  return typeof value === 'string' && faultOfText(value) === undefined ? value : null;
}

function errorsOf(event: Attributes): readonly InputError[] {
  const errors: InputError[] = [];
  for (const name of Object.keys(required)) {
    if ((event[name] ?? null) === null) errors.push({ pointer: `/${name}`, detail: 'is required' });
  }
  if (!isObject(event['data']))
    errors.push({ pointer: '/data', detail: 'is required and must be an object' });
  for (const [name, value] of Object.entries(event)) {
    const detail = value === null || name === 'data' ? undefined : faultOf(name, value);
    if (detail !== undefined) errors.push({ pointer: pointerOf([name], knownNames), detail });
  }
  return errors;
}

function faultOf(name: string, value: unknown): string | undefined {
  if (name === 'data_base64') return 'is not accepted: data must be JSON';
  const check = checkOf(name);
  if (check === undefined) return faultOfExtension(name, value);
  return typeof value === 'string' ? (faultOfText(value) ?? check(value)) : 'must be a string';
}

function checkOf(name: string): Check | undefined {
  return Object.hasOwn(required, name)
    ? required[name]
    : Object.hasOwn(optional, name)
      ? optional[name]
      : undefined;
}

function faultOfText(value: string): string | undefined {
  if (value === '') return 'must not be empty';
  if (value.length > LONGEST_VALUE) return `must have at most ${LONGEST_VALUE} characters`;
  return UNPRINTABLE.test(value) ? 'must not hold control characters' : undefined;
}

/** CloudEvents 1.0 §3.1 and §3.1.1: names of lower-case letters and digits; values boolean, 32-bit integer or string. */
function faultOfExtension(name: string, value: unknown): string | undefined {
  if (!EXTENSION_NAME.test(name)) return 'is not an attribute name: 1 to 20 lower-case letters and digits';
  if (typeof value === 'boolean' || value === (Number(value) | 0)) return undefined;
  return typeof value === 'string' ? faultOfText(value) : 'must be a string, a boolean or a 32-bit integer';
}

function contradictionsOf({ id, type, dataschema, corrects, retracts }: Attributes): readonly InputError[] {
  const errors: InputError[] = [];
  const schema = typeof dataschema === 'string' ? parseDataSchemaUri(dataschema) : undefined;
  if (schema !== undefined && schema.type !== type)
    errors.push({ pointer: '/dataschema', detail: 'names another type than the event' });
  if (typeof corrects === 'string' && typeof retracts === 'string')
    errors.push({ pointer: '/retracts', detail: 'cannot stand beside corrects' });
  for (const [name, other] of Object.entries({ corrects, retracts })) {
    if (other === id && id !== undefined)
      errors.push({ pointer: `/${name}`, detail: 'names the event itself' });
  }
  return errors;
}
