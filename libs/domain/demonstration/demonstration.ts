import { Invalid } from '../../contract/failure.js';
import { birthday, DAY, type Minute, startOfDay } from './calendar.js';
import { agencyOfType, eventOf } from './envelope.js';
import { type Fault } from './faults.js';
import { MOST_OFFSET, MOST_PEOPLE } from './identifiers.js';
import { lifeCourse } from './life-course.js';
import { AREA_SIZE, personOf, type Profile, profilesOf } from './person.js';
import { randomFrom } from './random.js';
import { type Arrival, arrivals } from './receipt.js';

export interface DemonstrationOptions {
  /** A whole number from 0 to 4294967295; the same seed gives the same events, byte for byte. */
  readonly seed: number;
  /** How many people, 380 unless told: the managed people of one area. More people are further areas. */
  readonly people?: number;
  /** The calendar date on which the two years end, `2026-03-31` unless told. */
  readonly until?: string;
}

/** One publication of the demonstration. */
export interface DemonstrationEvent {
  /** The agency that sends it. */
  readonly agency: string;
  /** A CloudEvent in structured JSON; of bad ones, whatever was sent. */
  readonly event: Readonly<Record<string, unknown>>;
  /** What the hub should answer when it is given all of them in order. */
  readonly expect: 'accepted' | 'duplicate' | 'quarantined' | 'rejected';
}

const MOST_SEED = 2 ** 32 - 1;
const YEARS = 2;

/**
 * Two years of an invented partnership, in the order in which the hub would have received it: ten agencies' facts
 * about people who do not exist, with late arrivals, corrections, retractions, repeats and a few bad events. Levels,
 * custody, statutory management and needs are in the proportions published for a real area (tables 6.2 to 6.5).
 * One area follows the other, so memory is bounded by one area. Throws `Invalid` `demonstration` or `date`.
 */
export function demonstration({
  seed,
  people = AREA_SIZE,
  until = '2026-03-31',
}: DemonstrationOptions): Iterable<DemonstrationEvent> {
  requireWhole('seed', seed, 0, MOST_SEED);
  requireWhole('people', people, 1, MOST_PEOPLE);
  const end = startOfDay(until) + DAY;
  return areas(seed, people, birthday(end, -YEARS), end);
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new Invalid('demonstration', `${name} must be a whole number from ${least} to ${most}`);
}

function* areas(seed: number, people: number, start: Minute, end: Minute): Generator<DemonstrationEvent> {
  for (let first = 0; first < people; first += AREA_SIZE) {
    const profiles = profilesOf(randomFrom(seed, first), Math.min(AREA_SIZE, people - first));
    const all = profiles.flatMap((profile, nth) => arrivalsOf(seed, profile, first + nth, start, end));
    all.sort((a, b) => a.receivedAt - b.receivedAt);
    for (const arrival of all) yield published(arrival);
  }
}

function arrivalsOf(
  seed: number,
  profile: Profile,
  index: number,
  start: Minute,
  end: Minute,
): readonly Arrival[] {
  const offset = randomFrom(seed).whole(0, MOST_OFFSET);
  const person = personOf(randomFrom(seed, index, 1), profile, index, offset, start);
  const happenings = lifeCourse(randomFrom(seed, index, 2), person, start, end);
  const idOf = (number: number): string => `${seed}-${index}-${number}`;
  return arrivals(randomFrom(seed, index, 3), person, happenings, idOf, end);
}

const answers: Readonly<Record<Fault, DemonstrationEvent['expect']>> = {
  'unknown-type': 'quarantined',
  'failed-schema': 'quarantined',
  'wrong-check-character': 'quarantined',
  'stand-in-date': 'quarantined',
  'foreign-source': 'rejected',
  'no-subject': 'rejected',
  'other-content': 'rejected',
};

function published(arrival: Arrival): DemonstrationEvent {
  const { happening, isRepeat, fault } = arrival;
  const expect = fault !== undefined ? answers[fault] : isRepeat ? 'duplicate' : 'accepted';
  return { agency: agencyOfType(happening.type), event: eventOf(arrival), expect };
}
