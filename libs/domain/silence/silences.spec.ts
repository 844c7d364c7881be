import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { type ReadFact } from '../casework/read-fact.js';
import { historyOf } from '../performance/history.js';
import { silences } from './silences.js';
import { silenceRules } from './silence-rules.js';

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const day = (moment: number): string => new Date(moment - 1).toISOString().slice(0, 10);

/** Rule, due day and what it rests on, of what is silent about a person at noon of a day. */
function silent(facts: readonly ReadFact[], when: string): readonly string[] {
  return silences(historyOf('sam', facts), at(when)).map(
    ({ rule, due, restsOn }) => `${rule} ${day(due)} ${restsOn.join(' ')}`,
  );
}

const decided = readFact('decided', 'hub.management.decided', '2025-01-06T10:00:00Z', {
  levels: ['Priority'],
});
const told = readFact('told', 'hub.subject.informed', '2025-01-06', {
  noticeVersion: '2',
  informedOn: '2025-01-06',
});
const PATHWAYS = ['accommodation', 'drugs-alcohol', 'health'];
const assessed = (id: string, on: string, ...needs: readonly string[]): ReadFact =>
  readFact(id, 'hub.needs.assessed', on, {
    instrument: 'LLR',
    assessedOn: on,
    pathways: PATHWAYS.map((pathway) => ({
      ...{ pathway, scored: true, score: 6, needIdentified: needs.includes(pathway) },
    })),
  });

describe('Sam, whose release was planned for 14 March 2025', () => {
  const planned = (id: string, on: string, releaseDate: string): ReadFact =>
    readFact(id, 'prison.releasePlanned', `${on}T09:00:00Z`, { releaseDate });
  const plan = planned('plan', '2025-02-20', '2025-03-14');
  const left = (reason: string): ReadFact =>
    readFact('left', 'prison.released', '2025-03-14T09:00:00Z', { reason });

  it('is silent when a day of grace is over, and not before', () => {
    expect(silent([plan], '2025-03-15')).toEqual([]);
    expect(silent([plan], '2025-03-16')).toEqual(['release-date-passed 2025-03-14 plan']);
  });

  it('was released, or is to be on another day', () => {
    expect(silent([plan, left('RELEASED')], '2025-03-20')).toEqual([]);
    const again = planned('again', '2025-03-13', '2025-04-11');
    expect(silent([plan, again], '2025-03-20')).toEqual([]);
    expect(silent([plan, again], '2025-04-20')).toEqual(['release-date-passed 2025-04-11 again']);
  });

  it.each(['SENT_TO_COURT', 'TRANSFERRED', 'TEMPORARY_ABSENCE_RELEASE'])(
    'was not released by %s',
    (reason) => {
      expect(silent([plan, left(reason)], '2025-03-20')).toHaveLength(1);
    },
  );

  it('is silent by the last of the sentence dates that release', () => {
    const dates = [
      { kind: 'crd', date: '2025-03-14' },
      { kind: 'ard', date: '2025-03-17' },
      { kind: 'sed', date: '2025-09-17' },
    ];
    const changed = readFact('dates', 'prison.sentenceDates.changed', '2025-02-01T09:00:00Z', { dates });
    expect(silent([changed], '2025-03-17')).toEqual([]);
    expect(silent([changed], '2025-03-20')).toEqual(['release-date-passed 2025-03-17 dates']);
  });

  it('is silent by the law of a recall, which fixes no day of a standard one', () => {
    const returned = (recallType: string): ReadFact =>
      readFact('returned', 'probation.recall.returnedToCustody', '2025-03-01', {
        recallType,
        returnToCustodyDate: '2025-03-01',
      });
    expect(silent([plan, returned('FTR_28')], '2025-04-01')).toEqual([
      'release-date-passed 2025-03-28 returned',
    ]);
    expect(silent([plan, returned('LR')], '2025-04-01')).toEqual([]);
  });
});

