import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { ownsSource } from '../../contract/agency.js';
import { entryOf } from '../../contract/catalogue/catalogue.js';
import { validateData } from '../../contract/catalogue/validate.js';
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
interface Fact {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly data: Data;
}

const events = [...demonstration({ seed: 1 })];

/** The facts that still stand of each person, in the order in which they happened. */
const courses = coursesOf(events);

function coursesOf(all: readonly DemonstrationEvent[]): ReadonlyMap<string, readonly Fact[]> {
  const accepted = all.filter((each) => each.expect === 'accepted').map(({ event }) => event);
  const gone = new Set(accepted.flatMap(({ corrects, retracts }) => [corrects, retracts]));
  const people = new Map<string, Fact[]>();
  for (const event of accepted) {
    if (event['retracts'] !== undefined || gone.has(event['id'])) continue;
    const fact = factOf(event);
    const person = fact.id.split('-').slice(0, 2).join('-');
    people.set(person, [...(people.get(person) ?? []), fact]);
  }
  for (const facts of people.values()) facts.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return people;
}

function factOf({ id, type, time, data }: Data): Fact {
  return { id: id as string, type: type as string, time: time as string, data: data as Data };
}

const of = (facts: readonly Fact[], ...types: readonly string[]): readonly Fact[] =>
  facts.filter(({ type }) => types.includes(type));
const share = (part: number, whole: number): number => part / whole;

