import { describe, expect, it } from '@jest/globals';
import { isFailure } from '../../contract/failure.js';
import { agreementOf, custodyClause, hashOf, registerOf } from '../../testing/agreements.js';
import { refused, specifying } from '../../testing/given.js';
import {
  type Actor,
  type Agreement,
  type AgreementEvent,
  type AgreementStatus,
  evolve,
  knownTo,
  NO_AGREEMENT,
} from './agreement.js';
import { forceOf } from './force.js';
import { type AgreementCommand, decide, elapse, nextSteps, startOf } from './decide.js';
import { type AgreementDocument } from './document.js';
import { inForce, versionKey, versions } from './register.js';

const reference = 'resettlement';
const first = agreementOf({
  reference,
  clauses: [custodyClause],
  inForceFrom: '2025-06-01',
  expires: '2025-12-01',
});
const second: AgreementDocument = { ...first, version: 2, inForceFrom: '2025-09-01', expires: '2026-06-01' };

const police: Actor = { agency: 'police', user: 'Chief Zero' };
const housing: Actor = { agency: 'housing', user: 'Director Zero' };
const stranger: Actor = { agency: 'vcse', user: 'Somebody' };
const courts: Actor = { agency: 'courts', user: 'Clerk Zero' };
const clock: Actor = { agency: 'hub', user: 'clock' };
const day = (date: string): number => startOf(date);

const reason = 'for the test';
const step = (at: string, version: number, by: Actor) => ({ reference, version, by, at: day(at), reason });
const drafted = (document: AgreementDocument, at: string, by = police): AgreementEvent => ({
  ...step(at, document.version, by),
  type: 'agreement.drafted',
  document,
  hash: hashOf(document),
});
const proposed = (document: AgreementDocument, at: string, by = police): AgreementEvent => ({
  ...step(at, document.version, by),
  type: 'agreement.proposed',
  document,
  hash: hashOf(document),
});
const signed = (by: Actor, at: string, document = first): AgreementEvent => ({
  ...step(at, document.version, by),
  type: 'agreement.signed',
  party: by.agency,
  hash: hashOf(document),
  key: `key of ${by.agency}`,
  signature: `signed by ${by.agency}`,
});
const inForceOn = (at: string, version = 1): AgreementEvent => ({
  ...step(at, version, clock),
  type: 'agreement.cameIntoForce',
  reason: 'all have signed and its day has come',
});
const expired = (at: string, version = 1): AgreementEvent => ({
  ...step(at, version, clock),
  type: 'agreement.expired',
  reason: 'its term has ended',
});
const changed = (how: 'suspended' | 'resumed' | 'terminated', at: string, by = police): AgreementEvent => ({
  ...step(at, 1, by),
  type: `agreement.${how}`,
});
const withdrew = (by: Actor, at: string, version = 1): AgreementEvent => ({
  ...step(at, version, by),
  type: 'agreement.partyWithdrew',
  party: by.agency,
});
const reviewed = (nextReview: string, at: string): AgreementEvent => ({
  ...step(at, 1, police),
  type: 'agreement.reviewed',
  nextReview,
});

const now = day('2025-07-01');
const write = (type: 'draft' | 'propose', document: AgreementDocument, by = police): AgreementCommand => ({
  type,
  document,
  hash: hashOf(document),
  reason,
  by,
  at: now,
});
const propose = (document: AgreementDocument, by = police) => write('propose', document, by);
const sign = (by: Actor, hash = hashOf(first), version = 1): AgreementCommand => ({
  type: 'sign',
  version,
  hash,
  key: `key of ${by.agency}`,
  signature: `signed by ${by.agency}`,
  reason,
  by,
  at: now,
});
const change = (
  type: 'suspend' | 'resume' | 'withdraw' | 'terminate',
  by = police,
  version = 1,
): AgreementCommand => ({ type, version, reason, by, at: now });
const review = (nextReview: string, by = police, version = 1): AgreementCommand => ({
  type: 'review',
  version,
  nextReview,
  reason,
  by,
  at: now,
});

