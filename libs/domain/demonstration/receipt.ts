import { DAY, HOUR, instantOf, type Minute } from './calendar.js';
import { type Fault, faults } from './faults.js';
import { corrected, mistaken } from './mistakes.js';
import { type Person } from './person.js';
import { type Random } from './random.js';
import { type Happening } from './story.js';

/** One arrival of a publication at the hub. */
export interface Arrival {
  readonly person: Person;
  readonly id: string;
  readonly happening: Happening;
  readonly recordedAt: Minute;
  readonly receivedAt: Minute;
  readonly corrects?: string;
  readonly retracts?: string;
  /** The hub has taken nothing about this person from this agency before: it says all that it knows of who it is. */
  readonly isFirst: boolean;
  /** The same publication has arrived before. */
  readonly isRepeat: boolean;
  readonly fault?: Fault;
}

const MOST_LATE = 70 * DAY;

type Draft = Omit<Arrival, 'person' | 'isFirst' | 'isRepeat'> & { readonly repeatedAt?: Minute };

/** Types of which a publisher now and then records one too many, and takes it back. */
const retractable = [
  'police.intel.submitted',
  'prison.sentenceDates.changed',
  'probation.breach.initiated',
  'treatment.attendance.recorded',
  'vcse.outcome.achieved',
];

/**
 * How a person's facts reach the hub before `end`, in order: mostly within a day, some weeks late, some wrong at
 * first and then corrected, some taken back, some twice, and now and then in a state that the hub cannot take.
 */
export function arrivals(
  random: Random,
  person: Person,
  happenings: readonly Happening[],
  idOf: (number: number) => string,
  end: Minute,
): readonly Arrival[] {
  let count = 0;
  const nextId = (): string => idOf(count++);
  const inTime = happenings.filter(({ at }) => at < end).sort((a, b) => a.at - b.at);
  const drafts = inTime.flatMap((happening) => draftsOf(random, happening, nextId, end - MOST_LATE));
  return inOrderOfReceipt(person, drafts).filter(({ receivedAt }) => receivedAt < end);
}

function draftsOf(
  random: Random,
  happening: Happening,
  nextId: () => string,
  lateBefore: Minute,
): readonly Draft[] {
  const told: Draft = { id: nextId(), happening, ...delays(random, happening, lateBefore) };
  const wrong = random.chance(0.06) ? mistaken(happening.type, happening.data, random) : undefined;
  const mishap = random.whole(1, 1000);
  if (wrong !== undefined) return correction(random, told, wrong, nextId);
  if (mishap <= 10) return [{ ...told, repeatedAt: told.receivedAt + random.whole(5, 3 * DAY) }];
  if (mishap <= 15) return [told, { ...told, ...faultOf(random, told, nextId) }];
  if (mishap <= 45 && retractable.includes(happening.type))
    return [told, ...retraction(random, told, nextId)];
  return [told];
}

/** The IOM team works in the hub itself; others hear of some facts weeks after them, of all before the end. */
function delays(
  random: Random,
  { type, at }: Happening,
  lateBefore: Minute,
): Pick<Arrival, 'recordedAt' | 'receivedAt'> {
  if (type.startsWith('hub.')) return { recordedAt: at, receivedAt: at };
  const isLate = random.chance(0.03) && at < lateBefore;
  const recordedAt = at + (isLate ? random.whole(14 * DAY, MOST_LATE) : random.whole(2, 6 * HOUR));
  return { recordedAt, receivedAt: recordedAt + random.whole(1, 20) };
}

function correction(
  random: Random,
  told: Draft,
  wrong: Happening['data'],
  nextId: () => string,
): readonly Draft[] {
  const { id, happening, receivedAt } = told;
  const { type, data } = happening;
  const recordedAt = receivedAt + random.whole(HOUR, 30 * DAY);
  const right = corrected(type, data, instantOf(recordedAt));
  const times = { recordedAt, receivedAt: recordedAt + random.whole(1, 20) };
  return [
    { ...told, happening: { ...happening, data: wrong } },
    { id: nextId(), happening: { ...happening, data: right }, ...times, corrects: id },
  ];
}

/** Something was recorded for a person that it was not about, a day after something true, and is taken back. */
function retraction(
  random: Random,
  { happening, recordedAt }: Draft,
  nextId: () => string,
): readonly Draft[] {
  const untrue = { ...happening, at: happening.at + DAY };
  const added = recordedAt + DAY;
  const removed = added + random.whole(HOUR, 10 * DAY);
  const id = nextId();
  return [
    { id, happening: untrue, recordedAt: added, receivedAt: added + 5 },
    { id: nextId(), happening: untrue, recordedAt: removed, receivedAt: removed + 5, retracts: id },
  ];
}

/** A bad publication goes before the good one that replaces it; other content under the same id can only follow. */
function faultOf(
  random: Random,
  { id, receivedAt, recordedAt }: Draft,
  nextId: () => string,
): Partial<Draft> {
  const fault = random.pick(faults);
  if (fault === 'other-content')
    return { fault, id, recordedAt: recordedAt + 1, receivedAt: receivedAt + HOUR };
  return { fault, id: nextId(), receivedAt: receivedAt - 1 };
}

function inOrderOfReceipt(person: Person, drafts: readonly Draft[]): readonly Arrival[] {
  const known = new Set<string>();
  const sorted = [...drafts].sort((a, b) => a.receivedAt - b.receivedAt);
  const all = sorted.flatMap(({ repeatedAt, ...draft }): readonly Arrival[] => {
    const [agency = ''] = draft.happening.type.split('.');
    const isFirst = draft.fault === undefined && !known.has(agency);
    if (isFirst) known.add(agency);
    const arrival = { ...draft, person, isFirst, isRepeat: false };
    return repeatedAt === undefined
      ? [arrival]
      : [arrival, { ...arrival, receivedAt: repeatedAt, isRepeat: true }];
  });
  return all.sort((a, b) => a.receivedAt - b.receivedAt);
}
