import { describe, expect, it } from '@jest/globals';
import { readFact, unfolding } from '../../testing/casework.js';
import { caseOf } from './case.js';
import { supportedBy } from './cohort.js';
import { type CohortRules, cohortRules, cohortRulesAt } from './cohort-rules.js';
import { judge } from './judge.js';
import { type ReadFact } from './read-fact.js';

const start = '2025-03-03T09:00:00Z';
const at = Date.parse(start);
const rules = cohortRulesAt(at);
const burglary = { cjsCode: 'TH68010', hoCode: '028/03' };

const charged = (offence: object = burglary, chargedAt = '2025-01-10T12:00:00Z', id = 'charge') =>
  readFact(id, 'police.charge.laid', chargedAt, {
    ptiUrn: '52AB1',
    chargedAt,
    offences: [{ sequence: 1, ...offence }],
  });
const assessed = (scores: object, assessedOn = '2025-02-01', id = 'risk') =>
  readFact(id, 'probation.riskAssessed', assessedOn, { assessedOn, ...scores });
const ordered = (more: object = {}) =>
  readFact('order', 'probation.order.started', '2025-02-01', {
    ...{ orderType: 'community-order', startDate: '2025-02-01', ...more },
  });
const outcome = (adjudication: string) =>
  readFact('outcome', 'court.outcome.recorded', '2025-02-20', {
    ...{ ptiUrn: '52AB1', hearingDay: '2025-02-20', offences: [{ ...burglary, adjudication }] },
  });
const withdrawn = (more: object) =>
  readFact('withdrawal', 'police.charge.withdrawn', '2025-02-20', {
    ptiUrn: '52AB1',
    reason: 'CPS',
    ...more,
  });
const licence = (more: object = {}, dates: object = { lsd: '2025-01-01', led: '2025-12-31' }) =>
  readFact('licence', 'probation.licence.activated', '2024-12-20', {
    licenceType: 'AP',
    dates,
    licenceRef: 'L1',
    ...more,
  });
const planned = (more: object) =>
  readFact('release', 'prison.releasePlanned', '2025-02-01', { releaseDate: '2025-05-01', ...more });

const codes = (cjsCode: string): string | undefined => (cjsCode === 'TH68010' ? '028/03' : undefined);
const metBy = (facts: readonly ReadFact[], homeOfficeCodeOf = codes) =>
  judge(rules, 'Fixed', facts, at, homeOfficeCodeOf).map(({ met, evidence }) => [met, ...evidence].join(' '));

