import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFailure } from '../../contract/failure.js';
import { refused, specifying } from '../../testing/given.js';
import { decide, dueAt, elapse, type EmergencyCommand } from './decide.js';
import {
  type Emergencies,
  type EmergencyEvent,
  evolve,
  isOpen,
  isOverdue,
  NO_EMERGENCIES,
  type Opened,
} from './emergency.js';

const HOUR = 3_600_000;
const officer = { agency: 'housing', team: 'outreach', user: 'officer' };
const lead = { agency: 'housing', team: 'governance', user: 'lead' };
const terms = { clauses: ['pair/1#emergency'], hours: 8, reviewWithin: 72 };

const open = (changed: Partial<Extract<EmergencyCommand, { type: 'open' }>> = {}): EmergencyCommand => ({
  type: 'open',
  id: 'one',
  offender: 'P1',
  by: officer,
  purpose: 'public-protection',
  reason: 'a threat to life',
  hours: undefined,
  terms,
  at: 0,
  ...changed,
});
const opened = (id = 'one', at = 0): Opened => ({
  type: 'emergency.opened',
  id,
  offender: 'P1',
  by: officer,
  purpose: 'public-protection',
  reason: 'a threat to life',
  clauses: terms.clauses,
  at,
  until: at + 8 * HOUR,
  reviewDue: at + 72 * HOUR,
});
const close = (at: number, by = officer): EmergencyCommand => ({
  type: 'close',
  id: 'one',
  by,
  reason: 'it is over',
  at,
});
const closed = (at: number): EmergencyEvent => ({
  type: 'emergency.closed',
  id: 'one',
  by: officer,
  reason: 'it is over',
  at,
});
const review = (at: number, by = lead, verdict: 'lawful' | 'unlawful' = 'lawful'): EmergencyCommand => ({
  type: 'review',
  id: 'one',
  by,
  verdict,
  reason: 'it was needed',
  at,
});
const reviewed = (at: number, verdict: 'lawful' | 'unlawful' = 'lawful'): EmergencyEvent => ({
  type: 'emergency.reviewed',
  id: 'one',
  by: lead,
  verdict,
  reason: 'it was needed',
  at,
});

const emergenciesOf = (events: readonly EmergencyEvent[]): Emergencies =>
  events.reduce(evolve, NO_EMERGENCIES);

const allowing = (): readonly string[] => terms.clauses;

const given = specifying((events: readonly EmergencyEvent[], command: EmergencyCommand) =>
  decide(emergenciesOf(events), command),
);

describe('opening', () => {
  it('lasts as long as the agreements allow', () => {
    given([]).when(open()).then([opened()]);
  });

  it('lasts less long when less is asked for', () => {
    given([])
      .when(open({ hours: 1.5 }))
      .then([{ ...opened(), until: 1.5 * HOUR }]);
  });

  it('never lasts longer than the agreements allow, and always something', () => {
    for (const hours of [8.1, 0, -1, Number.NaN, Infinity]) {
      given([]).when(open({ hours })).then(refused('invalid', 'emergency-hours'));
    }
  });

  it('needs a clause that allows it', () => {
    given([])
      .when(open({ terms: undefined }))
      .then(refused('forbidden', 'no-emergency-clause'));
  });

  it('asks for the review of a use only from its deadline on', () => {
    given([opened(), closed(HOUR)])
      .when(open({ id: 'two', at: 72 * HOUR - 1 }))
      .then([opened('two', 72 * HOUR - 1)]);
    given([opened(), closed(HOUR)])
      .when(open({ id: 'two', at: 72 * HOUR }))
      .then(refused('forbidden', 'emergency-review-overdue'));
  });

  it('is blocked for the team whose review is overdue, and for no other team or agency', () => {
    const late = { id: 'two', at: 100 * HOUR } as const;
    const other = { ...officer, team: 'tenancies' };
    const elsewhere = { ...officer, agency: 'police' };
    given([opened()]).when(open(late)).then(refused('forbidden', 'emergency-review-overdue'));
    given([opened()])
      .when(open({ ...late, by: { ...officer, user: 'colleague' } }))
      .then(refused('forbidden', 'emergency-review-overdue'));
    given([opened()])
      .when(open({ ...late, by: other }))
      .then([{ ...opened('two', 100 * HOUR), by: other }]);
    given([opened()])
      .when(open({ ...late, by: elsewhere }))
      .then([{ ...opened('two', 100 * HOUR), by: elsewhere }]);
  });

  it('is possible again once the overdue review is made, whatever the verdict', () => {
    given([opened(), reviewed(80 * HOUR, 'unlawful')])
      .when(open({ id: 'two', at: 100 * HOUR }))
      .then([opened('two', 100 * HOUR)]);
  });
});

