import {
  DAY,
  dateOf,
  HOUR,
  instantOf,
  type Minute,
  onDay,
  startOfDay,
  yearOf,
} from '../../demonstration/calendar.js';
import { COURT } from '../../demonstration/court.js';
import { asnOf } from '../../demonstration/identifiers.js';
import { offenceOf } from '../../demonstration/offences.js';
import { type Story, tell } from '../../demonstration/story.js';
import { dayAfter, periodBefore } from '../day.js';
import { type Member } from './cast.js';
import { type PrintedDocument } from './printed-document.js';

const MOST_IN_CASE = 3;
/** From the offence to the court's outcome, at most. */
const LONGEST = 45;

interface Days {
  readonly from: string;
  readonly to: string;
}

type End = 'Guilty' | 'Not Guilty' | null;

/**
 * The offences of a member of the sample, as arrests, charges and outcomes. Others have offended, too, in ways that do not
 * count: no sooner than in the year itself, or they are in custody at its end; and here and there a charge fails.
 */
export function tellOffending(
  story: Story,
  { offending, career, person }: Member,
  document: PrintedDocument,
): void {
  const year = { from: dayAfter(document.from, 90), to: dayAfter(document.to, -LONGEST) };
  const before = periodBefore(document);
  const yearBefore = { from: dayAfter(before.from, 5), to: dayAfter(before.to, -120) };
  if (offending === null) {
    const isInside = career.states.at(-1) === 'custody';
    if (person.index % 3 === 0) commit(story, isInside ? yearBefore : year, 2);
    return;
  }
  commit(story, yearBefore, offending.before);
  commit(story, year, offending.after);
  if (person.index % 4 === 0) prosecute(story, year, 1, 'Not Guilty');
  if (person.index % 7 === 0) prosecute(story, year, 1, null);
}

/** So many proven offences, up to three in one case. */
function commit(story: Story, days: Days, offences: number): void {
  for (let rest = offences; rest > 0;) {
    const number = Math.min(rest, story.random.whole(1, MOST_IN_CASE));
    prosecute(story, days, number, 'Guilty');
    rest -= number;
  }
}

function prosecute(story: Story, days: Days, number: number, end: End): void {
  const { random, person } = story;
  const [from, to] = [startOfDay(days.from), startOfDay(days.to)];
  const nth = story.cases++;
  const committed = from + random.whole(0, (to - from) / DAY) * DAY;
  const charged = onDay(committed + random.whole(1, 3) * DAY, 18 * HOUR);
  const hearing = onDay(charged + random.whole(10, LONGEST - 5) * DAY, 10 * HOUR);
  const about = {
    asn: asnOf(person.index, person.offset, nth, yearOf(charged)),
    ptiUrn: `00ZZ${String(person.index * 50 + nth).padStart(5, '0')}${String(yearOf(charged) % 100)}`,
  };
  const offences = Array.from({ length: number }, () => {
    const { cjsCode, hoCode } = offenceOf(random, person.offending);
    return { cjsCode, hoCode, offenceDates: { from: dateOf(committed) } };
  });
  if (nth % 4 === 0) arrest(story, about.asn, offences, charged - 3 * HOUR);
  charge(story, about, offences, charged);
  if (end !== null) outcome(story, about, offences, hearing, end);
}

type Offences = readonly { readonly cjsCode: string; readonly hoCode: string }[];

function arrest(story: Story, asn: string, offences: Offences, at: Minute): void {
  tell(story, 'police.arrest.recorded', at, { asn, arrestedAt: instantOf(at), offences });
}

function charge(story: Story, about: object, offences: Offences, at: Minute): void {
  tell(story, 'police.charge.laid', at, {
    ...about,
    chargedAt: instantOf(at),
    offences: offences.map(numbered),
  });
}

function numbered<O extends object>(offence: O, index: number): O & { readonly sequence: number } {
  return { ...offence, sequence: index + 1 };
}

function outcome(story: Story, about: object, offences: Offences, at: Minute, end: string): void {
  tell(story, 'court.outcome.recorded', at, {
    ...about,
    ...COURT,
    hearingDay: dateOf(at),
    offences: offences.map(numbered).map((offence) => ({
      ...offence,
      adjudication: end,
      ...(end === 'Guilty' && { convictionDate: dateOf(at) }),
      isDisposed: true,
    })),
  });
}
