import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import {
  type Asked,
  chair,
  practitionerOf,
  readFact,
  type Unfolding,
  unfolding,
} from '../../testing/casework.js';
import { type Case, caseOf } from './case.js';
import { type Actor } from './asked.js';
import { continuity } from './continuity.js';
import { heldAt } from './held.js';
import { isManagedAt, managedSpells } from './managed.js';
import { pathwayGaps } from './pathway-gaps.js';
import { reassessmentDue } from './needs.js';
import { type ReadFact } from './read-fact.js';

const start = '2025-03-03T09:00:00Z';
const MINUTE = 60_000;
const rationale = 'Tested';
const users = ['kim', 'jo', 'al'];
const areas = ['NW', 'NE', 'Next door'];
const leadAgencies = ['probation', 'vcse', 'police', 'next-door'];

const neighbour: Actor = { agency: 'next-door', user: 'ann', roles: ['coordinator'] };
const at = <V>(all: readonly V[], number: number): V => all[number % all.length] as V;

/** One thing that somebody tries; ids come from the moment. */
type Attempt = (story: Unfolding, number: number) => string;

const attempts: readonly Attempt[] = [
  (story, number) => {
    const levels = at([['Standard'], [], ['MAPPA-1'], ['Enhanced']] as const, number);
    return story.answer({ type: 'decide-management', levels, rationale });
  },
  (story, number) =>
    story.answer({ type: 'select-cohort', cohort: at(['Flex', 'PPO', 'Fixed'] as const, number), rationale }),
  (story, number) => {
    const exitPlanId = `exit ${story.facts.length}`;
    story.ask({ type: 'plan-exit', exitPlanId, plan: rationale, watchMonths: 6 });
    const cohort = at(['Flex', 'PPO', 'Fixed'] as const, number);
    return story.answer({ type: 'deselect-cohort', cohort, rationale, exitPlanId });
  },
  (story, number) => {
    const lead = { agency: at(leadAgencies, number), user: at(users, number) };
    return story.answer({ type: 'appoint-lead', ...lead, professional: 'Somebody' });
  },
  (story) => story.answer({ type: 'end-lead', reason: rationale }),
  (story, number) => {
    const offer = { handoverId: `lead ${story.facts.length}`, toAgency: at(leadAgencies, number) };
    const to = { toProfessional: 'Somebody', toUser: at(users, number >> 2) };
    return story.answer({ type: 'offer-lead-handover', ...offer, ...to });
  },
  (story, number) => {
    const offer = at(
      [...story.case().leadOffers, { id: 'none', to: { agency: 'vcse', user: 'jo' } }],
      number,
    );
    const by = practitionerOf(offer.to.agency ?? '', offer.to.user ?? '');
    return story.answer({ type: 'accept-lead-handover', handoverId: offer.id }, by);
  },
  (story, number) => story.answer({ type: 'assign-area', area: at(areas, number) }),
  (story, number) => {
    const handover = { handoverId: `border ${story.facts.length}`, toArea: at(areas, number) };
    return story.answer({ type: 'offer-border-handover', ...handover, toAgency: 'next-door' });
  },
  (story) => {
    const handoverId = story.case().borderHandovers.at(-1)?.id ?? 'none';
    return story.answer({ type: 'accept-border-handover', handoverId }, neighbour);
  },
  (story) => {
    const handoverId = story.case().borderHandovers.at(-1)?.id ?? 'none';
    const asked: Asked = { type: 'complete-border-handover', handoverId, completedOn: '2025-03-03' };
    return story.answer(asked, chair);
  },
];

const arbitrarySteps = fc.array(
  fc.record({
    attempt: fc.integer({ min: 0, max: attempts.length - 1 }),
    number: fc.nat({ max: 63 }),
    after: fc.constantFrom(0, 0, 1, 20_000, MINUTE, 7 * MINUTE),
  }),
  { minLength: 5, maxLength: 45 },
);

