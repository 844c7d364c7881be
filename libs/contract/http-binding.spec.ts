import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { type ParsedPublication, parsePublication } from './envelope.js';
import { contentModeOf, MOST_IN_BATCH, parseBatch, parseBinary } from './http-binding.js';

const event = {
  specversion: '1.0',
  id: 'arrest-1',
  source: '/police/custody',
  type: 'police.arrest.recorded',
  subject: 'pnc:2001/0171310W',
  data: { asn: 'x' },
};

const headers = (changes: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries({
    Host: 'hub.example',
    'ce-specversion': '1.0',
    'ce-id': 'arrest-1',
    'CE-Source': '/police/custody',
    'ce-type': 'police.arrest.recorded',
    'ce-subject': 'pnc:2001/0171310W',
    'Content-Type': 'application/json',
    ...changes,
  }).flat();

const eventOf = (parsed: ParsedPublication): unknown =>
  parsed.outcome === 'valid' ? parsed.publication.event : parsed;

const pointersOf = (parsed: ParsedPublication): readonly string[] =>
  parsed.outcome === 'invalid' ? parsed.errors.map(({ pointer }) => pointer) : [];

describe('the content mode', () => {
  it.each([
    ['application/cloudevents+json', 'structured'],
    ['application/cloudevents+json; charset=utf-8', 'structured'],
    ['Application/CloudEvents+JSON;charset="UTF-8"', 'structured'],
    ['application/cloudevents-batch+json', 'batch'],
    ['application/json; charset=utf-8', 'binary'],
    ['application/json; charset=latin1', undefined],
    ['application/cloudevents+avro', undefined],
    ['text/plain', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('of %j is %s', (contentType, mode) => {
    expect(contentModeOf(contentType)).toBe(mode);
  });
});

describe('binary mode', () => {
  it('takes attributes from headers and data from the body', () => {
    expect(eventOf(parseBinary(headers(), '{"asn":"x"}'))).toEqual({
      ...event,
      datacontenttype: 'application/json',
    });
  });

  it.each([
    ['ref%3AJos%C3%A9', 'ref:José'],
    ['ref:a%2520b', 'ref:a%20b'],
    ['"ref:a \\"b\\" c"', 'ref:a "b" c'],
    ['"ref:%E2%82%AC"', 'ref:€'],
  ])('decodes %s once', (encoded, subject) => {
    expect(eventOf(parseBinary(headers({ 'ce-subject': encoded }), '{}'))).toMatchObject({ subject });
  });

  it('takes handling conditions and nature from headers like every other attribute', () => {
    const sent = headers({ 'ce-handlingconditions': 'Ask Jos%C3%A9 first', 'CE-Nature': 'fact' });
    expect(parseBinary(sent, '{}')).toMatchObject({
      publication: { event: { handlingconditions: 'Ask José first', nature: 'fact' }, nature: 'fact' },
    });
    expect(pointersOf(parseBinary(headers({ 'ce-nature': 'opinion' }), '{}'))).toEqual(['/nature']);
  });

  it.each([
    ['percent alone', { 'ce-id': '100%' }, '/id'],
    ['no UTF-8', { 'ce-id': '%ff' }, '/id'],
    ['bytes that are not encoded', { 'ce-id': 'Jos\u00e9' }, '/id'],
    ['an empty value', { 'ce-id': '' }, '/id'],
    ['a media type that is not JSON', { 'Content-Type': 'text/plain' }, '/datacontenttype'],
    ['a media type among the attributes', { 'ce-datacontenttype': 'application/json' }, '/datacontenttype'],
    ['data in a header', { 'ce-data': '{}' }, '/data'],
    ['an illegal name', { 'ce-favourite-colour': 'red' }, '/*'],
  ])('refuses %s', (_, changes, pointer) => {
    expect(pointersOf(parseBinary(headers(changes), '{}'))).toContain(pointer);
  });

  it('refuses a header given twice, whatever its case', () => {
    expect(pointersOf(parseBinary([...headers(), 'CE-ID', 'arrest-1'], '{}'))).toEqual(['/id']);
  });

  it('repeats no name that is not its own', () => {
    const sent = [...headers(), 'ce-sam', '1', 'ce-sam', '2', 'ce-synthetic', '%ff'];
    expect(parseBinary(sent, '{}')).toMatchObject({
      errors: [
        { pointer: '', detail: 'holds a name that is given twice' },
        { pointer: '/*', detail: 'is not percent-encoded UTF-8' },
      ],
    });
  });

  it.each(['', '{', '{},"id":"other"', '{} {}'])('refuses the body %j', (body) => {
    expect(pointersOf(parseBinary(headers(), body))).toEqual(['/data']);
  });

  it('sees a name given twice in the body', () => {
    expect(pointersOf(parseBinary(headers(), '{"asn":1,"asn":2}'))).toEqual(['/data/asn']);
    expect(pointersOf(parseBinary(headers(), '{"a":1,"a":2}'))).toEqual(['/data']);
  });
});

describe('batch mode', () => {
  const good = JSON.stringify(event);
  const bad = ['', '1', '{', '{"a":"]"', '[[]]', '{}', good.replace('{', '{"id":"a",')];

  it.each(bad)('a bad element %j fails alone, wherever it stands', (element) => {
    for (const place of [0, 1, 2]) {
      const elements = [good, good, good].toSpliced(place, 0, element);
      const batch = parseBatch(`[${elements.join(', ')}]`);
      if (element === '{' || element === '{"a":"]"') expect(batch.outcome).toBe('invalid');
      else if (batch.outcome === 'valid') {
        expect(batch.publications.map(({ outcome }) => outcome)).toEqual(
          ['valid', 'valid', 'valid'].toSpliced(place, 0, 'invalid'),
        );
      } else throw new Error('the batch failed whole');
    }
  });

  it('may be empty, and has its bound', () => {
    expect(parseBatch('[]')).toEqual({ outcome: 'valid', publications: [] });
    expect(parseBatch(`[${Array(MOST_IN_BATCH).fill('{}').join(',')}]`).outcome).toBe('valid');
    const tooMany = parseBatch(
      `[${Array(MOST_IN_BATCH + 1)
        .fill('{}')
        .join(',')}]`,
    );
    expect(tooMany).toEqual({ outcome: 'invalid', reason: 'too-many' });
    expect(parseBatch(good)).toEqual({ outcome: 'invalid', reason: 'not-an-array' });
  });
});

const conformance = '../shared/data/cloudevents-conformance';

if (existsSync(conformance)) {
  interface Scenario {
    readonly rawHeaders: readonly string[];
    readonly contentType: string;
    readonly body: string;
    readonly attributes: Readonly<Record<string, string>>;
  }

  const feature = readFileSync(`${conformance}/http-protocol-binding.feature`, 'utf8');
  const scenarios = feature
    .split('Scenario Outline: ')
    .slice(1)
    .flatMap((outline) =>
      [...outline.matchAll(/^ *\| (application\/\S+(?:; \S+)?) +\|$/gm)].map((example): Scenario => {
        const contentType = example[1] ?? '';
        const text = outline.replaceAll('<contentType>', contentType);
        const [, request = ''] = text.split('"""');
        const [head = '', ...rest] = request.trim().split(/\n\s*\n/);
        const lines = head.split('\n').slice(1);
        const rows = [...text.matchAll(/^ *\| +([a-z]+) \| (\S+(?: \S+)?) +\|$/gm)];
        return {
          rawHeaders: lines.flatMap((line) =>
            line
              .trim()
              .split(/: (.*)/)
              .slice(0, 2),
          ),
          contentType,
          body: rest.join('\n\n'),
          attributes: Object.fromEntries(rows.map(([, key = '', value = '']) => [key, value])),
        };
      }),
    );

  describe('the CloudEvents HTTP binding scenarios', () => {
    const read = ({ rawHeaders, contentType, body }: Scenario, subject: boolean): ParsedPublication =>
      contentModeOf(contentType) === 'structured'
        ? parsePublication(subject ? body.replace('{', '{"subject":"ref:1",') : body)
        : parseBinary(subject ? [...rawHeaders, 'ce-subject', 'ref:1'] : rawHeaders, body);

    it('are four', () => {
      expect(scenarios.map(({ attributes }) => attributes['id'])).toEqual(Array(4).fill('1234-1234-1234'));
    });

    it.each(scenarios)(
      '$contentType is refused for nothing but the subject that our profile requires',
      (scenario) => {
        expect(pointersOf(read(scenario, false))).toEqual(['/subject']);
      },
    );

    it.each(scenarios)('$contentType with a subject is read as the scenario says', (scenario) => {
      const data = { message: 'Hello World!' };
      expect(eventOf(read(scenario, true))).toEqual({ ...scenario.attributes, subject: 'ref:1', data });
    });
  });

  describe('the CloudEvents minimum events', () => {
    interface Minimum {
      readonly ContextAttributes: Readonly<Record<string, string>>;
      readonly Data: string;
    }
    const minimum = (version: string): readonly Minimum[] =>
      parseAllDocuments(readFileSync(`${conformance}/yaml/${version}`, 'utf8'), { schema: 'failsafe' }).map(
        (document) => document.toJS() as Minimum,
      );
    const refusals = ({ ContextAttributes: attributes, Data }: Minimum): readonly string[] => {
      const { datacontenttype = '', ...others } = attributes;
      const rawHeaders = Object.entries(others).flatMap(([name, value]) => [`ce-${name}`, value]);
      return pointersOf(
        parseBinary([...rawHeaders, 'ce-subject', 'ref:1', 'Content-Type', datacontenttype], Data),
      );
    };

    it('are accepted when their data is a JSON object, and refused for what our profile excludes otherwise', () => {
      expect(
        minimum('v1.0/v1_minimum.yaml').map((each) => [each.ContextAttributes['id'], refusals(each)]),
      ).toEqual([
        ['conformance-0001', ['/data']],
        ['conformance-0002', ['/data']],
        ['conformance-0003', ['/data']],
        ['conformance-0004', []],
        ['conformance-0005', ['/data']],
        ['conformance-0006', ['/data']],
      ]);
    });

    it('of version 0.3 are all refused', () => {
      for (const each of minimum('v0.3/v03_minimum.yaml')) expect(refusals(each)).not.toEqual([]);
    });
  });
} else {
  it('has no CloudEvents conformance scenarios to read at ../shared/data', () => {
    expect(existsSync(conformance)).toBe(false);
  });
}
