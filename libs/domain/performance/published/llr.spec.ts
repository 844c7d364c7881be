import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ownsSource } from '../../../contract/agency.js';
import { entryOf } from '../../../contract/catalogue/catalogue.js';
import { validateData } from '../../../contract/catalogue/validate.js';
import { publishedYear } from './llr.js';
import { readPrintedDocument } from './printed-document.js';

const file = new URL('../../../../deploy/published/llr-2016.yaml', import.meta.url);
const document = readPrintedDocument(parse(readFileSync(file, 'utf8')));

describe('the published year', () => {
  const events = publishedYear(document);

  it('is the same for the same seed, and another for another', () => {
    expect(publishedYear(document)).toEqual(events);
    expect(publishedYear(document, 2)).not.toEqual(events);
  });

  it('is made of publications as the catalogue has them, each with an id of its own, under its agency’s source', () => {
    for (const { agency, event } of events) {
      const entry = entryOf(String(event['type']));
      const data = JSON.parse(JSON.stringify(event['data'])) as Record<string, unknown>;
      expect(entry && validateData(entry, data)).toEqual([]);
      expect(ownsSource(agency, String(event['source']))).toBe(true);
    }
    expect(new Set(events.map(({ event }) => event['id'])).size).toBe(events.length);
  });

  it('is told in the order in which it happened, and over by its end', () => {
    const days = events.map(({ event }) => String(event['recordedtime']));
    expect(days).toEqual(days.toSorted());
    expect((days.at(-1) ?? '') < '2016-04-01').toBe(true);
  });

  it('cannot be told of a document that lacks a figure', () => {
    const tables = document.tables.filter(({ id }) => id !== 'spread');
    expect(() => publishedYear({ ...document, tables })).toThrow('no table spread');
  });
});