describe('the hub takes it as it is meant', () => {
  it('answers every event as expected, and comes to know 380 people', () => {
    expect(receiveAll(events)).toEqual({ people: 380, surprises: [] });
  });

  it('comes from ten agencies, 40 to 80 events a person', () => {
    expect(new Set(events.map(({ agency }) => agency)).size).toBe(10);
    expect(events.length / 380).toBeGreaterThan(40);
    expect(events.length / 380).toBeLessThan(80);
  });

  it('holds late arrivals, corrections, retractions, repeats and a few bad events', () => {
    const accepted = events.filter((each) => each.expect === 'accepted').map(({ event }) => event);
    const count = (which: (event: Data) => boolean): number => accepted.filter(which).length;
    expect(count(({ corrects }) => corrects !== undefined)).toBeGreaterThan(200);
    expect(count(({ retracts }) => retracts !== undefined)).toBeGreaterThan(30);
    expect(count(({ handling }) => handling === 'C')).toBeGreaterThan(100);
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

describe('its proportions are those published (tables 6.2 to 6.5)', () => {
  const people = [...courses.values()];
  const levelOf = (facts: readonly Fact[]): unknown => {
    const levels = of(facts, 'hub.management.decided').at(-1)?.data['levels'];
    return Array.isArray(levels) ? levels[0] : undefined;
  };
  const isInside = (facts: readonly Fact[]): boolean =>
    of(facts, 'prison.received', 'prison.released').at(-1)?.type === 'prison.received';
  const priority = people.filter((facts) => levelOf(facts) === 'Priority');

  it('has about 270 Priority and 110 others of 380', () => {
    expect(people.length).toBe(380);
    expect(Math.abs(priority.length - 270)).toBeLessThanOrEqual(15);
    expect(people.filter((facts) => levelOf(facts) === undefined).length).toBeLessThanOrEqual(5);
  });

  it('has about 57 % of Priority in custody, within 4 points', () => {
    expect(Math.abs(share(priority.filter(isInside).length, priority.length) - 155 / 270)).toBeLessThan(0.04);
  });

  it('has about 81 % of Priority in the community on an order or licence, within 8 points', () => {
    const community = priority.filter((facts) => !isInside(facts));
    const statutory = community.filter((facts) => {
      const last = of(
        facts,
        'probation.order.started',
        'probation.order.terminated',
        'probation.licence.activated',
        'probation.licence.varied',
        'probation.licence.ended',
      ).at(-1);
      return last !== undefined && !/(terminated|ended)$/.test(last.type);
    });
    expect(Math.abs(share(statutory.length, community.length) - 93 / 115)).toBeLessThan(0.08);
  });

  it('has the published prevalence of needs at first assessment, within 6 points, and mean scores within 0.6', () => {
    const published = {
      accommodation: [47, 5.51],
      'education-training-employment': [46, 5.54],
      health: [13, 5.62],
      'drugs-alcohol': [61, 5.82],
      'finance-benefit-debt': [57, 6.09],
      'children-families': [34, 5.5],
      'attitudes-thinking-behaviour': [67, 6.82],
    } as const;
    const first = people.flatMap((facts) => of(facts, 'hub.needs.assessed').slice(0, 1));
    const needs = first.flatMap(({ data }) => data['pathways'] as { pathway: string; score?: number }[]);
    expect(first.length).toBeGreaterThan(370);
    for (const [pathway, [identified, mean]] of Object.entries(published)) {
      const scores = needs.flatMap((need) => (need.pathway === pathway ? (need.score ?? []) : []));
      expect(Math.abs(share(scores.length, first.length) - identified / 67)).toBeLessThan(0.06);
      expect(Math.abs(scores.reduce((sum, score) => sum + score, 0) / scores.length - mean)).toBeLessThan(
        0.6,
      );
    }
  });

  it('has consent from about half of those in treatment, and withdrawals by a few', () => {
    const treated = people.filter((facts) => of(facts, 'treatment.started').length > 0);
    const consenting = people.filter((facts) => of(facts, 'hub.consent.given').length > 0).length;
    const withdrawn = people.filter((facts) => of(facts, 'hub.consent.withdrawn').length > 0).length;
    expect(Math.abs(share(consenting, treated.length) - 0.5)).toBeLessThan(0.12);
    expect(withdrawn).toBeGreaterThan(2);
    expect(withdrawn).toBeLessThan(consenting / 3);
  });

  it('has nobody under 18 at Priority, and all three cohorts', () => {
    for (const facts of priority) {
      const born =
        facts.map(({ data }) => data['dateOfBirth']).find((date) => typeof date === 'string') ?? '';
      const decided = of(facts, 'hub.management.decided').find(({ data }) =>
        (data['levels'] as string[]).includes('Priority'),
      );
      expect(Number(decided?.time.slice(0, 4)) - Number(born.slice(0, 4))).toBeGreaterThanOrEqual(18);
    }
    const cohorts = people.flatMap((facts) =>
      of(facts, 'hub.cohort.selected').map(({ data }) => data['cohort']),
    );
    expect([...new Set(cohorts)].sort()).toEqual(['Fixed', 'Flex', 'Free']);
  });
});

describe('its life courses make sense', () => {
  const everyone = [...courses.values()];
  const times = (facts: readonly Fact[]): readonly string[] => facts.map(({ time }) => time);

  it('receives into prison only who is outside, and releases only who is inside', () => {
    for (const facts of everyone) {
      const moves = of(facts, 'prison.received', 'prison.released').map(({ type }) => type);
      moves.forEach((move, nth) => expect(move).toBe(nth % 2 === 0 ? 'prison.received' : 'prison.released'));
    }
  });

  it('goes from arrest to disposal to charge to hearing to outcome in every case', () => {
    const steps = [
      'police.arrest.recorded',
      'police.drugTest.performed',
      'police.arrest.disposed',
      'police.charge.laid',
      'court.hearing.listed',
      'court.warrant.issued',
      'court.hearing.resulted',
      'court.outcome.recorded',
    ];
    for (const facts of everyone) {
      const cases = Map.groupBy(of(facts, ...steps), ({ data }) => data['asn']);
      for (const each of cases.values()) {
        const inOrder = [...each].sort((a, b) => steps.indexOf(a.type) - steps.indexOf(b.type));
        expect(times(inOrder)).toEqual([...times(inOrder)].sort());
      }
    }
  });

  it('has exactly one lead professional at a time, from the first on', () => {
    for (const facts of everyone) {
      const changes = of(facts, 'hub.leadProfessional.appointed', 'hub.leadProfessional.ended');
      changes.forEach(({ type }, nth) =>
        expect(type).toBe(nth % 2 === 0 ? 'hub.leadProfessional.appointed' : 'hub.leadProfessional.ended'),
      );
      expect(changes.length % 2).toBe(changes.length === 0 ? 0 : 1);
      changes.slice(1).forEach(({ type, data }, nth) => {
        if (type.endsWith('ended')) expect(data['professional']).toBe(changes[nth]?.data['professional']);
      });
    }
  });

  it('tells people before it selects them, and begins a licence on the day of a release', () => {
    for (const facts of everyone) {
      const [informed] = of(facts, 'hub.subject.informed');
      const [selected] = of(facts, 'hub.cohort.selected');
      if (selected !== undefined) expect((informed?.time ?? '~') < selected.time).toBe(true);
      const released = of(facts, 'prison.released').map(({ time }) => time.slice(0, 10));
      for (const { time } of of(facts, 'probation.licence.activated')) {
        expect(released).toContain(time);
      }
    }
  });

  it('keeps attendance between the start and the end of treatment', () => {
    for (const facts of everyone) {
      const [started] = of(facts, 'treatment.started');
      const [ended] = of(facts, 'treatment.ended');
      for (const { time } of of(facts, 'treatment.attendance.recorded')) {
        if (started !== undefined) expect(time > started.time).toBe(true);
        if (ended !== undefined) expect(time <= ended.time).toBe(true);
      }
    }
  });

  it('ends a fixed-term recall 27 days after the return (R39)', () => {
    for (const facts of everyone) {
      for (const { data } of of(facts, 'probation.recall.returnedToCustody')) {
        if (data['recallType'] !== 'FTR_28') continue;
        const days =
          (Date.parse(String(data['expectedRelease'])) - Date.parse(String(data['returnToCustodyDate']))) /
          86_400_000;
        expect(days).toBe(27);
      }
    }
  });
});
