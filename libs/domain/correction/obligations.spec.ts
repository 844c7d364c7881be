import { describe, expect, it } from '@jest/globals';
import { type Concern, scopeOf, type Telling } from './cause.js';
import { obligations } from './obligations.js';

const HOUR = 3_600_000;
const identify = (cause: string, recipient: string): string => `${cause} ${recipient}`;

const concern: Concern = {
  cause: { kind: 'corrected', event: 'later', position: 50, emergency: null, at: HOUR },
  offender: 'P1',
  facts: [{ position: 7, type: 'police.arrest.recorded', publisher: 'police' }],
  scope: null,
};
const telling = (changed: Partial<Telling> = {}): Telling => ({
  disclosure: 20,
  fact: 7,
  agency: 'probation',
  user: 'anna',
  at: 0,
  asOf: 19,
  shown: { 'core/1#arrests': { clear: ['name.family'], absent: ['pnc'] } },
  ...changed,
});
const told = (tellings: readonly Telling[], of = concern) =>
  obligations(of, tellings, identify, HOUR).map(({ recipient, publishers, shown, users }) => ({
    recipient,
    publishers,
    shown,
    users,
  }));

describe('whoever was shown a fact that no longer stands', () => {
  it('is told which fields of it they were shown, in which answers and under which clauses', () => {
    const made = obligations(concern, [telling()], identify, HOUR);
    expect(made).toEqual([
      {
        type: 'correction.opened',
        id: 'later probation',
        cause: concern.cause,
        offender: 'P1',
        recipient: 'probation',
        passedOn: null,
        publishers: ['police'],
        shown: [
          {
            position: 7,
            type: 'police.arrest.recorded',
            fields: ['name.family', 'pnc'],
            clauses: ['core/1#arrests'],
            disclosures: [20],
          },
        ],
        users: ['anna'],
        due: HOUR + 5 * 24 * HOUR,
        rule: 1,
        at: HOUR,
      },
    ]);
  });

  it('is told once as an agency, whoever of it was shown what and how often', () => {
    const again = telling({
      disclosure: 30,
      asOf: 29,
      user: 'ben',
      shown: { 'core/2#all': { mask: ['pnc'] } },
    });
    expect(told([again, telling(), telling({ agency: 'housing', disclosure: 25 })])).toMatchObject([
      { recipient: 'housing', shown: [{ disclosures: [25] }] },
      {
        recipient: 'probation',
        users: ['anna', 'ben'],
        shown: [
          {
            fields: ['name.family', 'pnc'],
            clauses: ['core/1#arrests', 'core/2#all'],
            disclosures: [20, 30],
          },
        ],
      },
    ]);
  });

  it('is told when they saw no more than that there is such a fact', () => {
    expect(told([telling({ shown: {} })])).toMatchObject([{ shown: [{ fields: [], clauses: [] }] }]);
  });

  it('is not told of their own fact', () => {
    expect(told([telling({ agency: 'police' })])).toEqual([]);
  });

  it('is told by the answer itself when that knew of the cause already, and only then', () => {
    expect(told([telling({ disclosure: 60, asOf: 50 })])).toEqual([]);
    expect(told([telling({ disclosure: 60, asOf: 49 })])).toHaveLength(1);
  });
});

describe('what an emergency showed unlawfully', () => {
  const unlawful: Concern = {
    ...concern,
    cause: { ...concern.cause, kind: 'unlawful', emergency: 'one' },
    scope: scopeOf({
      type: 'emergency.opened',
      id: 'one',
      offender: 'P1',
      by: { agency: 'housing', team: 'housing', user: 'officer' },
      purpose: 'public-protection',
      reason: 'a threat to life',
      clauses: ['pair/1#emergency'],
      at: HOUR,
      until: 9 * HOUR,
      reviewDue: 72 * HOUR,
      closed: 5 * HOUR,
      review: null,
    }),
  };
  const inEmergency = (changed: Partial<Telling> = {}): Telling =>
    telling({
      agency: 'housing',
      user: 'officer',
      at: 2 * HOUR,
      shown: { 'pair/1#emergency': { clear: ['rosh.staff'] }, 'pair/1#daily': { clear: ['name.family'] } },
      ...changed,
    });

  it('is what its user was shown under its clauses while it was open, and no other field', () => {
    expect(told([inEmergency(), inEmergency({ disclosure: 21, at: 5 * HOUR })], unlawful)).toMatchObject([
      {
        recipient: 'housing',
        shown: [{ fields: ['rosh.staff'], clauses: ['pair/1#emergency'], disclosures: [20, 21] }],
      },
    ]);
  });

  it.each([
    ['before it was opened', { at: HOUR - 1 }],
    ['after it was closed', { at: 5 * HOUR + 1 }],
    ['to a colleague', { user: 'colleague' }],
    ['to another agency', { agency: 'probation' }],
    ['under ordinary clauses alone', { shown: { 'pair/1#daily': { clear: ['name.family'] } } }],
  ])('is nothing that was shown %s', (_, changed: Partial<Telling>) => {
    expect(told([inEmergency(changed)], unlawful)).toEqual([]);
  });
});
