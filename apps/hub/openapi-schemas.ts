import { catalogue, dataSchemaUri } from '../../libs/contract/catalogue/catalogue.js';
import { type CatalogueEntry, sensitivityClasses } from '../../libs/contract/catalogue/entry.js';
import { type QuarantineItem, type QuarantinePage, type Release } from './intake/quarantine.js';
import { type QuarantineReason, type Receipt } from './intake/receipt.js';
import { type Status } from './intake/status.js';
import { type Problem } from './problem.js';

/** A JSON Schema (2020-12), which is what OpenAPI 3.1 speaks. */
export type Schema = Readonly<Record<string, unknown>>;

/** Every member of a type has its schema here, so that the two cannot part. */
type Members<Type> = Readonly<Record<keyof Type, Schema>>;

export function reference(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** The component that holds a type's data schema at one version. */
export function dataSchemaName({ type, version }: Pick<CatalogueEntry, 'type' | 'version'>): string {
  return `${type}.v${version}`;
}

const text: Schema = { type: 'string' };
const textOrNull: Schema = { type: ['string', 'null'] };
const instant: Schema = { type: 'string', format: 'date-time' };
const position: Schema = {
  type: 'integer',
  minimum: 1,
  description: 'Place in the log; opaque and ordered.',
};

function object(properties: Schema, required: readonly string[], description?: string): Schema {
  return { type: 'object', ...(description !== undefined && { description }), properties, required };
}

function list(items: Schema): Schema {
  return { type: 'array', items };
}

const reasons: Readonly<Record<QuarantineReason, string>> = {
  'unknown-type': 'the catalogue does not know the type',
  'unknown-version': 'the catalogue does not know this version of the type',
  'schema-failed': 'the data breaks its schema',
  'identifier-check-failed': 'an identifier is not well formed, or its check character is wrong',
  'placeholder-value': 'a value that systems enter when they know none',
  'future-time': 'a time that has not come yet',
  'ambiguous-person': 'the identifiers belong to different people',
  'unknown-person': 'the subject is a hub id that nobody has',
  'erased-person': 'it is about a person who was erased',
  'not-flagged': 'it is taken about flagged people only, and is about nobody who is',
};

const reason: Schema = {
  type: 'string',
  enum: Object.keys(reasons),
  description: Object.entries(reasons)
    .map(([name, meaning]) => `- \`${name}\`: ${meaning}`)
    .join('\n'),
};

const inputError = object(
  { pointer: { ...text, description: 'JSON Pointer (RFC 6901) into the event.' }, detail: text },
  ['pointer', 'detail'],
);

const problemMembers: Members<Problem> = {
  type: { ...text, description: '`urn:concordat:problem:<code>`.' },
  title: text,
  status: { type: 'integer' },
  detail: text,
  userMessage: { ...text, description: 'For the person at the screen.' },
  errors: list(reference('InputError')),
};

const holdMembers = {
  id: { ...text, description: 'What GET /quarantine and the release call the event.' },
  reason,
  action: { ...text, description: 'What to do about it.' },
  errors: list(reference('InputError')),
};

const receiptMembers: Members<Receipt> = {
  source: { ...textOrNull, description: 'Null where it could not be read.' },
  id: { ...textOrNull, description: 'Null where it could not be read.' },
  outcome: { type: 'string', enum: ['accepted', 'duplicate', 'quarantined', 'rejected'] },
  status: { type: 'integer', description: 'HTTP status that stands for the outcome.' },
  position,
  offender: { ...text, description: "The hub's own identifier of the person." },
  received: { ...instant, description: 'When the hub received it first.' },
  quarantine: object(holdMembers, Object.keys(holdMembers)),
  problem: reference('Problem'),
};

const itemMembers: Members<QuarantineItem> = {
  ...holdMembers,
  agency: text,
  source: text,
  sourceId: text,
  type: textOrNull,
  received: instant,
  candidates: { ...list(text), description: 'For operators of the hub: the people it might be about.' },
};

const pageMembers: Members<QuarantinePage> = {
  items: list(reference('QuarantineItem')),
  next: { type: ['integer', 'null'], description: 'Give it as `after` to get the next page.' },
};

const releaseMembers: Members<Release> = {
  event: { ...reference('Event'), description: 'The corrected event, of the same source and id.' },
  offender: { ...text, description: 'For operators of the hub: the person meant, one of the candidates.' },
  confirmed: { type: 'boolean', description: 'The values that look like stand-ins are true.' },
  anew: {
    type: 'boolean',
    description:
      'It begins a new record of a person who was erased; an operator of the hub team decides that.',
  },
};

const agencyMembers = { id: text, kind: text, name: text, regime: { enum: ['part-3', 'uk-gdpr'] } };
const typeMembers = { type: text, version: { type: 'integer' }, dataschema: text };
const publishMembers: Members<Status['publish']> = {
  allowed: { type: 'boolean' },
  sourcePrefix: text,
  types: list(object(typeMembers, Object.keys(typeMembers))),
};
const agreementMembers: Members<Status['agreements'][number]> = {
  reference: text,
  version: { type: 'integer' },
  title: text,
  status: text,
};
const lastMembers = { source: text, id: text, position, received: instant };

const statusMembers: Members<Status> = {
  agency: object(agencyMembers, Object.keys(agencyMembers)),
  user: text,
  roles: list(text),
  purposes: list(text),
  publish: object(publishMembers, Object.keys(publishMembers)),
  agreements: list(object(agreementMembers, Object.keys(agreementMembers))),
  lastEvent: { oneOf: [object(lastMembers, Object.keys(lastMembers)), { type: 'null' }] },
};

/** The attributes of our CloudEvents profile; all of them are strings. */
export const attributes: Readonly<Record<string, Schema>> = {
  specversion: { const: '1.0' },
  id: { ...text, minLength: 1, maxLength: 256, description: 'With `source`, identifies the event for ever.' },
  source: { ...text, minLength: 1, maxLength: 256, description: '`/<agency>`, or below it.' },
  type: { ...text, description: 'An event type of the catalogue.' },
  subject: {
    ...text,
    description:
      'Who it is about: `<scheme>:<value>` of pnc, cro, asn, noms, crn, nhs, ycrn, ref or offender.',
  },
  time: {
    ...text,
    description:
      'When it happened, no more precisely than known: date-time, day, month, or `A/B`. Absent: not known.',
  },
  dataschema: {
    ...text,
    description: '`urn:concordat:schema:<type>:<version>`. Absent: the latest version.',
  },
  datacontenttype: { ...text, examples: ['application/json'] },
  recordedtime: { ...instant, description: "When the publisher's own system recorded it." },
  corrects: { ...text, description: 'The `id` of an earlier event of the same source.' },
  retracts: { ...text, description: 'The `id` of an earlier event of the same source.' },
  handling: {
    enum: ['P', 'C'],
    description: '`P`: may be shared; `C`: only with conditions, which must then be given.',
  },
  handlingconditions: {
    ...text,
    minLength: 1,
    maxLength: 256,
    description: 'The conditions of handling `C`, in words; they travel with every field that is shown.',
  },
  nature: {
    enum: ['fact', 'assessment', 'process'],
    description: 'What the publisher takes it for; must be the nature of the event type.',
  },
};

export const requiredAttributes = ['specversion', 'id', 'source', 'type', 'subject'];

/** Any one of the catalogue's types with the data that belongs to it. */
function eventSchema(): Schema {
  const typed = catalogue.map((entry) => ({
    title: entry.title,
    properties: {
      type: { const: entry.type },
      dataschema: { const: dataSchemaUri(entry.type, entry.version) },
      data: reference(dataSchemaName(entry)),
    },
  }));
  return {
    ...object({ ...attributes, data: { type: 'object' } }, [...requiredAttributes, 'data']),
    description:
      'A CloudEvents 1.0 event in its JSON format. Further attributes are kept and mean nothing here.',
    anyOf: typed,
  };
}

function dataSchema({ type, version, title, publishers, nature, schema }: CatalogueEntry): Schema {
  const published = `Published by: ${publishers.join(', ')}. Nature: ${nature}.`;
  return { title: `${title} (${type}, version ${version})`, description: published, ...schema };
}

/** All component schemas: the catalogue's data schemas with their classes, and what the hub answers with. */
export function componentSchemas(): Readonly<Record<string, Schema>> {
  const data = catalogue.map((entry) => [dataSchemaName(entry), dataSchema(entry)] as const);
  return {
    Event: eventSchema(),
    Receipt: object(receiptMembers, ['source', 'id', 'outcome', 'status']),
    Problem: object(problemMembers, Object.keys(problemMembers), 'RFC 9457.'),
    InputError: inputError,
    Status: object(
      statusMembers,
      Object.keys(statusMembers).filter((name) => name !== 'agency'),
    ),
    QuarantineItem: object(
      itemMembers,
      Object.keys(itemMembers).filter((name) => name !== 'candidates'),
    ),
    QuarantinePage: object(pageMembers, Object.keys(pageMembers)),
    Release: object(releaseMembers, []),
    SensitivityClass: { type: 'string', enum: sensitivityClasses, description: 'What `x-class` may be.' },
    ...Object.fromEntries(data),
  };
}
