import { describe, expect, it } from '@jest/globals';
import { discussed, practitionerOf, readFact, unfolding, worker } from '../../testing/casework.js';
import { levels } from './level.js';

const DAY = 86_400_000;
const start = '2025-03-03T09:00:00Z';
const told = {
  type: 'inform-subject',
  noticeVersion: '2',
  told: ['support', 'information-sharing'],
  format: 'letter',
  language: 'Polish',
  informedOn: '2025-03-03',
} as const;
const decision = { type: 'decide-management', rationale: 'As discussed' } as const;
const toPriority = { ...decision, levels: ['Priority'], referralId: 'referral', toTeam: 'Team A' } as const;

describe('management', () => {
  it('goes from referral over meeting to decision, with dissent', () => {
    const story = unfolding(start);
    discussed(story, '2025-03-03');
    const events = story.ask({
      ...{ ...decision, levels: ['Priority', 'MAPPA-2'], referralId: 'referral', mappaCategory: 2 },
      ...{ dissent: 'Probation asked for Enhanced', toTeam: 'Team A', fromAgency: 'probation' },
    });
    expect(events).toEqual([
      {
        type: 'hub.management.decided',
        happened: '2025-03-03T09:00:00.000Z',
        data: {
          ...{ levels: ['Priority', 'MAPPA-2'], mappaCategory: 2, referralId: 'referral' },
          ...{ meetingId: 'meeting on referral', rationale: 'As discussed', decidedBy: 'chair' },
          dissent: 'Probation asked for Enhanced',
        },
      },
      {
        type: 'hub.responsibility.transferred',
        happened: '2025-03-03T09:00:00.000Z',
        data: { fromAgency: 'probation', toTeam: 'Team A', transferredAt: '2025-03-03T09:00:00.000Z' },
      },
    ]);
    expect(story.case()).toMatchObject({
      referrals: [
        {
          ...{ id: 'referral', agency: 'police', levels: ['Priority'], decidedBy: 'fact-2' },
          meeting: { attendees: ['police', 'probation'], agreements: ['core/1'] },
        },
      ],
      levels: [{ value: ['Priority', 'MAPPA-2'], from: Date.parse(start), to: null }],
      responsibilities: [{ toTeam: 'Team A', fromAgency: 'probation' }],
    });
  });

  it('takes any set of levels out of the meeting', () => {
    const sets = Array.from({ length: 2 ** levels.length }, (_, set) =>
      levels.filter((_level, index) => (set >> index) % 2 === 1),
    );
    for (const each of sets) {
      const story = unfolding(start);
      discussed(story, '2025-03-03');
      story.ask({ ...toPriority, levels: each });
      expect(story.case().levels.map(({ value }) => value)).toEqual([each]);
    }
  });

  it.each([
    [['Standard'], 'taken'],
    [['MAPPA-1'], 'taken'],
    [['Enhanced'], 'meeting-required'],
    [['Priority'], 'meeting-required'],
    [['Standard', 'MAPPA-2'], 'meeting-required'],
    [['MAPPA-3'], 'meeting-required'],
    [['Standard', 'Standard'], 'levels-twice'],
  ] as const)('lets enter %j without a meeting: %s', (each, answer) => {
    expect(unfolding(start).answer({ ...decision, levels: each })).toBe(answer);
  });

  it('needs the meeting on this very referral, once', () => {
    const story = unfolding(start);
    const raise = { type: 'raise-referral', reason: 'Robbery', requestedLevels: ['Enhanced'] } as const;
    story.ask({ ...raise, referralId: 'other' });
    expect(story.answer({ ...decision, levels: ['Enhanced'], referralId: 'other' })).toBe('meeting-required');
    expect(story.answer({ ...decision, levels: ['Enhanced'], referralId: 'none' })).toBe('no-referral');
    discussed(story, '2025-03-03');
    expect(story.answer({ ...decision, levels: ['Enhanced'], referralId: 'referral' })).toBe('taken');
    expect(story.answer({ ...toPriority, levels: ['MAPPA-2'] })).toBe('referral-decided');
    expect(story.answer({ ...raise, referralId: 'other' })).toBe('id-taken');
  });

  it('keeps or leaves a level without another meeting', () => {
    const story = unfolding(start);
    discussed(story, '2025-03-03');
    story.ask({ ...toPriority, levels: ['Enhanced', 'MAPPA-2'] });
    story.pass(DAY);
    expect(story.answer({ ...decision, levels: ['Enhanced'] })).toBe('taken');
    story.ask({ type: 'plan-exit', exitPlanId: 'exit', plan: 'Mentor', watchMonths: 6 });
    expect(story.answer({ ...decision, levels: [], exitPlanId: 'exit' })).toBe('taken');
    expect(story.answer({ ...decision, levels: ['Enhanced'] })).toBe('meeting-required');
  });

  it('leaves what was entered through the meeting with an exit plan, and watches; Standard without', () => {
    const story = unfolding(start);
    discussed(story, '2025-03-03');
    story.ask({ ...toPriority, levels: ['Enhanced'] });
    story.pass(DAY);
    expect(story.answer({ ...decision, levels: [] })).toBe('exit-plan-required');
    expect(story.answer({ ...decision, levels: [], exitPlanId: 'none' })).toBe('exit-plan-required');
    story.ask({ type: 'plan-exit', exitPlanId: 'exit', plan: 'Mentor', watchMonths: 6 });
    story.ask({ ...decision, levels: [], exitPlanId: 'exit' });
    const [exit] = story.case().exits;
    expect(exit?.watchFrom).toBe(story.now());
    expect(exit?.watchUntil).toBeGreaterThan(story.now() + 180 * DAY);
    expect(story.answer({ ...decision, levels: ['Standard'] })).toBe('taken');
    story.pass(DAY);
    expect(story.answer({ ...decision, levels: [] })).toBe('taken');
  });

  it.each([
    ['17 until the month ends', ['2007-03'], 'priority-under-18'],
    ['unknown', [], 'priority-under-18'],
    ['doubtful', ['1990-01', '2008-01'], 'priority-under-18'],
    ['18', ['2007-02'], 'taken'],
  ])('refuses Priority at an age that is %s: %s', (_, born, answer) => {
    const story = unfolding(start, { born });
    discussed(story, '2025-03-03');
    expect(story.answer(toPriority)).toBe(answer);
  });

  it('takes a child as Enhanced', () => {
    const story = unfolding(start, { born: ['2010-01'] });
    discussed(story, '2025-03-03');
    expect(story.answer({ ...toPriority, levels: ['Enhanced'] })).toBe('taken');
  });

  it('names the team that becomes responsible, and no agency outside the partnership', () => {
    const story = unfolding(start);
    discussed(story, '2025-03-03');
    expect(story.answer({ ...toPriority, toTeam: ' ' })).toBe('toTeam-required');
    expect(story.answer({ ...toPriority, fromAgency: 'circus' })).toBe('unknown-agency');
    expect(story.answer({ type: 'transfer-responsibility', toTeam: 'Team B' })).toBe('not-priority');
    story.ask(toPriority);
    expect(story.answer({ type: 'transfer-responsibility', toTeam: 'Team B' }, worker)).toBe('taken');
  });

  it('is voluntary only of whoever was told of the sharing before', () => {
    const story = unfolding(start);
    const voluntary = { ...decision, levels: ['Standard'], management: 'voluntary' } as const;
    expect(story.answer(voluntary)).toBe('not-informed');
    story.ask({ ...told, told: ['benefits'] });
    expect(story.answer(voluntary)).toBe('not-informed');
    expect(story.answer({ ...voluntary, management: 'statutory' })).toBe('taken');
    const informedOn = '2025-04-01';
    story.publish(readFact('later', 'hub.subject.informed', informedOn, { ...told, informedOn }));
    expect(story.answer(voluntary)).toBe('not-informed');
    story.ask(told);
    story.pass(1);
    expect(story.answer(voluntary)).toBe('taken');
    expect(story.case().management.map(({ value }) => value)).toEqual(['statutory', 'voluntary']);
    expect(story.case().informed.at(-2)).toMatchObject({
      noticeVersion: '2',
      language: 'Polish',
      format: 'letter',
    });
  });

  it('meets on a day that has come, after the referral, relying on what is in force', () => {
    const story = unfolding(start);
    discussed(story, '2025-03-03', 'first');
    story.ask({ type: 'raise-referral', referralId: 'r', reason: 'Theft', requestedLevels: ['Enhanced'] });
    const meeting = {
      type: 'hold-referral-meeting',
      meetingId: 'm',
      referralId: 'r',
      heldOn: '2025-03-03',
      attendees: [{ agency: 'police' }, { agency: 'probation' }],
      agreements: ['core/1'],
    } as const;
    expect(
      [
        { ...meeting, heldOn: '2025-03-04' },
        { ...meeting, heldOn: '2025-03-02' },
        { ...meeting, heldOn: '2025-02-30' },
        { ...meeting, agreements: ['old/1'] },
        { ...meeting, agreements: [] },
        { ...meeting, attendees: [] },
        { ...meeting, attendees: [{ agency: 'circus' }] },
        { ...meeting, attendees: [{ agency: 'police' }, { agency: 'next-door' }] },
        { ...meeting, referralId: 'first' },
        { ...meeting, referralId: 'none' },
        { ...meeting, meetingId: 'meeting on first' },
        meeting,
      ].map((each) => story.answer(each)),
    ).toEqual([
      ...['heldOn-day', 'heldOn-order', 'heldOn-day', 'agreement-not-in-force', 'agreement-required'],
      ...[
        'attendees-required',
        'unknown-agency',
        'attendee-not-party',
        'meeting-held',
        'no-referral',
        'id-taken',
        'taken',
      ],
    ]);
  });

  it('is decided by a coordinator of the IOM team, with a reason', () => {
    const story = unfolding(start);
    const standard = { ...decision, levels: ['Standard'] } as const;
    expect(story.answer(standard, worker)).toBe('not-permitted');
    expect(story.answer(standard, { ...practitionerOf('police'), roles: ['coordinator'] })).toBe(
      'not-permitted',
    );
    expect(story.answer({ ...standard, rationale: ' ' })).toBe('rationale-required');
    expect(story.answer({ ...standard, nextReview: '2025-03-03' })).toBe('nextReview-day');
    expect(story.answer({ ...standard, nextReview: '2025-03-04' })).toBe('taken');
  });
});

it('a conference is of agencies of the partnership, with its actions', () => {
  const story = unfolding(start);
  const conference = {
    type: 'hold-conference',
    heldOn: '2025-03-01',
    attendees: [{ agency: 'vcse', name: 'Jo' }],
    actions: [{ action: 'Visit', owner: 'Jo', due: '2025-03-10' }],
  } as const;
  story.ask(conference, worker);
  expect(story.case().conferences).toMatchObject([
    { at: Date.parse('2025-03-01'), attendees: ['vcse'], actions: 1 },
  ]);
});