type Steps = ReturnType<typeof fc.sample<{ attempt: number; number: number; after: number }>>;

function lived(steps: Steps) {
  const story = unfolding(start);
  const answers = steps.map(({ attempt, number, after }) => {
    story.pass(after);
    return `${attempt} ${at(attempts, attempt)(story, number)}`;
  });
  return { story, answers };
}

/** Every moment at which something begins or ends, and those just before and after. */
function momentsOf(known: Case): readonly number[] {
  const edges = [...managedSpells(known), ...known.leads].flatMap(({ from, to }) => [from, to ?? from]);
  return [...new Set(edges.flatMap((each) => [each - 1, each, each + 1]))];
}

describe('whatever is asked of a case, in any order', () => {
  it('is worth the test: every command is taken, and refused', () => {
    const samples = fc.sample(arbitrarySteps, { numRuns: 150, seed: 5 });
    const answers = new Set(samples.flatMap((steps) => lived(steps).answers));
    attempts.forEach((_, index) => {
      expect(answers).toContain(`${index} taken`);
      expect([...answers].filter((each) => each.startsWith(`${index} `)).length).toBeGreaterThan(1);
    });
  });

  it('a managed person has one lead at most, and exactly one from the first until managed no more', () => {
    const check = fc.property(arbitrarySteps, (steps) => {
      const { story } = lived(steps);
      const known = story.case();
      const leadsAt = (moment: number): number => heldAt(known.leads, moment).length;
      const moments = momentsOf(known);
      for (const moment of moments) expect(leadsAt(moment)).toBeLessThanOrEqual(1);
      for (const { from, to } of managedSpells(known)) {
        const within = moments
          .filter((each) => from <= each && (to === null || each < to))
          .sort((a, b) => a - b);
        const first = within.find((each) => leadsAt(each) === 1) ?? Infinity;
        for (const each of within) expect(leadsAt(each)).toBe(each < first ? 0 : 1);
      }
      expect(continuity(known, story.now()).overlaps).toEqual([]);
      const underWay = known.borderHandovers.filter((each) => each.acceptedAt !== null && !each.completedAt);
      expect(underWay.length).toBeLessThanOrEqual(1);
      expect(heldAt(known.areas, story.now()).length).toBeLessThanOrEqual(1);
    });
    fc.assert(check, { numRuns: 200 });
  });

  it('gaps are what of managed time has no lead, counted minute by minute', () => {
    const check = fc.property(arbitrarySteps, (steps) => {
      const { story } = lived(
        steps.map((step) => ({ ...step, after: step.after < MINUTE ? 0 : step.after })),
      );
      const known = story.case();
      let minutes = 0;
      for (let moment = Date.parse(start); moment < story.now(); moment += MINUTE)
        if (isManagedAt(known, moment) && heldAt(known.leads, moment).length === 0) minutes += 1;
      expect(continuity(known, story.now()).gapMinutes).toBe(minutes);
    });
    fc.assert(check, { numRuns: 100 });
  });

  it('what comes later changes nothing of before, and the order of arrival nothing at all', () => {
    const check = fc.property(
      arbitrarySteps,
      fc.nat(),
      fc.array(fc.nat(), { maxLength: 40 }),
      (steps, cut, keys) => {
        const { story } = lived(steps.map((step) => ({ ...step, after: step.after + 1 })));
        const facts = story.facts;
        const [prefix, suffix] = [
          facts.slice(0, cut % (facts.length + 1)),
          facts.slice(cut % (facts.length + 1)),
        ];
        const moment = (suffix[0]?.received ?? story.now()) - 1;
        const then = (known: Case) =>
          [known.levels, known.areas, known.leads, known.management].map((held) =>
            heldAt<unknown>(held, moment).map(({ value, from }) => [value, from]),
          );
        expect(then(caseOf(prefix))).toEqual(then(caseOf([...prefix, ...suffix])));
        const timely = [...prefix, ...suffix].filter(({ happened }) => happened.precision === 'instant');
        const moments = new Set(timely.map(({ received }) => received));
        if (moments.size === timely.length) {
          const shuffled = timely.toSorted((a, b) => (keys[a.position] ?? 0) - (keys[b.position] ?? 0));
          expect(caseOf(shuffled)).toEqual(caseOf(timely));
        }
      },
    );
    fc.assert(check, { numRuns: 150 });
  });
});

