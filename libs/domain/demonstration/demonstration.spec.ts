import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { ownsSource } from '../../contract/agency.js';
import { entryOf } from '../../contract/catalogue/catalogue.js';
import { validateData } from '../../contract/catalogue/validate.js';
import { handlingConditionsOf } from '../../contract/fact.js';
import { parsePublication } from '../../contract/envelope.js';
import { decideLink } from '../identity/link.js';
import { readNamedPerson } from '../identity/named-person.js';
import { demonstration, type DemonstrationEvent, type DemonstrationOptions } from './demonstration.js';

function digest(options: DemonstrationOptions): string {
  const hash = createHash('sha256');
  for (const each of demonstration(options)) hash.update(JSON.stringify(each));
  return hash.digest('hex');
}

/** The same digest, made by a process of its own in another time zone and language. */
function digestElsewhere(options: DemonstrationOptions): string {
  const resolveSource =
    'import { registerHooks } from "node:module"; registerHooks({ resolve(name, context, next) {' +
    'try { return next(name, context); } catch { return next(name.replace(/\\.js$/, ".ts"), context); } } });';
  const module = fileURLToPath(new URL('./demonstration.ts', import.meta.url));
  const script =
    `import { createHash } from "node:crypto"; import { demonstration } from ${JSON.stringify(module)};` +
    `const hash = createHash("sha256"); for (const each of demonstration(${JSON.stringify(options)}))` +
    'hash.update(JSON.stringify(each)); process.stdout.write(hash.digest("hex"));';
  const imported = `data:text/javascript,${encodeURIComponent(resolveSource)}`;
  const flags = ['--no-warnings', '--experimental-transform-types', '--import', imported];
  return execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', script], {
    env: { ...process.env, TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
}

describe('the demonstration depends on its options alone', () => {
  const options = { seed: 7, people: 40 };

  it('is the same bytes for the same seed, also in another time zone and language', () => {
    const once = digest(options);
    expect(digest(options)).toBe(once);
    expect(digestElsewhere(options)).toBe(once);
  });

  it('is another for another seed, size or end', () => {
    const digests = [
      options,
      { ...options, seed: 8 },
      { ...options, people: 41 },
      { ...options, until: '2026-03-30' },
    ];
    expect(new Set(digests.map(digest)).size).toBe(4);
  });

  it.each([
    { seed: -1 },
    { seed: 0.5 },
    { seed: 2 ** 32 },
    { seed: 1, people: 0 },
    { seed: 1, people: 1.5 },
    { seed: 1, people: 400_001 },
    { seed: 1, until: '2026-02-30' },
    { seed: 1, until: 'yesterday' },
  ])('refuses %j', (wrong) => {
    expect(() => demonstration(wrong)).toThrow(/whole number|calendar date/);
  });

  it('has identifiers of its own for everybody in areas that follow one another', () => {
    const subjects = new Set<string>();
    for (const { agency, event, expect: expected } of demonstration({ seed: 3, people: 800 })) {
      if (expected === 'accepted' && agency === 'courts' && typeof event['subject'] === 'string')
        subjects.add(event['subject']);
    }
    expect(subjects.size).toBe(800);
  });
});

/** What a hub answers, and how many people it comes to know: the rules of intake without its storage. */
function receiveAll(events: Iterable<DemonstrationEvent>) {
  const people = new Map<string, string>();
  const seen = new Map<string, string>();
  const surprises: string[] = [];
  const answer = ({ agency, event }: DemonstrationEvent): string => {
    const parsed = parsePublication(JSON.stringify(event));
    if (parsed.outcome === 'invalid') return 'rejected';
    const { publication } = parsed;
    if (!ownsSource(agency, publication.source)) return 'rejected';
    const key = `${publication.source} ${publication.id}`;
    const before = seen.get(key);
    if (before !== undefined) return before === publication.text ? 'duplicate' : 'rejected';
    seen.set(key, publication.text);
    const entry = entryOf(publication.type, publication.version);
    if (entry === undefined || validateData(entry, publication.event.data).length > 0) return 'quarantined';
    const context = { publisher: agency, receivedYear: 2026, confirmed: false };
    const person = readNamedPerson(entry, publication, context);
    if (person.outcome === 'doubtful') return 'quarantined';
    const known = person.identifiers.map(({ scheme, value }) => `${scheme}:${value}`);
    const link = decideLink(known.map((pseudonym) => ({ pseudonym, offender: people.get(pseudonym) })));
    if (link.outcome === 'ambiguous') return 'quarantined';
    const offender = link.outcome === 'found' ? link.offender : String(people.size);
    for (const identifier of link.newIdentifiers) people.set(identifier, offender);
    return 'accepted';
  };
  for (const each of events) {
    const given = answer(each);
    if (given !== each.expect) surprises.push(`${String(each.event['id'])}: ${given}, not ${each.expect}`);
  }
  return { people: new Set(people.values()).size, surprises };
}

type Data = Readonly<Record<string, unknown>>;

const conditionsOf = (event: Data): string | null =>
  handlingConditionsOf({ event: { ...event, data: event['data'] as Data } });

const events = [...demonstration({ seed: 1 })];

describe('the hub takes it as it is meant', () => {
  it('answers every event as expected, and comes to know 380 people', () => {
    expect(receiveAll(events)).toEqual({ people: 380, surprises: [] });
  });

  it('comes from ten agencies, 40 to 100 events a person', () => {
    expect(new Set(events.map(({ agency }) => agency)).size).toBe(10);
    expect(events.length / 380).toBeGreaterThan(40);
    expect(events.length / 380).toBeLessThan(100);
  });

  it('holds late arrivals, corrections, retractions, repeats and a few bad events', () => {
    const accepted = events.filter((each) => each.expect === 'accepted').map(({ event }) => event);
    const count = (which: (event: Data) => boolean): number => accepted.filter(which).length;
    expect(count(({ corrects }) => corrects !== undefined)).toBeGreaterThan(200);
    expect(count(({ retracts }) => retracts !== undefined)).toBeGreaterThan(30);
    expect(count(({ handling }) => handling === 'C')).toBeGreaterThan(100);
    expect(count((event) => event['handling'] === 'C' && conditionsOf(event) === null)).toBe(0);
    const weeks = ({ time, recordedtime }: Data): number =>
      (Date.parse(String(recordedtime)) - Date.parse(String(time))) / (7 * 86_400_000);
    expect(count((event) => event['corrects'] === undefined && weeks(event) >= 2)).toBeGreaterThan(300);
    const answers = (expected: string): number => events.filter((each) => each.expect === expected).length;
    expect(answers('duplicate')).toBeGreaterThan(100);
    expect(answers('quarantined')).toBeGreaterThan(30);
    expect(answers('rejected')).toBeGreaterThan(15);
  });

  it('corrects and retracts only what the same source published before', () => {
    const earlier = new Map<unknown, unknown>();
    for (const { event, expect: expected } of events) {
      const target = event['corrects'] ?? event['retracts'];
      if (target !== undefined) expect(earlier.get(target)).toBe(event['source']);
      if (expected === 'accepted') earlier.set(event['id'], event['source']);
    }
  });

  it('names nobody: test ranges, a postcode district that is not, names made of pieces', () => {
    const family =
      /^(Thistle|Copper|Marble|Lantern|Pebble|Walnut|Button|Kettle|Bramble|Ribbon|Teapot)[a-z]+$/;
    const real = events.filter(({ event }) => {
      const { nhs, noms, name, address } = event['data'] as Identification;
      const isInvented =
        (nhs?.startsWith('999') ?? true) &&
        (noms?.startsWith('Z') ?? true) &&
        (address?.postcode.startsWith('ZZ99 ') ?? true) &&
        (name === undefined || family.test(name.family));
      return !isInvented;
    });
    expect(real).toEqual([]);
  });
});

interface Identification {
  readonly nhs?: string;
  readonly noms?: string;
  readonly name?: { readonly family: string };
  readonly address?: { readonly postcode: string };
}
