import { describe, expect, it } from '@jest/globals';
import { agreementOf, custodyClause, historyOf, registerOf, signing } from '../../testing/agreements.js';
import { specifying } from '../../testing/given.js';
import { type AgreementEvent } from './agreement.js';
import { startOf } from './decide.js';
import { EMPTY_REGISTER, register, type RegisterEvent, versions } from './register.js';
import { dayOf, dueAt, isReviewOverdue, timePasses } from './time.js';

const document = agreementOf({
  reference: 'resettlement',
  inForceFrom: '2025-06-01',
  reviewDue: '2025-09-01',
  expires: '2025-12-01',
  clauses: [custodyClause],
});
const at = (text: string): number => Date.parse(text);
const signed = historyOf(signing(document, at('2025-05-01T12:00:00Z')), []);
const began = (day: string, moment: string): RegisterEvent => ({
  type: 'clock.dayBegan',
  day,
  at: at(moment),
});
const time = { version: 1, reference: 'resettlement', by: { agency: 'hub', user: 'clock' } };
const inForce: AgreementEvent = {
  ...time,
  type: 'agreement.cameIntoForce',
  at: startOf('2025-06-01'),
  reason: 'all have signed and its day has come',
};

const given = specifying((events: readonly RegisterEvent[], moment: number) =>
  timePasses(registerOf(events), moment),
);

describe('the calendar', () => {
  it.each([
    ['2025-11-22T00:00:00Z', '2025-11-22'],
    ['2025-11-22T23:59:59.999Z', '2025-11-22'],
    ['2025-07-01T22:59:59.999Z', '2025-07-01'],
    ['2025-07-01T23:00:00Z', '2025-07-02'],
    ['2025-03-30T00:30:00Z', '2025-03-30'],
    ['2025-10-25T23:30:00Z', '2025-10-26'],
    ['2025-10-26T23:30:00Z', '2025-10-26'],
    ['2025-12-31T23:59:00Z', '2025-12-31'],
  ])('at %s it is %s in London', (moment, day) => {
    expect(dayOf(at(moment))).toBe(day);
    expect(startOf(day)).toBeLessThanOrEqual(at(moment));
  });
});

describe('the passing of time', () => {
  it('leaves an empty log empty', () => {
    given([]).when(at('2025-06-01T12:00:00Z')).then([]);
  });

  it('begins the present day, once, however many have gone by', () => {
    given(signed)
      .when(at('2025-05-10T12:00:00Z'))
      .then([began('2025-05-10', '2025-05-10T12:00:00Z')]);
    const since = [...signed, began('2025-05-01', '2025-05-01T12:00:00Z')];
    given(since).when(at('2025-05-01T22:59:59Z')).then([]);
    given(since)
      .when(at('2025-05-01T23:00:00Z'))
      .then([began('2025-05-02', '2025-05-01T23:00:00Z')]);
  });

  it('never goes back to a day that is over', () => {
    given([...signed, began('2025-05-05', '2025-05-05T12:00:00Z')])
      .when(at('2025-05-04T12:00:00Z'))
      .then([]);
  });

  it('brings agreements into force on the day that it begins', () => {
    given(signed)
      .when(startOf('2025-06-01'))
      .then([{ type: 'clock.dayBegan', day: '2025-06-01', at: startOf('2025-06-01') }, inForce]);
  });
});

describe('what is due next', () => {
  const dueAfter = (...events: readonly RegisterEvent[]): number => dueAt(registerOf(events));

  it('is nothing while there is no agreement', () => {
    expect(dueAt(EMPTY_REGISTER)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('is at once while no day has begun', () => {
    expect(dueAfter(...signed)).toBe(0);
  });

  it('is the next midnight in London', () => {
    expect(dueAfter(...signed, began('2025-05-01', '2025-05-01T12:00:00Z'))).toBe(at('2025-05-01T23:00:00Z'));
    expect(dueAfter(...signed, began('2025-10-26', '2025-10-26T12:00:00Z'), inForce)).toBe(
      at('2025-10-27T00:00:00Z'),
    );
  });

  it('is what was signed for a day that has come, and what has come to its end', () => {
    const later = began('2025-06-02', '2025-06-01T23:00:00Z');
    expect(dueAfter(...signed, later)).toBe(startOf('2025-06-01'));
    const last = began('2025-12-02', '2025-12-02T12:00:00Z');
    expect(dueAfter(...signed, inForce, last)).toBe(startOf('2025-12-01'));
    const expired: AgreementEvent = {
      ...time,
      type: 'agreement.expired',
      at: last.at,
      reason: 'its term has ended',
    };
    expect(dueAfter(...signed, inForce, last, expired)).toBe(startOf('2025-12-03'));
  });

  it('is exactly when time next brings something about', () => {
    let known = registerOf(signed);
    const happened: RegisterEvent[] = [];
    for (let now = at('2025-05-20T00:00:00Z'); now < at('2025-06-05T00:00:00Z'); now += 900_000) {
      const events = timePasses(known, now);
      expect(events.length > 0).toBe(dueAt(known) <= now);
      happened.push(...events);
      known = events.reduce(register, known);
    }
    expect(happened.filter(({ type }) => type === 'clock.dayBegan')).toHaveLength(17);
  });
});

describe('a review', () => {
  const [version] = versions(registerOf([...signed, inForce]));

  it('is overdue once the day on which it was due is over, while the agreement binds', () => {
    if (version === undefined) throw new Error('there is a version');
    const on = (moment: string, status = version.status): boolean =>
      isReviewOverdue({ ...version, status }, at(moment));
    expect(on('2025-09-01T22:59:59Z')).toBe(false);
    expect(on('2025-09-01T23:00:00Z')).toBe(true);
    expect(on('2025-10-01T12:00:00Z', 'suspended')).toBe(true);
    for (const status of ['proposed', 'signed', 'superseded', 'expired', 'terminated'] as const)
      expect(on('2025-10-01T12:00:00Z', status)).toBe(false);
  });

  it('is never overdue where no date is known for it', () => {
    if (version === undefined) throw new Error('there is a version');
    expect(isReviewOverdue({ ...version, reviewDue: 'some day' }, at('2099-01-01T00:00:00Z'))).toBe(false);
  });
});
