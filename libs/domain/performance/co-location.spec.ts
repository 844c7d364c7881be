import { describe, expect, it } from '@jest/globals';
import { type GovernanceAct } from '../governance/act.js';
import { governanceOf, NO_GOVERNANCE } from '../governance/governance.js';
import { coLocation, presences, sharingPremises } from './co-location.js';
import { endOfDay } from './day.js';

const site = (name: string, on = '2026-01-01'): GovernanceAct => ({
  ...{ type: 'governance.siteRegistered', site: name, name: `the ${name}`, on },
});
const movedIn = (agency: string, where: string, on: string): GovernanceAct => ({
  ...{ type: 'governance.teamMovedIn', agency, site: where, on },
});
const movedOut = (agency: string, where: string, on: string): GovernanceAct => ({
  ...{ type: 'governance.teamMovedOut', agency, site: where, on },
});

const governance = governanceOf(
  [
    site('station'),
    site('office'),
    movedIn('police', 'station', '2026-01-02'),
    movedIn('probation', 'station', '2026-01-03'),
    movedIn('probation', 'office', '2026-01-04'),
    movedIn('treatment', 'office', '2026-01-05'),
    movedOut('probation', 'station', '2026-02-01'),
  ].map((act, index) => ({
    id: `act-${index}`,
    event: { ...act, by: { agency: 'hub', user: 'chair' }, at: Date.parse('2026-02-01') },
  })),
);

const reportAt = (at: string, known = governance) =>
  coLocation(known, { at, from: at, to: at, knownAt: null });

describe('co-location', () => {
  it('follows from who is at which site at the end of a day', () => {
    const [, pairs] = reportAt('2026-01-31').tables;
    expect(pairs?.rows.map(({ key }) => key)).toEqual(['police', 'probation', 'treatment']);
    expect(pairs?.cells.map((row) => row.map(({ value }) => value))).toEqual([
      ['itself', 'the station', 'none'],
      ['the station', 'itself', 'the office'],
      ['none', 'the office', 'itself'],
    ]);
    expect(pairs?.cells[0]?.[1]?.events).toEqual(['act-2', 'act-3']);
  });

  it('ends on the day somebody moves out', () => {
    const [sites, pairs] = reportAt('2026-02-01').tables;
    expect(pairs?.cells[0]?.map(({ value }) => value)).toEqual(['itself', 'none', 'none']);
    expect(sites?.cells.map((row) => row.map(({ value }) => value))).toEqual([
      ['yes', 'no', 'no'],
      ['no', 'yes', 'yes'],
    ]);
  });

  it('is nowhere when nobody has registered anything, and takes no word for it', () => {
    for (const { cells } of reportAt('2026-01-31', NO_GOVERNANCE).tables) expect(cells).toEqual([]);
    const declared: GovernanceAct = {
      ...{
        type: 'governance.arrangementDeclared',
        arrangement: 'all',
        title: 'All together',
        established: 'fully',
      },
      on: '2026-01-01',
    };
    const only = governanceOf([
      { id: 'a', event: { ...declared, by: { agency: 'hub', user: 'chair' }, at: 0 } },
    ]);
    expect(presences(only, endOfDay('2026-01-31'))).toEqual([]);
  });

  it('of several needs one site where all of them are', () => {
    const all = presences(governance, endOfDay('2026-01-31'));
    expect(sharingPremises(all, ['police', 'probation']).map(({ site: where }) => where)).toEqual([
      'station',
      'station',
    ]);
    expect(sharingPremises(all, ['police', 'probation', 'treatment'])).toEqual([]);
    expect(sharingPremises(all, ['police'])).toEqual([]);
  });
});