const agreementAfter = (events: readonly AgreementEvent[]): Agreement => events.reduce(evolve, NO_AGREEMENT);
const given = specifying((events: readonly AgreementEvent[], command: AgreementCommand) =>
  decide(agreementAfter(events), command),
);
const messageOf = (events: readonly AgreementEvent[], command: AgreementCommand): string => {
  try {
    decide(agreementAfter(events), command);
  } catch (error) {
    if (isFailure(error)) return error.message;
  }
  throw new Error(`${command.type} was not refused`);
};
const givenTime = specifying((events: readonly AgreementEvent[], date: string) =>
  elapse(agreementAfter(events), day(date)),
);

const asked = [proposed(first, '2025-05-01')];
const agreed = [...asked, signed(police, '2025-05-02'), signed(housing, '2025-05-03')];
const running = [...agreed, inForceOn('2025-06-01')];
const replaced = [
  ...running,
  proposed(second, '2025-08-01'),
  signed(police, '2025-08-01', second),
  signed(housing, '2025-08-01', second),
  inForceOn('2025-09-01', 2),
];

const three = agreementOf({
  reference,
  clauses: [{ ...custodyClause, recipients: ['housing', 'courts'] }],
  inForceFrom: '2025-06-01',
  expires: '2025-12-01',
});
const threeSigned = [
  proposed(three, '2025-05-01'),
  ...[police, housing, courts].map((by) => signed(by, '2025-05-02', three)),
];
const threeRunning = [...threeSigned, inForceOn('2025-06-01')];

/** A history that ends with version 1 in each status. */
const lives: Readonly<Record<AgreementStatus, readonly AgreementEvent[]>> = {
  drafted: [drafted(first, '2025-04-01')],
  proposed: asked,
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
    given(asked).when(propose(first)).then(notNext);
    given(asked)
      .when(propose({ ...first, version: 3 }))
      .then(notNext);
  });

  it.each(Object.entries(lives).filter(([status]) => !['drafted', 'superseded'].includes(status)))(
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
    given(asked)
      .when(sign(police))
      .then([signed(police, '2025-07-01')]);
    given([...asked, signed(police, '2025-05-02')])
      .when(sign(housing))
      .then([signed(housing, '2025-07-01')]);
  });

  it.each(
    (Object.keys(lives) as AgreementStatus[]).filter(
      (status) => status !== 'proposed' && status !== 'drafted',
    ),
  )('comes too late when the version is %s', (status) =>
    given(lives[status]).when(sign(housing)).then(refusedHere),
  );

  it('refuses the hash of another document', () => {
    given(asked)
      .when(sign(housing, hashOf(second)))
      .then(refused('conflict', 'agreement-hash'));
  });

  it('refuses a second signature of the same party', () => {
    given([...asked, signed(police, '2025-05-02')])
      .when(sign(police))
      .then(refused('conflict', 'agreement-signed'));
  });

  it('refuses a stranger, whatever the hash', () => {
    given(asked).when(sign(stranger)).then(refused('forbidden', 'not-a-party'));
    given(asked).when(sign(stranger, 'wrong')).then(refused('forbidden', 'not-a-party'));
  });

  it('answers alike to a stranger and about a version that was never proposed', () => {
    for (const [events, command] of [
      [asked, sign(stranger)],
      [asked, sign(police, hashOf(second), 2)],
      [[], sign(police)],
    ] as const)
      given(events).when(command).then(notAParty);
  });
});

/** What the owner and each other party may ask for, by status: the rest is refused with what may come next. */
const outcomes = {
  suspend: { from: ['in-force'], by: police, events: [changed('suspended', '2025-07-01')] },
  resume: { from: ['suspended'], by: police, events: [changed('resumed', '2025-07-01')] },
  terminate: {
    from: ['drafted', 'proposed', 'signed', 'in-force', 'suspended'],
    by: police,
    events: [changed('terminated', '2025-07-01')],
  },
  review: { from: ['in-force', 'suspended'], by: police, events: [reviewed('2025-08-01', '2025-07-01')] },
  withdraw: {
    from: ['proposed', 'signed', 'in-force', 'suspended'],
    by: housing,
    events: [withdrew(housing, '2025-07-01'), { ...endedAsNobodyIsLeft('2025-07-01') }],
  },
} as const;

function endedAsNobodyIsLeft(at: string): AgreementEvent {
  return {
    ...step(at, 1, clock),
    type: 'agreement.terminated',
    reason: 'fewer than two parties remain',
  };
}

