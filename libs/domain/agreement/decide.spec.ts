import { describe, expect, it } from '@jest/globals';
import { Forbidden } from '../../contract/failure.js';
import { agreementOf, hashOf, registerOf } from '../../testing/agreements.js';
import { refused, specifying } from '../../testing/given.js';
import {
  type Actor,
  type Agreement,
  type AgreementEvent,
  type AgreementStatus,
  evolve,
  NO_AGREEMENT,
} from './agreement.js';
import { type AgreementCommand, decide, elapse, startOf } from './decide.js';
import { type AgreementDocument } from './document.js';
import { inForce, versionKey, versions } from './register.js';

const clause = {
  id: 'custody',
  publishers: ['police'],
  recipients: ['housing'],
  purposes: ['resettlement'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['arrestedAt'] },
};
const reference = 'resettlement';
const first = agreementOf({ reference, clauses: [clause], inForceFrom: '2025-06-01', expires: '2025-12-01' });
const second: AgreementDocument = { ...first, version: 2, inForceFrom: '2025-09-01', expires: '2026-06-01' };

const police: Actor = { agency: 'police', user: 'Chief Zero' };
const housing: Actor = { agency: 'housing', user: 'Director Zero' };
const stranger: Actor = { agency: 'vcse', user: 'Somebody' };
const clock: Actor = { agency: 'hub', user: 'clock' };
const day = (date: string): number => startOf(date);

const step = (at: string, version: number, by: Actor) => ({ reference, version, by, at: day(at) });
const proposed = (document: AgreementDocument, at: string): AgreementEvent => ({
  ...step(at, document.version, police),
  type: 'agreement.proposed',
  document,
  hash: hashOf(document),
});
const signed = (by: Actor, at: string, document = first): AgreementEvent => ({
  ...step(at, document.version, by),
  type: 'agreement.signed',
  party: by.agency,
  hash: hashOf(document),
});
const inForceOn = (at: string, version = 1): AgreementEvent => ({
  ...step(at, version, clock),
  type: 'agreement.cameIntoForce',
});
const expired = (at: string, version = 1): AgreementEvent => ({
  ...step(at, version, clock),
  type: 'agreement.expired',
});
const changed = (how: 'suspended' | 'resumed' | 'terminated', at: string, by = police): AgreementEvent => ({
  ...step(at, 1, by),
  type: `agreement.${how}`,
  reason: 'for the test',
});

const propose = (document: AgreementDocument, by = police): AgreementCommand => ({
  type: 'propose',
  document,
  hash: hashOf(document),
  by,
  at: day('2025-07-01'),
});
const sign = (by: Actor, hash = hashOf(first), version = 1): AgreementCommand => ({
  type: 'sign',
  version,
  hash,
  by,
  at: day('2025-07-01'),
});
const change = (type: 'suspend' | 'resume' | 'terminate', by = police, version = 1): AgreementCommand => ({
  type,
  version,
  reason: 'for the test',
  by,
  at: day('2025-07-01'),
});

const agreementAfter = (events: readonly AgreementEvent[]): Agreement => events.reduce(evolve, NO_AGREEMENT);
const given = specifying((events: readonly AgreementEvent[], command: AgreementCommand) =>
  decide(agreementAfter(events), command),
);
const messageOf = (events: readonly AgreementEvent[], command: AgreementCommand): string => {
  try {
    decide(agreementAfter(events), command);
  } catch (error) {
    if (error instanceof Forbidden) return error.message;
  }
  throw new Error(`${command.type} was not refused`);
};
const givenTime = specifying((events: readonly AgreementEvent[], date: string) =>
  elapse(agreementAfter(events), day(date)),
);

const drafted = [proposed(first, '2025-05-01')];
const agreed = [...drafted, signed(police, '2025-05-02'), signed(housing, '2025-05-03')];
const running = [...agreed, inForceOn('2025-06-01')];
const replaced = [
  ...running,
  proposed(second, '2025-08-01'),
  signed(police, '2025-08-01', second),
  signed(housing, '2025-08-01', second),
  inForceOn('2025-09-01', 2),
];

/** A history that ends with version 1 in each status. */
const lives: Readonly<Record<AgreementStatus, readonly AgreementEvent[]>> = {
  proposed: drafted,
  signed: agreed,
  'in-force': running,
  suspended: [...running, changed('suspended', '2025-06-10')],
  superseded: replaced,
  expired: [...running, expired('2025-12-01')],
  terminated: [...running, changed('terminated', '2025-06-10')],
};

const notAParty = refused('forbidden', 'not-a-party');
const refusedHere = refused('conflict', 'agreement-status');

