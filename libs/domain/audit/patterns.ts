import { DateTime } from 'luxon';
import { type OffenderState } from '../casework/offender-state.js';
import { type Disclosure } from '../disclosure/disclosure.js';
import { hasEmergency, isResponsible } from './explain.js';
import {
  type Counted,
  type Day,
  ofDay,
  ofPeriod,
  type PatternFinding,
  type Watched,
} from './pattern-findings.js';
import { type PatternRules } from './pattern-rules.js';

/** A finding names no more answers than this; its figures say how many there were. */
export const MOST_POSITIONS = 50;

/** The period (epoch milliseconds, half open) and, if one is asked for, the agency. */
export interface PatternsQuestion {
  readonly from: number;
  readonly to: number;
  readonly agency?: string | undefined;
}

/** An answer as the log holds it. */
export interface RecordedAnswer {
  readonly position: number;
  readonly disclosure: Disclosure;
}

/** Looks for patterns while answers come by, oldest first; holds a day of each user and their last daily counts. */
export interface PatternWatch {
  /** `state` gives the state of a person by hub id as it stood for the answer. */
  take(answer: RecordedAnswer, state: (offender: string) => OffenderState): void;
  /** Every finding, in order of agency, user, rule and day. */
  findings(): readonly PatternFinding[];
}

/** Watches for the patterns of some rules in a period; what was before the period is history to compare with. */
export function watchPatterns(rules: PatternRules, { from, to, agency }: PatternsQuestion): PatternWatch {
  const users = new Map<string, Watched>();

  function watched({ disclosure }: RecordedAnswer, date: string): Watched {
    const key = `${disclosure.agency} ${disclosure.user}`;
    const known = users.get(key) ?? unwatched(disclosure, date);
    users.set(key, known);
    if (date > known.day.date) turn(rules, known, date);
    return known;
  }

  return {
    take(answer, state) {
      const { at } = answer.disclosure;
      if (at >= to || (agency !== undefined && answer.disclosure.agency !== agency)) return;
      const local = DateTime.fromMillis(at, { zone: rules.zone });
      const user = watched(answer, local.toISODate() ?? '');
      countDay(user.day, answer);
      if (at < from) return;
      user.asked += 1;
      user.day.isAsked = true;
      if (isOutside(rules, answer.disclosure.agency, local)) count(user.outside, answer.position);
      countTies(user, answer, state);
    },
    findings: () =>
      [...users.entries()]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .flatMap(([, user]) => [...user.found, ...ofDay(rules, user), ...ofPeriod(rules, user)]),
  };
}

function unwatched({ agency, user }: Disclosure, date: string): Watched {
  return {
    agency,
    user,
    day: emptyDay(date),
    history: [],
    asked: 0,
    outside: none(),
    untied: none(),
    untiedPeople: new Set(),
    tiedPeople: new Set(),
    found: [],
  };
}

function emptyDay(date: string): Day {
  return { date, isAsked: false, answers: none(), empty: none(), sought: new Set(), people: new Set() };
}

function none(): Counted {
  return { count: 0, positions: [] };
}

function count(counted: Counted, position: number): void {
  counted.count += 1;
  if (counted.positions.length < MOST_POSITIONS) counted.positions.push(position);
}

/** A day is over: what it shows is found, and its count becomes history. */
function turn(rules: PatternRules, user: Watched, date: string): void {
  user.found.push(...ofDay(rules, user));
  user.history = [...user.history, user.day.answers.count].slice(-rules.volume.baselineDays);
  user.day = emptyDay(date);
}

function countDay(day: Day, { position, disclosure }: RecordedAnswer): void {
  const { sought, offenders } = disclosure;
  count(day.answers, position);
  for (const offender of offenders) day.people.add(offender);
  if (sought.length === 0 || offenders.length > 0) return;
  count(day.empty, position);
  for (const what of sought) day.sought.add(what);
}

function isOutside(rules: PatternRules, agency: string, local: DateTime): boolean {
  const { days, from, to } =
    (Object.hasOwn(rules.hoursOf, agency) ? rules.hoursOf[agency] : undefined) ?? rules.hours;
  const time = [local.hour, local.minute].map((each) => String(each).padStart(2, '0')).join(':');
  return !days.includes(local.weekday) || time < from || time >= to;
}

/** Somebody is tied to a person whose case is theirs, or about whom they have an emergency open. */
function countTies(
  user: Watched,
  { position, disclosure }: RecordedAnswer,
  state: (offender: string) => OffenderState,
): void {
  const untied = disclosure.offenders.filter((offender) => {
    const known = state(offender);
    return !isResponsible(known, disclosure.agency, disclosure.user) && !hasEmergency(known, disclosure);
  });
  for (const offender of disclosure.offenders)
    (untied.includes(offender) ? user.untiedPeople : user.tiedPeople).add(offender);
  if (untied.length > 0) count(user.untied, position);
}
