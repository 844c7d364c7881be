import { describe, expect, it } from '@jest/globals';
import { chair, practitionerOf, readFact, unfolding, worker } from '../../testing/casework.js';
import { caseOf } from './case.js';
import { type Actor } from './asked.js';
import { continuity } from './continuity.js';

const start = '2025-03-03T09:00:00Z';
const MINUTE = 60_000;
const appoint = { type: 'appoint-lead', agency: 'probation', professional: 'Kim Bell', user: 'kim' } as const;
const offer = {
  type: 'offer-lead-handover',
  handoverId: 'h',
  toAgency: 'vcse',
  toProfessional: 'Jo',
  toUser: 'jo',
} as const;
const accept = { type: 'accept-lead-handover', handoverId: 'h' } as const;
const standard = { type: 'decide-management', levels: ['Standard'], rationale: 'Adult on an order' } as const;
const jo = practitionerOf('vcse', 'jo');

describe('the lead professional', () => {
  it('is one, until another side accepts: one fact, one instant', () => {
    const story = unfolding(start);
    story.ask(appoint);
    expect(story.answer({ ...appoint, agency: 'vcse', user: 'jo' })).toBe('lead-held');
    story.pass(MINUTE);
    story.ask(offer, practitionerOf('probation', 'kim'));
    story.pass(MINUTE);
    expect(story.ask(accept, jo)).toEqual([
      {
        type: 'hub.leadProfessional.handedOver',
        happened: '2025-03-03T09:02:00.000Z',
        data: {
          ...{ agency: 'vcse', user: 'jo', professional: 'Jo', handoverId: 'h', fromAgency: 'probation' },
          ...{ fromUser: 'kim', acceptedAt: '2025-03-03T09:02:00.000Z' },
        },
      },
    ]);
    expect(story.case()).toMatchObject({
      leads: [
        { value: { agency: 'probation', user: 'kim' }, to: story.now() },
        { value: { agency: 'vcse', user: 'jo', professional: 'Jo' }, from: story.now(), to: null },
      ],
      leadOffers: [{ id: 'h', acceptedAt: story.now() }],
    });
  });

  it.each<[string, Actor, string]>([
    ['the one who is named', jo, 'taken'],
    ['a coordinator of their agency', { agency: 'vcse', user: 'boss', roles: ['coordinator'] }, 'taken'],
    ['a colleague', practitionerOf('vcse', 'al'), 'not-permitted'],
    ['the one who gives it away', practitionerOf('probation', 'kim'), 'not-permitted'],
    ['the team', worker, 'not-permitted'],
    ['a namesake elsewhere', practitionerOf('police', 'jo'), 'not-permitted'],
  ])('is accepted by %s: %s', (_, by, answer) => {
    const story = unfolding(start);
    story.ask(appoint);
    story.ask(offer, worker);
    expect(story.answer(accept, by)).toBe(answer);
  });

  it('is not accepted by whoever offered it, twice, or after another offer', () => {
    const story = unfolding(start);
    story.ask(appoint);
    story.ask({ ...offer, toAgency: 'hub', toUser: 'chair' }, chair);
    expect(story.answer(accept, chair)).toBe('handover-own-offer');
    story.ask({ ...offer, handoverId: 'i' }, worker);
    expect(story.answer(accept, { ...worker, user: 'other', roles: ['coordinator'] })).toBe(
      'handover-lapsed',
    );
    expect(story.answer({ ...accept, handoverId: 'i' }, jo)).toBe('taken');
    expect(story.answer({ ...accept, handoverId: 'i' }, jo)).toBe('handover-accepted');
    expect(story.answer({ ...offer, handoverId: 'j' }, worker)).toBe('lead-held');
  });

  it('is accepted by a namesake, in another agency, of whoever offered it', () => {
    const story = unfolding(start);
    story.ask(appoint);
    story.ask(offer, { ...worker, user: 'jo' });
    expect(story.answer(accept, jo)).toBe('taken');
  });

  it('ends only once the person is managed no more', () => {
    const story = unfolding(start);
    const end = { type: 'end-lead', reason: 'Moved abroad' } as const;
    expect(story.answer(end)).toBe('no-lead');
    expect(story.answer(offer)).toBe('no-lead');
    story.ask(appoint);
    story.ask(standard);
    story.pass(MINUTE);
    expect(story.answer(end)).toBe('lead-required');
    story.ask({ ...standard, levels: [] });
    expect(story.answer(end)).toBe('taken');
    expect(story.case().leads).toMatchObject([{ to: story.now() }]);
  });
});

