import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { type ReadFact } from '../casework/read-fact.js';
import { costOfCrime } from './cost-of-crime.js';
import { historyOf, type PersonHistory } from './history.js';
import { interventions } from './interventions.js';
import { needs } from './needs.js';
import { profile } from './profile.js';
import { type Report, type ReportQuestion } from './report.js';
import { suppress } from './suppress.js';
import { suppressionRuleAt } from './suppress-rules.js';

const question: ReportQuestion = { at: '2016-03-31', from: '2015-04-01', to: '2016-03-31', knownAt: null };

type Scores = Readonly<Record<string, number | null>>;

function assessed(day: string, scores: Scores, identified = true): ReadFact {
  const pathways = Object.entries(scores).map(([pathway, score]) =>
    score === null
      ? { pathway, scored: false, needIdentified: false }
      : { pathway, scored: true, score, needIdentified: identified },
  );
  return readFact(`assessed ${day}`, 'hub.needs.assessed', day, {
    instrument: 'LLR',
    assessedOn: day,
    pathways,
  });
}

const star = (day: string): ReadFact =>
  readFact(`star ${day}`, 'hub.needs.assessed', day, {
    instrument: 'Justice Star',
    assessedOn: day,
    stars: [{ area: 'accommodation', score: 9 }],
  });

const quarterly = ['2015-04-01', '2015-07-01', '2015-09-20', '2016-01-04', '2016-03-30'];
const yearOf = (scores: readonly Scores[]): readonly ReadFact[] =>
  quarterly.map((day, nth) => assessed(day, scores[nth] ?? scores[0] ?? {}));

const people = (...all: readonly (readonly ReadFact[])[]): readonly PersonHistory[] =>
  all.map((facts, index) => historyOf(`person-${index}`, facts));

function rowsOf({ tables }: Report, id: string): Readonly<Record<string, readonly unknown[]>> {
  const table = tables.find((each) => each.id === id);
  return Object.fromEntries(
    (table?.rows ?? []).map(({ key }, index) => [key, table?.cells[index]?.map(({ value }) => value) ?? []]),
  );
}

describe('needs', () => {
  const everybody = people(
    yearOf([
      { accommodation: 6, health: null },
      { accommodation: 4, health: null },
      { accommodation: 4, health: 0 },
    ]),
    yearOf([{ accommodation: null, health: 0 }]),
    yearOf([{ accommodation: 9 }]).slice(0, 4),
    [assessed('2015-03-31', { accommodation: 9 }), ...yearOf([{ accommodation: 9 }])],
    [star('2015-05-05'), star('2015-08-08'), star('2016-04-01')],
  );
  const report = needs(everybody, question);

  it('on entry are of those who were assessed all along; not scored is no score of 0', () => {
    const rows = rowsOf(report, 'needs-entry');
    expect(Object.entries(rows).map(([key, cells]) => [key, cells[0], cells[2]])).toEqual([
      ['all', 2, 2],
      ['scored', 1, 1],
      ['mean-all', 3, 0],
      ['mean-scored', 6, 0],
      ['identified', 50, 50],
    ]);
  });

  it('go on from assessment to assessment, when scored', () => {
    const rows = rowsOf(report, 'needs-progress');
    expect(rows['accommodation']).toEqual([6, 4, 4, 6, 6]);
    expect(rows['health']).toEqual([0, 0, 0, 0, 0]);
    expect(rows['drugs-alcohol']).toEqual([null, null, null, null, null]);
  });

  it('count stars apart, those of the period', () => {
    expect(rowsOf(report, 'needs-stars')).toEqual({ star: [1, 2] });
  });

  it('are of nobody before the last assessment is in', () => {
    expect(rowsOf(needs(everybody, { ...question, at: '2016-03-29' }), 'needs-entry')['all']?.[0]).toBe(0);
  });

  it('are of nobody whose assessment was too late', () => {
    const late = people([
      ...yearOf([{ accommodation: 6 }]).slice(0, 2),
      assessed('2015-11-01', { accommodation: 6 }),
      ...yearOf([{ accommodation: 6 }]).slice(3),
    ]);
    expect(rowsOf(needs(late, question), 'needs-entry')['all']?.[0]).toBe(0);
  });
});

describe('interventions', () => {
  const step = (what: string, id: string, day: string, field: string, pathway = 'accommodation'): ReadFact =>
    readFact(`${what} ${id}`, `hub.intervention.${what}`, day, {
      interventionId: id,
      pathway,
      sequence: 1,
      [field]: day,
    });

  it('follow needs from identification to referral to start, in days', () => {
    const report = interventions(
      people(
        [
          assessed('2015-05-01', { accommodation: 5 }),
          step('referred', 'a', '2015-05-11', 'referredOn'),
          step('started', 'a', '2015-06-10', 'startedOn'),
        ],
        [assessed('2015-05-01', { accommodation: 5 }), step('referred', 'b', '2015-05-05', 'referredOn')],
        [assessed('2015-05-01', { accommodation: 5 }), step('referred', 'c', '2016-04-01', 'referredOn')],
        [assessed('2015-05-01', { accommodation: 5 }, false)],
        [assessed('2015-03-01', { accommodation: 5 }), assessed('2015-06-01', { accommodation: 5 })],
      ),
      question,
    );
    const [identified, referred, share, started, startedShare, toReferral, toStart] =
      rowsOf(report, 'interventions')['accommodation'] ?? [];
    expect([identified, referred, started, toReferral, toStart]).toEqual([3, 2, 1, 7, 30]);
    expect([share, startedShare].map(Number).map(Math.round)).toEqual([67, 33]);
    expect(rowsOf(report, 'interventions')['health']).toEqual([0, 0, null, 0, null, null, null]);
  });
});

