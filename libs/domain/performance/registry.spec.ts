import { describe, expect, it } from '@jest/globals';
import { EMPTY_REGISTER } from '../agreement/register.js';
import { NO_GOVERNANCE } from '../governance/governance.js';
import { type ReportGround, reportNamed, reports } from './registry.js';
import { type Cell, type Table } from './report.js';
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

function derivedIn({ cells }: Table): readonly Cell[] {
  return cells.flat().filter(({ kind, value }) => kind !== 'count' && kind !== 'text' && value !== null);
}
