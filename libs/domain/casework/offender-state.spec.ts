import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { characters, recorded, sam } from '../../testing/characters.js';
import { specifying } from '../../testing/given.js';
import { changesState, type OffenderState, type StateFact, stateOf, UNMANAGED } from './offender-state.js';

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
  ['hub.subject.informed', false],
  ['hub.leadProfessional.appointed', false],
  ['police.arrest.recorded', false],
  ['constructor', false],
])('%s changes the state: %s', (type, expected) => {
  expect(changesState(type)).toBe(expected);
  const control = { cohort: ['Fixed', 'Free'], levels: ['Standard'], consentScope: ['housing:HLTH'] };
  const unchanged = isDeepStrictEqual(stateOf([...sam.history, recorded('new', type, control)]), sam.state);
  expect(unchanged).toBe(!expected);
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