const asking = (type: keyof typeof outcomes, by: Actor, version = 1): AgreementCommand =>
  type === 'review' ? review('2025-08-01', by, version) : change(type, by, version);

describe.each(Object.keys(outcomes) as (keyof typeof outcomes)[])('%s', (type) => {
  const { from, by, events } = outcomes[type];
  const fits = (status: AgreementStatus): boolean => from.some((each) => each === status);

  it.each((Object.keys(lives) as AgreementStatus[]).filter((status) => status !== 'drafted'))(
    'a version that is %s',
    (status) => {
      given(lives[status])
        .when(asking(type, by))
        .then(fits(status) ? events : refusedHere);
      expect(nextSteps[status].includes(type)).toBe(fits(status));
    },
  );

  it('is for parties, and answers a stranger as one who names no version that exists', () => {
    const life = lives[from[0] === 'drafted' ? 'proposed' : from[0]];
    given(life).when(asking(type, stranger)).then(notAParty);
    given(life)
      .when(asking(type, by, 2))
      .then(notAParty);
    given([]).when(asking(type, by)).then(notAParty);
    expect(messageOf(life, asking(type, stranger))).toBe(messageOf([], asking(type, stranger)));
  });

  it('is not for a party that has left', () => {
    const left = [...threeRunning, withdrew(courts, '2025-06-20')];
    given(left).when(asking(type, courts)).then(refused('forbidden', 'withdrawn'));
  });
});

describe('a step out of order', () => {
  it('is told the present status and what may come next', () => {
    expect(messageOf(running, change('resume'))).toBe(
      'resettlement version 1 is in-force; what may come next: suspend, review, withdraw, terminate',
    );
    expect(messageOf(lives.expired, change('suspend'))).toBe(
      'resettlement version 1 is expired; what may come next: only a next version',
    );
  });
});

describe('suspend', () => {
  it('is open to every party', () => {
    given(running)
      .when(change('suspend', housing))
      .then([changed('suspended', '2025-07-01', housing)]);
  });
});

describe('terminate', () => {
  const notTheOwner = refused('forbidden', 'not-the-owner');

  it('is for the owner, who ends it for all', () => {
    for (const life of [asked, agreed, running, lives.suspended])
      given(life).when(change('terminate', housing)).then(notTheOwner);
  });

  it('is for the proposer too, until all have signed', () => {
    const byHousing = [proposed(first, '2025-05-01', housing)];
    given(byHousing)
      .when(change('terminate', housing))
      .then([changed('terminated', '2025-07-01', housing)]);
    const whole = [...byHousing, ...agreed.slice(1)];
    given(whole).when(change('terminate', housing)).then(notTheOwner);
    given(byHousing)
      .when(change('terminate', police))
      .then([changed('terminated', '2025-07-01')]);
  });
});

describe('draft', () => {
  const draft = (document: AgreementDocument, by = police) => write('draft', document, by);
  const changedDraft: AgreementDocument = { ...first, title: 'Another title' };

  it('keeps a document, and the next one in its place', () => {
    given([])
      .when(draft(first))
      .then([drafted(first, '2025-07-01')]);
    given(lives.drafted)
      .when(draft(changedDraft))
      .then([drafted(changedDraft, '2025-07-01')]);
    const twice = agreementAfter([...lives.drafted, drafted(changedDraft, '2025-04-02')]);
    expect(twice.map(({ document, status }) => [document.title, status])).toEqual([
      ['Another title', 'drafted'],
    ]);
  });

  it('is for those who may propose, of the next version', () => {
    given([]).when(draft(first, stranger)).then(notAParty);
    given(running).when(draft(second, stranger)).then(notAParty);
    given(running).when(draft(first)).then(refused('conflict', 'agreement-version'));
    given(running)
      .when(draft(second, housing))
      .then([drafted(second, '2025-07-01', housing)]);
  });

  it('stands in nobody else’s way: each agency has its own, and a proposal ends them all', () => {
    const both = [...lives.drafted, drafted(changedDraft, '2025-04-02', housing)];
    expect(agreementAfter(both).map(({ drafter }) => drafter)).toEqual(['police', 'housing']);
    given(both)
      .when(propose(first, housing))
      .then([proposed(first, '2025-07-01', housing)]);
    const after = agreementAfter([...both, proposed(first, '2025-05-01', housing)]);
    expect(after.map(({ status, drafter }) => [status, drafter])).toEqual([['proposed', null]]);
  });

  it('is hidden from every other agency', () => {
    given(lives.drafted).when(change('terminate', housing)).then(notAParty);
    given(lives.drafted).when(sign(housing)).then(notAParty);
    expect(knownTo(agreementAfter(lives.drafted), 'housing')).toEqual([]);
    expect(knownTo(agreementAfter(lives.drafted), 'police')).toHaveLength(1);
    const [version] = agreementAfter([...lives.drafted, proposed(first, '2025-05-01')]);
    expect(version?.steps.map(({ type }) => type)).toEqual(['agreement.proposed']);
  });

  it('takes none of the later steps but its end', () => {
    given(lives.drafted).when(sign(police)).then(refusedHere);
    given(lives.drafted).when(change('suspend')).then(refusedHere);
    given(lives.drafted)
      .when(change('terminate'))
      .then([changed('terminated', '2025-07-01')]);
    const ended = [...lives.drafted, changed('terminated', '2025-04-02')];
    given(ended)
      .when(propose(first))
      .then([proposed(first, '2025-07-01')]);
    given(ended)
      .when(draft(first))
      .then([drafted(first, '2025-07-01')]);
  });

  it('neither expires nor is superseded', () => {
    givenTime(lives.drafted).when('2026-01-01').then([]);
    const next = [...running, drafted(second, '2025-06-02')];
    givenTime(next)
      .when('2025-12-01')
      .then([expired('2025-12-01')]);
  });
});

