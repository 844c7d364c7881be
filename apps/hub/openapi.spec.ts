import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { catalogue, dataSchemaUri } from '../../libs/contract/catalogue/catalogue.js';
import { fieldsOf } from '../../libs/contract/catalogue/fields.js';
import { Conflict, Invalid } from '../../libs/contract/failure.js';
import { sampleData } from '../../libs/testing/samples.js';
import { commandForms } from './casework/commands.js';
import { receiptOf, rejected } from './intake/receipt.js';
import { statusOf } from './intake/status.js';
import { OpenapiModule } from './openapi.controller.js';
import { openapiDocument } from './openapi.js';
import { problemOf } from './problem.js';

const document = openapiDocument('0.1.0');
const { schemas } = document.components;

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ ...document, $id: 'urn:concordat:openapi' });

/** What a component schema says is wrong with a value. */
function errorsOf(name: string, value: unknown): unknown {
  const validate = ajv.getSchema(`urn:concordat:openapi#/components/schemas/${name}`);
  if (validate === undefined) throw new Error(`no component ${name}`);
  return validate(JSON.parse(JSON.stringify(value))) ? null : validate.errors;
}

/** Every value of a property, wherever it stands. */
function everywhere(node: unknown, property: string): readonly unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [
    ...(name === property ? [value as unknown] : []),
    ...everywhere(value, property),
  ]);
}

const eventOf = (type: string): object => ({
  specversion: '1.0',
  id: '1',
  source: '/police',
  type,
  subject: 'ref:1',
  dataschema: dataSchemaUri(type, 1),
  data: sampleData[type],
});

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1 and describes every fixed address of intake, transparency and operation', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: 'Concordat', version: '0.1.0' });
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const isCasework = (operation: string): boolean => operation.startsWith('POST /casework/');
    expect(operations.filter(isCasework)).toHaveLength(Object.keys(commandForms).length);
    expect(operations.filter((operation) => !isCasework(operation)).sort()).toEqual([
      'GET /corrections',
      'GET /health/liveness',
      'GET /health/readiness',
      'GET /metrics',
      'GET /openapi.json',
      'GET /quarantine',
      'GET /status',
      'GET /transparency/checkpoint',
      'GET /transparency/proof/consistency',
      'GET /transparency/proof/inclusion',
      'GET /transparency/tile/{path}',
      'POST /events',
      'POST /governance',
      'POST /quarantine/{id}/release',
    ]);
  });

  it('gives each operation an id of its own and a described answer to every status', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(operations.length);
    for (const { responses } of operations) {
      for (const answer of Object.values(responses as object)) expect(answer).toHaveProperty('description');
    }
  });

  it('takes events in the three content modes', () => {
    const { content } = document.paths['/events']?.['post']?.['requestBody'] as { readonly content: object };
    expect(Object.keys(content)).toEqual([
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
      'application/json',
    ]);
  });

  it('refers only to components that exist, under names that OpenAPI allows', () => {
    const names = Object.keys(schemas);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9._-]+$/);
    const references = new Set(everywhere(document, '$ref'));
    expect(references.size).toBeGreaterThan(catalogue.length);
    for (const each of references) expect(names).toContain(String(each).replace('#/components/schemas/', ''));
  });

  it('holds the data schema of every catalogue type, with the class of every field', () => {
    for (const entry of catalogue) {
      const schema = schemas[`${entry.type}.v${entry.version}`];
      expect(schema).toMatchObject({ ...entry.schema });
      const classes = everywhere(schema, 'x-class');
      expect(classes).toEqual(fieldsOf(entry).map((field) => field.class));
    }
  });

  it('accepts a good event of every type, and none with the data of another', () => {
    for (const { type } of catalogue) expect([type, errorsOf('Event', eventOf(type))]).toEqual([type, null]);
    const crossed = { ...eventOf('police.arrest.recorded'), data: sampleData['housing.placement.ended'] };
    expect(errorsOf('Event', crossed)).not.toBeNull();
    expect(errorsOf('Event', { ...eventOf('police.arrest.recorded'), subject: undefined })).not.toBeNull();
  });

  it('describes the receipts and problems that intake makes', () => {
    const named = { source: '/police', id: '1' };
    const stored = { eventId: 'e', position: 7, received: 0, contentHash: 'h' };
    const hold = { reason: 'schema-failed' as const, errors: [{ pointer: '/data', detail: 'is required' }] };
    const failure = new Invalid('invalid-event', 'the event breaks the rules', hold.errors);
    const receipts = [
      receiptOf(named, { ...stored, offender: 'P1' }, true),
      receiptOf(named, { ...stored, offender: 'P1' }, false),
      receiptOf(named, { ...stored, hold }, true),
      rejected({ source: null, id: null }, failure),
    ];
    for (const receipt of receipts) expect(errorsOf('Receipt', receipt)).toBeNull();
    expect(errorsOf('Receipt', { ...receipts[0], outcome: 'lost' })).not.toBeNull();
    expect(errorsOf('Problem', problemOf(new Conflict('different-content', 'other content')))).toBeNull();
    expect(errorsOf('Problem', { title: 'no type' })).not.toBeNull();
  });

  it('describes the status that intake gives', () => {
    const caller = { agency: 'police', user: 'u', roles: ['publisher' as const], purposes: [], expires: 1 };
    const agreement = { reference: 'r', version: 1, title: 't', status: 'in-force' as const };
    const last = { source: '/police', id: '1', position: 3, received: 0 };
    expect(errorsOf('Status', statusOf(caller, [agreement], last))).toBeNull();
    expect(errorsOf('Status', statusOf(caller, [], undefined))).toBeNull();
    expect(errorsOf('Status', {})).not.toBeNull();
  });

  it('is served as JSON to anybody', async () => {
    @Module({ imports: [OpenapiModule] })
    class OnlyOpenapi {}
    const app = await NestFactory.create<NestFastifyApplication>(OnlyOpenapi, new FastifyAdapter(), {
      logger: false,
    });
    await app.init();
    const answer = await app.inject({ method: 'GET', url: '/openapi.json' });
    await app.close();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json<typeof document>().paths).toEqual(document.paths);
  });
});