describe('the rule of the Fixed cohort', () => {
  it('knows nothing where no fact speaks to it', () => {
    expect(metBy([])).toEqual(['unknown', 'unknown', 'unknown']);
    for (const cohort of ['Flex', 'Free', 'PPO'] as const)
      expect(judge(rules, cohort, [charged()], at, codes)).toEqual([]);
  });

  it.each<[string, string, ReadFact[]]>([
    ['charged', 'yes charge', [charged()]],
    ['told by its CJS code alone', 'yes charge', [charged({ cjsCode: 'TH68010' })]],
    ['attempted', 'yes charge', [charged({ cjsCode: 'TH68010A' })]],
    ['of an unknown code', 'unknown charge', [charged({ cjsCode: 'XX00001' })]],
    ['another offence', 'no charge', [charged({ cjsCode: 'TH68023', hoCode: '046/00' })]],
    ['too long ago', 'no charge', [charged(burglary, '2023-03-02T12:00:00Z')]],
    ['just recent enough', 'yes charge', [charged(burglary, '2023-03-03T00:00:00Z')]],
    ['in the future', 'unknown', [charged(burglary, '2025-03-04T00:00:00Z')]],
    ['proven', 'yes charge outcome', [charged(), outcome('Guilty')]],
    ['acquitted', 'unknown', [charged(), outcome('Not Guilty')]],
    ['withdrawn', 'unknown', [charged(), withdrawn({})]],
    ['withdrawn in part', 'yes charge', [charged(), withdrawn({ sequences: [2] })]],
    ['retracted', 'unknown', [charged(), { ...charged(), id: 'gone', retracts: 'charge' }]],
    [
      'amended to another',
      'no amended',
      [
        charged(),
        readFact('amended', 'police.charge.amended', '2025-02-01', {
          ...{
            ptiUrn: '52AB1',
            reason: 'CPS',
            offences: [{ sequence: 1, cjsCode: 'TH68023', hoCode: '046/00' }],
          },
        }),
      ],
    ],
    [
      'imported',
      'yes import',
      [
        readFact('import', 'police.pncOutcome.imported', '2025-02-01', {
          ...{
            record: 'outcome',
            recordedOn: '2025-02-01',
            offences: [{ ...burglary, adjudication: 'Guilty' }],
          },
        }),
      ],
    ],
  ])('judges an index offence that was %s: %s', (_, expected, facts) => {
    expect(metBy(facts)[0]).toBe(expected);
  });

  it.each<[string, ReadFact[]]>([
    ['yes risk', [assessed({ ogrs: 75 })]],
    ['no risk', [assessed({ ogrs: 74 })]],
    ['yes risk', [assessed({ ogrs: 20, ogp: 67 })]],
    ['unknown', [assessed({ ovp: 99 })]],
    ['no later', [assessed({ ogrs: 90 }), assessed({ ogrs: 10 }, '2025-02-20', 'later')]],
    ['yes risk', [assessed({ ogrs: 90 }), assessed({ rsrBand: 'low' }, '2025-02-20', 'later')]],
  ])('judges the risk of reoffending: %s', (expected, facts) => {
    expect(metBy(facts)[1]).toBe(expected);
  });

  it.each<[string, ReadFact[]]>([
    ['yes order', [ordered()]],
    ['no order', [ordered({ expiryDate: '2025-03-02' })]],
    ['no order', [ordered({ startDate: '2025-03-04' })]],
    ['yes order', [ordered({ expiryDate: '2025-03-03' })]],
    ['no order', [ordered({ orderType: 'suspended-sentence-order' })]],
    [
      'no order',
      [
        ordered(),
        readFact('end', 'probation.order.terminated', '2025-03-01', {
          ...{ orderType: 'community-order', terminatedOn: '2025-03-01' },
        }),
      ],
    ],
    ['yes licence', [licence()]],
    ['yes licence', [licence({}, { lsd: '2025-06-01' })]],
    ['no licence', [licence({}, { lsd: '2025-12-01' })]],
    ['no licence', [licence({}, { lsd: '2024-01-01', led: '2025-03-02' })]],
    [
      'no licence',
      [licence(), readFact('end', 'probation.licence.ended', '2025-02-01', { endedOn: '2025-02-01' })],
    ],
    [
      'yes licence',
      [
        licence(),
        readFact('end', 'probation.licence.ended', '2025-02-01', { endedOn: '2025-02-01', licenceRef: 'L0' }),
      ],
    ],
    [
      'no licence',
      [
        licence(),
        readFact('recall', 'probation.recall.returnedToCustody', '2025-02-01', {
          returnToCustodyDate: '2025-02-01',
        }),
      ],
    ],
    ['yes release', [planned({ licenceRef: 'L1' })]],
    ['unknown release', [planned({})]],
    ['no release', [planned({ releaseDate: '2025-03-02', licenceRef: 'L1' })]],
    ['no release', [planned({ releaseDate: '2025-09-03', licenceRef: 'L1' })]],
  ])('judges the order or the licence: %s', (expected, facts) => {
    expect(metBy(facts)[2]).toBe(expected);
  });

  it('follows its version', () => {
    const [first] = cohortRules as [CohortRules];
    const stricter: CohortRules = {
      ...{ ...first, version: 'stricter', from: '2025-03-03' },
      fixed: { ...first.fixed, highRisk: { ovp: { value: 80, verified: false } } },
    };
    const version = (text: string) => cohortRulesAt(Date.parse(text), [first, stricter]).version;
    expect(version('2025-03-02T23:59:59Z')).toBe(first.version);
    expect(version('2025-03-03T00:00:00Z')).toBe('stricter');
    expect(version('1990-01-01T00:00:00Z')).toBe(first.version);
    expect(judge(stricter, 'Fixed', [assessed({ ogrs: 99, ovp: 10 })], at, codes)[1]?.met).toBe('no');
  });
});

