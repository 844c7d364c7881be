import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { EMPTY_REGISTER } from '../agreement/register.js';
import { NO_GOVERNANCE } from '../governance/governance.js';
import { historyOf } from './history.js';
import { type ReportGround, reportNamed, reports } from './registry.js';
import { type Cell, cellAt, type Table } from './report.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';

const nobody: ReportGround = {
  histories: [],
  receipts: [],
  superseded: new Map(),
  register: EMPTY_REGISTER,
  governance: NO_GOVERNANCE,
  answers: [],
  visibleWithin: null,
};
const question = { at: '2016-03-31', from: '2015-04-01', to: '2016-03-31', knownAt: null };

describe.each(reports)('the report $name', ({ name, audience, make }) => {
  const report = make(nobody, question);

  it('can be made of nobody, under its own name', () => {
    expect(report).toMatchObject({ name, question });
    expect(report.tables.some(({ shows }) => shows === 'aggregate')).toBe(true);
  });

  it('has tables of different names, each as wide as its columns and as long as its rows', () => {
    expect(new Set(report.tables.map(({ id }) => id)).size).toBe(report.tables.length);
    for (const { id, rows, columns, cells } of report.tables) {
      expect(id).toMatch(/^[a-zA-Z0-9-]+$/);
      expect([id, cells.map((row) => row.length)]).toEqual([id, rows.map(() => columns.length)]);
    }
  });

  it('ties only cells that it has, and says of all that is derived what from', () => {
    expect(suppress(report, suppressionRuleAt('2026-03-31')).tables.length).toBeGreaterThan(0);
    const derived = report.tables.filter(({ shows }) => shows === 'aggregate').flatMap(derivedIn);
    for (const { of = [], people } of derived) expect(of.length + (people ?? 0)).toBeGreaterThan(0);
  });

  it('lists people only where it says so', () => {
    if (audience === 'aggregate')
      expect(report.tables.every(({ shows }) => shows === 'aggregate')).toBe(true);
  });
});

describe('a report', () => {
  it('is found by its name; for another, all names are told', () => {
    expect(reportNamed('caseload').name).toBe('caseload');
    expect(() => reportNamed('caseloads')).toThrow('it is one of reoffending, caseload, spread');
    expect(new Set(reports.map(({ name }) => name)).size).toBe(reports.length);
  });
});

describe('what is worked out', () => {
  it('opens to the events of what it is worked out from', () => {
    const decided = (id: string, on: string, levels: readonly string[]) =>
      readFact(id, 'hub.management.decided', on, { levels, decidedBy: 'Chair' });
    const histories = [
      historyOf('sam', [decided('sam-in', '2014-01-10', ['Priority'])]),
      historyOf('nadia', [decided('nadia-in', '2015-06-10', ['Priority'])]),
    ];
    const [table] = reportNamed('caseload').make({ ...nobody, histories }, question).tables;
    expect(table && cellAt(table, '%change/Total')).toMatchObject({
      value: 100,
      events: ['sam-in', 'nadia-in'],
    });
    expect(table && cellAt(table, 'Total/2015-04-01/Total')?.events).toEqual(['sam-in']);
  });
});

function derivedIn({ cells }: Table): readonly Cell[] {
  return cells.flat().filter(({ kind, value }) => kind !== 'count' && kind !== 'text' && value !== null);
}
