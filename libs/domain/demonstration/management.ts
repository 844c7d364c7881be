import { cohortRulesAt } from '../casework/cohort-rules.js';
import { DAY, dateOf, HOUR, instantOf, type Minute, onDay } from './calendar.js';
import { exit, handOver, interventions, type Lead, referral } from './casework.js';
import { workerOf } from './names.js';
import { type Level, type Pathway, pathways } from './person.js';
import { isAdult, later, type Story, tell } from './story.js';

/**
 * The IOM team takes the person on, most in the first months: told, selected, a level decided by the panel, a lead
 * professional appointed, needs assessed every three months. Returns the day of selection.
 */
export function management(story: Story): Minute {
  const { random, start } = story;
  const day = start + random.whole(5, random.chance(0.85) ? 150 : 400) * DAY;
  const selectedAt = onDay(day, 10 * HOUR);
  inform(story, selectedAt - 5 * DAY);
  cohorts(story, selectedAt);
  levels(story, selectedAt + HOUR);
  flags(story, selectedAt);
  leads(story, selectedAt + DAY);
  assessments(story, selectedAt + 5 * DAY);
  return selectedAt;
}

function inform(story: Story, at: Minute): void {
  tell(story, 'hub.subject.informed', at, {
    notice: 'How agencies share information about you',
    noticeVersion: '2',
    told: ['benefits', 'support', 'monitoring', 'information-sharing'],
    format: story.random.pick(['in-person', 'in-person', 'letter', 'telephone']),
    language: 'English',
    informedOn: dateOf(at),
  });
}

/** Neighbourhood offenders are the fixed cohort, violence a free one, everyone else a local choice; some move from one to another. */
function cohorts(story: Story, at: Minute): void {
  const { random, person, end } = story;
  const { offending } = person;
  const cohort = offending === 'neighbourhood' ? 'Fixed' : offending === 'violence' ? 'Free' : 'Flex';
  const first = random.chance(0.08) && cohort !== 'Flex' ? 'Flex' : cohort;
  select(story, at, first);
  const movedAt = later(story, at, 120, 240);
  if (first === cohort || movedAt > end) return;
  exit(story, movedAt, first);
  select(story, movedAt + 10, cohort);
}

/** What the rule of the Fixed cohort asks. */
const criteria = [
  'neighbourhood-crime-index-offence',
  'high-risk-of-reoffending',
  'community-order-or-leaving-prison-on-licence',
];

function select(story: Story, at: Minute, cohort: string): void {
  tell(story, 'hub.cohort.selected', at, {
    cohort,
    criteriaVersion: cohortRulesAt(at * 60_000).version,
    ...(cohort === 'Fixed' && { criteria: criteria.map((criterion) => ({ criterion, met: 'yes' })) }),
    ...(cohort === 'Flex' && { priorityRef: 'burglary' }),
    ...(cohort === 'Free' && { partners: ['police', 'probation'] }),
    rationale: 'Panel decision',
    decidedBy: 'Panel Chair',
    nextReview: dateOf(at + 182 * DAY),
  });
}

/** Some begin a level lower. Nobody is a Priority before 18 (R41): children are never of that level here. */
function levels(story: Story, at: Minute): void {
  const { random, person, end } = story;
  const lower: Readonly<Record<Level, Level>> = {
    Priority: 'Enhanced',
    Enhanced: 'Standard',
    Standard: 'Standard',
  };
  const isRaised = person.level !== 'Standard' && random.chance(0.2);
  const first = isRaised ? lower[person.level] : person.level;
  const referred = first === 'Standard' ? {} : referral(story, at, [first]);
  decide(story, at, first, referred);
  const raisedAt = later(story, at, 60, 120);
  if (isRaised && raisedAt < end) decide(story, raisedAt, person.level, {});
}

function decide(story: Story, at: Minute, level: Level, referred: object): void {
  const { random } = story;
  const mappa = mappaLevel(story);
  tell(story, 'hub.management.decided', at, {
    ...referred,
    levels: [level, ...mappa],
    ...(mappa.length > 0 && { mappaCategory: mappaCategory(story) }),
    management: story.person.ending === 'unsupervised' ? 'voluntary' : 'statutory',
    rationale: random.pick(['Frequency of offending', 'Risk of harm', 'Needs across several pathways']),
    ...(random.chance(0.05) && { dissent: 'One agency asked for another level' }),
    decidedBy: 'Panel Chair',
    nextReview: dateOf(at + 91 * DAY),
  });
}

function mappaLevel({ random, person }: Story): readonly string[] {
  if (person.offending !== 'violence' || person.ending === 'child') return [];
  const draw = random.whole(1, 20);
  return draw <= 6 ? ['MAPPA-1'] : draw <= 8 ? ['MAPPA-2'] : [];
}

/** Violent offenders mostly, some of them other dangerous ones (R40); the same for one person for ever. */
function mappaCategory({ person }: Story): number {
  return person.index % 5 === 0 ? 3 : 2;
}

function flags(story: Story, at: Minute): void {
  tell(story, 'police.iom.flag.set', later(story, at, 1, 2), { flag: 'IOM', from: dateOf(at) });
  const register = { registerTypeCode: 'IIOM', startDate: dateOf(at), reviewDate: dateOf(at + 182 * DAY) };
  if (isAdult(story, at)) tell(story, 'probation.register.added', later(story, at, 2, 5), register);
}

/** Exactly one lead professional at a time: the next is appointed when the one before has ended. */
function leads(story: Story, from: Minute): void {
  const { random, end } = story;
  let lead = leadOf(story, 0);
  appoint(story, from, lead);
  const changes = random.whole(0, 2);
  for (
    let at = later(story, from, 90, 300), nth = 0;
    nth < changes && at < end;
    nth++, at = later(story, at, 90, 300)
  ) {
    const next = leadOf(story, nth + 1);
    handOver(story, at, lead, next, nth);
    lead = next;
  }
}

function leadOf(story: Story, nth: number): Lead {
  const { random, person } = story;
  const agency = leadAgency(story);
  const number = (person.index + nth) % 9;
  const user = `${agency}-practitioner${number === 0 ? '' : `-${number + 1}`}`;
  return { agency, professional: workerOf(random), user };
}

function appoint(story: Story, at: Minute, lead: Lead): void {
  tell(story, 'hub.leadProfessional.appointed', at, { ...lead, acceptedAt: instantOf(at) });
}

function leadAgency({ random, person }: Story): string {
  if (person.ending === 'child') return 'youth';
  if (person.ending === 'unsupervised') return random.pick(['police', 'vcse', 'treatment']);
  return random.pick(['probation', 'probation', 'probation', 'police', 'vcse']);
}

/** Every three months; scores drift down by a point now and then, and a need not scored stays so. */
function assessments(story: Story, from: Minute): void {
  const { random, person, end } = story;
  const scores = new Map<Pathway, number>(person.needs);
  interventions(story, from + 7 * DAY, scores);
  for (let at = later(story, from, 0, 4); at < end; at = later(story, at, 85, 97)) {
    tell(story, 'hub.needs.assessed', at, {
      instrument: 'LLR',
      assessedOn: dateOf(at),
      assessor: workerOf(random),
      pathways: pathways.map((pathway) => assessed(pathway, scores.get(pathway))),
    });
    for (const [pathway, score] of scores)
      if (score > 1 && random.chance(0.3)) scores.set(pathway, score - 1);
  }
}

function assessed(pathway: Pathway, score: number | undefined): object {
  return score === undefined
    ? { pathway, scored: false, needIdentified: false }
    : { pathway, scored: true, score, needIdentified: true };
}
