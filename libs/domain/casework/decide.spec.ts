import { describe, expect, it } from '@jest/globals';
import { entryOf } from '../../contract/catalogue/catalogue.js';
import { validateData } from '../../contract/catalogue/validate.js';
import { type Asked, chair, practitionerOf, unfolding, worker } from '../../testing/casework.js';
import { type Actor } from './asked.js';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [referralId, meetingId, exitPlanId, handoverId, borderId, interventionId] = [1, 2, 3, 4, 5, 6].map(
  id,
) as [...[string, string, string, string, string, string]];
const today = '2025-03-03';
const rationale = 'As discussed';
const next: Actor = { agency: 'next-door', user: 'neighbour', roles: ['signatory'] };
const police = practitionerOf('police');

/** Every command, in an order in which each is taken, with who may ask. */
const everything: readonly (readonly [Actor, Asked])[] = [
  [police, { type: 'raise-referral', referralId, reason: 'Burglaries', requestedLevels: ['Priority'] }],
  [
    worker,
    {
      ...{ type: 'hold-referral-meeting', meetingId, referralId, heldOn: today, chairedBy: 'chair' },
      ...{ attendees: [{ agency: 'police', name: 'A' }, { agency: 'hub' }], agreements: ['core/1'] },
    },
  ],
  [
    worker,
    {
      ...{ type: 'inform-subject', notice: 'Sharing', noticeVersion: '2', told: ['information-sharing'] },
      ...{ format: 'in-person', language: 'English', informedOn: today },
    },
  ],
  [
    chair,
    {
      ...{ type: 'decide-management', levels: ['Priority'], referralId, management: 'voluntary', rationale },
      ...{ dissent: 'Too early', nextReview: '2025-06-03', toTeam: 'Team A', fromAgency: 'probation' },
    },
  ],
  [worker, { type: 'transfer-responsibility', toTeam: 'Team B' }],
  [
    worker,
    {
      ...{ type: 'hold-conference', heldOn: today, attendees: [{ agency: 'police' }] },
      actions: [{ action: 'Visit', owner: 'A', due: '2025-03-10' }],
    },
  ],
  [
    chair,
    { type: 'select-cohort', cohort: 'Fixed', rationale, priorityRef: 'CSP 1', nextReview: '2025-06-03' },
  ],
  [chair, { type: 'review-cohort', cohort: 'Fixed', rationale, nextReview: '2025-09-03' }],
  [worker, { type: 'appoint-lead', agency: 'probation', professional: 'Kim Bell', user: 'kim' }],
  [
    practitionerOf('probation'),
    {
      ...{
        type: 'offer-lead-handover',
        handoverId,
        toAgency: 'vcse',
        toProfessional: 'Jo Hart',
        toUser: 'jo',
      },
      reason: 'Trust',
    },
  ],
  [practitionerOf('vcse', 'jo'), { type: 'accept-lead-handover', handoverId }],
  [worker, { type: 'assign-area', area: 'NW', reason: 'Address' }],
  [
    chair,
    {
      ...{ type: 'offer-border-handover', handoverId: borderId, toArea: 'Next door', toAgency: 'next-door' },
      agreements: ['core/1'],
    },
  ],
  [next, { type: 'accept-border-handover', handoverId: borderId }],
  [worker, { type: 'complete-border-handover', handoverId: borderId, completedOn: today }],
  [
    practitionerOf('vcse'),
    {
      ...{ type: 'assess-needs', instrument: 'LLR', assessedOn: today },
      pathways: [{ pathway: 'accommodation', scored: true, score: 7, needIdentified: true }],
    },
  ],
  [
    worker,
    {
      ...{ type: 'plan-intervention', interventionId, pathway: 'accommodation', provider: 'police' },
      ...{ sequence: 1, title: 'Move on', plannedFor: '2025-04-01' },
    },
  ],
  [practitionerOf('vcse'), { type: 'refer-intervention', interventionId, referredOn: today }],
  [police, { type: 'start-intervention', interventionId, startedOn: today }],
  [police, { type: 'complete-intervention', interventionId, completedOn: today, outcome: 'completed' }],
  [worker, { type: 'plan-exit', exitPlanId, plan: 'Mentor until spring', watchMonths: 6 }],
  [chair, { type: 'deselect-cohort', cohort: 'Fixed', rationale, exitPlanId }],
  [chair, { type: 'decide-management', levels: [], rationale, exitPlanId }],
  [worker, { type: 'complete-exit', exitPlanId, completedOn: today, outcome: 'ended' }],
  [worker, { type: 'end-lead', reason: 'Managed no more' }],
];

/** The story up to a command, and that command. */
function upTo(index: number) {
  const story = unfolding(`${today}T09:00:00Z`);
  everything.slice(0, index).forEach(([by, asked]) => story.ask(asked, by));
  return story;
}

describe('a decision', () => {
  it('makes facts that the catalogue accepts, of every command', () => {
    const story = unfolding(`${today}T09:00:00Z`);
    const events = everything.flatMap(([by, asked]) => story.ask(asked, by));
    expect(new Set(everything.map(([, { type }]) => type)).size).toBe(24);
    for (const { type, data } of events) {
      const entry = entryOf(type);
      expect([type, entry === undefined ? 'unknown' : validateData(entry, data)]).toEqual([type, []]);
    }
  });

  it.each(everything.map(([by, { type }], index) => [type, by.agency, index] as const))(
    '%s may be asked by %s, and not by whoever has no part in it',
    (_, __, index) => {
      const [by, asked] = everything[index] as (typeof everything)[number];
      const refused = [
        { ...by, roles: ['publisher'] },
        ...(asked.type === 'raise-referral' ? [] : [practitionerOf('health')]),
      ];
      for (const other of refused) expect(upTo(index).answer(asked, other)).toBe('not-permitted');
      expect(upTo(index).answer(asked, by)).toBe('taken');
    },
  );

  it('refuses an agency without a part in the same words, whatever the case holds', () => {
    const words = new Set<string>();
    for (const story of [upTo(0), upTo(10), upTo(everything.length)]) {
      for (const [, asked] of everything.filter(([, { type }]) => type !== 'raise-referral')) {
        try {
          story.ask(asked, practitionerOf('health'));
        } catch (error) {
          words.add(String(error));
        }
      }
    }
    expect(words.size).toBe(1);
  });
});