const LEAD = 'hub.leadProfessional';
const managed = readFact('managed', 'hub.management.decided', start, { levels: ['Enhanced'] });
const lead = (id: string, what: string, happened: string, agency?: string, user?: string) =>
  readFact(id, `${LEAD}.${what}`, `2025-03-03T${happened}Z`, {
    ...(agency === undefined ? {} : { agency }),
    ...(user === undefined ? {} : { user }),
  });

describe('continuity', () => {
  const until = Date.parse('2025-03-03T12:00:00Z');

  it('counts the minutes without a lead and with several, and names the facts behind them', () => {
    const known = caseOf([
      managed,
      lead('a', 'appointed', '09:10:00', 'probation', 'kim'),
      lead('b', 'appointed', '10:00:00', 'vcse', 'jo'),
      lead('c', 'ended', '10:00:45', 'probation', 'kim'),
      lead('d', 'ended', '11:00:00', 'vcse', 'jo'),
    ]);
    expect(continuity(known, until)).toMatchObject({
      gaps: [
        { minutes: 10, by: ['managed'] },
        { minutes: 60, from: Date.parse('2025-03-03T11:00:00Z'), to: until, by: ['managed'] },
      ],
      overlaps: [{ minutes: 1, by: ['a', 'c', 'b', 'd'] }],
      ...{ gapMinutes: 70, overlapMinutes: 1 },
    });
    expect(continuity(known, Date.parse('2025-03-03T09:05:00Z')).gapMinutes).toBe(5);
    expect(continuity(known, Date.parse(start)).gapMinutes).toBe(0);
  });

  it('is nothing where nobody is managed, and where one lead takes over from several', () => {
    const appointed = [
      lead('a', 'appointed', '09:00:00', 'probation', 'kim'),
      lead('b', 'appointed', '09:30:00', 'vcse', 'jo'),
      lead('c', 'handedOver', '10:00:00', 'police', 'ed'),
    ];
    expect(continuity(caseOf(appointed), until)).toMatchObject({ gaps: [], overlaps: [] });
    expect(continuity(caseOf([managed, ...appointed]), until)).toMatchObject({
      gapMinutes: 0,
      overlapMinutes: 30,
    });
    expect(caseOf(appointed).leads.filter(({ to }) => to === null)).toMatchObject([
      { value: { user: 'ed' } },
    ]);
  });

  it('is one overlap, however many leads come and go in it', () => {
    const known = caseOf([
      managed,
      lead('a', 'appointed', '09:00:00', 'probation', 'kim'),
      lead('b', 'appointed', '09:30:00', 'vcse', 'jo'),
      lead('c', 'appointed', '09:40:00', 'police', 'ed'),
      lead('d', 'ended', '09:50:00', 'vcse', 'jo'),
      lead('e', 'ended', '10:00:00', 'police', 'ed'),
    ]);
    expect(continuity(known, until).overlaps).toMatchObject([{ minutes: 30 }]);
  });

  it('reads PPO as a label that manages nobody', () => {
    const label = (cohort: string) => caseOf([readFact('s', 'hub.cohort.selected', start, { cohort })]);
    expect(continuity(label('PPO'), until).gapMinutes).toBe(0);
    expect(continuity(label('Flex'), until).gapMinutes).toBe(180);
  });

  it('lets an end that names no user end every lead of the agency, and a repeated appointment none', () => {
    const known = caseOf([
      lead('a', 'appointed', '09:00:00', 'vcse', 'jo'),
      lead('b', 'appointed', '09:10:00', 'vcse', 'jo'),
      lead('c', 'appointed', '09:20:00', 'vcse', 'al'),
      lead('d', 'appointed', '09:30:00', 'police', 'ed'),
      lead('e', 'ended', '10:00:00', 'vcse'),
    ]);
    expect(known.leads.map(({ value, to }) => [value.user, to === null])).toEqual([
      ['jo', false],
      ['al', false],
      ['ed', true],
    ]);
  });
});
