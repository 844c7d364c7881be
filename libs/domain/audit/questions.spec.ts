import { describe, expect, it } from '@jest/globals';
import { offenderIdFrom } from '../identity/offender-id.js';
import { type Operation } from './operations.js';
import {
  asAsked,
  beginningOf,
  endOf,
  MOST_DAYS,
  requireBounded,
  SHOWING_KINDS,
  standingOf,
} from './questions.js';

const DAY = 86_400_000;
const sam = offenderIdFrom(new Uint8Array(10));
const kinds = SHOWING_KINDS;
const codeOf = (check: () => void): unknown => {
  try {
    check();
    return undefined;
  } catch (error) {
    return (error as { readonly code?: unknown }).code;
  }
};

describe('a question about the log', () => {
  it.each([
    ['nothing', {}, 'audit-unbounded'],
    ['an agency alone', { agency: 'police' }, 'audit-unbounded'],
    ['a period alone', { from: 0, to: DAY }, 'audit-unbounded'],
    ['an agency since', { agency: 'police', from: 0 }, 'audit-unbounded'],
    ['an agency for too long', { agency: 'police', from: 0, to: (MOST_DAYS + 1) * DAY }, 'audit-unbounded'],
    ['an agency for as long as may be', { agency: 'police', from: 0, to: MOST_DAYS * DAY }, undefined],
    ['a person', { person: sam }, undefined],
    ['a user', { user: 'officer' }, undefined],
    ['a clause', { clause: 'core/1#arrests' }, undefined],
    ['nobody of the hub', { person: 'somebody' }, 'person'],
    ['no agency of the hub', { user: 'officer', agency: 'nobody' }, 'agency'],
    ['a period that ends before it begins', { user: 'officer', from: 2, to: 1 }, 'period'],
  ])('that names %s', (_, question, code) => {
    expect(codeOf(() => requireBounded({ ...question, kinds }))).toBe(code);
  });

  it('reads days as they are in London', () => {
    expect(beginningOf('--from', '2026-07-01')).toBe(Date.parse('2026-06-30T23:00:00Z'));
    expect(endOf('--to', '2026-07-01')).toBe(Date.parse('2026-07-01T23:00:00Z'));
    expect(standingOf('--at', '2026-07-01')).toBe(Date.parse('2026-07-01T22:59:59.999Z'));
    expect(standingOf('--at', '2026-07-01T12:00:00Z')).toBe(Date.parse('2026-07-01T12:00:00Z'));
    expect(codeOf(() => beginningOf('--from', 'yesterday'))).toBe('moment');
    expect(codeOf(() => beginningOf('--from', '2026-07'))).toBe('moment');
  });
});

describe('an answer', () => {
  const operation: Operation = {
    position: '9',
    kind: 'disclosure',
    at: '2026-03-02T09:00:00.000Z',
    type: 'disclosure.made',
    agency: 'probation',
    user: 'officer',
    purpose: 'reducing-reoffending',
    justification: null,
    law: null,
    recipient: 'probation',
    asked: [],
    offenders: [sam, 'other'],
    facts: ['a', 'b'].flatMap((clause) =>
      [sam, 'other'].map((offender) => ({
        position: '1',
        offender,
        clause,
        agreement: null,
        as: 'clear' as const,
        fields: [],
      })),
    ),
  };

  it('tells of nobody but the person who is asked about', () => {
    const asked = asAsked({ person: sam, kinds }, operation);
    expect(asked?.offenders).toEqual([sam]);
    expect(asked?.facts.map(({ offender }) => offender)).toEqual([sam, sam]);
  });

  it('tells of nothing but what was shown under the clause', () => {
    expect(asAsked({ clause: 'a', kinds }, operation)?.facts.map(({ clause }) => clause)).toEqual(['a', 'a']);
    expect(asAsked({ clause: 'c', kinds }, operation)).toBeUndefined();
  });

  const at = Date.parse(operation.at);
  it.each([
    ['agency', { agency: 'police' }],
    ['user', { user: 'somebody' }],
    ['person', { person: 'nobody' }],
    ['kind', { kinds: ['collection'] as const }],
    ['later beginning', { from: at + 1 }],
    ['end, which is not of the period', { to: at }],
  ])('is not of another %s', (_, question) => {
    expect(asAsked({ kinds, ...question }, operation)).toBeUndefined();
  });
});
