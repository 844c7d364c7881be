import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbeddedReader } from '../../libs/adapters/read-store/embedded-reader.js';
import { type PictureReader, type Through } from '../../libs/adapters/read-store/read-store.js';
import { OWN } from '../../libs/domain/picture/grants.js';
import { foldTerm } from '../../libs/domain/picture/project.js';
import { randomFrom } from '../../libs/domain/demonstration/random.js';
import {
  chanceBound,
  guess,
  leaning,
  leanOf,
  median,
  type Observed,
  shareOf,
  told,
  total,
} from './guessing.js';
import { populate, type Population, type Stranger } from './hidden-people.js';
import { emergencyProbesOf, observe, probesOf } from './probes.js';
import { runHub, type RunningHub } from './running-hub.js';

const PROBES = 9_700;
const EMERGENCIES = 300;
const FIRST_PROBE = 'for another purpose: by hub id';

const EVERYBODY = { except: [] };
const FIRST_PAGE = {
  order: 'happened',
  types: undefined,
  asOf: Number.MAX_SAFE_INTEGER,
  after: undefined,
  limit: 21,
} as const;

const through = (decisions: readonly number[], path: string): Through =>
  JSON.stringify(decisions.map((decision) => [decision, path]));

/** Where writing is quickest, so that a slow disk does not cover anything up. */
const folder = (): string =>
  mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'concordat-hub-'));

describe('10,000 probes about what is hidden and what is not there, in random order', () => {
  const random = randomFrom(10);
  let hub: RunningHub;
  let population: Population;
  let observed: readonly Observed[] = [];
  let emergencies: readonly Observed[] = [];
  beforeAll(async () => {
    hub = await runHub({}, folder());
    population = await populate(hub, random);
    observed = await observe(hub, probesOf(population), random, PROBES);
    emergencies = await observe(hub, emergencyProbesOf(population), random, EMERGENCIES);
  }, 180_000);
  afterAll(() => hub.close());

  /** The probes of which somebody learns more than chance allows, by guessing or by comparing how long they took. */
  const found = (answers: readonly Observed[]) => {
    const scores = guess(answers, randomFrom(11));
    return {
      guessed: told([...scores, total(scores)]),
      slower: leaning(leanOf(answers, 'slowness')),
      harder: leaning(leanOf(answers, 'effort')),
    };
  };
  const nothing = { guessed: [], slower: [], harder: [] };

  it('are answered, and show nobody', () => {
    expect(population.hidden).toHaveLength(300);
    expect(observed.length + emergencies.length).toBeGreaterThanOrEqual(PROBES + EMERGENCIES);
    for (const { probe, text, status } of [...observed, ...emergencies]) {
      expect({ probe, text, status }).toMatchObject({
        text: expect.not.stringContaining('"errors"'),
        status: expect.stringMatching(/^200( 200)?$/),
      });
      if (/: by /.test(probe))
        expect(text).toMatch(/\{"data":\{"(offender":null|offenders":\{"edges":\[\],)/);
    }
  });

  it('are of people who are there for who may see them', async () => {
    const [{ id } = { id: '' }] = population.hidden;
    const query = `{ offender(id: "${id}") { id } }`;
    const seen = { data: { offender: { id } } };
    expect((await hub.ask('housing', query, { purpose: 'resettlement' })).body).toEqual(seen);
    expect((await hub.ask('probation', query, { user: 'anna' })).body).toEqual(seen);
  });

  it('cannot be told apart by status, size, text, headers or time any better than by a coin', () => {
    const all = total(guess(observed, randomFrom(11)));
    expect(all.of).toBeGreaterThanOrEqual(PROBES / 2 - 20);
    expect(shareOf(all)).toBeLessThan(chanceBound(all.of));
    expect(found(observed)).toEqual(nothing);
  });

  /** A thousand times closer than from outside: the lookups alone, through what probation has published itself. */
  it.each<readonly [string, (reader: PictureReader, own: readonly number[], person: Stranger) => unknown]>([
    ['hub id', (reader, own, { id }) => reader.hasAny(id, own)],
    [
      'name',
      (reader, own, { family }) =>
        reader.search('family-name', foldTerm(family), through(own, 'name.family'), EVERYBODY, 5),
    ],
    ['timeline', (reader, own, { id }) => reader.timeline({ offender: id, decisions: own, ...FIRST_PAGE })],
  ])('lie in the read model so that a lookup by %s touches none of them', (_, lookUp) => {
    const reader = openEmbeddedReader(hub.dir, 'probation');
    const own = [...reader.grants()].flatMap(([number, grants]) => (OWN in grants ? [number] : []));
    expect(own.length).toBeGreaterThan(10);
    const times = { hidden: new Array<number>(), unknown: new Array<number>() };
    for (let round = 0; round < 1500; round++) {
      for (const kind of random.shuffle(['hidden', 'unknown'] as const)) {
        const person = random.pick(population[kind]);
        const begun = performance.now();
        lookUp(reader, own, person);
        times[kind].push(performance.now() - begun);
      }
    }
    reader.close();
    const ratio = median(times.hidden) / median(times.unknown);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });

  /** Opening one leaves a record that somebody must review, so nobody opens many to compare how long they take. */
  it('cannot be told apart in an emergency by status, size, text or headers', () => {
    const timeless = emergencies.map((each) => ({ ...each, time: 1, work: 1 }));
    expect(told(guess(timeless, randomFrom(11)))).toEqual([]);
  });

  describe('would be told apart', () => {
    const planted = (change: (answer: Observed) => Partial<Observed>, probe?: string) =>
      found(
        observed.map((each) =>
          each.hidden && (probe === undefined || each.probe === probe) ? { ...each, ...change(each) } : each,
        ),
      );
    const slower =
      (by: number) =>
      ({ time, work }: Observed): Partial<Observed> => ({ time: time * by, work: work * by });

    it('if the hidden took 3 % longer', () => {
      const { slower: bySlowness, harder } = planted(slower(1.03));
      expect([...bySlowness, ...harder]).toContain('all');
    });

    it('if the hidden took a third longer where one thing is asked', () => {
      expect(planted(slower(4 / 3), FIRST_PROBE).harder).toContain(FIRST_PROBE);
    });

    it('if the hidden took twice as long, even one answer at a time', () => {
      expect(planted(slower(2)).guessed).toContain('all');
    });

    it.each<readonly [string, (answer: Observed) => Partial<Observed>]>([
      ['had another status', () => ({ status: '404' })],
      ['were a byte longer', ({ size }) => ({ size: `${Number(size) + 1}` })],
      ['said something else of the same length', ({ text }) => ({ text: text.replace('d', 'D') })],
      ['came with another header', ({ headers }) => ({ headers: `${headers} x-cache: hit` })],
    ])('if the hidden, where one thing is asked, %s', (_, change) => {
      const { guessed } = planted(change, FIRST_PROBE);
      expect(guessed).toEqual(expect.arrayContaining([FIRST_PROBE]));
    });
  });
});
