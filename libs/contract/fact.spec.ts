import { describe, expect, it } from '@jest/globals';
import { handlingConditionsOf, strictestHandling } from './fact.js';

describe('the handling of a fact', () => {
  it.each([
    [null, undefined, null],
    [null, 'P', 'P'],
    [null, 'C', 'C'],
    ['P', undefined, 'P'],
    ['P', 'C', 'C'],
    ['C', 'P', 'C'],
    ['C', undefined, 'C'],
    [null, 'X', null],
  ] as const)('of an envelope %s and a report %s is %s', (envelope, reported, expected) => {
    expect(strictestHandling(envelope, reported)).toBe(expected);
  });

  it.each([
    [{}, {}, null],
    [{ handlingconditions: 'ask first' }, {}, 'ask first'],
    [{}, { handlingConditions: 'not to the press' }, 'not to the press'],
    [
      { handlingconditions: 'ask first' },
      { handlingConditions: 'not to the press' },
      'ask first\nnot to the press',
    ],
    [{ handlingconditions: 'ask first' }, { handlingConditions: 'ask first' }, 'ask first'],
    [{ handlingconditions: ' ' }, { handlingConditions: '' }, null],
    [{ handlingconditions: 7 }, { handlingConditions: ['ask first'] }, null],
  ])('has the conditions that %j and the report %j name: %j', (attributes, data, expected) => {
    expect(handlingConditionsOf({ event: { ...attributes, data } })).toBe(expected);
  });
});
