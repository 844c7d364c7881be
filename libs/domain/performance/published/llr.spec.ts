import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ownsSource } from '../../../contract/agency.js';
import { entryOf } from '../../../contract/catalogue/catalogue.js';
import { validateData } from '../../../contract/catalogue/validate.js';
import { readFact } from '../../../testing/casework.js';
import { type ReadFact } from '../../casework/read-fact.js';
import { type DemonstrationEvent } from '../../demonstration/demonstration.js';
import { caseload } from '../caseload.js';
import { historyOf, type PersonHistory } from '../history.js';
import { needs } from '../needs.js';
import { reoffending } from '../reoffending.js';
import { spread } from '../spread.js';
import { statutoryShare } from '../statutory-share.js';
import { differencesFrom } from './compare.js';
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

  it.each([2, 3, 20160331])('gives the printed tables with the seed %d, too', (seed) => {
    const histories = historiesOf(publishedYear(document, seed));
    const reports = [reoffending, caseload, spread, statutoryShare, needs].map((report) =>
      report(histories, { ...document, knownAt: null }),
    );
    expect(differencesFrom(document, reports).map(({ cell, regenerated }) => [cell, regenerated])).toEqual([
      ['Enhanced/2016-03-31/Total', '110'],
      ['Total/2016-03-31/Total', '380'],
      ['%change/Total', '12.76'],
    ]);
  });

  it('cannot be told of a document that lacks a figure', () => {
    const tables = document.tables.filter(({ id }) => id !== 'spread');
    expect(() => publishedYear({ ...document, tables })).toThrow('no table spread');
  });
});

/** The histories of the people that ids of publications name, without a hub. */
function historiesOf(events: readonly DemonstrationEvent[]): readonly PersonHistory[] {
  const byPerson = Map.groupBy(events, ({ event }) => String(event['id']).split('-').slice(0, 4).join('-'));
  return [...byPerson].map(([person, own]) =>
    historyOf(
      person,
      own.map(({ event }) =>
        readFact(
          String(event['id']),
          String(event['type']),
          String(event['time']),
          event['data'] as ReadFact['data'],
        ),
      ),
    ),
  );
}
