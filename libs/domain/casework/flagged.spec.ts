import { describe, expect, it } from '@jest/globals';
import { parseMoment, UNKNOWN_MOMENT } from '../../contract/moment.js';
import { recorded } from '../../testing/characters.js';
import { isFlagged } from './flagged.js';
import { type StateFact } from './offender-history.js';

const police = { publisher: 'police' };
const on = (day: string) => ({ ...police, happened: parseMoment(day) ?? UNKNOWN_MOMENT });
const set = (id: string, flag = 'IOM', flagEnds?: string, rest = {}): StateFact =>
  recorded(id, 'police.iom.flag.set', flagEnds === undefined ? { flag } : { flag, flagEnds }, {
    ...police,
    ...rest,
  });
const cleared = (id: string, flag = 'IOM', rest = {}): StateFact =>
  recorded(id, 'police.iom.flag.cleared', { flag }, { ...police, ...rest });
const selected = (id: string) => recorded(id, 'hub.cohort.selected', { cohort: 'Flex' });
const deselected = (id: string) => recorded(id, 'hub.cohort.deselected', { cohort: 'Flex' });

const flagged = (facts: readonly StateFact[], at = '2026-03-04T10:00:00Z') =>
  isFlagged(facts, Date.parse(at));

describe('flagged (R4)', () => {
  it.each<[string, readonly StateFact[], boolean]>([
    ['nobody of whom nothing is known', [], false],
    ['nobody who was only arrested', [recorded('1', 'police.arrest.recorded', {}, police)], false],
    ['whoever has a flag', [set('1')], true],
    ['whoever has any flag', [set('1', 'PPO')], true],
    ['not after the flag was cleared', [set('1'), cleared('2')], false],
    ['whoever was flagged anew', [set('1'), cleared('2'), set('3')], true],
    ['whoever has another flag than was cleared', [set('1'), set('2', 'IDIOM'), cleared('3')], true],
    [
      'not whose flag with a last day was cleared before it',
      [set('1', 'IOM', '2026-12-31'), cleared('2')],
      false,
    ],
    ['nobody whose flag was put there by mistake', [set('1'), { ...set('2'), retracts: '1' }], false],
    ['whose clearing was a mistake', [set('1'), cleared('2'), { ...cleared('3'), retracts: '2' }], true],
    [
      'not whose flag arrives after its clearing',
      [cleared('1', 'IOM', on('2026-03-01')), set('2', 'IOM', undefined, on('2026-02-01'))],
      false,
    ],
    ['whoever is in a cohort', [selected('1')], true],
    ['not after the cohort', [selected('1'), deselected('2')], false],
    ['whoever is in a cohort although the flag was cleared', [selected('1'), set('2'), cleared('3')], true],
  ])('%s', (_, facts, expected) => {
    expect(flagged(facts)).toBe(expected);
  });

  it.each([
    ['2026-06-30T22:59:59.999Z', true],
    ['2026-06-30T23:00:00Z', false],
  ])('to the end of its last day in London: at %s %s', (at, expected) => {
    expect(flagged([set('1', 'IOM', '2026-06-30')], at)).toBe(expected);
  });
});
