import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMoment, UNKNOWN_MOMENT } from '../../contract/moment.js';
import { characters, recorded, sam } from '../../testing/characters.js';
import { specifying } from '../../testing/given.js';
import { changesState, repeats, type StateFact, stateOf } from './offender-history.js';
import { type OffenderState, UNMANAGED } from './offender-state.js';

type Attribute = keyof OffenderState;

const given = specifying((facts: readonly StateFact[], asked: Attribute) => stateOf(facts)[asked]);

const selected = (id: string, cohort: string) => recorded(id, 'hub.cohort.selected', { cohort });
const deselected = (id: string, cohort: string) => recorded(id, 'hub.cohort.deselected', { cohort });
const decided = (id: string, ...levels: string[]) => recorded(id, 'hub.management.decided', { levels });
const consented = (id: string, ...scopes: string[]) =>
  recorded(id, 'hub.consent.given', { consentScope: scopes });
const withdrew = (id: string, ...scopes: string[]) =>
  recorded(id, 'hub.consent.withdrawn', { consentScope: scopes });

it.each(characters)('the history of $name comes to their state', ({ history, state }) => {
  expect(stateOf(history)).toEqual(state);
});

it('nobody is managed by default', () => {
  expect(stateOf([])).toEqual(UNMANAGED);
});

it.each([
  ['hub.cohort.selected', true],
  ['hub.cohort.deselected', true],
  ['hub.management.decided', true],
  ['hub.consent.given', true],
  ['hub.consent.withdrawn', true],
  ['hub.leadProfessional.appointed', true],
  ['hub.leadProfessional.ended', true],
  ['hub.leadProfessional.handedOver', true],
  ['hub.leadProfessional.handoverOffered', false],
  ['hub.area.assigned', true],
  ['hub.crossBorder.handoverOffered', false],
  ['hub.crossBorder.handoverAccepted', true],
  ['hub.crossBorder.handoverCompleted', false],
  ['hub.subject.informed', true],
  ['probation.case.allocated', true],
  ['probation.lao.set', true],
  ['court.reportingRestriction.imposed', true],
  ['court.reportingRestriction.lifted', true],
  ['probation.register.added', false],
  ['police.intel.submitted', false],
  ['police.arrest.recorded', false],
  ['constructor', false],
])('%s changes the state: %s', (type, expected) => {
  expect(changesState(type)).toBe(expected);
  const control = {
    cohort: ['Fixed', 'Free'],
    levels: ['Standard'],
    consentScope: ['housing:HLTH'],
    limitedAccess: 'RESTRICTED',
    restriction: 'r1',
    responsible: 'kim',
    responsibleAgency: 'vcse',
    area: 'NW',
    informed: '2',
    flag: 'IOM',
    handling: 'C',
  };
  const ended = ['hub.leadProfessional.ended', 'court.reportingRestriction.lifted'];
  const before = [
    ...sam.history,
    ...(ended.includes(type)
      ? [
          recorded('lead', 'hub.leadProfessional.appointed', control),
          recorded('restriction', 'court.reportingRestriction.imposed', control),
        ]
      : []),
  ];
  const unchanged = isDeepStrictEqual(stateOf([...before, recorded('new', type, control)]), stateOf(before));
  expect(unchanged).toBe(!expected);
});

it('a fact of any type bears on the state when it claims a month of birth', () => {
  expect(changesState('police.arrest.recorded', { born: '1990-04' })).toBe(true);
  expect(changesState('police.intel.submitted', { handling: 'C' })).toBe(false);
});

describe('cohorts', () => {
  it('add up, each once, whatever the order', () => {
    const facts = [selected('1', 'Flex'), selected('2', 'Fixed'), selected('3', 'Flex')];
    given(facts).when('cohorts').then(['Fixed', 'Flex']);
    given(facts.toReversed()).when('cohorts').then(['Fixed', 'Flex']);
  });

  it('end one by one when the person is deselected (R56)', () => {
    given([selected('1', 'Flex'), selected('2', 'Fixed'), deselected('3', 'Flex')])
      .when('cohorts')
      .then(['Fixed']);
  });

  it('stay when another one is left, or when the leaving came first', () => {
    given([deselected('1', 'Fixed'), selected('2', 'Fixed'), deselected('3', 'Free')])
      .when('cohorts')
      .then(['Fixed']);
  });
});