it.each(Object.entries(lives))('a life can come to %s', (status, events) => {
  expect(agreementAfter(events)[0]?.status).toBe(status);
});

describe('propose', () => {
  it('starts an agreement with version 1', () => {
    given([])
      .when(propose(first))
      .then([{ ...proposed(first, '2025-07-01') }]);
  });

  it('refuses any other first version, the same one again, and a gap (requirements §3.3)', () => {
    const notNext = refused('conflict', 'agreement-version');
    given([]).when(propose(second)).then(notNext);
    given(drafted).when(propose(first)).then(notNext);
    given(drafted)
      .when(propose({ ...first, version: 3 }))
      .then(notNext);
  });

  it.each(Object.entries(lives).filter(([status]) => status !== 'superseded'))(
    'takes a new version while version 1 is %s: an amendment is no edit',
    (_, events) =>
      given(events)
        .when(propose(second))
        .then([proposed(second, '2025-07-01')]),
  );

  it('is for parties only', () => {
    given([]).when(propose(first, stranger)).then(refused('forbidden', 'not-a-party'));
  });
});

describe('sign', () => {
  it('records the signature of each party over the hash', () => {
    given(drafted)
      .when(sign(police))
      .then([signed(police, '2025-07-01')]);
    given([...drafted, signed(police, '2025-05-02')])
      .when(sign(housing))
      .then([signed(housing, '2025-07-01')]);
  });

  it.each((Object.keys(lives) as AgreementStatus[]).filter((status) => status !== 'proposed'))(
    'comes too late when the version is %s',
    (status) => given(lives[status]).when(sign(housing)).then(refusedHere),
  );

  it('refuses the hash of another document', () => {
    given(drafted)
      .when(sign(housing, hashOf(second)))
      .then(refused('conflict', 'agreement-hash'));
  });

  it('refuses a second signature of the same party', () => {
    given([...drafted, signed(police, '2025-05-02')])
      .when(sign(police))
      .then(refused('conflict', 'agreement-signed'));
  });

  it('refuses a stranger, whatever the hash', () => {
    given(drafted).when(sign(stranger)).then(refused('forbidden', 'not-a-party'));
    given(drafted).when(sign(stranger, 'wrong')).then(refused('forbidden', 'not-a-party'));
  });

  it('answers alike to a stranger and about a version that was never proposed', () => {
    for (const [events, command] of [
      [drafted, sign(stranger)],
      [drafted, sign(police, hashOf(second), 2)],
      [[], sign(police)],
    ] as const)
      given(events).when(command).then(notAParty);
  });
});

describe.each([
  ['suspend', ['in-force'], 'suspended'],
  ['resume', ['suspended'], 'resumed'],
  ['terminate', ['proposed', 'signed', 'in-force', 'suspended'], 'terminated'],
] as const)('%s', (type, from: readonly AgreementStatus[], how) => {
  it.each(Object.keys(lives) as AgreementStatus[])('a version that is %s', (status) => {
    const expected = from.includes(status) ? [changed(how, '2025-07-01')] : refusedHere;
    given(lives[status]).when(change(type)).then(expected);
  });

  it('is for parties, and answers a stranger as one who names no version that exists', () => {
    const events = lives[from[0] ?? 'proposed'];
    given(events).when(change(type, stranger)).then(notAParty);
    given(events)
      .when(change(type, police, 2))
      .then(notAParty);
    given([]).when(change(type)).then(notAParty);
    expect(messageOf(events, change(type, stranger))).toBe(messageOf([], change(type, stranger)));
  });
});

describe.each([
  ['suspend', 'suspended'],
  ['terminate', 'terminated'],
] as const)('%s', (type, how) => {
  it('is open to every party', () => {
    given(running)
      .when(change(type, housing))
      .then([changed(how, '2025-07-01', housing)]);
  });
});

describe('resume', () => {
  const byHousing = [...running, changed('suspended', '2025-06-10', housing)];

  it('is for the party that suspended, and not for another', () => {
    const notTheSuspender = refused('forbidden', 'not-the-suspender');
    given(byHousing)
      .when(change('resume', housing))
      .then([changed('resumed', '2025-07-01', housing)]);
    given(byHousing).when(change('resume', police)).then(notTheSuspender);
    const again = [
      ...byHousing,
      changed('resumed', '2025-06-12', housing),
      changed('suspended', '2025-06-14', police),
    ];
    given(again).when(change('resume', housing)).then(notTheSuspender);
    given(again)
      .when(change('resume', police))
      .then([changed('resumed', '2025-07-01')]);
  });

  it('is not needed to end what another suspended', () => {
    given(byHousing)
      .when(change('terminate', police))
      .then([changed('terminated', '2025-07-01')]);
  });
});

