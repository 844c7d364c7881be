import { describe, expect, it } from '@jest/globals';
import { exemplary, groundOfPartnership, type Partnership, year } from '../../testing/partnership.js';
import { assessed } from '../../testing/partnership-changes.js';
import { EMPTY_REGISTER } from '../agreement/register.js';
import { ofKind } from '../governance/governance.js';
import { keyPrincipleResults } from './key-principles.js';
import { cellAt, type Table } from './report.js';
import { selfAssessment, suggestions, trendBetween } from './self-assessment.js';

const question = { ...year, knownAt: null };
const twice: Partnership = {
  ...exemplary,
  acts: {
    ...exemplary.acts,
    first: assessed('sa-1', '2025-02-01', 1, { '2.4': 2 }),
    second: assessed('sa-2', '2025-11-01', 1, { '1.1': 3, '6.2': 0 }),
  },
};

const tablesOf = (partnership: Partnership): readonly [Table, Table] => {
  const [statements, trend] = selfAssessment(groundOfPartnership(partnership), question).tables;
  if (statements === undefined || trend === undefined) throw new Error('a table is missing');
  return [statements, trend];
};

describe('a self-assessment', () => {
  it('shows what was scored beside what measurement suggests', () => {
    const [statements] = tablesOf(twice);
    expect(statements.title).toBe('Self-assessment of 2025-11-01');
    const said = (ref: `${string}/${string}`) => cellAt(statements, ref);
    expect([said('1.1/score')?.value, said('1.1/suggested')?.value]).toEqual(['3', '3']);
    expect([said('6.2/score')?.value, said('6.2/suggested')?.value]).toEqual(['0', '3']);
    expect(said('2.4/suggested')?.value).toBeNull();
    expect(said('4.2/author')?.value).toBe('the board');
    expect(said('1.1/score')?.events).toEqual(['second']);
    expect(said('4.2/suggested')?.events).toContain('main-lead');
  });

  it('is compared with the one before, element by element', () => {
    const [, trend] = tablesOf(twice);
    const changes = trend.rows.map(({ key }) => [key, cellAt(trend, `${key}/change`)?.value]);
    expect(changes.filter(([, change]) => change !== '0')).toEqual([
      ['1.1', '2'],
      ['2.4', '-1'],
      ['6.2', '-1'],
    ]);
    expect(trend.columns.map(({ label }) => label)).toEqual(['2025-02-01', '2025-11-01', 'Change']);
  });

  it('is none before the first, and has no trend before the second', () => {
    const [statements, trend] = tablesOf(exemplary);
    expect(statements.title).toBe('No self-assessment yet');
    expect(cellAt(statements, '1.1/suggested')?.value).toBe('3');
    expect(trend.cells.flat().every(({ value }) => value === null)).toBe(true);
    const { governance } = groundOfPartnership(twice);
    const early = selfAssessment(
      { ...groundOfPartnership(twice), governance },
      { ...question, at: '2025-10-31' },
    );
    expect(early.tables[0]?.title).toBe('Self-assessment of 2025-02-01');
  });

  it('is compared both ways alike', () => {
    const [one, other] = ofKind(groundOfPartnership(twice).governance, 'selfAssessed');
    if (one === undefined || other === undefined) throw new Error('two were recorded');
    const back = new Map(trendBetween(other, one).map(({ element, change }) => [element, change]));
    for (const { element, change } of trendBetween(one, other))
      expect(back.get(element)).toBe(0 - (change ?? 0));
  });
});

describe('what measurement suggests', () => {
  it('is nothing of nothing, little of what was measured in vain, and never the top of the scale', () => {
    const ground = groundOfPartnership({ ...exemplary, register: EMPTY_REGISTER });
    const scores = new Map(
      suggestions(keyPrincipleResults(ground), year.at).map(({ element, score }) => [element, score]),
    );
    expect([scores.get('1.1'), scores.get('1.6'), scores.get('2.4'), scores.get('4.2')]).toEqual([
      1,
      0,
      null,
      3,
    ]);
  });
});