const fixed = { type: 'select-cohort', cohort: 'Fixed' } as const;

describe('a selection', () => {
  it('keeps the rule, its judgement and what was known, and is found when that changes', () => {
    const story = unfolding(start, { homeOfficeCodeOf: codes });
    story.publish(charged(), assessed({ ogrs: 80 }), ordered());
    const [event] = story.ask(fixed);
    expect(event?.data).toMatchObject({
      ...{
        cohort: 'Fixed',
        criteriaVersion: rules.version,
        decidedBy: 'chair',
        inputs: ['charge', 'risk', 'order'],
      },
      criteria: [{ met: 'yes' }, { met: 'yes' }, { met: 'yes' }],
    });
    const before = story.case().selections;
    expect(supportedBy(before, story.facts)).toEqual([]);
    story.publish({ ...outcome('Not Guilty'), corrects: 'charge', id: 'put-right' });
    story.publish({ ...assessed({}), retracts: 'risk', id: 'taken-back' });
    expect(supportedBy(story.case().selections, story.facts)).toMatchObject([
      { selection: { cohort: 'Fixed' }, input: 'charge', by: 'put-right', how: 'corrected' },
      { input: 'risk', by: 'taken-back', how: 'retracted' },
    ]);
    expect(story.case().selections).toEqual(before);
  });

  it('is a human’s: against the judgement they say why, and the judgement stays', () => {
    const story = unfolding(start, { homeOfficeCodeOf: codes });
    story.publish(charged(), assessed({ ogrs: 10 }));
    expect(story.answer(fixed)).toBe('rationale-required');
    story.ask({ ...fixed, rationale: 'Escalating' });
    expect(story.case().selections).toMatchObject([
      { criteria: [{ met: 'yes' }, { met: 'no' }, { met: 'unknown' }], inputs: ['charge', 'risk'] },
    ]);
    expect(story.answer({ ...fixed, rationale: 'Again' })).toBe('cohort-held');
  });

  it.each([
    [{ cohort: 'Flex' }, 'rationale-required'],
    [{ cohort: 'Flex', rationale: 'Local', priorityRef: 'CSP 1' }, 'taken'],
    [{ cohort: 'Free' }, 'partners-required'],
    [{ cohort: 'Free', partners: ['circus'] }, 'unknown-agency'],
    [{ cohort: 'Free', partners: ['police', 'vcse'] }, 'taken'],
    [{ cohort: 'PPO' }, 'rationale-required'],
    [{ cohort: 'PPO', rationale: 'Was one' }, 'taken'],
    [{ cohort: 'Flex', rationale: 'Local', relyingOn: ['nothing'] }, 'unknown-input'],
    [{ cohort: 'Flex', rationale: 'Local', relyingOn: ['charge'] }, 'taken'],
    [{ cohort: 'Flex', rationale: 'Local', nextReview: '2025-03-01' }, 'nextReview-day'],
  ] as const)('of %j: %s', (command, answer) => {
    const story = unfolding(start);
    story.publish(charged());
    expect(story.answer({ type: 'select-cohort', ...command })).toBe(answer);
    if ('relyingOn' in command && answer === 'taken')
      expect(story.case().selections[0]?.inputs).toEqual(['charge']);
  });

  it('is judged anew when it is kept, on what is known by then, and dissent is kept throughout', () => {
    const story = unfolding(start, { homeOfficeCodeOf: codes });
    const against = { rationale: 'Agreed by most', dissent: 'Probation: too early' };
    story.publish(charged(), assessed({ ogrs: 10 }));
    expect(story.ask({ ...fixed, ...against })[0]?.data).toMatchObject(against);
    story.publish(assessed({ ogrs: 80 }, '2025-02-20', 'newer'));
    const keep = { type: 'review-cohort', cohort: 'Fixed', nextReview: '2025-06-01', ...against } as const;
    expect(story.ask(keep)[0]?.data).toMatchObject({
      ...{ reviewed: 'Fixed', criteriaVersion: rules.version, inputs: ['charge', 'newer'], ...against },
      criteria: [{ met: 'yes' }, { met: 'yes', evidence: ['newer'] }, { met: 'unknown' }],
    });
    story.ask({ type: 'plan-exit', exitPlanId: 'exit', plan: 'Mentor', watchMonths: 6 });
    const leave = { type: 'deselect-cohort', cohort: 'Fixed', exitPlanId: 'exit', ...against } as const;
    expect(story.ask(leave)[0]?.data).toMatchObject(against);
  });

  it('ends on an exit plan, is watched, and the watch ends, lasts or turns back', () => {
    const story = unfolding(start);
    const deselect = {
      type: 'deselect-cohort',
      cohort: 'Flex',
      rationale: 'Desisted',
      exitPlanId: 'exit',
    } as const;
    const complete = { type: 'complete-exit', exitPlanId: 'exit', completedOn: '2025-03-03' } as const;
    expect(story.answer(deselect)).toBe('cohort-not-held');
    story.ask({ type: 'select-cohort', cohort: 'Flex', rationale: 'Local' });
    const review = {
      type: 'review-cohort',
      cohort: 'Flex',
      rationale: 'Stays',
      nextReview: '2025-06-01',
    } as const;
    story.ask(review);
    expect(story.case().selections[0]?.nextReview).toBe(Date.parse('2025-06-01T23:00:00Z'));
    expect(story.answer({ ...review, cohort: 'Free' })).toBe('cohort-not-held');
    expect(story.answer({ ...review, nextReview: '2025-03-03' })).toBe('nextReview-day');
    expect(story.answer(deselect)).toBe('exit-plan-required');
    const plan = { type: 'plan-exit', exitPlanId: 'exit', plan: 'Mentor', watchMonths: 6 } as const;
    expect(story.answer({ ...plan, watchMonths: 37 })).toBe('watch-months');
    story.ask(plan);
    expect(story.answer({ ...complete, outcome: 'ended' })).toBe('exit-not-begun');
    expect(story.ask(deselect)[0]?.data).toMatchObject({
      watchUntil: '2025-09-03',
      nextReview: '2025-09-03',
    });
    expect(story.case()).toMatchObject({
      selections: [{ ended: { at, exitPlanId: 'exit', watchUntil: Date.parse('2025-09-03T23:00:00Z') } }],
      exits: [{ watchFrom: at, watchUntil: Date.parse('2025-09-03T23:00:00Z'), outcome: null }],
    });
    const extend = { ...complete, outcome: 'extended', watchUntil: '2025-09-03' } as const;
    expect(story.answer(extend)).toBe('watchUntil-day');
    story.ask({ ...extend, watchUntil: '2025-12-01' });
    expect(story.case().exits).toMatchObject([
      { watchUntil: Date.parse('2025-12-02T00:00:00Z'), outcome: 'extended', completedAt: null },
    ]);
    story.ask({ ...complete, outcome: 'ended' });
    expect(story.answer({ ...complete, outcome: 'returned' })).toBe('exit-completed');
    story.ask({ type: 'select-cohort', cohort: 'Flex', rationale: 'Back' });
    expect(story.answer(deselect)).toBe('exit-plan-required');
    const [first] = story.case().selections;
    story.ask({ ...review, nextReview: '2026-01-01' });
    expect(caseOf(story.facts).selections).toMatchObject([first, { ended: null, by: ['fact-6', 'fact-7'] }]);
  });
});