describe('a next version, when parties come and go', () => {
  const courts: Actor = { agency: 'courts', user: 'Clerk Zero' };
  const next = { version: 2, inForceFrom: '2025-06-01' };
  const partyOf = ({ agency }: Actor) => ({ agency, regime: 'uk-gdpr', contact: 'x' }) as const;
  const outsiders: AgreementDocument = { ...first, ...next, parties: [stranger, courts].map(partyOf) };
  const without: AgreementDocument = { ...first, ...next, parties: [police, stranger].map(partyOf) };
  const proposedWithout = [...running, proposed(without, '2025-06-20')];

  it('cannot be proposed by outsiders, whoever they say its parties are', () => {
    given(running).when(propose(outsiders, stranger)).then(notAParty);
    given(running).when(propose(outsiders, courts)).then(notAParty);
    for (const events of [lives.terminated, lives.expired])
      given(events).when(propose(outsiders, stranger)).then(notAParty);
  });

  it('can be proposed by a party that leaves, and by one that another version leaves out', () => {
    given(running)
      .when(propose(without, housing))
      .then([{ ...proposed(without, '2025-07-01'), by: housing }]);
    const third = { ...first, version: 3 };
    given(proposedWithout)
      .when(propose(third, housing))
      .then([{ ...proposed(third, '2025-07-01'), by: housing }]);
  });

  it('ends no version whose parties have not all signed', () => {
    const bySome = [
      ...proposedWithout,
      signed(police, '2025-06-20', without),
      signed(stranger, '2025-06-20', without),
    ];
    givenTime(bySome).when('2025-07-01').then([]);
    expect(agreementAfter(bySome).map(({ status }) => status)).toEqual(['in-force', 'proposed']);
    given(bySome)
      .when(sign(housing, hashOf(without), 2))
      .then([signed(housing, '2025-07-01', without)]);
    givenTime([...bySome, signed(housing, '2025-07-01', without)])
      .when('2025-07-01')
      .then([inForceOn('2025-07-01', 2)]);
  });

  it('needs only its own parties once the earlier version is over', () => {
    const bySome = [
      ...proposedWithout,
      signed(police, '2025-06-20', without),
      signed(stranger, '2025-06-20', without),
      changed('terminated', '2025-06-25', housing),
    ];
    givenTime(bySome)
      .when('2025-07-01')
      .then([inForceOn('2025-07-01', 2)]);
    given([...lives.terminated, proposed(without, '2025-06-20')])
      .when(sign(housing, hashOf(without), 2))
      .then(notAParty);
  });

  it('is suspended and terminated by its own parties alone', () => {
    given(proposedWithout)
      .when(change('terminate', housing, 2))
      .then(notAParty);
    given(proposedWithout)
      .when(change('terminate', stranger, 1))
      .then(notAParty);
  });
});

describe('time', () => {
  it('brings a signed agreement into force on its day, not before', () => {
    givenTime(agreed).when('2025-05-31').then([]);
    givenTime(agreed)
      .when('2025-06-01')
      .then([inForceOn('2025-06-01')]);
  });

  it('brings what was signed late into force when it comes to it', () => {
    givenTime(agreed)
      .when('2025-07-15')
      .then([inForceOn('2025-07-15')]);
  });

  it('brings nothing into force that a party has not signed', () => {
    givenTime([...drafted, signed(police, '2025-05-02')])
      .when('2025-07-01')
      .then([]);
  });

  it('does nothing twice', () => {
    givenTime(running).when('2025-07-01').then([]);
    givenTime(lives.expired).when('2026-01-01').then([]);
  });

  it.each(['proposed', 'signed', 'in-force', 'suspended'] as const)(
    'ends one that is %s on its last day',
    (status) => {
      givenTime(lives[status])
        .when('2025-12-01')
        .then([expired('2025-12-01')]);
    },
  );

  it.each(['superseded', 'expired', 'terminated'] as const)('has no effect on one that is %s', (status) => {
    givenTime(lives[status]).when('2025-12-01').then([]);
  });

  it('needs dates that are dates', () => {
    givenTime([proposed({ ...first, expires: 'one day' }, '2025-05-01')])
      .when('2025-07-01')
      .then(refused('conflict', 'agreement-date'));
  });
});