describe('levels', () => {
  it('are those of the newest decision alone', () => {
    given([decided('1', 'Priority', 'MAPPA-1'), decided('2', 'Standard')])
      .when('levels')
      .then(['Standard']);
    given([decided('1', 'Priority'), decided('2')])
      .when('levels')
      .then([]);
  });
});

describe('consent', () => {
  it('adds up', () => {
    given([consented('1', 'vcse:HLTH'), consented('2', 'housing:*', 'vcse:HLTH')])
      .when('consents')
      .then(['housing:*', 'vcse:HLTH']);
  });

  it.each([
    ['vcse:HLTH', 'vcse:HLTH', []],
    ['vcse:*', 'vcse:HLTH', []],
    ['vcse:HLTH', 'vcse:*', []],
    ['vcse:*', 'vcse:*', []],
    ['vcse:HLTH', 'vcse:DRUG', ['vcse:HLTH']],
    ['vcse:HLTH', 'housing:HLTH', ['vcse:HLTH']],
    ['vcse:*', 'housing:*', ['vcse:*']],
    ['vcse-north:HLTH', 'vcse:HLTH', ['vcse-north:HLTH']],
  ])('to %s, then withdrawn for %s, leaves %j', (held, withdrawn, left) => {
    given([consented('1', held), withdrew('2', withdrawn)])
      .when('consents')
      .then(left);
  });

  it('withdrawn can be given again', () => {
    given([consented('1', 'vcse:*'), withdrew('2', 'vcse:*'), consented('3', 'vcse:HLTH')])
      .when('consents')
      .then(['vcse:HLTH']);
  });
});

describe('consent to one field', () => {
  const attendance = 'police:treatment.attendance.recorded/attendance';
  const attendedOn = 'police:treatment.attendance.recorded/attendedOn';
  const name = 'police:treatment.attendance.recorded/name.family';

  it.each([
    ['itself', attendance, attendance, []],
    ['its class', attendance, 'police:HLTH', []],
    ['everything', attendance, 'police:*', []],
    ['another class', attendance, 'police:DRUG', [attendance]],
    ['another field of its class', attendance, attendedOn, [attendance]],
    ['another recipient', attendance, 'housing:HLTH', [attendance]],
    ['a field of the class that was consented to', 'police:HLTH', attendance, []],
    ['a field of all that was consented to', 'police:*', name, []],
    ['a field of another class', 'police:HLTH', name, ['police:HLTH']],
    ['a class, of a field that is in no type', 'police:prison.transfer/none', 'police:HLTH', []],
  ])('is ended by withdrawing %s: %s, then %s', (_, held, withdrawn, left) => {
    given([consented('1', held), withdrew('2', withdrawn)])
      .when('consents')
      .then(left);
  });
});

describe('a consent that arrives late', () => {
  const at = (fact: StateFact, time: string): StateFact => ({
    ...fact,
    happened: parseMoment(time) ?? fact.happened,
  });
  const gave = (time: string): StateFact => at(consented('late', 'vcse:*'), time);
  const took = (time: string): StateFact => at(withdrew('taken', 'vcse:HLTH'), time);

  it.each([
    ['before the withdrawal', '2025-03-01', '2025-03-10T09:00:00Z', false],
    ['after the withdrawal', '2025-03-11', '2025-03-10T09:00:00Z', true],
    ['at the very moment of the withdrawal', '2025-03-10T09:00:00Z', '2025-03-10T09:00:00Z', true],
    ['on the same day, neither to the hour', '2025-03-10', '2025-03-10', true],
    ['some time on the day of the withdrawal', '2025-03-10', '2025-03-10T09:00:00Z', false],
    ['at a moment of the day of the withdrawal', '2025-03-10T12:00:00Z', '2025-03-10', false],
    ['right after the day of the withdrawal', '2025-03-11T00:00:00Z', '2025-03-10', true],
    ['some time in the month of the withdrawal', '2025-03', '2025-03-10', false],
  ])('and was given %s (%s, %s) counts: %s', (_, given, withdrawn, counts) => {
    expect(stateOf([took(withdrawn), gave(given)]).consents).toEqual(counts ? ['vcse:*'] : []);
  });

  it('counts in the order of receipt when a time is unknown', () => {
    expect(stateOf([withdrew('taken', 'vcse:*'), gave('2025-03-01')]).consents).toEqual(['vcse:*']);
    expect(stateOf([took('2025-03-01'), consented('late', 'vcse:*')]).consents).toEqual(['vcse:*']);
  });

  it('is ended by whatever withdrawal is received after it', () => {
    expect(stateOf([gave('2025-03-10'), took('2025-03-01')]).consents).toEqual([]);
  });

  it('counts when the withdrawal was of something else, or was itself taken back', () => {
    const other = at(withdrew('taken', 'vcse:DRUG', 'housing:*'), '2025-03-10');
    const late = at(consented('late', 'vcse:HLTH'), '2025-03-01');
    expect(stateOf([other, late]).consents).toEqual(['vcse:HLTH']);
    const back = { ...withdrew('back', 'vcse:HLTH'), retracts: 'taken' };
    expect(stateOf([took('2025-03-10'), back, late]).consents).toEqual(['vcse:HLTH']);
  });

  it('so does a selection that is older than the deselection', () => {
    const left = at(deselected('left', 'Flex'), '2025-03-10T09:00:00Z');
    const came = (time: string): StateFact => at(selected('came', 'Flex'), time);
    expect(stateOf([left, came('2025-03-09T09:00:00Z')]).cohorts).toEqual([]);
    expect(stateOf([left, came('2025-03-11T09:00:00Z')]).cohorts).toEqual(['Flex']);
  });
});

