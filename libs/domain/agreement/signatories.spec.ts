import { describe, expect, it } from '@jest/globals';
import { refused, specifying } from '../../testing/given.js';
import { type Actor } from './agreement.js';
import {
  decideKey,
  evolveKeys,
  type SignatoryKeyCommand,
  type SignatoryKeyEvent,
  usableKey,
} from './signatories.js';

const police: Actor = { agency: 'police', user: 'Chief Zero' };
const housing: Actor = { agency: 'housing', user: 'Director Zero' };

const registered = (key: string, by = police, at = 1): SignatoryKeyEvent => ({
  type: 'signatory.keyRegistered',
  key,
  publicKey: `public ${key}`,
  by,
  at,
});
const revoked = (key: string, by = police, at = 2): SignatoryKeyEvent => ({
  type: 'signatory.keyRevoked',
  key,
  by,
  at,
  reason: 'lost',
});
const register = (key: string, by = police): SignatoryKeyCommand => ({
  type: 'register',
  key,
  publicKey: `public ${key}`,
  by,
  at: 1,
});
const revoke = (key: string, by = police): SignatoryKeyCommand => ({
  type: 'revoke',
  key,
  by,
  at: 2,
  reason: 'lost',
});

const keysAfter = (events: readonly SignatoryKeyEvent[]) => events.reduce(evolveKeys, new Map());
const given = specifying((events: readonly SignatoryKeyEvent[], command: SignatoryKeyCommand) =>
  decideKey(keysAfter(events), command),
);
const givenUse = specifying(
  (events: readonly SignatoryKeyEvent[], { key, agency }: Readonly<Record<string, string>>) =>
    usableKey(keysAfter(events), key ?? '', agency ?? '').publicKey,
);

const unknown = refused('forbidden', 'key-unknown');
const isRevoked = refused('conflict', 'key-revoked');

describe('registering a key', () => {
  it('is how an agency comes to its first one, and to more', () => {
    given([])
      .when(register('one'))
      .then([registered('one')]);
    given([registered('one')])
      .when(register('two'))
      .then([registered('two')]);
  });

  it('happens once to a key, whoever asks, also when it is revoked', () => {
    const twice = refused('conflict', 'key-registered');
    given([registered('one')])
      .when(register('one'))
      .then(twice);
    given([registered('one')])
      .when(register('one', housing))
      .then(twice);
    given([registered('one'), revoked('one')])
      .when(register('one'))
      .then(twice);
  });
});

describe('revoking a key', () => {
  it('is for a signatory of its agency, once', () => {
    given([registered('one')])
      .when(revoke('one'))
      .then([revoked('one')]);
    given([registered('one'), revoked('one')])
      .when(revoke('one'))
      .then(isRevoked);
  });

  it('answers alike about another agency’s key and one that nobody has', () => {
    given([registered('one')])
      .when(revoke('one', housing))
      .then(unknown);
    given([]).when(revoke('one', housing)).then(unknown);
  });
});

describe('a key', () => {
  it('is usable by its agency alone, until it is revoked', () => {
    givenUse([registered('one')])
      .when({ key: 'one', agency: 'police' })
      .then('public one');
    givenUse([registered('one')])
      .when({ key: 'one', agency: 'housing' })
      .then(unknown);
    givenUse([registered('one'), revoked('one')])
      .when({ key: 'one', agency: 'police' })
      .then(isRevoked);
    givenUse([registered('one'), registered('two'), revoked('one')])
      .when({ key: 'two', agency: 'police' })
      .then('public two');
  });

  it('stays whose it was, and revoked, whatever the log says later', () => {
    const after = keysAfter([
      registered('one'),
      revoked('one'),
      registered('one', housing),
      revoked('one', housing, 9),
    ]);
    expect([...after.values()]).toEqual([
      {
        key: 'one',
        publicKey: 'public one',
        agency: 'police',
        registered: { by: police, at: 1 },
        revoked: { by: police, at: 2, reason: 'lost' },
      },
    ]);
    expect(keysAfter([revoked('none')]).size).toBe(0);
  });
});
