import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { exemplary, groundOfPartnership, type Partnership, year } from '../../testing/partnership.js';
import { EMPTY_REGISTER } from '../agreement/register.js';
import { NO_GOVERNANCE } from '../governance/governance.js';
import { keyPrinciples } from './key-principles-report.js';
import { cellAt, type Table } from './report.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';

const question = { ...year, knownAt: null };

const tableOf = (partnership: Partnership, id: string): Table => {
  const found = keyPrinciples(groundOfPartnership(partnership), question).tables.find(
    (each) => each.id === id,
  );
  if (found === undefined) throw new Error(`no table ${id}`);
  return found;
};

describe('the report key-principles', () => {
  it('gives each element with its outcome and the log events behind it', () => {
    const table = tableOf(exemplary, 'elements');
    expect(table.rows).toHaveLength(24);
    expect(cellAt(table, '4.2/outcome')?.value).toBe('met');
    expect(cellAt(table, '4.2/outcome')?.events).toContain('main-lead');
    expect(cellAt(table, '1.1/references')?.value).toBe('core/1');
    expect(cellAt(table, '2.4/outcome')?.value).toBe('outside');
    expect(cellAt(table, '2.4/references')?.value).toContain('cannot know');
    expect(table.note).toContain('not confirmed');
  });

  it('counts the elements of each principle', () => {
    const table = tableOf(exemplary, 'outcomes');
    expect(table.cells.map((row) => row.map(({ value }) => value))).toEqual(
      [6, 4, 3, 5, 2, 2].map((met, index) => [String(met), '0', index === 1 || index === 4 ? '1' : '0']),
    );
  });

  it('can be made of an empty log', () => {
    const empty = { histories: [], receipts: [], register: EMPTY_REGISTER, governance: NO_GOVERNANCE };
    const [outcomes] = keyPrinciples(empty, question).tables;
    expect(outcomes && cellAt(outcomes, '1/met')?.value).toBe('0');
  });

  it('hides from the board small numbers of people, and the minutes that would tell of them', () => {
    const report = keyPrinciples(groundOfPartnership(exemplary), question);
    const shown = suppress(report, suppressionRuleAt(year.at)).tables.find(({ id }) => id === 'measures');
    const measures = tableOf(exemplary, 'measures');
    const small = measures.cells
      .flat()
      .filter(({ kind, value }) => kind === 'count' && typeof value === 'number' && value > 0 && value < 5);
    expect(small.length).toBeGreaterThan(10);
    expect(shown?.cells.flat().filter(({ isHidden }) => isHidden).length).toBeGreaterThanOrEqual(
      small.length,
    );
    const row = shown?.rows.findIndex(({ key }) => key === '4.2-3') ?? -1;
    expect(shown?.cells[row]?.[2]).toMatchObject({ kind: 'minutes', isHidden: true });
    const words = report.tables.find(({ id }) => id === 'elements')?.cells.flat() ?? [];
    for (const { kind } of words) expect(kind).toBe('text');
  });

  it('hides many facts about one person with that person', () => {
    const missed = Array.from({ length: 6 }, (_, nth) =>
      readFact(`missed-${nth}`, 'treatment.attendance.recorded', `2025-0${nth + 2}-03`, {
        attendance: 'missed',
      }),
    );
    const people = { ...exemplary.people, main: [...(exemplary.people['main'] ?? []), ...missed] };
    const report = keyPrinciples(groundOfPartnership({ ...exemplary, people }), question);
    const whole = report.tables.find(({ id }) => id === 'measures')!;
    expect(Number(cellAt(whole, '4.4-1/of')?.value)).toBeGreaterThanOrEqual(6);
    const shown = suppress(report, suppressionRuleAt(year.at)).tables.find(({ id }) => id === 'measures');
    const row = shown?.rows.findIndex(({ key }) => key === '4.4-1') ?? -1;
    expect(shown?.cells[row]?.[2]).toMatchObject({ kind: 'count', isHidden: true });
  });
});