describe('MAPPA category and management', () => {
  const decision = (id: string, control: StateFact['control']): StateFact =>
    recorded(id, 'hub.management.decided', control);

  it('are those of the newest decision, and none when it names none', () => {
    const first = decision('1', { levels: ['MAPPA-2'], mappaCategory: '2', management: 'statutory' });
    expect(stateOf([first])).toMatchObject({
      levels: ['MAPPA-2'],
      mappaCategory: '2',
      management: 'statutory',
    });
    expect(stateOf([first, decision('2', { levels: ['Standard'], management: 'voluntary' })])).toMatchObject({
      levels: ['Standard'],
      mappaCategory: null,
      management: 'voluntary',
    });
    expect(stateOf([first, decision('2', { levels: ['Standard'] })]).management).toBeNull();
  });

  it('are not those of an older decision that arrives late', () => {
    const at = (fact: StateFact, time: string): StateFact => ({
      ...fact,
      happened: parseMoment(time) ?? fact.happened,
    });
    const newer = at(decided('new', 'Standard'), '2025-05-01T10:00:00Z');
    expect(stateOf([newer, at(decided('old', 'Priority'), '2025-04-01')]).levels).toEqual(['Standard']);
    expect(stateOf([newer, at(decided('same', 'Priority'), '2025-05-01')]).levels).toEqual(['Priority']);
  });

  it('anything else that a fact may say of it is nothing', () => {
    expect(stateOf([decision('1', { management: 'somehow', mappaCategory: ['1', '2'] })])).toEqual(UNMANAGED);
  });
});

