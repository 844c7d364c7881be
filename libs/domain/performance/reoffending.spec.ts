import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { type ReadFact } from '../casework/read-fact.js';
import { countingRuleOn } from './counting-rules.js';
import { historyOf, type PersonHistory } from './history.js';
import { reoffending } from './reoffending.js';
import { type Report, type ReportQuestion } from './report.js';

const question: ReportQuestion = { at: '2016-03-31', from: '2015-04-01', to: '2016-03-31', knownAt: null };

const level = (...levels: readonly string[]) =>
  readFact('level', 'hub.management.decided', '2014-01-10', {
    levels,
    decidedBy: 'Chair',
    dateOfBirth: '1993-05-05',
  });
const cohort = (name: string) =>
  readFact(name, 'hub.cohort.selected', '2014-02-01', { cohort: name, decidedBy: 'Chair' });
const prison = readFact('prison', 'prison.received', '2016-03-31T20:00:00Z', { reason: 'ADMISSION' });

function offence(committed: string, adjudication = 'Guilty'): ReadFact {
  const offences = [{ cjsCode: 'TH68010', offenceDates: { from: committed }, adjudication }];
  return readFact(`offence ${committed}`, 'court.outcome.recorded', '2016-05-01', {
    ptiUrn: committed,
    offences,
  });
}

const before = offence('2015-03-31');
const first = offence('2014-04-01');
const tooEarly = offence('2014-03-31');
const after = offence('2015-04-01');
const last = offence('2016-03-31');
const tooLate = offence('2016-04-01');

function person(name: string, ...facts: readonly ReadFact[]): PersonHistory {
  return historyOf(name, facts);
}

function rowsOf({ tables }: Report, id: string): Readonly<Record<string, readonly unknown[]>> {
  const table = tables.find((each) => each.id === id);
  return Object.fromEntries(
    (table?.rows ?? []).map(({ key }, index) => [key, table?.cells[index]?.map(({ value }) => value) ?? []]),
  );
}

describe('reoffending', () => {
  it('counts offences of both days of each period, and no others', () => {
    const all = [tooEarly, first, before, after, last, tooLate];
    const report = reoffending([person('sam', level('Priority'), ...all)], question);
    expect(rowsOf(report, 'reoffending-level')).toEqual({
      Priority: [1, 2, 2, 0],
      Enhanced: [0, 0, 0, null],
      Overall: [1, 2, 2, 0],
    });
  });

  it('is about those who had offended before and were in the community on the day', () => {
    const people = [
      person('sam', level('Priority'), before, after),
      person('offended later', level('Priority'), after),
      person('in custody', level('Priority'), before, prison),
      person('in Standard management', level('Standard'), before),
      person('managed no more', level(), before),
    ];
    expect(rowsOf(reoffending(people, question), 'reoffending-level')['Overall']).toEqual([1, 1, 1, 0]);
    expect(
      rowsOf(reoffending(people, { ...question, at: '2016-03-30' }), 'reoffending-level')['Overall'],
    ).toEqual([2, 2, 1, -50]);
  });

  it('takes the highest level, and tells who is in a cohort alone', () => {
    const people = [
      person('sam', level('Enhanced', 'Priority', 'MAPPA-2'), before),
      person('nadia', level('Standard'), cohort('Fixed'), before),
    ];
    expect(rowsOf(reoffending(people, question), 'reoffending-level')).toEqual({
      Priority: [1, 1, 0, -100],
      Enhanced: [0, 0, 0, null],
      cohort: [1, 1, 0, -100],
      Overall: [2, 2, 0, -100],
    });
  });

  it('counts a person of two cohorts in both, and once in all', () => {
    const people = [
      person('sam', level('Priority'), cohort('Fixed'), cohort('PPO'), before),
      person('terry', level('Enhanced'), before),
    ];
    const report = reoffending(people, question);
    const rows = rowsOf(report, 'reoffending-cohort');
    expect(Object.entries(rows).map(([key, [offenders]]) => [key, offenders])).toEqual([
      ...[
        ['Fixed', 1],
        ['Flex', 0],
        ['Free', 0],
        ['PPO', 1],
        ['none', 1],
        ['Overall', 2],
      ],
    ]);
    expect(report.tables.find(({ id }) => id === 'reoffending-cohort')?.sums).toEqual([]);
  });

  it('tells ages on the reporting date', () => {
    const people = [
      person('sam', level('Priority'), before),
      person('ageless', { ...level('Priority'), data: { levels: ['Priority'] } }, before),
    ];
    expect(rowsOf(reoffending(people, question), 'reoffending-age')).toMatchObject({
      '18-24': [1, 1, 0, -100],
      'not-known': [1, 1, 0, -100],
    });
  });

  it('puts whoever turns 25 on the reporting date among those over 24, and nobody a day sooner', () => {
    const bornOn = (dateOfBirth: string) => ({
      ...level('Priority'),
      data: { ...level('Priority').data, dateOfBirth },
    });
    const people = [
      person('sam', bornOn('1991-03-31'), before),
      person('nadia', bornOn('1991-04-01'), before),
      person('terry', bornOn('1990-06-01'), before),
    ];
    const rows = rowsOf(reoffending(people, question), 'reoffending-age');
    expect(Object.entries(rows).map(([key, [offenders]]) => [key, offenders])).toEqual([
      ['under-18', 0],
      ['18-24', 1],
      ['25-over', 2],
      ['Overall', 3],
    ]);
  });

  it('names the sums of cohorts where nobody is in two', () => {
    const people = [
      person('sam', level('Priority'), cohort('Fixed'), before),
      person('terry', level('Enhanced'), before),
    ];
    const table = reoffending(people, question).tables.find(({ id }) => id === 'reoffending-cohort');
    expect(table?.sums).toContainEqual({
      total: 'Overall/offenders',
      parts: ['Fixed/offenders', 'Flex/offenders', 'Free/offenders', 'none/offenders'],
    });
  });

  it('counts what the rule counts, by default what was proven', () => {
    const people = [person('sam', level('Priority'), before, offence('2015-05-05', 'Not Guilty'), charged)];
    expect(rowsOf(reoffending(people, question), 'reoffending-level')['Overall']).toEqual([1, 1, 0, -100]);
    const wider = reoffending(people, question, countingRuleOn('2016-03-31', 'charged'));
    expect(rowsOf(wider, 'reoffending-level')['Overall']).toEqual([1, 1, 1, 0]);
  });

  it('says of how many people the offences are, and by which facts', () => {
    const people = [
      person('sam', level('Priority'), before, first),
      person('terry', level('Priority'), offence('2014-07-07')),
    ];
    const [table] = reoffending(people, question).tables;
    expect(table?.cells[0]?.[1]).toMatchObject({
      value: 3,
      people: 2,
      events: [`offence 2015-03-31`, 'offence 2014-04-01', 'offence 2014-07-07'],
    });
  });
});

const charged = readFact('charged', 'police.charge.laid', '2015-06-06T10:00:00Z', {
  ptiUrn: 'P9',
  offences: [{ sequence: 1, cjsCode: 'TH68010', offenceDates: { from: '2015-06-05' } }],
});
