import { describe, expect, it } from '@jest/globals';
import { isFailure } from '../../contract/failure.js';
import { commandsOf, signatoryOf, stepsOf } from '../../testing/agreement-steps.js';
import { custodyClause, documentOf } from '../../testing/agreements.js';
import { type AgreementEvent, evolve, NO_AGREEMENT } from './agreement.js';
import { type AgreementCommand, decide, startOf } from './decide.js';
import { decideKey, evolveKeys, type SignatoryKeyEvent, usableKey } from './signatories.js';

const first = documentOf({
  reference: 'resettlement',
  clauses: [{ ...custodyClause, recipients: ['housing', 'courts'] }],
});
const second = { ...first, version: 2 };
const steps = stepsOf(first);
const asking = commandsOf(first, '2025-07-01');
const proposed = [steps.proposed('police', '2025-05-01')];
const running = [...proposed, steps.became('cameIntoForce', 'hub', '2025-06-01')];
const suspended = [...running, steps.became('suspended', 'housing', '2025-06-02')];
const left = [...running, steps.withdrew('courts', '2025-06-03')];

const wordsOf = (refuse: () => unknown): string => {
  try {
    refuse();
  } catch (error) {
    if (isFailure(error)) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('an agency that is refused hears why', () => {
  it.each<[string, readonly AgreementEvent[], AgreementCommand, string]>([
    ['a stranger', running, asking.change('suspend', 'vcse'), 'no such version of an agreement binds vcse'],
    [
      'who left',
      left,
      asking.change('suspend', 'courts'),
      'courts has withdrawn from resettlement version 1',
    ],
    [
      'another hash',
      proposed,
      asking.sign('housing', 'another'),
      'the hash is not that of resettlement version 1',
    ],
    [
      'a second signature',
      [...proposed, steps.signed('housing', '2025-05-02')],
      asking.sign('housing'),
      'housing has signed resettlement version 1',
    ],
    [
      'a review by another',
      running,
      asking.review('housing', '2025-08-01'),
      'the owner of resettlement version 1 reviews it',
    ],
    [
      'a review too late',
      running,
      asking.review('police', '2026-02-01'),
      'next review must be a later date, no later than the agreement expires',
    ],
    [
      'a proposal of others',
      running,
      commandsOf(second, '2025-07-01').propose('vcse'),
      'vcse is not a party to resettlement',
    ],
    ['a version out of order', running, asking.propose('police'), 'the next version of resettlement is 2'],
    [
      'a resumption by another',
      suspended,
      asking.change('resume', 'police'),
      'only the party that suspended an agreement may resume it',
    ],
    [
      'an owner that leaves',
      running,
      asking.change('withdraw', 'police'),
      'the owner of resettlement version 1 terminates it for all',
    ],
    [
      'an end by another',
      running,
      asking.change('terminate', 'housing'),
      'the owner of resettlement version 1 terminates it; a party withdraws',
    ],
  ])('%s', (_, events, command, words) => {
    expect(wordsOf(() => decide(events.reduce(evolve, NO_AGREEMENT), command))).toBe(words);
  });

  it('a date that is none', () => {
    expect(wordsOf(() => startOf('one day'))).toBe('an agreement date is not a calendar date');
  });
});

describe('a step out of order is told what may come next', () => {
  const replaced = [
    ...running,
    stepsOf(second).proposed('police', '2025-06-02'),
    stepsOf(second).became('cameIntoForce', 'hub', '2025-06-03'),
  ];

  it.each<[string, readonly AgreementEvent[], string]>([
    ['drafted', [steps.drafted('police', '2025-05-01')], 'draft, propose, terminate'],
    ['superseded', replaced, 'only a next version'],
    ['terminated', [...running, steps.became('terminated', 'police', '2025-06-02')], 'only a next version'],
  ])('when the version is %s', (status, events, next) => {
    const words = wordsOf(() =>
      decide(events.reduce(evolve, NO_AGREEMENT), asking.change('suspend', 'police')),
    );
    expect(words).toBe(`resettlement version 1 is ${status}; what may come next: ${next}`);
  });
});

describe('a signatory whose key is refused hears why', () => {
  const by = signatoryOf('police');
  const registered: SignatoryKeyEvent = {
    type: 'signatory.keyRegistered',
    key: 'one',
    publicKey: '',
    by,
    at: 1,
  };
  const revoked: SignatoryKeyEvent = { type: 'signatory.keyRevoked', key: 'one', by, at: 2, reason: 'lost' };
  const keys = evolveKeys(new Map(), registered);

  it('one that is registered already', () => {
    const again = () => decideKey(keys, { type: 'register', key: 'one', publicKey: '', by, at: 3 });
    expect(wordsOf(again)).toBe('this key is or was registered already');
  });

  it('one that is not its agency’s', () => {
    expect(wordsOf(() => usableKey(keys, 'one', 'housing'))).toBe('housing has registered no such key');
  });

  it('one that is revoked', () => {
    expect(wordsOf(() => usableKey(evolveKeys(keys, revoked), 'one', 'police'))).toBe('this key is revoked');
  });
});