describe('months of birth', () => {
  const claimed = (id: string, born: string, rest: Partial<StateFact> = {}): StateFact => ({
    ...recorded(id, 'police.arrest.recorded', { born }),
    ...rest,
  });

  it('are all that standing facts claim, each once', () => {
    given([claimed('1', '1990-05'), claimed('2', '1990-04'), claimed('3', '1990-05')])
      .when('born')
      .then(['1990-04', '1990-05']);
  });

  it('are claimed by facts that change the state in other ways too', () => {
    const facts = [recorded('1', 'hub.cohort.selected', { cohort: 'Flex', born: '1990-04' })];
    expect(stateOf(facts)).toEqual({ ...UNMANAGED, cohorts: ['Flex'], born: ['1990-04'] });
  });

  it('are not claimed by what was corrected or retracted', () => {
    const wrong = claimed('1', '1990-05');
    given([wrong, claimed('2', '1990-04', { corrects: '1' })])
      .when('born')
      .then(['1990-04']);
    given([wrong, claimed('2', '1990-05', { retracts: '1' })])
      .when('born')
      .then([]);
    given([wrong, claimed('2', '1990-05'), claimed('3', '1990-05', { retracts: '1' })])
      .when('born')
      .then(['1990-05']);
  });

  describe('a further fact', () => {
    const state = { ...UNMANAGED, born: ['1990-04'] };
    const again = claimed('2', '1990-04');
    const correcting = { ...again, corrects: '1' };

    it.each([
      ['repeats what is claimed', again, undefined, true],
      ['repeats what it corrects', correcting, claimed('1', '1990-04'), true],
      ['claims another month', claimed('2', '1990-05'), undefined, false],
      ['corrects another month', correcting, claimed('1', '1990-05'), false],
      ['corrects a consent', correcting, consented('1', 'vcse:*'), false],
      ['is a consent', { ...consented('2', 'vcse:*'), control: { born: '1990-04' } }, undefined, false],
      ['is a retraction', { ...again, retracts: '1' }, claimed('1', '1990-04'), false],
      ['only takes away', { ...recorded('2', 'superseding'), corrects: '1' }, claimed('1', '1990-04'), false],
    ])('that %s', (_, fact, superseded, expected) => {
      expect(repeats(state, fact, superseded)).toBe(expected);
    });

    it('that repeats leaves the state as it is, whatever went before', () => {
      const fact = fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        type: fc.constantFrom('police.arrest.recorded', 'hub.consent.given', 'hub.consent.withdrawn'),
        control: fc.constantFrom<StateFact['control']>(
          { born: '1990-04' },
          { born: '1990-05' },
          { born: '1990-04', consentScope: ['vcse:*'] },
        ),
        corrects: fc.constantFrom(null, 'a', 'b', 'c'),
        retracts: fc.constantFrom(null, null, null, 'a', 'b'),
      });
      const whole = ({
        corrects,
        retracts,
        ...rest
      }: typeof fact extends fc.Arbitrary<infer T> ? T : never) =>
        recorded(rest.id, rest.type, rest.control, {
          corrects: retracts === null ? corrects : null,
          retracts,
        });
      let repeated = 0;
      fc.assert(
        fc.property(
          fc.uniqueArray(fact, { selector: ({ id }) => id, maxLength: 4 }),
          fact,
          (before, last) => {
            const facts = before.map(whole);
            const next = { ...whole(last), id: 'new' };
            const superseded = facts.find(({ id }) => id === (next.corrects ?? next.retracts));
            if (!repeats(stateOf(facts), next, superseded)) return;
            repeated += 1;
            expect(stateOf([...facts, next])).toEqual(stateOf(facts));
          },
        ),
        { numRuns: 2000 },
      );
      expect(repeated).toBeGreaterThan(20);
    });
  });
});

describe('limited access (R53)', () => {
  const marked = (id: string, publisher: string, limitedAccess: string, time?: string): StateFact =>
    recorded(id, 'probation.lao.set', { limitedAccess }, { publisher, ...happenedAt(time) });
  const happenedAt = (time?: string): Partial<StateFact> => {
    const happened = parseMoment(time);
    return happened === undefined ? {} : { happened };
  };

  it('is the newest marking of each agency, and NONE lifts it', () => {
    given([marked('1', 'probation', 'EXCLUDED'), marked('2', 'health', 'RESTRICTED')])
      .when('limitedAccess')
      .then({ health: 'RESTRICTED', probation: 'EXCLUDED' });
    given([marked('1', 'probation', 'EXCLUDED'), marked('2', 'health', 'NONE')])
      .when('limitedAccess')
      .then({ probation: 'EXCLUDED' });
    given([marked('1', 'probation', 'EXCLUDED'), marked('2', 'probation', 'RESTRICTED')])
      .when('limitedAccess')
      .then({ probation: 'RESTRICTED' });
    given([marked('1', 'probation', 'EXCLUDED'), marked('2', 'probation', 'NONE')])
      .when('limitedAccess')
      .then({});
  });

  it('is not lifted by a marking that is older than it', () => {
    given([
      marked('1', 'probation', 'RESTRICTED', '2025-04-02'),
      marked('2', 'probation', 'NONE', '2025-04-01'),
    ])
      .when('limitedAccess')
      .then({ probation: 'RESTRICTED' });
  });

  it('is the strictest when the marking is none that is known', () => {
    given([marked('1', 'probation', 'SECRET')])
      .when('limitedAccess')
      .then({ probation: 'EXCLUDED' });
  });
});