describe('the fold', () => {
  it('puts a correction in the place of what it corrects', () => {
    const decided = (id: string, day: string, level: string, rest: Partial<ReadFact> = {}) =>
      readFact(id, 'hub.management.decided', day, { levels: [level], management: 'statutory' }, rest);
    const facts = [decided('a', '2025-01-01', 'Enhanced'), decided('b', '2025-02-01', 'Priority')];
    const corrected = [...facts, decided('c', '2025-01-01', 'Standard', { corrects: 'a' })];
    const retracted = [...facts, decided('d', '2025-02-01', 'Priority', { retracts: 'b' })];
    const levelsIn = (all: readonly ReadFact[]) =>
      caseOf(all).levels.map(({ value, to }) => [...value, to === null]);
    expect(levelsIn(facts)).toEqual([
      ['Enhanced', false],
      ['Priority', true],
    ]);
    expect(levelsIn(corrected)).toEqual([
      ['Standard', false],
      ['Priority', true],
    ]);
    expect(levelsIn(retracted)).toEqual([['Enhanced', true]]);
  });

  it('takes what arrives late into its place in time', () => {
    const appointed = (id: string, day: string, user: string, what = 'appointed') =>
      readFact(id, `hub.leadProfessional.${what}`, day, { agency: 'vcse', user, professional: user });
    const known = caseOf([
      appointed('b', '2025-02-01', 'jo'),
      appointed('a', '2025-01-01', 'kim'),
      appointed('c', '2025-01-20', 'kim', 'ended'),
    ]);
    expect(known.leads.map(({ value, to }) => [value.user, to === null])).toEqual([
      ['kim', false],
      ['jo', true],
    ]);
  });

  const hubTypes = catalogue.filter(({ type }) => type.startsWith('hub.'));
  const arbitraryFact: fc.Arbitrary<ReadFact> = fc
    .record({
      entry: fc.constantFrom(...hubTypes),
      data: fc.dictionary(
        fc.constantFrom(...new Set(hubTypes.flatMap(({ schema }) => Object.keys(schema.properties)))),
        fc.oneof(
          fc.constantFrom<unknown>(
            'Flex',
            'vcse',
            '2025-02-01',
            'id',
            3,
            true,
            null,
            ['Standard'],
            [{ agency: 'vcse' }],
          ),
          fc.constant([{ pathway: 'accommodation' }]),
          fc.jsonValue(),
        ),
      ),
      id: fc.uuid(),
      day: fc.constantFrom('2025-01-01', '2025-02-01', 'no moment'),
    })
    .map(({ entry, data, id, day }) => readFact(id, entry.type, day, data));

  it('is total: whatever of the facts is missing or odd', () => {
    const check = fc.property(fc.array(arbitraryFact, { maxLength: 20 }), (facts) => {
      const known = caseOf(facts);
      const until = Date.parse('2026-01-01');
      const faults = continuity(known, until);
      expect(faults.gapMinutes + faults.overlapMinutes).toBeGreaterThanOrEqual(0);
      pathwayGaps(known).forEach(({ needAt }) => expect(needAt).not.toBeNaN());
      expect(reassessmentDue(known, until)).not.toBeNaN();
    });
    fc.assert(check, { numRuns: 300 });
    for (const { type } of hubTypes) expect(() => caseOf([readFact('a', type, 'no moment')])).not.toThrow();
  });
});
