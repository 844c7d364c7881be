import { DAY, dateOf, HOUR, instantOf, type Minute, onDay } from './calendar.js';
import { type Pathway } from './person.js';
import { isInPrison, later, type Story, tell } from './story.js';

/** Areas of the partnership, the larger ones named more often (table 6.2). */
const areas = ['NW', 'NW', 'NW', 'NE', 'NE', 'NL', 'NL', 'NS', 'NS', 'NH', 'NH', 'NC', 'NR', 'NN'] as const;

/** Who provides what answers a need. */
const providers: Readonly<Record<Pathway, string>> = {
  accommodation: 'housing',
  'education-training-employment': 'vcse',
  health: 'health',
  'drugs-alcohol': 'treatment',
  'finance-benefit-debt': 'vcse',
  'children-families': 'vcse',
  'attitudes-thinking-behaviour': 'probation',
};

/** An id of the IOM team's own, the same for the same person and thing for ever. */
export function caseworkId({ person: { index, offset } }: Story, kind: number, nth = 0): string {
  const tail = ((offset % 4096) * 2 ** 36 + index * 2 ** 8 + nth).toString(16).padStart(12, '0').slice(-12);
  return `00000000-0000-4000-8${kind.toString(16).padStart(3, '0')}-${tail}`;
}

/** An agency refers the person and the single referral meeting hears it, some days before the decision at `at`. */
export function referral(story: Story, at: Minute, requestedLevels: readonly string[]): object {
  const { person } = story;
  const raisedBy = person.ending === 'child' ? 'youth' : person.index % 3 === 0 ? 'probation' : 'police';
  const [referralId, meetingId] = [caseworkId(story, 1), caseworkId(story, 2)];
  tell(story, 'hub.area.assigned', at - 9 * DAY, { area: areas[person.index % areas.length] });
  tell(story, 'hub.referral.raised', at - 8 * DAY, {
    referralId,
    raisedByAgency: raisedBy,
    reason: 'Frequency of offending and needs across several pathways',
    requestedLevels,
  });
  const third = raisedBy === 'youth' ? 'youth' : 'treatment';
  tell(story, 'hub.singleReferralMeeting.held', at - HOUR, {
    meetingId,
    referralId,
    heldOn: dateOf(at),
    attendees: ['police', 'probation', third].map((agency) => ({ agency })),
    agreements: ['police-probation/1', `police-${third}/1`],
  });
  return { referralId, meetingId };
}

/**
 * What answers the needs, one after another in their order: most are referred, fewer started, some completed; nobody
 * starts anything in prison. `scores` are those of the first assessment.
 */
export function interventions(story: Story, from: Minute, scores: ReadonlyMap<Pathway, number>): void {
  const { person, end } = story;
  let at = from;
  [...scores.keys()].forEach((pathway, nth) => {
    const intervention = { interventionId: caseworkId(story, 3, nth), pathway, provider: providers[pathway] };
    tell(story, 'hub.intervention.planned', from + nth, { ...intervention, sequence: nth + 1 });
    const turn = (person.index + nth) % 10;
    const referredOn = onDay(at + (7 + turn) * DAY, 11 * HOUR);
    if (turn === 0 || referredOn > end) return;
    tell(story, 'hub.intervention.referred', referredOn, { ...intervention, referredOn: dateOf(referredOn) });
    const startedOn = onDay(referredOn + (10 + turn) * DAY, 11 * HOUR);
    if (turn > 7 || startedOn > end || isInPrison(story, startedOn)) return;
    tell(story, 'hub.intervention.started', startedOn, { ...intervention, startedOn: dateOf(startedOn) });
    at = startedOn;
    const completedOn = onDay(startedOn + 90 * DAY, 11 * HOUR);
    if (turn > 4 || completedOn > end) return;
    const outcome = turn === 4 ? 'not-completed' : 'completed';
    const completed = { ...intervention, completedOn: dateOf(completedOn), outcome };
    tell(story, 'hub.intervention.completed', completedOn, completed);
  });
}

export interface Lead {
  readonly agency: string;
  readonly professional: string;
  /** Who the agency's tokens say they are: one of nine, the first without a number. */
  readonly user: string;
}

/** The lead passes on at the instant at which the other side accepts. */
export function handOver(story: Story, at: Minute, from: Lead, to: Lead, nth: number): void {
  const { agency, professional, user } = to;
  const handoverId = caseworkId(story, 4, nth);
  const sides = { handoverId, fromAgency: from.agency, fromUser: from.user };
  const offered = {
    toAgency: agency,
    toProfessional: professional,
    toUser: user,
    offeredBy: from.professional,
  };
  tell(story, 'hub.leadProfessional.handoverOffered', at - DAY, {
    ...sides,
    ...offered,
    reason: 'Handed over',
  });
  tell(story, 'hub.leadProfessional.handedOver', at, { ...to, ...sides, acceptedAt: instantOf(at) });
}

/** Half a year. */
const WATCH = 182 * DAY;

/** Leaves a cohort with a plan and a watch of half a year. */
export function exit(story: Story, at: Minute, cohort: string): void {
  const exitPlanId = caseworkId(story, 5);
  const plan = { exitPlanId, plan: 'Support goes on; the team watches for new offending', watchMonths: 6 };
  tell(story, 'hub.exit.planned', later(story, at, -9, -5), plan);
  tell(story, 'hub.cohort.deselected', at, {
    cohort,
    rationale: 'Meets the rule of another cohort',
    decidedBy: 'Panel Chair',
    exitPlanRef: exitPlanId,
    watchUntil: dateOf(at + WATCH),
  });
  const completedOn = at + WATCH + DAY;
  if (completedOn > story.end || story.person.index % 7 === 0) return;
  const completed = {
    exitPlanId,
    completedOn: dateOf(completedOn),
    outcome: 'ended',
    decidedBy: 'Panel Chair',
  };
  tell(story, 'hub.exit.completed', completedOn, completed);
}