describe('a new version', () => {
  const [one, two] = agreementAfter(replaced);

  it('supersedes the one before, from the moment it comes into force', () => {
    expect(one?.status).toBe('superseded');
    expect(one?.force).toEqual([{ from: day('2025-06-01'), to: day('2025-09-01') }]);
    expect(two?.status).toBe('in-force');
    expect(two?.force).toEqual([{ from: day('2025-09-01'), to: null }]);
  });

  it('supersedes a suspended one without reopening the time of its suspension', () => {
    const events = [...lives.suspended, ...replaced.slice(running.length)];
    const [suspended] = agreementAfter(events);
    expect(suspended).toMatchObject({
      status: 'superseded',
      force: [{ from: day('2025-06-01'), to: day('2025-06-10') }],
    });
  });

  it('replaces one that was never signed, which can then not be signed into force beside it', () => {
    const events = [...drafted, ...replaced.slice(running.length)];
    given(events).when(sign(housing)).then(refusedHere);
  });

  it('replaces one that was signed for a later day, which never comes into force', () => {
    const later = { ...first, inForceFrom: '2025-10-01' };
    const events = [
      proposed(later, '2025-05-01'),
      signed(police, '2025-05-02', later),
      signed(housing, '2025-05-03', later),
      ...replaced.slice(running.length),
    ];
    givenTime(events).when('2025-11-01').then([]);
  });

  it('is not touched when the one before comes into force', () => {
    const events = [...agreed, proposed(second, '2025-05-20'), inForceOn('2025-06-01')];
    expect(agreementAfter(events).map(({ status }) => status)).toEqual(['in-force', 'proposed']);
  });

  it('leaves one alone that was terminated', () => {
    const [terminated] = agreementAfter([...lives.terminated, ...replaced.slice(running.length)]);
    expect(terminated?.status).toBe('terminated');
  });
});

describe('evolve', () => {
  it('keeps each time in force apart', () => {
    const events = [
      ...lives.suspended,
      changed('resumed', '2025-06-20'),
      changed('terminated', '2025-07-01'),
    ];
    expect(agreementAfter(events)[0]?.force).toEqual([
      { from: day('2025-06-01'), to: day('2025-06-10') },
      { from: day('2025-06-20'), to: day('2025-07-01') },
    ]);
  });

  it('keeps prohibitions through a suspension, until the end', () => {
    const resumed = [...lives.suspended, changed('resumed', '2025-06-20')];
    const prohibits = (events: readonly AgreementEvent[]) => agreementAfter(events)[0]?.prohibits;
    expect(prohibits(lives.suspended)).toEqual([{ from: day('2025-06-01'), to: null }]);
    expect(prohibits(resumed)).toEqual([{ from: day('2025-06-01'), to: null }]);
    const ended = [{ from: day('2025-06-01'), to: day('2025-09-01') }];
    expect(prohibits([...lives.suspended, changed('terminated', '2025-09-01')])).toEqual(ended);
    expect(prohibits([...lives.suspended, expired('2025-09-01')])).toEqual(ended);
    expect(prohibits([...lives.suspended, ...replaced.slice(running.length)])).toEqual(ended);
  });

  it('keeps who signed and when', () => {
    expect(agreementAfter(agreed)[0]?.signatures).toEqual([
      { party: 'police', user: 'Chief Zero', at: day('2025-05-02') },
      { party: 'housing', user: 'Director Zero', at: day('2025-05-03') },
    ]);
  });

  it('takes no notice of an event about a version it does not know', () => {
    const known = agreementAfter(running);
    expect(evolve(known, inForceOn('2025-07-01', 9))).toEqual(known);
    expect(evolve(known, expired('2025-07-01', 9))).toEqual(known);
  });
});

describe('the register', () => {
  const other = agreementOf({ reference: 'another', clauses: [clause] });
  const elsewhere: AgreementEvent[] = [
    {
      ...step('2025-07-01', 1, police),
      type: 'agreement.proposed',
      reference: 'another',
      document: other,
      hash: '',
    },
    { ...step('2025-07-02', 1, clock), type: 'agreement.cameIntoForce', reference: 'another' },
  ];

  it('holds every version in order of reference and version, and knows the newest moment', () => {
    const all = registerOf([...replaced, ...elsewhere]);
    expect(versions(all).map(versionKey)).toEqual(['another/1', 'resettlement/1', 'resettlement/2']);
    expect(all.asOf).toBe(day('2025-09-01'));
  });

  it('has in force what the log says, and nothing past its end, with or without an event', () => {
    const all = registerOf([...running, ...elsewhere]);
    const on = (date: string): readonly string[] => inForce(all, day(date)).map(versionKey);
    expect(on('2025-07-03')).toEqual(['another/1', 'resettlement/1']);
    expect(on('2025-12-01')).toEqual(['another/1']);
    expect(on('2026-01-01')).toEqual([]);
  });

  it('has nothing in force that is suspended, whatever its dates', () => {
    expect(inForce(registerOf(lives.suspended), day('2025-07-03'))).toEqual([]);
  });
});