describe('reporting restrictions', () => {
  const imposed = (id: string, restriction: string, ends?: string, publisher = 'courts'): StateFact =>
    recorded(
      id,
      'court.reportingRestriction.imposed',
      { restriction, ...(ends !== undefined && { restrictionEnds: ends }) },
      { publisher },
    );
  const lifted = (id: string, restriction: string, publisher = 'courts'): StateFact =>
    recorded(id, 'court.reportingRestriction.lifted', { restriction }, { publisher });
  const untilLifted = { by: 'courts', until: null };

  it('hold until the end of their last day in London, or until they are lifted', () => {
    given([imposed('1', 'r1', '2025-07-31')])
      .when('restrictions')
      .then([{ by: 'courts', until: Date.UTC(2025, 6, 31, 23) }]);
    given([imposed('1', 'r1')])
      .when('restrictions')
      .then([untilLifted]);
    given([imposed('1', 'r1', 'some day')])
      .when('restrictions')
      .then([untilLifted]);
  });

  it('are lifted one by one, by the court that imposed them', () => {
    const both = [imposed('1', 'r1', '2025-07-31'), imposed('2', 'r2')];
    given([...both, lifted('3', 'r1')])
      .when('restrictions')
      .then([untilLifted]);
    given([imposed('1', 'r1'), lifted('2', 'r1', 'youth'), lifted('3', 'r2')])
      .when('restrictions')
      .then([untilLifted]);
  });

  it('are not lifted by a retracted lifting, nor before they are imposed', () => {
    given([imposed('1', 'r1'), lifted('2', 'r1'), { ...lifted('3', 'r1'), retracts: '2' }])
      .when('restrictions')
      .then([untilLifted]);
    given([lifted('1', 'r1'), imposed('2', 'r1')])
      .when('restrictions')
      .then([untilLifted]);
  });

  it('keep what they were imposed with when that is put right after another one', () => {
    given([imposed('1', 'r1'), { ...imposed('2', 'r1', '2025-01-31'), corrects: '1' }, imposed('3', 'r2')])
      .when('restrictions')
      .then([{ by: 'courts', until: Date.UTC(2025, 1, 1) }, untilLifted]);
  });
});

describe('who is responsible', () => {
  const lead = (id: string, agency: string, user?: string): StateFact =>
    recorded(id, 'hub.leadProfessional.appointed', {
      responsibleAgency: agency,
      ...(user !== undefined && { responsible: user }),
    });
  const ended = (id: string, agency: string, user?: string): StateFact => ({
    ...lead(id, agency, user),
    type: 'hub.leadProfessional.ended',
  });
  const allocated = (id: string, user?: string, publisher = 'probation'): StateFact =>
    recorded(id, 'probation.case.allocated', user === undefined ? {} : { responsible: user }, { publisher });

  it('is a lead professional until the appointment ends', () => {
    given([lead('1', 'vcse', 'kim')])
      .when('responsible')
      .then(['vcse:kim']);
    given([lead('1', 'vcse', 'kim'), ended('2', 'vcse', 'kim'), lead('3', 'police', 'ash')])
      .when('responsible')
      .then(['police:ash']);
    given([lead('1', 'vcse', 'kim'), ended('2', 'vcse', 'ash'), ended('3', 'police', 'kim')])
      .when('responsible')
      .then(['vcse:kim']);
  });

  it('is no lead of an agency whose lead ended without a name', () => {
    given([lead('1', 'vcse', 'kim'), lead('2', 'vcse-north', 'ash'), ended('3', 'vcse')])
      .when('responsible')
      .then(['vcse-north:ash']);
  });

  it('is nobody whose user is not known', () => {
    given([lead('1', 'vcse')])
      .when('responsible')
      .then([]);
  });

  it('is whom each agency allocated the case to last', () => {
    given([allocated('1', 'N01'), allocated('2', 'N02')])
      .when('responsible')
      .then(['probation:N02']);
    given([allocated('1', 'N01'), allocated('2', 'N02', 'youth')])
      .when('responsible')
      .then(['probation:N01', 'youth:N02']);
    given([allocated('1', 'N01'), allocated('2')])
      .when('responsible')
      .then([]);
  });

  it('is by an allocation although the lead of the same name ended', () => {
    given([allocated('1', 'N01'), lead('2', 'probation', 'N01'), ended('3', 'probation', 'N01')])
      .when('responsible')
      .then(['probation:N01']);
  });
});