describe('Nadia, managed since 6 January 2025', () => {
  it('is to be told within two weeks', () => {
    const facts = [decided, assessed('first', '2025-01-10')];
    expect(silent(facts, '2025-01-20')).toEqual([]);
    expect(silent(facts, '2025-01-21')).toEqual(['not-informed 2025-01-20 decided']);
    expect(silent([...facts, told], '2025-01-21')).toEqual([]);
  });

  it('is assessed within a month, then every three, with two weeks of grace', () => {
    expect(silent([decided, told], '2025-02-21')).toEqual(['reassessment-overdue 2025-02-06 decided']);
    const facts = [decided, told, assessed('first', '2025-01-31')];
    expect(silent(facts, '2025-05-14')).toEqual([]);
    expect(silent(facts, '2025-05-15')).toEqual(['reassessment-overdue 2025-04-30 first']);
    expect(silent([...facts, assessed('second', '2025-05-14')], '2025-05-15')).toEqual([]);
  });

  it('is referred for each need within four weeks of its being identified', () => {
    const facts = [
      decided,
      told,
      assessed('first', '2025-01-10', 'accommodation', 'drugs-alcohol', 'health'),
    ];
    const housed = readFact('housed', 'housing.application.submitted', '2025-01-20', {
      refDate: '2025-01-20',
    });
    const treated = readFact('treated', 'treatment.referral.made', '2025-02-01', {});
    expect(silent(facts, '2025-02-07')).toEqual([]);
    expect(silent([...facts, housed, treated], '2025-02-08')).toEqual([
      'need-without-referral 2025-02-07 first',
    ]);
    const planned = readFact('plan', 'hub.intervention.planned', '2025-02-03', {
      interventionId: '1',
      pathway: 'health',
      sequence: 1,
    });
    expect(silent([...facts, housed, treated, planned], '2025-02-08')).toEqual([]);
  });

  it('counts a need from the assessment since which it has been identified every time', () => {
    const facts = [
      decided,
      told,
      assessed('first', '2025-01-10', 'health'),
      assessed('second', '2025-03-10'),
      assessed('third', '2025-05-12', 'health'),
      assessed('fourth', '2025-06-02', 'health'),
    ];
    expect(silent(facts, '2025-06-03')).toEqual([]);
    expect(silent(facts, '2025-06-10')).toEqual(['need-without-referral 2025-06-09 third']);
  });

  it('is asked for nothing once nobody manages her', () => {
    const ended = readFact('ended', 'hub.management.decided', '2025-01-15T10:00:00Z', { levels: [] });
    expect(silent([decided, ended], '2025-06-01')).toEqual([]);
  });
});

describe('Morgan, whose case was listed for 30 March 2025', () => {
  const listed = readFact('listed', 'court.hearing.listed', '2025-03-03T09:00:00Z', {
    hearingDay: '2025-03-30',
    hearingId: 'H1',
    ptiUrn: '00ZZ123',
  });
  const answered = (type: string, hearingDay: string, references: object): ReadFact =>
    readFact('answer', type, `${hearingDay}T11:00:00Z`, { hearingDay, ...references });

  it('is silent when three days of grace are over, in summer time too', () => {
    expect(silent([listed], '2025-04-02')).toEqual([]);
    expect(silent([listed], '2025-04-03')).toEqual(['hearing-without-outcome 2025-03-30 listed']);
  });

  it.each([
    ['court.hearing.resulted', '2025-03-30', { hearingId: 'H1' }, true],
    ['court.outcome.recorded', '2025-03-31', { ptiUrn: '00ZZ123' }, true],
    ['court.warrant.issued', '2025-03-30', { ptiUrn: '00ZZ123' }, true],
    ['court.hearing.resulted', '2025-03-29', { hearingId: 'H1' }, false],
    ['court.hearing.resulted', '2025-03-30', { hearingId: 'H2' }, false],
  ])('%s of %s for %j answers: %s', (type, on, references, isAnswer) => {
    expect(silent([listed, answered(type, on, references)], '2025-04-10')).toHaveLength(isAnswer ? 0 : 1);
  });

  it('is not silent about a listing that was taken back', () => {
    const back = readFact('back', 'court.hearing.listed', '2025-03-04T09:00:00Z', {}, { retracts: 'listed' });
    expect(silent([listed, back], '2025-04-10')).toEqual([]);
  });
});