const priority = readFact('level', 'hub.management.decided', '2014-01-01', {
  levels: ['Priority'],
  decidedBy: 'Chair',
  dateOfBirth: '1993-05-05',
  sex: 'female',
});

describe('the cost of crime', () => {
  const offence = (committed: string, hoCode?: string): ReadFact =>
    readFact(`offence ${committed}`, 'court.outcome.recorded', '2016-02-01', {
      ptiUrn: committed,
      offences: [
        {
          cjsCode: 'TH68036',
          ...(hoCode && { hoCode }),
          offenceDates: { from: committed },
          adjudication: 'Guilty',
        },
      ],
    });

  it('weighs each offence by its group, and costs nothing that no group holds', () => {
    const offences = [
      offence('2014-05-01', '028/03'),
      offence('2014-06-01', '034/01'),
      offence('2014-07-01'),
      offence('2015-05-01', '029/00'),
    ];
    expect(rowsOf(costOfCrime(people([priority, ...offences]), question), 'cost-of-crime')).toEqual({
      robbery: [1, 0, 11_000, 0, -100],
      'burglary-dwelling': [1, 1, 6_000, 6_000, 0],
      'not-costed': [1, 0, null, null, null],
      total: [3, 1, 17_000, 6_000, expect.closeTo(-64.7059, 3)],
    });
  });

  it('says that its weights are not verified', () => {
    expect(costOfCrime([], question).tables[0]?.note).toContain('not verified');
  });
});

describe('the profile', () => {
  it('is of those managed on the day, with the needs of the newest assessment', () => {
    const cohort = readFact('cohort', 'hub.cohort.selected', '2015-01-01', {
      cohort: 'Free',
      decidedBy: 'Chair',
    });
    const area = readFact('area', 'hub.area.assigned', '2015-01-01', { area: 'NW' });
    const report = profile(
      people(
        [
          priority,
          area,
          assessed('2015-05-01', { health: 4 }),
          assessed('2015-09-01', { accommodation: 4, health: null }),
        ],
        [cohort],
        [assessed('2015-05-01', { health: 4 })],
      ),
      question,
    );
    expect(rowsOf(report, 'profile-level')).toMatchObject({
      Priority: [1, 50],
      none: [1, 50],
      total: [2, 100],
    });
    expect(rowsOf(report, 'profile-area')).toEqual({ NW: [1, 50], 'not-known': [1, 50], total: [2, 100] });
    expect(rowsOf(report, 'profile-sex')).toMatchObject({
      female: [1, 50],
      male: [0, 0],
      'not-known': [1, 50],
    });
    expect(rowsOf(report, 'profile-age')).toMatchObject({ '18-24': [1, 50], 'not-known': [1, 50] });
    expect(rowsOf(report, 'profile-cohort')).toEqual({ Free: [1, 50], total: [2, 100] });
    expect(rowsOf(report, 'profile-needs')).toMatchObject({ accommodation: [1, 50], health: [0, 0] });
  });
});

describe('for the board', () => {
  const boardOf = (report: Report, id: string) => {
    const table = suppress(report, suppressionRuleAt(question.at)).tables.find((each) => each.id === id);
    return (row: string) => table?.cells[table.rows.findIndex(({ key }) => key === row)] ?? [];
  };
  const referred = readFact('referred', 'hub.intervention.referred', '2015-05-11', {
    ...{ interventionId: 'a', pathway: 'accommodation', sequence: 1, referredOn: '2015-05-11' },
  });
  const many = (length: number, factsOf: (nth: number) => readonly ReadFact[]) =>
    people(...Array.from({ length }, (_, nth) => factsOf(nth)));

  it('whom nobody referred cannot be worked out where they are few', () => {
    const need = assessed('2015-05-01', { accommodation: 5 });
    const report = interventions(
      many(12, (nth) => (nth < 10 ? [need, referred] : [need])),
      question,
    );
    const [identified, sent] = boardOf(report, 'interventions')('accommodation');
    expect([identified?.value, sent?.value]).not.toEqual([12, 10]);
  });

  it('nor who is without a need, in a profile', () => {
    const report = profile(
      many(12, (nth) => [
        priority,
        assessed('2015-05-01', { health: nth < 10 ? 4 : null, accommodation: 4 }),
      ]),
      question,
    );
    const row = boardOf(report, 'profile-needs');
    expect([row('health')[0]?.value, row('total')[0]?.value]).not.toEqual([10, 12]);
    expect(row('accommodation')[0]?.value).toBe(12);
  });

  it('nor who is in no cohort', () => {
    const selected = readFact('cohort', 'hub.cohort.selected', '2015-01-01', {
      cohort: 'Free',
      decidedBy: 'Chair',
    });
    const report = profile(
      many(12, (nth) => (nth < 10 ? [priority, selected] : [priority])),
      question,
    );
    const row = boardOf(report, 'profile-cohort');
    expect([row('Free')[0]?.value, row('total')[0]?.value]).not.toEqual([10, 12]);
  });
});
