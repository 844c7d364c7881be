import { sensitivityClasses } from '../../contract/catalogue/entry.js';

const slug = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 } as const;
const text = { type: 'string', minLength: 1, maxLength: 500 } as const;
const date = { type: 'string', format: 'date' } as const;
const slugs = { type: 'array', items: slug, minItems: 1, uniqueItems: true, maxItems: 100 } as const;
const selectors = {
  type: 'array',
  minItems: 1,
  maxItems: 200,
  uniqueItems: true,
  items: {
    type: 'string',
    pattern: `^(class:(${sensitivityClasses.join('|')})|[a-zA-Z][a-zA-Z0-9]*(\\[\\])?(\\.[a-zA-Z][a-zA-Z0-9]*(\\[\\])?)*)$`,
    maxLength: 128,
  },
} as const;

const clause = {
  type: 'object',
  required: [
    'id',
    'effect',
    'publishers',
    'recipients',
    'purposes',
    'types',
    'fields',
    'gateway',
    'lawfulBasis',
  ],
  additionalProperties: false,
  properties: {
    id: slug,
    effect: { enum: ['permit', 'prohibit'] },
    publishers: slugs,
    recipients: slugs,
    purposes: slugs,
    types: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      items: { type: 'string', pattern: '^[a-z]+(\\.[a-zA-Z]+)*(\\.\\*)?$', maxLength: 100 },
    },
    fields: {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: { clear: selectors, generalise: selectors, mask: selectors, withhold: selectors },
    },
    conditions: {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: {
        cohort: { type: 'array', minItems: 1, items: { enum: ['Fixed', 'Flex', 'Free', 'PPO'] } },
        level: {
          type: 'array',
          minItems: 1,
          items: { enum: ['Standard', 'Enhanced', 'Priority', 'MAPPA-1', 'MAPPA-2', 'MAPPA-3'] },
        },
        consent: { const: true },
      },
    },
    reach: { enum: ['prospective', 'history'] },
    gateway: text,
    lawfulBasis: text,
    retention: text,
  },
  if: { properties: { effect: { const: 'permit' } } },
  then: { properties: { fields: { type: 'object', properties: { withhold: false } } } },
  else: {
    properties: {
      reach: false,
      fields: {
        type: 'object',
        required: ['withhold'],
        properties: { clear: false, generalise: false, mask: false },
      },
    },
  },
} as const;

/** JSON Schema (2020-12) of an agreement document. */
export const agreementSchema = {
  $id: 'urn:concordat:schema:agreement',
  title: 'Information-sharing agreement',
  type: 'object',
  required: [
    'reference',
    'title',
    'version',
    'parties',
    'purposes',
    'inForceFrom',
    'reviewDue',
    'expires',
    'clauses',
  ],
  additionalProperties: false,
  properties: {
    reference: slug,
    title: text,
    version: { type: 'integer', minimum: 1, maximum: 9999 },
    parties: {
      type: 'array',
      minItems: 2,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['agency', 'regime', 'contact'],
        additionalProperties: false,
        properties: { agency: slug, regime: { enum: ['part-3', 'uk-gdpr'] }, contact: text },
      },
    },
    purposes: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['id', 'description'],
        additionalProperties: false,
        properties: { id: slug, description: text },
      },
    },
    inForceFrom: date,
    reviewDue: date,
    expires: date,
    clauses: { type: 'array', minItems: 1, maxItems: 500, items: clause },
  },
} as const;
