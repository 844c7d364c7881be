import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deadline, deadlineRules } from './deadline.js';

const at = (text: string): number => Date.parse(text);
const dueOf = (text: string): string => new Date(deadline(at(text)).due).toISOString();

describe('the deadline', () => {
  it.each([
    ['a Monday', '2026-11-16T09:30:00Z', '2026-11-19T09:30:00.000Z'],
    ['a Thursday', '2026-11-19T09:30:00Z', '2026-11-24T09:30:00.000Z'],
    ['a Saturday', '2026-11-21T09:30:00Z', '2026-11-25T09:30:00.000Z'],
    ['a Sunday', '2026-11-22T23:59:00Z', '2026-11-25T23:59:00.000Z'],
  ])('is three working days after %s', (_, opened, due) => {
    expect(dueOf(opened)).toBe(due);
  });

  it('is by the newest rule that applied, which it names', () => {
    const rules = [
      ...deadlineRules,
      { version: 2, from: '2027-01-01', workingDays: 1, source: 'a later rule' },
    ];
    expect(deadline(at('2026-12-31T12:00:00Z'), rules)).toMatchObject({ rule: 1 });
    expect(deadline(at('2027-01-01T00:00:00Z'), rules)).toEqual({
      rule: 2,
      due: at('2027-01-04T00:00:00Z'),
    });
  });

  it('is always on a working day, three to five days later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: at('2100-01-01') }), (opened) => {
        const { due } = deadline(opened);
        expect([0, 6]).not.toContain(new Date(due).getUTCDay());
        expect([3, 4, 5]).toContain((due - opened) / 86_400_000);
      }),
    );
  });
});