describe('Carol', () => {
  it('tested positive, and is expected at an assessment within four weeks', () => {
    const test = (result: string): ReadFact =>
      readFact('test', 'police.drugTest.performed', '2025-03-03T20:00:00Z', { result, basis: 'arrest' });
    const referred = readFact('referred', 'treatment.referral.made', '2025-03-03', {});
    expect(silent([test('positive')], '2025-04-01')).toEqual([
      'positive-test-without-assessment 2025-03-31 test',
    ]);
    expect(silent([test('negative')], '2025-04-01')).toEqual([]);
    expect(silent([test('positive'), referred], '2025-04-01')).toEqual([]);
  });

  it('left the cohort under a watch that nobody completed', () => {
    const plan = readFact('plan', 'hub.exit.planned', '2025-01-06T10:00:00Z', {
      exitPlanId: 'x',
      watchMonths: 3,
    });
    const selected = readFact('in', 'hub.cohort.selected', '2024-01-06T10:00:00Z', { cohort: 'Flex' });
    const left = readFact('left', 'hub.cohort.deselected', '2025-01-07T10:00:00Z', {
      ...{ cohort: 'Flex', exitPlanRef: 'x', watchUntil: '2025-04-07' },
    });
    const facts = [selected, plan, left];
    const done = (outcome: string, watchUntil?: string): ReadFact =>
      readFact('done', 'hub.exit.completed', '2025-04-08', {
        ...{ exitPlanId: 'x', completedOn: '2025-04-08', outcome, watchUntil },
      });
    expect(silent(facts, '2025-04-14')).toEqual([]);
    expect(silent(facts, '2025-04-15')).toEqual(['exit-watch-ended 2025-04-07 plan left']);
    expect(silent([...facts, done('ended')], '2025-04-15')).toEqual([]);
    expect(silent([...facts, done('extended', '2025-05-07')], '2025-04-15')).toEqual([]);
    expect(silent([...facts, done('extended', '2025-05-07')], '2025-05-16')).toHaveLength(1);
  });
});

describe('rules for silence', () => {
  it('are asked from their first day to their last, and differ in id and version', () => {
    const plan = readFact('plan', 'prison.releasePlanned', '2025-02-20T09:00:00Z', {
      releaseDate: '2025-03-14',
    });
    const history = historyOf('sam', [plan]);
    const rules = silenceRules.map((rule) => ({ ...rule, from: '2025-03-18', to: '2025-03-19' }));
    const asked = ['2025-03-17', '2025-03-18', '2025-03-19', '2025-03-20'];
    expect(asked.map((each) => silences(history, at(each), rules).length)).toEqual([0, 1, 1, 0]);
    expect(new Set(silenceRules.map(({ id, version }) => `${id} ${version}`)).size).toBe(silenceRules.length);
  });

  it('count what happened by the moment, whenever it was received', () => {
    const plan = readFact('plan', 'prison.releasePlanned', '2025-02-20T09:00:00Z', {
      releaseDate: '2025-03-14',
    });
    const late = { received: at('2025-05-01') };
    const left = (on: string): ReadFact =>
      readFact('left', 'prison.released', `${on}T09:00:00Z`, { reason: 'RELEASED' }, late);
    expect(silent([plan, left('2025-03-14')], '2025-03-20')).toEqual([]);
    expect(silent([plan, left('2025-03-21')], '2025-03-20')).toHaveLength(1);
  });
});
