import { describe, expect, it } from '@jest/globals';
import { bindingAll, practitionerOf, readFact, unfolding } from '../../testing/casework.js';
import { type Actor } from './asked.js';
import { heldAt } from './held.js';
import { reassessmentDue } from './needs.js';
import { pathwayGaps } from './pathway-gaps.js';

const start = '2025-03-03T09:00:00Z';
const DAY = 86_400_000;
const housing = 'accommodation';
const assess = { type: 'assess-needs', instrument: 'LLR', assessedOn: '2025-03-03' } as const;
const scored = { pathway: housing, scored: true, score: 7, needIdentified: true } as const;
const plan = {
  type: 'plan-intervention',
  interventionId: 'i',
  pathway: housing,
  provider: 'vcse',
  sequence: 1,
} as const;
const refer = { type: 'refer-intervention', interventionId: 'i', referredOn: '2025-03-05' } as const;
const begin = { type: 'start-intervention', interventionId: 'i', startedOn: '2025-03-10' } as const;
const complete = { type: 'complete-intervention', interventionId: 'i', completedOn: '2025-03-20' } as const;

describe('needs', () => {
  it('keep what was scored apart from what was not, and the Justice Star apart from all', () => {
    const story = unfolding(start);
    story.ask({ ...assess, pathways: [scored, { pathway: 'health', scored: false, needIdentified: false }] });
    const stars = [{ area: 'crime-free-life', score: 3 }, { area: 'mental-health' }];
    story.ask({ ...assess, instrument: 'Justice Star', stars });
    expect(story.case().assessments).toMatchObject([
      {
        ...{ instrument: 'LLR', stars: [] },
        scores: [
          { pathway: housing, scored: true, score: 7, needIdentified: true },
          { pathway: 'health', scored: false, score: null, needIdentified: false },
        ],
      },
      {
        ...{ instrument: 'Justice Star', scores: [] },
        stars: [
          { area: 'crime-free-life', score: 3 },
          { area: 'mental-health', score: null },
        ],
      },
    ]);
  });

  it.each([
    [{ pathways: [{ ...scored, scored: false }] }, 'scored'],
    [{ pathways: [{ ...scored, score: null }] }, 'scored'],
    [{ pathways: [{ ...scored, scored: false, score: 0 }] }, 'scored'],
    [{ pathways: [{ ...scored, score: 0 }] }, 'taken'],
    [{ pathways: [scored, scored] }, 'scored-twice'],
    [{}, 'instrument-scores'],
    [{ stars: [{ area: 'crime-free-life', score: 3 }] }, 'instrument-scores'],
    [{ pathways: [scored], stars: [{ area: 'crime-free-life', score: 3 }] }, 'instrument-scores'],
    [{ instrument: 'Justice Star', pathways: [scored] }, 'instrument-scores'],
    [{ instrument: 'OASys', pathways: [scored] }, 'taken'],
    [{ pathways: [scored], assessedOn: '2025-03-04' }, 'assessedOn-day'],
  ] as const)('of %j: %s', (given, answer) => {
    expect(unfolding(start).answer({ ...assess, ...given })).toBe(answer);
  });

  it.each([
    ['2025-03-03', '2025-06-03T23:00:00Z'],
    ['2024-11-30', '2025-03-01T00:00:00Z'],
    ['2025-01-01', '2025-04-01T23:00:00Z'],
  ])('assessed on %s are due again until %s', (assessedOn, due) => {
    const story = unfolding(start);
    expect(reassessmentDue(story.case(), story.now())).toBeNull();
    story.ask({ ...assess, assessedOn, pathways: [scored] });
    expect(reassessmentDue(story.case(), story.now())).toBe(Date.parse(due));
    expect(reassessmentDue(story.case(), Date.parse(assessedOn) - DAY)).toBeNull();
  });
});

