import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { historyOf } from './history.js';
import { leadProfessionalsReport } from './lead-professionals.js';
import { cellAt, type Report, type ReportQuestion } from './report.js';

const question: ReportQuestion = { at: '2025-03-31', from: '2025-03-01', to: '2025-03-31', knownAt: null };

const decided = (level: string) =>
  readFact('decided', 'hub.management.decided', '2025-01-06T10:00:00Z', { levels: [level] });
const lead = (id: string, step: 'appointed' | 'ended', at: string, user: string) =>
  readFact(id, `hub.leadProfessional.${step}`, at, { agency: 'vcse', user, professional: user });

const sam = historyOf('sam', [
  decided('Priority'),
  lead('sam-1', 'appointed', '2025-01-06T10:00:00Z', 'kim'),
  lead('sam-2', 'ended', '2025-03-10T09:00:00Z', 'kim'),
  lead('sam-3', 'appointed', '2025-03-10T10:30:00Z', 'lee'),
]);
const nadia = historyOf('nadia', [decided('Enhanced')]);
const carol = historyOf('carol', [
  decided('Enhanced'),
  lead('carol-1', 'appointed', '2025-01-06T10:00:00Z', 'kim'),
  lead('carol-2', 'appointed', '2025-03-31T22:00:00Z', 'lee'),
]);
const terry = historyOf('terry', []);

const report = leadProfessionalsReport([sam, nadia, carol, terry], question);
const cellOf = (id: string, ref: `${string}/${string}`, of: Report = report) =>
  cellAt(
    of.tables.find((each) => each.id === id)!,
    ref,
  );

describe('lead professionals', () => {
  it('of managed people are counted at the end of the day: one, none, several', () => {
    const row = (key: string) =>
      ['managed', 'one', 'none', 'several'].map(
        (column) => cellOf('lead-professionals', `${key}/${column}`)?.value,
      );
    expect(row('Priority')).toEqual([1, 1, 0, 0]);
    expect(row('Enhanced')).toEqual([2, 0, 1, 1]);
    expect(row('all')).toEqual([3, 1, 1, 1]);
    expect(cellOf('lead-professionals', 'all/one-percent')?.value).toBeCloseTo(100 / 3);
    expect(cellOf('lead-professionals', 'Enhanced/several')?.events).toEqual(['carol-1', 'carol-2']);
    expect(cellOf('lead-professionals', 'Enhanced/none')?.events).toEqual(['decided']);
  });

  it('leave gaps and overlaps, whose minutes within the period are told', () => {
    const row = (key: string) =>
      ['people', 'stretches', 'minutes'].map((column) => cellOf('continuity', `${key}/${column}`)?.value);
    // March has 31 days less the hour that summer time takes; the overlap runs from 23:00 in London to midnight.
    expect(row('gap')).toEqual([2, 2, 90 + (31 * 24 - 1) * 60]);
    expect(row('overlap')).toEqual([1, 1, 60]);
  });

  it('leave no gap in time that is yet to come', () => {
    const minutes = (askedAt: string) =>
      cellOf(
        'continuity',
        'gap/minutes',
        leadProfessionalsReport([nadia], { ...question, askedAt: Date.parse(askedAt) }),
      )?.value;
    expect(minutes('2025-03-01T01:30:00Z')).toBe(90);
    expect(minutes('2025-02-01T00:00:00Z')).toBe(0);
    expect(minutes('2026-01-01T00:00:00Z')).toBe((31 * 24 - 1) * 60);
  });

  it('are listed person by person where there is not exactly one', () => {
    const people = report.tables.filter(({ shows }) => shows === 'people');
    expect(people.map(({ rows }) => rows.map(({ label }) => label))).toEqual([
      ['nadia', 'carol'],
      ['sam', 'nadia', 'carol'],
    ]);
  });
});