describe('review', () => {
  it('is the owner’s', () => {
    given(running).when(review('2025-08-01', housing)).then(refused('forbidden', 'not-the-owner'));
  });

  it.each(['2025-07-01', '2025-06-30', '2025-12-02', 'soon', '2025-08', '2025-02-30'])(
    'is not followed by another on %s',
    (date) => given(running).when(review(date)).then(refused('invalid', 'next-review')),
  );

  it('moves the date of the next one, up to the last day', () => {
    given(running)
      .when(review('2025-12-01'))
      .then([reviewed('2025-12-01', '2025-07-01')]);
    const [version] = agreementAfter([...running, reviewed('2025-10-01', '2025-07-01')]);
    expect([first.reviewDue, version?.reviewDue]).toEqual(['2025-12-01', '2025-10-01']);
    expect(version?.document).toEqual(first);
  });
});

describe('withdraw', () => {
  const left = [...threeRunning, withdrew(courts, '2025-06-20')];
  const flow = (events: readonly AgreementEvent[], from: string, to: string) =>
    agreementAfter(events).map((version) => forceOf(version, from, to))[0];

  it('is for parties other than the owner, who ends it for all', () => {
    given(threeRunning)
      .when(change('withdraw', courts))
      .then([withdrew(courts, '2025-07-01')]);
    given(threeRunning).when(change('withdraw', police)).then(refused('forbidden', 'owner-stays'));
  });

  it('ends only the flows of the party that leaves (requirements §3.3)', () => {
    const ended = [{ from: day('2025-06-01'), to: day('2025-06-20') }];
    const open = [{ from: day('2025-06-01'), to: null }];
    expect(flow(left, 'police', 'courts')).toEqual(ended);
    expect(flow(left, 'courts', 'housing')).toEqual(ended);
    expect(flow(left, 'police', 'housing')).toEqual(open);
    expect(flow(threeRunning, 'police', 'courts')).toEqual(open);
    expect(agreementAfter(left)[0]).toMatchObject({ status: 'in-force', prohibits: open });
  });

  it('leaves what was before as it was, and nothing after', () => {
    const interrupted = [
      ...threeRunning,
      changed('suspended', '2025-06-10'),
      changed('resumed', '2025-06-15'),
    ];
    const before = { from: day('2025-06-01'), to: day('2025-06-10') };
    expect(flow([...interrupted, withdrew(courts, '2025-06-20')], 'police', 'courts')).toEqual([
      before,
      { from: day('2025-06-15'), to: day('2025-06-20') },
    ]);
    const suspended = [...threeRunning, changed('suspended', '2025-06-10'), withdrew(courts, '2025-06-12')];
    const resumed = [...suspended, changed('resumed', '2025-06-15')];
    expect(flow(resumed, 'police', 'courts')).toEqual([before]);
    const beforeItsDay = [...threeSigned, withdrew(courts, '2025-05-10'), inForceOn('2025-06-01')];
    expect(flow(beforeItsDay, 'police', 'courts')).toEqual([]);
  });

  it('ends the agreement when fewer than two parties remain', () => {
    given(left)
      .when(change('withdraw', housing))
      .then([withdrew(housing, '2025-07-01'), endedAsNobodyIsLeft('2025-07-01')]);
  });

  it('makes a signature needless, of this version and of the next', () => {
    const unsigned = [proposed(three, '2025-05-01'), signed(police, '2025-05-02', three)];
    const bySome = [...unsigned, signed(housing, '2025-05-02', three)];
    expect(agreementAfter(bySome)[0]?.status).toBe('proposed');
    const without = [...bySome, withdrew(courts, '2025-05-03')];
    expect(agreementAfter(without)[0]?.status).toBe('signed');
    given([...unsigned, withdrew(courts, '2025-05-03')])
      .when(sign(courts, hashOf(three)))
      .then(refused('forbidden', 'withdrawn'));
    const next = [...left, proposed(second, '2025-06-21'), signed(police, '2025-06-21', second)];
    expect(agreementAfter([...next, signed(housing, '2025-06-21', second)])[1]?.status).toBe('signed');
  });

  it('takes the say over the next version', () => {
    given(left).when(propose(second, courts)).then(notAParty);
  });

  it('lets the owner lift the suspension that nobody else could lift any more', () => {
    const byCourts = [...threeRunning, changed('suspended', '2025-06-10', courts)];
    given(byCourts).when(change('resume', police)).then(refused('forbidden', 'not-the-suspender'));
    const gone = [...byCourts, withdrew(courts, '2025-06-12')];
    given(gone)
      .when(change('resume', police))
      .then([changed('resumed', '2025-07-01')]);
    given(gone).when(change('resume', housing)).then(refused('forbidden', 'not-the-suspender'));
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
  const next = { version: 2, inForceFrom: '2025-06-01' };
  const partyOf = ({ agency }: Actor) => ({
    agency,
    regime: 'uk-gdpr' as const,
    role: 'receives',
    contact: 'x',
    dataProtectionOfficer: 'y',
  });
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
    givenTime([...asked, signed(police, '2025-05-02')])
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
    const events = [...asked, ...replaced.slice(running.length)];
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
  const signatureOf = ({ agency, user }: Actor, at: string) => ({
    party: agency,
    user,
    at: day(at),
    key: `key of ${agency}`,
    signature: `signed by ${agency}`,
  });

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
      signatureOf(police, '2025-05-02'),
      signatureOf(housing, '2025-05-03'),
    ]);
  });

  it('keeps what happened, who did it, when and why', () => {
    const told = agreementAfter(replaced)[0]?.steps.map(({ type, by, at }) => [type, by.agency, at]);
    expect(told).toEqual([
      ['agreement.proposed', 'police', day('2025-05-01')],
      ['agreement.signed', 'police', day('2025-05-02')],
      ['agreement.signed', 'housing', day('2025-05-03')],
      ['agreement.cameIntoForce', 'hub', day('2025-06-01')],
      ['agreement.superseded', 'hub', day('2025-09-01')],
    ]);
    expect(agreementAfter(lives.suspended)[0]?.steps.at(-1)?.reason).toBe(reason);
  });

  it('knows who suspended and why, until it is lifted', () => {
    const { suspension } = agreementAfter(lives.suspended)[0] ?? {};
    expect(suspension).toEqual({ party: 'police', at: day('2025-06-10'), reason });
    const resumed = [...lives.suspended, changed('resumed', '2025-06-20')];
    expect(agreementAfter(resumed)[0]?.suspension).toBeNull();
    expect(agreementAfter([...lives.suspended, expired('2025-12-01')])[0]?.suspension).toBeNull();
  });

  it('takes no notice of an event about a version it does not know', () => {
    const known = agreementAfter(running);
    expect(evolve(known, inForceOn('2025-07-01', 9))).toEqual(known);
    expect(evolve(known, expired('2025-07-01', 9))).toEqual(known);
  });
});

describe('the register', () => {
  const other = agreementOf({ reference: 'another', clauses: [custodyClause] });
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
