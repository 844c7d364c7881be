import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { exemplary, groundOfPartnership, type Partnership, year } from '../../testing/partnership.js';
import { EMPTY_REGISTER } from '../agreement/register.js';
import { type GovernanceAct } from '../governance/act.js';
import { NO_GOVERNANCE } from '../governance/governance.js';
import { cellAt } from './report.js';
import { survey } from './survey.js';
import { surveyOn } from './survey-questions.js';

const question = { ...year, knownAt: null };
const nobody = { histories: [], receipts: [], register: EMPTY_REGISTER, governance: NO_GOVERNANCE };

type Sources = Parameters<typeof survey>[0];

const answersOf = (sources: Sources, table: string): Readonly<Record<string, unknown>> => {
  const found = survey(sources, question).tables.find(({ id }) => id === table);
  if (found === undefined) throw new Error(`no table ${table}`);
  return Object.fromEntries(found.rows.map(({ key }, index) => [key, found.cells[index]?.[0]?.value]));
};

const telling = (acts: Readonly<Record<string, GovernanceAct>>): Sources =>
  groundOfPartnership({ ...exemplary, acts: { ...exemplary.acts, ...acts } });

const managed = (count: number): Partnership => ({
  ...exemplary,
  people: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `person-${index}`,
      [
        readFact(`decided-${index}`, 'hub.management.decided', '2025-02-01', {
          levels: ['Standard'],
          decidedBy: 'p',
        }),
      ],
    ]),
  ),
});

describe('the survey', () => {
  it('is answered of nobody with no and not known', () => {
    expect(answersOf(nobody, 'arrangements')).toEqual({
      'in-place': 'no',
      established: 'not known',
      number: 'not known',
    });
    expect(new Set(Object.values(answersOf(nobody, 'partners')))).toEqual(new Set(['no']));
    expect(new Set(Object.values(answersOf(nobody, 'types')))).toEqual(new Set(['not known']));
    expect(new Set(Object.values(answersOf(nobody, 'monitoring')))).toEqual(new Set(['not known']));
    expect(answersOf(nobody, 'caseload')).toEqual({ people: 0, band: '100 or fewer' });
  });

  it('tells the arrangements as declared', () => {
    const declared = (arrangement: string, established: 'planned' | 'partly' | 'fully'): GovernanceAct => ({
      ...{
        type: 'governance.arrangementDeclared',
        arrangement,
        title: arrangement,
        established,
        on: '2025-03-01',
      },
    });
    const acts = { a: declared('city', 'fully'), b: declared('county', 'partly') };
    expect(answersOf(telling(acts), 'arrangements')).toEqual({
      'in-place': 'yes',
      established: 'fully, partly',
      number: '2',
    });
    expect(answersOf(telling({}), 'arrangements')).toMatchObject({ 'in-place': 'yes', number: 'not known' });
  });

  it('tells who is involved, and by what that shows', () => {
    expect(answersOf(telling({}), 'partners')).toEqual({
      ...{
        police: 'yes',
        probation: 'yes',
        'drug-and-alcohol': 'yes',
        housing: 'yes',
        youth: 'yes',
        prison: 'yes',
      },
      ...{ vcse: 'yes', 'local-authority': 'no', courts: 'no', cps: 'no', nhs: 'no' },
    });
    const table = survey(telling({}), question).tables.find(({ id }) => id === 'partners');
    expect(table && cellAt(table, 'police/how')?.value).toBe('agreement, publishes');
  });

  it('works out shared premises from the register of sites, for four as for two', () => {
    const moved = (agency: string): GovernanceAct => ({
      ...{ type: 'governance.teamMovedIn', agency, site: 'station', on: '2025-03-02' },
    });
    const site: GovernanceAct = {
      type: 'governance.siteRegistered',
      site: 'station',
      name: 'Station',
      on: '2025-03-01',
    };
    const two = { site, police: moved('police'), probation: moved('probation') };
    const four = { ...two, treatment: moved('treatment'), council: moved('local-authority') };
    const all = 'police-with-probation-with-local-authority-with-drug-and-alcohol';
    expect(answersOf(telling(two), 'co-location')).toMatchObject({
      'police-with-probation': 'yes',
      [all]: 'no',
    });
    expect(answersOf(telling(four), 'co-location')).toMatchObject({
      'police-with-probation': 'yes',
      [all]: 'yes',
    });
    expect(answersOf(telling({}), 'co-location')).toMatchObject({ 'police-with-probation': 'no' });
  });

  it.each([
    [99, '100 or fewer'],
    [100, '100 or fewer'],
    [101, '101 to 200'],
    [201, '201 to 500'],
  ])('puts %d people into the band %s', (people, band) => {
    expect(answersOf(groundOfPartnership(managed(people)), 'caseload')).toEqual({ people, band });
  });

  it('has bands without a gap, and says that the published ones have one', () => {
    const { bands, bandNote } = surveyOn('2025-01-01');
    bands.reduce((before, { from, to }) => {
      expect(from).toBe(before + 1);
      return to;
    }, -1);
    expect(bands.at(-1)?.to).toBe(Infinity);
    expect(bandNote).toContain('exactly 100');
  });

  it('counts people of a type as far as facts can tell', () => {
    const table = survey(telling({}), question).tables.find(({ id }) => id === 'types');
    const row = (type: string) =>
      ['prioritised', 'people'].map((column) => table && cellAt(table, `${type}/${column}`)?.value);
    expect(row('young')).toEqual(['yes, by selection', 1]);
    expect(row('women')).toEqual(['yes, by selection', 1]);
    expect(row('PPO')).toEqual(['no', 0]);
    expect(row('non-statutory')).toEqual(['no', 0]);
    expect(row('drug-misusing')).toEqual(['no', 0]);
    expect(row('foreign-nationals')).toEqual(['no', 0]);
    expect(row('gang-members')).toEqual(['not known', 'not known']);
  });

  it('takes adopted priorities for an answer where any names a type', () => {
    const priority: GovernanceAct = {
      ...{
        type: 'governance.priorityAdopted',
        priority: 'gangs',
        title: 'Gangs',
        source: 'PCC',
        on: '2025-02-01',
      },
      offenderTypes: ['gang-members'],
    };
    expect(answersOf(telling({ priority }), 'types')).toMatchObject({
      'gang-members': 'yes, adopted',
      women: 'no',
    });
  });

  it('tells monitoring and tools as declared, and by what was recorded', () => {
    expect(answersOf(telling({}), 'monitoring')).toMatchObject({
      IDIOM: 'yes',
      'local-evaluation': 'not known',
    });
    const declared: GovernanceAct = {
      ...{
        type: 'governance.monitoringDeclared',
        monitoring: ['local-evaluation'],
        tools: ['key-principles'],
      },
      on: '2025-03-01',
    };
    const learning: GovernanceAct = {
      ...{
        type: 'governance.learningCompleted',
        agency: 'police',
        module: 'iom',
        count: 12,
        on: '2025-04-01',
      },
    };
    const sources = telling({ declared, learning });
    expect(answersOf(sources, 'monitoring')).toEqual({
      ...{ IDIOM: 'yes', 'local-evaluation': 'yes', 'local-management-system': 'no', none: 'no' },
    });
    expect(answersOf(sources, 'tools')).toMatchObject({
      ...{ 'key-principles': 'yes', 'e-learning': 'yes', 'PPO-self-assessment': 'no' },
    });
  });
});
