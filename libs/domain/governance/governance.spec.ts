import { describe, expect, it } from '@jest/globals';
import { startOf } from '../agreement/decide.js';
import { type GovernanceAct } from './act.js';
import { actSchemas } from './act-schema.js';
import { governanceOf, happening, ofKind, type RecordedAct, standing } from './governance.js';
import { keyElements, keyPrinciples } from './key-elements.js';
import { readAct } from './read-act.js';

const by = { agency: 'hub', user: 'chair' };

const acts = (...all: readonly GovernanceAct[]): readonly RecordedAct[] =>
  all.map((act, index) => ({ id: `act-${index}`, event: { ...act, by, at: startOf(act.on) + 1000 } }));

const role = (on: string, name: string): GovernanceAct => ({
  ...{ type: 'governance.roleAssigned', agency: 'police', level: 'strategic', on },
  ...{ role: name, responsibilities: 'chairs' },
});
const adopted: GovernanceAct = {
  ...{
    type: 'governance.priorityAdopted',
    priority: 'p1',
    title: 'Burglary',
    source: 'CSP',
    on: '2026-01-01',
  },
};
const ended: GovernanceAct = { type: 'governance.priorityEnded', priority: 'p1', on: '2026-02-01' };

describe('governance', () => {
  it('holds from the day an act is of until another takes its place', () => {
    const all = governanceOf(acts(role('2026-01-01', 'member'), role('2026-02-01', 'chair')));
    const roleOn = (day: string) =>
      standing(all, 'roleAssigned', startOf(day)).map(({ value }) => value.role);
    expect([roleOn('2025-12-31'), roleOn('2026-01-01'), roleOn('2026-02-01')]).toEqual([
      [],
      ['member'],
      ['chair'],
    ]);
    expect(ofKind(all, 'roleAssigned').map((each) => each.by)).toEqual([['act-0'], ['act-1']]);
  });

  it('ends what an ending names and nothing else', () => {
    const other: GovernanceAct = { ...adopted, type: 'governance.priorityAdopted', priority: 'p2' };
    const all = governanceOf(acts(adopted, other, ended));
    const priorities = standing(all, 'priorityAdopted', startOf('2026-02-01'));
    expect(priorities.map(({ value }) => value.priority)).toEqual(['p2']);
    expect(happening(all, 'priorityAdopted', startOf('2026-01-01'), startOf('2026-01-02'))).toHaveLength(2);
    expect(happening(all, 'priorityAdopted', startOf('2026-01-02'), startOf('2026-03-01'))).toHaveLength(0);
  });

  it('is known as of a moment by what was recorded then', () => {
    const all = acts(adopted, ended);
    const known = governanceOf(all, startOf('2026-01-15'));
    expect(standing(known, 'priorityAdopted', startOf('2026-03-01'))).toHaveLength(1);
    expect(standing(governanceOf(all), 'priorityAdopted', startOf('2026-03-01'))).toHaveLength(0);
  });
});

describe('the key delivery elements', () => {
  it('are the 24 of the document, in its order', () => {
    const of = [6, 5, 3, 5, 3, 2];
    expect(keyPrinciples).toHaveLength(of.length);
    const numbers = of.flatMap((count, index) =>
      Array.from({ length: count }, (_, nth) => `${index + 1}.${nth + 1}`),
    );
    expect(keyElements.map(({ element }) => element)).toEqual(numbers);
  });
});

describe('an act as it is reported', () => {
  const defaults = { agency: 'police', on: '2026-03-10' };

  it('is of the reporting agency and of today unless it says otherwise', () => {
    expect(readAct({ teamMovedIn: { site: 'station' } }, defaults)).toEqual({
      ...{ type: 'governance.teamMovedIn', site: 'station', agency: 'police', on: '2026-03-10' },
    });
    const said = { site: 'station', agency: 'probation', on: '2026-01-01' };
    expect(readAct({ teamMovedIn: said }, defaults)).toEqual({ type: 'governance.teamMovedIn', ...said });
    expect(readAct({ siteClosed: { site: 'station' } }, defaults)).not.toHaveProperty('agency');
  });

  it.each([
    [undefined],
    [null],
    [[]],
    ['siteClosed'],
    [{}],
    [{ somethingElse: {} }],
    [{ siteClosed: null }],
    [{ siteClosed: 'station' }],
    [{ siteClosed: [] }],
    [{ siteClosed: { site: 'station' }, priorityEnded: { priority: 'p1' } }],
    [{ siteClosed: { site: 'station', more: 1 } }],
    [{ siteClosed: { site: 'station', type: 'governance.siteRegistered', by: {} } }],
    [{ siteClosed: {} }],
    [{ siteClosed: { site: 'no such form' } }],
    [{ siteClosed: { site: 'station', on: '2026-02-30' } }],
    [{ constructor: {} }],
  ])('%j is refused', (value) => {
    expect(() => readAct(value, defaults)).toThrow(expect.objectContaining({ code: 'governance-act' }));
  });

  it('is validated in every field, and what is wrong is told by its name and never repeated', () => {
    expect.assertions(2);
    try {
      readAct(
        { priorityAdopted: { priority: 'p1', source: 'Jane', title: 'Jane Doe'.repeat(50) } },
        defaults,
      );
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('Jane');
      expect(error).toMatchObject({
        errors: [{ pointer: '/priorityAdopted/title' }, { pointer: '/priorityAdopted/source' }],
      });
    }
  });

  it('knows every field of every kind by its sensitivity, and none of a person', () => {
    for (const { properties, required } of Object.values(actSchemas)) {
      expect(Object.keys(properties)).toEqual(expect.arrayContaining([...required]));
      expect(JSON.stringify(properties)).not.toMatch(/"x-class":"(?!ADM|STAFF)/);
    }
  });
});
