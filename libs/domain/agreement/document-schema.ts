import { sensitivityClasses } from '../../contract/catalogue/entry.js';
import { area } from '../../contract/catalogue/hub-words.js';
import { aims, gatewayCitations } from './gateway-names.js';

const slug = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 } as const;
const text = { type: 'string', minLength: 1, maxLength: 500 } as const;
const words = { type: 'string', minLength: 1, maxLength: 2000 } as const;
const date = { type: 'string', format: 'date' } as const;
const slugs = { type: 'array', items: slug, minItems: 1, uniqueItems: true, maxItems: 100 } as const;

/** An object that needs every property it has, and allows no other. */
function exactly<P extends Readonly<Record<string, object>>>(properties: P) {
  return {
    type: 'object',
    required: Object.keys(properties),
    additionalProperties: false,
    properties,
  } as const;
}

/** An object that needs at least one of its properties. */
function someOf<P extends Readonly<Record<string, object>>>(properties: P) {
  return { type: 'object', minProperties: 1, additionalProperties: false, properties } as const;
}

function listOf<I extends object>(items: I) {
  return { type: 'array', minItems: 1, maxItems: 50, uniqueItems: true, items } as const;
}

function whole(minimum: number, maximum: number) {
  return { type: 'integer', minimum, maximum } as const;
}

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

const ages = someOf({ from: whole(0, 120), to: whole(0, 120) });
const byRegime = { 'part-3': text, 'uk-gdpr': text } as const;

const conditions = someOf({
  cohort: listOf({ enum: ['Fixed', 'Flex', 'Free', 'PPO'] }),
  level: listOf({ enum: ['Standard', 'Enhanced', 'Priority', 'MAPPA-1', 'MAPPA-2', 'MAPPA-3'] }),
  mappa: {
    type: 'object',
    additionalProperties: false,
    properties: { categories: listOf(whole(1, 4)), levels: listOf(whole(1, 3)) },
  },
  management: { enum: ['statutory', 'voluntary'] },
  areas: listOf({ type: 'string', pattern: area.pattern, maxLength: area.maxLength }),
  age: someOf({ atFact: ages, atQuestion: ages }),
  consent: { const: true },
  limitedAccess: listOf({ enum: ['NONE', 'RESTRICTED', 'EXCLUDED'] }),
  handling: listOf({ enum: ['P', 'C'] }),
  grading: someOf({ source: listOf(whole(1, 3)), information: listOf({ enum: ['A', 'B', 'C', 'D', 'E'] }) }),
  reportingRestrictions: { const: 'permitted' },
  role: listOf({ enum: ['practitioner', 'coordinator', 'signatory', 'auditor', 'operator'] }),
  responsibility: { const: 'case' },
  emergency: exactly({ hours: whole(1, 72), reviewWithin: whole(1, 720) }),
});

const whatPermitsHas = {
  reach: { enum: ['prospective', 'history'] },
  gateway: { enum: gatewayCitations },
  onBehalfOf: slug,
  publicInterest: words,
  lawfulBasis: someOf(byRegime),
  sensitive: {
    type: 'object',
    required: ['policyDocument'],
    minProperties: 2,
    additionalProperties: false,
    properties: { ...byRegime, policyDocument: slug },
  },
  criminalOffence: text,
  retention: text,
} as const;

const refused = Object.fromEntries(Object.keys(whatPermitsHas).map((name) => [name, false]));

const clause = {
  type: 'object',
  required: ['id', 'effect', 'publishers', 'recipients', 'purposes', 'types', 'fields'],
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
    fields: someOf({ clear: selectors, generalise: selectors, mask: selectors, withhold: selectors }),
    conditions,
    because: text,
    ...whatPermitsHas,
  },
  if: { properties: { effect: { const: 'permit' } } },
  then: {
    required: ['reach', 'gateway', 'lawfulBasis'],
    properties: { because: false, fields: { type: 'object', properties: { withhold: false } } },
  },
  else: {
    required: ['because'],
    properties: {
      ...refused,
      fields: {
        type: 'object',
        required: ['withhold'],
        properties: { clear: false, generalise: false, mask: false },
      },
    },
  },
} as const;

const purpose = exactly({ id: slug, description: text, benefits: text, aims: listOf({ enum: aims }) });

const document = {
  reference: slug,
  title: text,
  version: whole(1, 9999),
  owner: exactly({ agency: slug, role: text, contact: text }),
  parties: {
    type: 'array',
    minItems: 2,
    maxItems: 50,
    items: exactly({
      agency: slug,
      regime: { enum: ['part-3', 'uk-gdpr'] },
      role: text,
      contact: text,
      dataProtectionOfficer: text,
    }),
  },
  purposes: {
    type: 'array',
    minItems: 1,
    maxItems: 50,
    items: {
      ...purpose,
      properties: { ...purpose.properties, justification: { enum: ['required', 'optional'] } },
    },
  },
  inForceFrom: date,
  reviewDue: date,
  expires: date,
  rights: exactly({ contact: text, procedure: words }),
  governance: exactly({
    accuracy: words,
    retention: words,
    security: words,
    breaches: words,
    complaints: words,
    training: words,
    onwardDisclosure: words,
    review: words,
    joining: words,
  }),
  policyDocuments: {
    type: 'array',
    maxItems: 50,
    items: exactly({ id: slug, title: text, reference: text }),
  },
  clauses: { type: 'array', minItems: 1, maxItems: 500, items: clause },
} as const;

const forms = {
  type: 'object',
  required: ['request', 'decision'],
  additionalProperties: false,
  properties: { request: text, decision: text, consent: text },
} as const;

/** JSON Schema (2020-12) of an agreement document: all that the ICO Data Sharing Code asks of one (requirements §3.3). */
export const agreementSchema = {
  $id: 'urn:concordat:schema:agreement',
  title: 'Information-sharing agreement',
  ...exactly(document),
  properties: { ...document, forms },
} as const;
