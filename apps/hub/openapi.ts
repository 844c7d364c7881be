import { catalogue } from '../../libs/contract/catalogue/catalogue.js';
import { MOST_IN_BATCH } from '../../libs/contract/http-binding.js';
import {
  attributes,
  componentSchemas,
  dataSchemaName,
  reference,
  requiredAttributes,
  type Schema,
} from './openapi-schemas.js';
import { caseworkPaths } from './openapi-casework.js';
import { correctionPaths } from './openapi-corrections.js';
import { governancePaths } from './openapi-governance.js';
import { transparencyPaths } from './openapi-transparency.js';

/** An OpenAPI 3.1 document, as far as this file writes one. */
export interface OpenapiDocument {
  readonly openapi: string;
  readonly info: Schema;
  readonly servers: readonly Schema[];
  readonly security: readonly Schema[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Schema;
  };
}

const description = `The way in to Concordat for the systems of agencies, and what its operators watch. What
agencies may see is asked through GraphQL at /graphql, whose schema describes itself.

Every field of every event type carries its sensitivity class as \`x-class\`: agreements name fields by path or class.`;

/** The HTTP interface as OpenAPI 3.1, its event types generated from the catalogue. */
export function openapiDocument(version: string): OpenapiDocument {
  return {
    openapi: '3.1.1',
    info: { title: 'Concordat', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths: {
      '/events': { post: publish },
      '/status': { get: status },
      '/quarantine': { get: quarantine },
      '/quarantine/{id}/release': { post: release },
      '/health/liveness': { get: health('The process answers.', 'liveness') },
      '/health/readiness': {
        get: health('The log answers and the read models keep up with it.', 'readiness'),
      },
      '/metrics': { get: metrics },
      '/openapi.json': { get: itself },
      ...caseworkPaths,
      ...correctionPaths,
      ...governancePaths,
      ...transparencyPaths,
    },
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'Claims: sub, agency, roles, purposes, exp; signed by the configured issuer for this audience.',
        },
      },
    },
  };
}

const receipt = reference('Receipt');

function json(schema: Schema): Schema {
  return { 'application/json': { schema } };
}

function problems(...statuses: readonly (keyof typeof problemTexts)[]): Schema {
  const content = { 'application/problem+json': { schema: reference('Problem') } };
  return Object.fromEntries(statuses.map((code) => [code, { description: problemTexts[code], content }]));
}

const problemTexts = {
  400: 'The request breaks a rule that its sender can repair.',
  401: 'The bearer token is missing or not accepted.',
  403: 'The caller may not do this.',
  404: 'There is nothing here that the caller may see.',
  409: 'The source and id belong to an event with other content.',
  413: 'Too much at once.',
  415: 'The content type is missing or not one that is read here.',
  503: 'The hub cannot do this now; the same request may succeed later.',
} as const;

/** CloudEvents HTTP binding §3.1: in binary mode the attributes travel as headers. */
const attributeHeaders = Object.entries(attributes)
  .filter(([name]) => name !== 'datacontenttype')
  .map(([name, schema]) => ({
    name: `ce-${name}`,
    in: 'header',
    required: false,
    description: `Binary mode only${requiredAttributes.includes(name) ? ', where it is required' : ''}.`,
    schema,
  }));

const publish: Schema = {
  operationId: 'publish',
  summary: 'Publish one event or a batch',
  description:
    'Three content modes of the CloudEvents HTTP binding: structured, batch, and binary (attributes in ce- headers, data in the body). ' +
    'A resend with the same content is answered with the first receipt. Data that breaks its schema is not refused but quarantined (202).',
  parameters: attributeHeaders,
  requestBody: {
    required: true,
    content: {
      'application/cloudevents+json': { schema: reference('Event') },
      'application/cloudevents-batch+json': {
        schema: { type: 'array', items: reference('Event'), maxItems: MOST_IN_BATCH },
      },
      'application/json': { schema: { anyOf: catalogue.map((entry) => reference(dataSchemaName(entry))) } },
    },
  },
  responses: {
    200: {
      description:
        'A duplicate, with the first receipt; or, for a batch, one receipt for each event in its order.',
      content: json({ oneOf: [receipt, { type: 'array', items: receipt }] }),
    },
    201: { description: 'Accepted: on the disk.', content: json(receipt) },
    202: { description: 'Quarantined: kept, with the reason and what to do.', content: json(receipt) },
    ...problems(400, 401, 403, 409, 413, 415, 503),
  },
};

const status: Schema = {
  operationId: 'status',
  summary: 'Who the caller is, what it may publish, which agreements bind it, its last event',
  responses: { 200: { description: 'Status', content: json(reference('Status')) }, ...problems(401) },
};

const quarantine: Schema = {
  operationId: 'quarantine',
  summary: "The agency's events in quarantine, or everybody's for an operator of the hub; oldest first",
  parameters: [
    { name: 'after', in: 'query', schema: { type: 'integer', minimum: 0 } },
    { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 } },
  ],
  responses: {
    200: { description: 'A page', content: json(reference('QuarantinePage')) },
    ...problems(400, 401),
  },
};

const release: Schema = {
  operationId: 'release',
  summary: 'Record an event in quarantine after all: as it is, corrected, confirmed, or for a chosen person',
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
  requestBody: { required: false, content: json(reference('Release')) },
  responses: {
    200: { description: 'It had been released before: the first receipt.', content: json(receipt) },
    201: { description: 'Accepted', content: json(receipt) },
    202: { description: 'It still cannot be recorded, and stays.', content: json(receipt) },
    ...problems(400, 401, 403, 404, 503),
  },
};

function health(summary: string, operationId: string): Schema {
  const up = { description: 'Yes', content: json({ type: 'object' }) };
  return { operationId, summary, security: [], responses: { 200: up, ...problems(503) } };
}

const metrics: Schema = {
  operationId: 'metrics',
  summary: 'Figures for Prometheus',
  security: [],
  responses: {
    200: { description: 'Text exposition format', content: { 'text/plain': { schema: { type: 'string' } } } },
  },
};

const itself: Schema = {
  operationId: 'openapi',
  summary: 'This document',
  security: [],
  responses: { 200: { description: 'OpenAPI 3.1', content: json({ type: 'object' }) } },
};
