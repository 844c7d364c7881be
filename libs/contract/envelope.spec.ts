import { describe, expect, it } from '@jest/globals';
import { type ParsedPublication, parsePublication } from './envelope.js';

const event = {
  specversion: '1.0',
  id: 'arrest-1',
  source: '/police/custody',
  type: 'police.arrest.recorded',
  subject: 'pnc:2001/0171310W',
  data: { asn: 'x' },
};

const given = (changes: Readonly<Record<string, unknown>>): ParsedPublication =>
  parsePublication(JSON.stringify({ ...event, ...changes }));

const pointersOf = (parsed: ParsedPublication): readonly string[] =>
  parsed.outcome === 'invalid' ? parsed.errors.map(({ pointer }) => pointer) : [];

describe('a publication', () => {
  it('with the required attributes alone is valid, and nothing is invented', () => {
    const text = JSON.stringify(event, undefined, 2);
    expect(parsePublication(text)).toEqual({
      outcome: 'valid',
      publication: {
        text,
        event,
        source: '/police/custody',
        id: 'arrest-1',
        type: 'police.arrest.recorded',
        version: undefined,
        subject: 'pnc:2001/0171310W',
        happened: { precision: 'unknown', verbatim: null, from: null, to: null },
        recorded: null,
        handling: null,
        nature: null,
        corrects: null,
        retracts: null,
      },
    });
  });

  it('with every attribute of our profile is read whole', () => {
    const full = {
      ...event,
      time: '2024-05-01',
      recordedtime: '2024-05-02T09:00:00.000Z',
      dataschema: 'urn:concordat:schema:police.arrest.recorded:2',
      datacontenttype: 'application/json; charset=utf-8',
      corrects: 'arrest-0',
      handling: 'C',
      handlingconditions: 'Ask the originator first: José',
      nature: 'fact',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      sequence: 7,
      urgent: false,
    };
    expect(parsePublication(JSON.stringify(full))).toMatchObject({
      outcome: 'valid',
      publication: {
        event: full,
        version: 2,
        happened: { precision: 'day', verbatim: '2024-05-01' },
        recorded: '2024-05-02T09:00:00.000Z',
        corrects: 'arrest-0',
        handling: 'C',
        nature: 'fact',
      },
    });
  });

  it('counts an optional attribute that is null as absent, and keeps it as received', () => {
    expect(given({ time: null, corrects: null, dataschema: null, colour: null })).toMatchObject({
      outcome: 'valid',
      publication: { happened: { precision: 'unknown' }, corrects: null, event: { colour: null } },
    });
  });
});

const long = 'x'.repeat(257);

describe('an attribute is refused', () => {
  it.each(['specversion', 'id', 'source', 'type', 'subject'])(
    'when %s is absent, null, empty or no text',
    (name) => {
      for (const value of [undefined, null, '', 1, true, {}, []]) {
        expect(pointersOf(given({ [name]: value }))).toEqual([`/${name}`]);
      }
    },
  );

  it.each([
    ['specversion', '0.3'],
    ['specversion', '1.0 '],
    ['id', long],
    ['id', 'a\u0000b'],
    ['id', 'a\nb'],
    ['source', long],
    ['source', '/police/two words'],
    ['source', '/police/100%'],
    ['source', '/police/é'],
    ['type', 'police'],
    ['type', 'police..arrest'],
    ['type', 'police.arrest recorded'],
    ['type', `police.${long}`],
    ['subject', '2001/0171310W'],
    ['subject', 'pnc:'],
    ['subject', 'passport:123'],
    ['subject', 'PNC:2001/0171310W'],
    ['time', ''],
    ['time', 0],
    ['time', '2024-05-01T10:00:00'],
    ['recordedtime', '2024-05-01'],
    ['recordedtime', '2024-05-01t10:00:00z'],
    ['dataschema', ''],
    ['dataschema', 'https://example.com/schema.json'],
    ['dataschema', 'urn:concordat:schema:police.charge.laid:1'],
    ['datacontenttype', 'application/xml'],
    ['datacontenttype', 'text/plain; charset=us-ascii'],
    ['data_base64', 'e30='],
    ['data', undefined],
    ['data', null],
    ['data', 'text'],
    ['data', ['a']],
    ['corrects', ''],
    ['corrects', 'arrest-1'],
    ['retracts', 'arrest-1'],
    ['retracts', 5],
    ['handling', 'p'],
    ['handling', ''],
    ['handlingconditions', ''],
    ['handlingconditions', ' \u00a0'],
    ['handlingconditions', 7],
    ['handlingconditions', 'a\u0000b'],
    ['handlingconditions', long],
    ['nature', 'opinion'],
    ['nature', 'Fact'],
    ['nature', true],
  ])('%s: %j', (name, value) => {
    expect(pointersOf(given({ [name]: value }))).toEqual([`/${name}`]);
  });

  it.each([
    ['Colour', 'red'],
    ['favourite-colour', 'red'],
    ['averyverylongattributename', 'red'],
    ['colour', ''],
    ['colour', 1.5],
    ['colour', 2 ** 31],
    ['colour', { r: 255 }],
    ['colour', ['red']],
    ['constructor', {}],
  ])('that is not ours without repeating its name, %s: %j', (name, value) => {
    const refused = given({ [name]: value });
    expect(pointersOf(refused)).toEqual(['/*']);
    expect(JSON.stringify(refused)).not.toContain(name);
  });

  it('when it corrects and retracts at once', () => {
    expect(pointersOf(given({ corrects: 'a', retracts: 'b' }))).toEqual(['/retracts']);
  });

  it('when it is given twice, even with the same value', () => {
    const twice = JSON.stringify(event).replace('{', '{"id":"arrest-1",');
    expect(parsePublication(twice)).toMatchObject({ errors: [{ pointer: '/id', detail: 'is given twice' }] });
  });

  it('together with every other one that is wrong', () => {
    expect(pointersOf(given({ id: '', time: 'noon', data: null, handling: 'X' }))).toEqual([
      '/data',
      '/id',
      '/time',
      '/handling',
    ]);
  });
});

it.each(['[]', '"text"', 'null', '1'])('%s is not an event', (text) => {
  expect(parsePublication(text)).toMatchObject({
    errors: [{ pointer: '', detail: 'must be a JSON object' }],
  });
});

it('a fault in the data is pointed at by names of the catalogue', () => {
  const parsed = parsePublication('{"data":{"name":{"family":"x","family":"y"},"Sam":[1e999]}}');
  expect(pointersOf(parsed)).toEqual(['/data/name/family', '/data/*/0']);
});

it('a refusal names the event where it can be named, and never quotes a value', () => {
  const secret = 'CANARY-2001/0171310W';
  const refused = [
    given({ type: secret, subject: secret, time: secret, dataschema: secret, handling: secret }),
    given({
      recordedtime: secret,
      datacontenttype: secret,
      colour: [secret],
      data: secret,
      corrects: { secret },
    }),
    parsePublication(`{"id": "${secret}`),
    parsePublication(`{"data":{"a":"${secret}","a":"${secret}"}}`),
    parsePublication(`{"${secret}":{"${secret}":1,"${secret}":1e999}}`),
    given({ [secret]: 1 }),
  ];
  expect(refused[0]).toMatchObject({ source: '/police/custody', id: 'arrest-1' });
  for (const parsed of refused) {
    expect(parsed.outcome).toBe('invalid');
    expect(JSON.stringify(parsed)).not.toContain('CANARY');
  }
});
