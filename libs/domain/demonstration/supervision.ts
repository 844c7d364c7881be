import { arrest, charge, dispose } from './arrest.js';
import { birthday, DAY, dateOf, HOUR, type Minute, onDay } from './calendar.js';
import { list, sentence, warrant } from './court.js';
import { workerOf } from './names.js';
import { isAdult, later, type Story, tell } from './story.js';

/** Whether an order ends within its time or still runs at the end of the story. */
type OrderEnding = 'ended' | 'running';

/** Arrest, charge, and a community order between `from` and `to`. */
export function communityCycle(story: Story, from: Minute, to: Minute, ending: OrderEnding): void {
  const { random } = story;
  const expiry = ending === 'ended' ? to - random.whole(3, 10) * DAY : to + random.whole(30, 200) * DAY;
  const startedAt = sentenced(story, from, 'community-order', expiry);
  startOrder(story, startedAt + HOUR, expiry);
  allocate(story, later(story, startedAt, 2, 6));
  const until = Math.min(expiry, story.end);
  if (random.chance(0.3)) breach(story, later(story, startedAt + (until - startedAt) * 0.5, 0, 3));
  if (ending === 'ended') {
    const data = { orderType: 'community-order', terminatedOn: dateOf(expiry), reason: 'Expired' };
    tell(story, 'probation.order.terminated', expiry, data);
  }
}

/** From arrest to sentence; now and then the person misses the hearing first. Returns the moment of the sentence. */
function sentenced(
  story: Story,
  from: Minute,
  kind: 'community-order' | 'youth-order',
  expiry: Minute,
): Minute {
  const made = arrest(story, from);
  const first = later(story, made.arrestedAt, 18, 28);
  charge(story, made, first, 'bail');
  list(story, made, onDay(made.arrestedAt + 3 * DAY, 9 * HOUR), first, 'First hearing');
  const missed = story.random.chance(0.12);
  if (missed) warrant(story, made, first);
  const hearing = missed ? later(story, first, 5, 12) : first;
  sentence(story, made, hearing, { kind, days: Math.round((expiry - hearing) / DAY) });
  return hearing;
}

function startOrder(story: Story, at: Minute, expiry: Minute): void {
  const { random, person } = story;
  const isRehabilitation = person.needs.has('drugs-alcohol') && random.chance(0.3);
  tell(story, 'probation.order.started', at, {
    orderType: 'community-order',
    startDate: dateOf(at),
    expiryDate: dateOf(expiry),
    courtCode: 'B00ZZ00',
    requirements: random.pick([['RAR'], ['RAR', 'unpaid-work'], ['unpaid-work', 'curfew']]),
    ...(isRehabilitation && { treatmentRequirements: ['DRR'] }),
  });
}

function breach(story: Story, at: Minute): void {
  const data = { orderType: 'community-order', initiatedOn: dateOf(at), requirement: 'RAR' };
  tell(story, 'probation.breach.initiated', at, { ...data, outcome: 'Warning letter' });
}

/** Probation allocates the case to a practitioner. */
export function allocate(story: Story, at: Minute): void {
  const { random } = story;
  tell(story, 'probation.case.allocated', at, {
    teamCode: `N00ZZ${random.whole(1, 4)}`,
    practitionerId: `N00ZZ0${random.whole(10, 60)}`,
    tier: `${random.pick(['A', 'B', 'C'])}${random.whole(1, 3)}`,
    provider: 'Probation Service',
    from: dateOf(at),
  });
}

/** An arrest that leads to no supervision: no action, a caution, or a fine. */
export function minorCycle(story: Story, from: Minute): void {
  const { random } = story;
  const made = arrest(story, from);
  if (random.chance(0.5)) {
    dispose(story, made, random.pick(['no-further-action', 'caution', 'released-under-investigation']));
    return;
  }
  const hearing = later(story, made.arrestedAt, 18, 28);
  charge(story, made, hearing, 'bail');
  list(story, made, onDay(made.arrestedAt + 3 * DAY, 9 * HOUR), hearing, 'First hearing');
  sentence(story, made, hearing, { kind: 'fine' });
}

/** A child's order is the youth offending service's; at 18 the case passes to probation, by a step of its own (R41). */
export function youthCycle(story: Story, from: Minute, to: Minute): void {
  const { person, random, end } = story;
  const expiry = to + random.whole(60, 200) * DAY;
  const startedAt = sentenced(story, from, 'youth-order', expiry);
  const yosId = `YOS-${person.index}`;
  const order = 'youth-rehabilitation-order';
  const opened = {
    yosId,
    openedOn: dateOf(startedAt),
    order,
    endsOn: dateOf(expiry),
    caseManager: workerOf(random),
  };
  tell(story, 'youth.case.opened', startedAt + HOUR, opened);
  const comesOfAge = onDay(birthday(person.born, 18) + 7 * DAY, 10 * HOUR);
  if (comesOfAge < startedAt + 14 * DAY || comesOfAge > end) return;
  const completed = {
    yosId,
    completedOn: dateOf(comesOfAge),
    toTeam: 'N00ZZ1',
    consentGiven: random.chance(0.8),
  };
  tell(story, 'youth.transition.completed', comesOfAge, completed);
  tell(story, 'youth.case.closed', comesOfAge + HOUR, { yosId, closedOn: dateOf(comesOfAge), order });
  startOrder(story, comesOfAge + DAY, expiry);
  allocate(story, later(story, comesOfAge, 2, 5));
}

/** Practitioners assess an adult's risk about twice a year; the actuarial scores stay near what they were. */
export function riskAssessments(story: Story, from: Minute): void {
  const { random, person, end } = story;
  const usual = person.level === 'Priority' ? random.whole(62, 88) : random.whole(38, 70);
  for (let at = later(story, from, 10, 30); at < end; at = later(story, at, 170, 240)) {
    if (!isAdult(story, at)) continue;
    const score = usual + random.whole(-4, 4);
    tell(story, 'probation.riskAssessed', at, {
      assessedOn: dateOf(at),
      assessor: workerOf(random),
      oasysSections: [6, 8, 11].map((section) => ({ section, score: random.whole(1, 9) })),
      rosh: { public: roshOf(story), knownAdult: roshOf(story), children: 'low', staff: 'low' },
      rsrBand: random.pick(['low', 'medium', 'high']),
      ogrs: score,
      ogp: score - random.whole(2, 8),
      ovp: score - random.whole(5, 20),
    });
  }
}

function roshOf({ random, person }: Story): string {
  return person.offending === 'violence'
    ? random.pick(['medium', 'high', 'high'])
    : random.pick(['low', 'medium', 'medium', 'high']);
}