describe('a handover of the lead', () => {
  const on = (day: string) => ({ happened: parseMoment(day) ?? UNKNOWN_MOMENT });
  const lead = (id: string, name: string, rest = {}): StateFact => {
    const [responsibleAgency = '', responsible = ''] = name.split(':');
    return recorded(id, 'hub.leadProfessional.appointed', { responsibleAgency, responsible }, rest);
  };
  const handed = (id: string, name: string, rest = {}): StateFact => ({
    ...lead(id, name, rest),
    type: 'hub.leadProfessional.handedOver',
  });
  const ended = (id: string, name: string, rest = {}): StateFact => ({
    ...lead(id, name, rest),
    type: 'hub.leadProfessional.ended',
  });

  it.each<[string, readonly StateFact[], readonly string[]]>([
    ['ends the lead and begins another', [lead('1', 'police:ash'), handed('2', 'vcse:kim')], ['vcse:kim']],
    [
      'ends every lead, whoever appointed them',
      [lead('1', 'police:ash'), lead('2', 'housing:sky'), handed('3', 'vcse:kim')],
      ['vcse:kim'],
    ],
    ['within an agency', [lead('1', 'vcse:kim'), handed('2', 'vcse:ash')], ['vcse:ash']],
    ['to whoever leads already', [lead('1', 'vcse:kim'), handed('2', 'vcse:kim')], ['vcse:kim']],
    ['without a lead before it', [handed('1', 'vcse:kim')], ['vcse:kim']],
    ['once more', [handed('1', 'vcse:kim'), handed('2', 'police:ash')], ['police:ash']],
    ['that ended', [handed('1', 'vcse:kim'), ended('2', 'vcse:kim')], []],
    ['then another lead', [handed('1', 'vcse:kim'), lead('2', 'police:ash')], ['police:ash', 'vcse:kim']],
    [
      'after which an earlier lead arrives',
      [handed('1', 'vcse:kim', on('2025-03-05')), lead('2', 'police:ash', on('2025-03-01'))],
      ['vcse:kim'],
    ],
    [
      'that arrives after a later one',
      [handed('1', 'vcse:kim', on('2025-03-05')), handed('2', 'police:ash', on('2025-03-01'))],
      ['vcse:kim'],
    ],
    [
      'that arrives after a later lead',
      [lead('1', 'police:ash', on('2025-03-05')), handed('2', 'vcse:kim', on('2025-03-01'))],
      ['police:ash', 'vcse:kim'],
    ],
    [
      'in the same instant as an appointment before it',
      [lead('1', 'police:ash', on('2025-03-05')), handed('2', 'vcse:kim', on('2025-03-05'))],
      ['vcse:kim'],
    ],
    [
      'that was retracted',
      [lead('1', 'police:ash'), handed('2', 'vcse:kim'), { ...handed('3', 'vcse:kim'), retracts: '2' }],
      ['police:ash'],
    ],
    [
      'put right after a later one',
      [handed('1', 'vcse:kim'), handed('2', 'police:ash'), { ...handed('3', 'vcse:sky'), corrects: '1' }],
      ['police:ash'],
    ],
  ])('%s', (_, facts, responsible) => {
    given(facts).when('responsible').then(responsible);
  });

  it('leaves allocations to the agencies that made them', () => {
    const allocated = recorded(
      '0',
      'probation.case.allocated',
      { responsible: 'N01' },
      { publisher: 'probation' },
    );
    given([allocated, handed('1', 'vcse:kim')])
      .when('responsible')
      .then(['probation:N01', 'vcse:kim']);
  });
});