describe('closing', () => {
  it('ends it early', () => {
    given([opened()])
      .when(close(HOUR))
      .then([closed(HOUR)]);
  });

  it('is refused twice, after its hours, and to others, in the same words for one that is not', () => {
    given([opened(), closed(HOUR)])
      .when(close(2 * HOUR))
      .then(refused('conflict', 'emergency-closed'));
    given([opened()])
      .when(close(8 * HOUR))
      .then(refused('conflict', 'emergency-closed'));
    given([opened()])
      .when(close(HOUR, { ...officer, agency: 'police' }))
      .then(refused('forbidden', 'no-such-emergency'));
    given([]).when(close(HOUR)).then(refused('forbidden', 'no-such-emergency'));
  });

  it('happens by itself when the hours are over', () => {
    const emergencies = emergenciesOf([opened()]);
    expect(elapse(emergencies, 8 * HOUR - 1, allowing)).toEqual([]);
    expect(elapse(emergencies, 8 * HOUR, allowing)).toMatchObject([
      { type: 'emergency.closed', id: 'one', at: 8 * HOUR },
    ]);
    expect(elapse(emergenciesOf([opened(), closed(HOUR)]), 9 * HOUR, allowing)).toEqual([]);
    expect(dueAt(emergencies, allowing)).toBe(8 * HOUR);
    expect(dueAt(NO_EMERGENCIES, allowing)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('an open emergency', () => {
  const colleague = { ...officer, user: 'colleague' };
  const late: Opened = { ...opened('two', 70 * HOUR), by: colleague };

  it('closes when a use by its team is not reviewed by its deadline, its own included', () => {
    const emergencies = emergenciesOf([opened(), closed(HOUR), late]);
    expect(dueAt(emergencies, allowing)).toBe(72 * HOUR);
    expect(elapse(emergencies, 72 * HOUR - 1, allowing)).toEqual([]);
    expect(elapse(emergencies, 72 * HOUR, allowing)).toMatchObject([
      { type: 'emergency.closed', id: 'two', reason: 'a review of its team is overdue', at: 72 * HOUR },
    ]);
    const own = emergenciesOf([{ ...opened(), reviewDue: HOUR }]);
    expect(dueAt(own, allowing)).toBe(HOUR);
    expect(elapse(own, HOUR, allowing)).toMatchObject([{ id: 'one', at: HOUR }]);
  });

  it('stays open when the review is made, and when it is another team that owes one', () => {
    const made = emergenciesOf([opened(), closed(HOUR), reviewed(2 * HOUR), late]);
    expect(dueAt(made, allowing)).toBe(78 * HOUR);
    expect(elapse(made, 72 * HOUR, allowing)).toEqual([]);
    const elsewhere = { ...late, by: { ...colleague, team: 'tenancies' } };
    expect(elapse(emergenciesOf([opened(), closed(HOUR), elsewhere]), 72 * HOUR, allowing)).toEqual([]);
  });

  it('closes when another clause would open more, and not when one of its own is suspended', () => {
    const emergencies = emergenciesOf([opened()]);
    const anew = (agency: string, purpose: string): readonly string[] =>
      agency === 'housing' && purpose === 'public-protection' ? ['pair/1#emergency', 'pair/2#emergency'] : [];
    expect(dueAt(emergencies, anew)).toBe(0);
    expect(elapse(emergencies, HOUR, anew)).toMatchObject([
      { id: 'one', reason: 'what an emergency opens was agreed anew' },
    ]);
    expect(elapse(emergencies, HOUR, () => [])).toEqual([]);
    expect(dueAt(emergencies, () => [])).toBe(8 * HOUR);
  });
});

describe('reviewing', () => {
  it('is made once, by somebody else of the agency or by an auditor', () => {
    given([opened(), closed(HOUR)])
      .when(review(9 * HOUR))
      .then([reviewed(9 * HOUR)]);
    given([opened(), closed(HOUR)])
      .when(review(9 * HOUR, { agency: 'auditor', team: 'auditor', user: 'auditor' }))
      .then([
        {
          ...reviewed(9 * HOUR),
          by: { agency: 'auditor', team: 'auditor', user: 'auditor' },
        },
      ]);
    given([opened(), closed(HOUR), reviewed(9 * HOUR)])
      .when(review(10 * HOUR))
      .then(refused('conflict', 'emergency-reviewed'));
  });

  it('is refused to whoever used it, to another agency, and of one that is not', () => {
    given([opened()])
      .when(review(9 * HOUR, officer))
      .then(refused('forbidden', 'own-emergency'));
    given([opened()])
      .when(review(9 * HOUR, { ...lead, agency: 'police' }))
      .then(refused('forbidden', 'no-such-emergency'));
    given([])
      .when(review(9 * HOUR, { agency: 'auditor', team: 'auditor', user: 'auditor' }))
      .then(refused('forbidden', 'no-such-emergency'));
  });

  it('ends what is still open', () => {
    given([opened()])
      .when(review(HOUR, lead, 'unlawful'))
      .then([
        { type: 'emergency.closed', id: 'one', by: lead, reason: 'its review has ended it', at: HOUR },
        reviewed(HOUR, 'unlawful'),
      ]);
  });
});

/** What follows, or the code of the refusal. */
const asked = (before: readonly EmergencyEvent[], command: EmergencyCommand) => {
  try {
    return decide(emergenciesOf(before), command);
  } catch (error) {
    if (isFailure(error)) return error.code;
    throw error;
  }
};
it('whatever is asked in whatever order, nobody is let in longer than agreed or while a review is overdue', () => {
  const step = fc.record({
    kind: fc.constantFrom('open', 'open', 'close', 'review', 'time'),
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    wait: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let events: readonly EmergencyEvent[] = [];
      let at = 0;
      for (const { kind, id, wait } of steps) {
        at += wait * HOUR;
        const before = emergenciesOf(events);
        const overdue = [...before.values()].some((each) => isOverdue(each, at));
        if (kind === 'time') {
          events = [...events, ...elapse(before, at, allowing)];
        } else if (kind !== 'open' || !before.has(id)) {
          const command = { open: open({ id, at }), close: close(at), review: review(at) }[kind as 'open'];
          const follows = asked(events, { ...command, id });
          if (kind === 'open') expect(follows === 'emergency-review-overdue').toBe(overdue);
          if (typeof follows !== 'string') events = [...events, ...follows];
        }
        for (const each of emergenciesOf(events).values()) {
          if (isOpen(each, at)) expect(at - each.at).toBeLessThan(8 * HOUR);
        }
      }
    }),
  );
});
