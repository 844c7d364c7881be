import { describe, expect, it } from '@jest/globals';
import { entryOf } from '../../contract/catalogue/catalogue.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { isWatched, watchedAs, watchedKinds, watchedRules } from './watched.js';

describe('what is watched', () => {
  it.each([
    ['police.arrest.recorded', {}, 'arrest'],
    ['police.pncOutcome.imported', { record: 'arrest' }, 'arrest'],
    ['police.pncOutcome.imported', { record: 'charge' }, 'charge'],
    ['police.charge.laid', {}, 'charge'],
    ['probation.recall.decided', { recallType: 'FTR_28' }, 'recall'],
    ['prison.released', { reason: 'RELEASED' }, 'release'],
    ['prison.released', { releasedToHospital: true }, 'release'],
    ['police.drugTest.performed', { result: 'positive' }, 'positive-drug-test'],
    ['treatment.attendance.recorded', { attendance: 'missed' }, 'missed-treatment'],
    ['housing.placement.ended', {}, 'tenancy-end'],
  ])('%s with %j is a %s', (type, values, kind) => {
    expect(watchedAs(type, values)).toEqual({ kind, told: Object.keys(values).filter(decides) });
  });

  it.each([
    ['police.pncOutcome.imported', { record: 'outcome' }],
    ['prison.released', { reason: 'TEMPORARY_ABSENCE_RELEASE' }],
    ['prison.released', { reason: 'SENT_TO_COURT', releasedToHospital: false }],
    ['police.drugTest.performed', { result: 'negative' }],
    ['police.drugTest.performed', { result: 'disputed' }],
    ['treatment.attendance.recorded', { attendance: 'kept' }],
    ['housing.placement.started', {}],
  ])('%s with %j is nothing of the kind', (type, values) => {
    expect(watchedAs(type, values)).toBeUndefined();
  });

  it('is nothing where the field that would tell it is not seen', () => {
    const types = watchedRules.filter(({ holds }) => holds !== undefined).map(({ type }) => type);
    expect(types.length).toBeGreaterThan(0);
    for (const type of types) expect([type, watchedAs(type, {})]).toEqual([type, undefined]);
    expect(watchedAs('police.drugTest.performed', { constructor: 'positive' })).toBeUndefined();
  });

  it('names only types and fields of the catalogue, and every kind', () => {
    for (const { type, holds } of watchedRules) {
      const entry = entryOf(type, 1);
      const paths = entry === undefined ? [] : fieldsOf(entry).map(({ path }) => path);
      expect([type, paths.length > 0]).toEqual([type, true]);
      if (holds !== undefined) expect(paths).toContain(holds.path);
    }
    expect(new Set(watchedRules.map(({ kind }) => kind))).toEqual(new Set(watchedKinds));
    expect(isWatched('police.arrest.recorded')).toBe(true);
    expect(isWatched('hub.needs.assessed')).toBe(false);
  });
});

function decides(path: string): boolean {
  return watchedRules.some(({ holds }) => holds?.path === path);
}