describe('the area', () => {
  const on = (day: string) => ({ happened: parseMoment(day) ?? UNKNOWN_MOMENT });
  const assigned = (id: string, area: string, rest = {}) => recorded(id, 'hub.area.assigned', { area }, rest);
  const accepted = (id: string, area: string, rest = {}) =>
    recorded(id, 'hub.crossBorder.handoverAccepted', { area }, rest);

  it.each<[string, readonly StateFact[], string | null]>([
    ['is not known', [], null],
    ['is where the person was placed', [assigned('1', 'NW')], 'NW'],
    ['is where the person was placed last', [assigned('1', 'NW'), assigned('2', 'NE')], 'NE'],
    [
      'is the receiving one from its acceptance on',
      [assigned('1', 'NW'), accepted('2', 'Nextshire')],
      'Nextshire',
    ],
    ['may be assigned again', [accepted('1', 'Nextshire'), assigned('2', 'NW')], 'NW'],
    [
      'does not go back by what arrives late',
      [accepted('1', 'Nextshire', on('2025-03-05')), assigned('2', 'NW', on('2025-03-01'))],
      'Nextshire',
    ],
    [
      'is the sending one again when the acceptance is retracted',
      [assigned('1', 'NW'), accepted('2', 'Nextshire'), { ...accepted('3', 'Nextshire'), retracts: '2' }],
      'NW',
    ],
    [
      'is what an acceptance was put right to',
      [assigned('1', 'NW'), accepted('2', 'Nextshire'), { ...accepted('3', 'Farshire'), corrects: '2' }],
      'Farshire',
    ],
    ['is not what anything else says', [recorded('1', 'hub.cohort.selected', { area: 'NW' })], null],
  ])('%s', (_, facts, area) => {
    given(facts).when('area').then(area);
  });
});

describe('to have been told of sharing (R15)', () => {
  const told = (id: string, rest = {}) => recorded(id, 'hub.subject.informed', { informed: '2' }, rest);
  const of = (what: readonly string[]) =>
    recorded('1', 'hub.subject.informed', { informed: '2', told: what });

  it.each<[string, readonly StateFact[], boolean]>([
    ['nobody is by default', [], false],
    ['once is enough, whatever comes after', [told('1'), decided('2', 'Priority')], true],
    ['retracted is not to have been told', [told('1'), { ...told('2'), retracts: '1' }], false],
    ['of something else is not', [of(['support', 'monitoring'])], false],
    ['of it among other things is', [of(['support', 'information-sharing'])], true],
    ['put right is to have been told', [told('1'), { ...told('2'), corrects: '1' }], true],
  ])('%s', (_, facts, informed) => {
    given(facts).when('informed').then(informed);
  });
});

describe('what was superseded does not count', () => {
  const gave = consented('given', 'vcse:HLTH');
  const took = withdrew('taken', 'vcse:HLTH');

  it('a retracted consent is none, and its retraction gives none either', () => {
    const retraction = { ...consented('gone', 'vcse:HLTH'), retracts: 'given' };
    given([gave, retraction]).when('consents').then([]);
  });

  it('a retracted withdrawal leaves the consent', () => {
    given([gave, took, { ...withdrew('gone', 'vcse:HLTH'), retracts: 'taken' }])
      .when('consents')
      .then(['vcse:HLTH']);
  });

  it('a corrected consent counts as corrected', () => {
    given([gave, { ...consented('put-right', 'housing:HLTH'), corrects: 'given' }])
      .when('consents')
      .then(['housing:HLTH']);
  });

  it('a retracted correction does not bring back what it corrected', () => {
    const corrected = { ...consented('put-right', 'housing:HLTH'), corrects: 'given' };
    const retraction = { ...consented('gone', 'housing:HLTH'), retracts: 'put-right' };
    given([gave, corrected, retraction]).when('consents').then([]);
  });

  it('a consent that is put right after it was withdrawn stays withdrawn', () => {
    const corrected = { ...gave, id: 'put-right', corrects: 'given' };
    given([gave, took, corrected]).when('consents').then([]);
    given([gave, took, corrected, { ...gave, id: 'again', corrects: 'put-right' }])
      .when('consents')
      .then([]);
  });

  it('an old decision that is put right does not replace a newer one', () => {
    const corrected = { ...decided('put-right', 'Priority'), corrects: 'old' };
    given([decided('old', 'Enhanced'), decided('new', 'Standard'), corrected])
      .when('levels')
      .then(['Standard']);
  });

  it('a correction of what is not there counts where it stands', () => {
    const stray = { ...decided('stray', 'Priority'), corrects: 'elsewhere' };
    given([decided('old', 'Standard'), stray])
      .when('levels')
      .then(['Priority']);
  });
});

it('a control attribute that is absent or a single text is read as a list', () => {
  given([recorded('1', 'hub.management.decided', { levels: 'Priority' })])
    .when('levels')
    .then(['Priority']);
  given([...sam.history, recorded('1', 'hub.cohort.deselected')])
    .when('cohorts')
    .then(['Fixed']);
});