describe('interventions', () => {
  it('are planned in sequence, referred, started by their provider, and completed', () => {
    const story = unfolding(start);
    const provider = practitionerOf('vcse');
    story.ask({ ...assess, pathways: [scored] });
    for (const each of [refer, begin, { ...complete, outcome: 'completed' }] as const)
      expect(story.answer(each)).toBe('not-planned');
    story.ask(plan);
    expect(story.answer({ ...plan, interventionId: 'j' })).toBe('sequence-taken');
    expect(story.answer(plan)).toBe('id-taken');
    expect(story.answer({ ...plan, interventionId: 'j', sequence: 2, provider: 'circus' })).toBe(
      'unknown-agency',
    );
    expect(story.answer(begin, practitionerOf('police'))).toBe('not-permitted');
    story.pass(20 * DAY);
    expect(story.answer({ ...refer, referredOn: '2025-03-02' })).toBe('referredOn-order');
    story.ask(refer);
    expect(story.answer(refer)).toBe('intervention-referred');
    expect(story.answer({ ...complete, outcome: 'completed' }, provider)).toBe('intervention-not-started');
    expect(story.answer({ ...begin, startedOn: '2025-03-04' }, provider)).toBe('startedOn-order');
    story.ask(begin, provider);
    expect(story.answer(begin, provider)).toBe('intervention-started');
    expect(story.answer({ ...complete, completedOn: '2025-03-09', outcome: 'completed' })).toBe(
      'completedOn-order',
    );
    story.ask({ ...complete, outcome: 'completed' }, provider);
    expect(story.answer({ ...complete, outcome: 'completed' })).toBe('intervention-completed');
    const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
    expect(story.case().interventions).toMatchObject([
      {
        ...{ id: 'i', pathway: housing, provider: 'vcse', sequence: 1, plannedAt: Date.parse(start) },
        ...{ referredAt: at('2025-03-05'), startedAt: at('2025-03-10'), completedAt: at('2025-03-20') },
        outcome: 'completed',
      },
    ]);
    expect(pathwayGaps(story.case())).toMatchObject([
      {
        ...{ pathway: housing, needAt: at('2025-03-03'), referredAt: at('2025-03-05') },
        startedAt: at('2025-03-10'),
      },
    ]);
    expect(story.answer({ ...plan, interventionId: 'j' })).toBe('taken');
  });

  it('that were over before a need was identified do not answer it', () => {
    const story = unfolding('2025-04-01T09:00:00Z');
    const past = { interventionId: 'old', pathway: housing };
    story.publish(
      readFact('a', 'hub.intervention.started', '2024-01-01', past),
      readFact('b', 'hub.intervention.completed', '2024-02-01', past),
    );
    story.ask({ ...assess, pathways: [scored, { ...scored, pathway: 'health', needIdentified: false }] });
    expect(pathwayGaps(story.case())).toMatchObject([
      { pathway: housing, referredAt: null, startedAt: null },
    ]);
  });

  it('withdrawn before they began are over, and a referral needs a provider', () => {
    const story = unfolding('2025-04-01T09:00:00Z');
    story.ask({ ...plan, provider: null });
    expect(story.answer({ ...refer, referredOn: '2025-04-01' })).toBe('provider-required');
    expect(story.answer({ ...complete, completedOn: '2025-04-01', outcome: 'withdrawn' })).toBe('taken');
    expect(story.answer({ ...begin, startedOn: '2025-04-01' })).toBe('intervention-started');
  });
});

describe('an area', () => {
  const offer = {
    type: 'offer-border-handover',
    handoverId: 'b',
    toArea: 'Next door',
    toAgency: 'next-door',
  } as const;
  const accept = { type: 'accept-border-handover', handoverId: 'b' } as const;
  const finish = { type: 'complete-border-handover', handoverId: 'b', completedOn: '2025-03-03' } as const;
  const neighbour: Actor = { agency: 'next-door', user: 'ann', roles: ['coordinator'] };

  it('changes in the instant in which the receiving side accepts', () => {
    const story = unfolding(start);
    expect(story.answer(offer)).toBe('no-area');
    story.ask({ type: 'assign-area', area: 'NW' });
    expect(story.answer({ type: 'assign-area', area: 'NW' })).toBe('area-held');
    expect(story.answer({ ...offer, toArea: 'NW' })).toBe('area-held');
    expect(story.answer({ ...offer, agreements: ['old/1'] })).toBe('agreement-not-in-force');
    story.ask({ ...offer, agreements: ['core/1'] });
    expect(story.answer(finish)).toBe('handover-open');
    expect(story.answer(accept)).toBe('not-permitted');
    expect(story.answer(accept, { ...neighbour, roles: ['practitioner'] })).toBe('not-permitted');
    story.pass(DAY);
    expect(story.ask(accept, neighbour)[0]?.data).toMatchObject({
      ...{ fromArea: 'NW', area: 'Next door', agreements: ['core/1'], acceptedByAgency: 'next-door' },
    });
    const areaAt = (at: number) => heldAt(story.case().areas, at).map(({ value }) => value);
    expect([areaAt(story.now() - 1), areaAt(story.now())]).toEqual([['NW'], ['Next door']]);
    expect(story.answer(accept, neighbour)).toBe('handover-accepted');
    expect(story.answer({ ...offer, handoverId: 'c', toArea: 'NW' })).toBe('handover-pending');
    expect(story.answer(finish)).toBe('completedOn-order');
    story.ask({ ...finish, completedOn: '2025-03-04' });
    expect(story.answer(finish)).toBe('handover-completed');
    expect(story.answer({ ...offer, handoverId: 'c', toArea: 'NW' })).toBe('taken');
  });

  it('is not taken over under an agreement that has ended meanwhile', () => {
    const agreementsInForce = ['core/1', 'next/1'].map(bindingAll);
    const story = unfolding(start, { agreementsInForce });
    story.ask({ type: 'assign-area', area: 'NW' });
    story.ask({ ...offer, agreements: ['next/1'] });
    agreementsInForce.pop();
    expect(story.answer(accept, neighbour)).toBe('agreement-not-in-force');
  });

  it('that has changed meanwhile lets an offer lapse', () => {
    const story = unfolding(start);
    story.ask({ type: 'assign-area', area: 'NW' });
    story.ask(offer);
    story.ask({ type: 'assign-area', area: 'NE' });
    expect(story.answer(accept, neighbour)).toBe('handover-lapsed');
    expect(story.answer({ ...offer, handoverId: 'c' })).toBe('taken');
    expect(story.answer({ ...accept, handoverId: 'c' }, neighbour)).toBe('taken');
  });

  it('is offered anew where an offer was a mistake, and the older offer is over', () => {
    const story = unfolding(start);
    story.ask({ type: 'assign-area', area: 'NW' });
    story.ask({ ...offer, toArea: 'Wrong door' });
    story.ask({ ...offer, handoverId: 'c' });
    expect(story.answer(accept, neighbour)).toBe('handover-lapsed');
    expect(story.answer({ ...accept, handoverId: 'c' }, neighbour)).toBe('taken');
    expect(story.answer({ ...finish, handoverId: 'none' })).toBe('no-handover');
  });
});
