import { Conflict, Forbidden, Invalid } from '../../contract/failure.js';
import { type ClauseRef } from '../agreement/document.js';
import {
  type Emergencies,
  type Emergency,
  type EmergencyActor,
  type EmergencyEvent,
  isOpen,
  isOverdue,
  type Verdict,
} from './emergency.js';
import { type EmergencyTerms } from './terms.js';

const HOUR = 3_600_000;

interface Step {
  readonly id: string;
  readonly by: EmergencyActor;
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What can be asked of emergency disclosures. */
export type EmergencyCommand =
  | (Step & {
      readonly type: 'open';
      readonly offender: string | null;
      readonly purpose: string;
      /** How long, at most what the agreements allow; absent: as long as that. */
      readonly hours: number | undefined;
      readonly terms: EmergencyTerms | undefined;
    })
  | (Step & { readonly type: 'close' })
  | (Step & { readonly type: 'review'; readonly verdict: Verdict });

/**
 * The events that follow from a command, or a refusal. Opening needs a clause that allows it; a use that was not
 * reviewed by its deadline blocks every further use by that team; nobody reviews a use of their own (R9, R24).
 */
export function decide(emergencies: Emergencies, command: EmergencyCommand): readonly EmergencyEvent[] {
  switch (command.type) {
    case 'open':
      return open(emergencies, command);
    case 'close':
      return close(emergencies, command);
    case 'review':
      return review(emergencies, command);
  }
}

/** The clauses in force that let people of an agency open an emergency for a purpose. */
export type Allowing = (agency: string, purpose: string) => readonly ClauseRef[];

/**
 * The events that the passing of time brings about at `at`. An emergency closes when its hours are over, when its team
 * has left a review undone past its deadline, and when other clauses than those it was opened under would open more.
 */
export function elapse(emergencies: Emergencies, at: number, allowing: Allowing): readonly EmergencyEvent[] {
  const by: EmergencyActor = { agency: 'hub', team: 'hub', user: 'clock' };
  return openOnes(emergencies).flatMap((each): EmergencyEvent[] => {
    const reason = reasonToClose(emergencies, each, at, allowing);
    return reason === undefined ? [] : [{ type: 'emergency.closed', id: each.id, by, reason, at }];
  });
}

/** The next moment (epoch milliseconds) at which `elapse` closes one; 0 when it would now. */
export function dueAt(emergencies: Emergencies, allowing: Allowing): number {
  const ends = openOnes(emergencies).map((each) =>
    opensMore(each, allowing) ? 0 : Math.min(each.until, reviewDueOf(emergencies, each.by)),
  );
  return Math.min(...ends, Number.MAX_SAFE_INTEGER);
}

function openOnes(emergencies: Emergencies): readonly Emergency[] {
  return [...emergencies.values()].filter(({ closed }) => closed === null);
}

function reasonToClose(
  emergencies: Emergencies,
  emergency: Emergency,
  at: number,
  allowing: Allowing,
): string | undefined {
  if (at >= emergency.until) return 'its hours are over';
  if (at >= reviewDueOf(emergencies, emergency.by)) return 'a review of its team is overdue';
  return opensMore(emergency, allowing) ? 'what an emergency opens was agreed anew' : undefined;
}

/** An emergency opens what was agreed when it was opened, and no clause that came after. */
function opensMore({ by: { agency }, purpose, clauses }: Emergency, allowing: Allowing): boolean {
  return allowing(agency, purpose).some((clause) => !clauses.includes(clause));
}

/** The earliest deadline of a review that a team's use still waits for. */
function reviewDueOf(emergencies: Emergencies, team: EmergencyActor): number {
  const waiting = [...emergencies.values()].filter((each) => each.review === null && isOfTeam(each, team));
  return Math.min(...waiting.map(({ reviewDue }) => reviewDue), Number.MAX_SAFE_INTEGER);
}

type Of<T extends EmergencyCommand['type']> = Extract<EmergencyCommand, { type: T }>;

function open(
  emergencies: Emergencies,
  { id, offender, by, purpose, reason, at, hours, terms }: Of<'open'>,
): readonly EmergencyEvent[] {
  if (terms === undefined)
    throw new Forbidden('no-emergency-clause', 'no agreement in force allows an emergency for this purpose');
  const overdue = [...emergencies.values()].filter((each) => isOfTeam(each, by) && isOverdue(each, at));
  if (overdue.length > 0) {
    const ids = overdue.map((each) => each.id).join(', ');
    throw new Forbidden('emergency-review-overdue', `review first what your team has used: ${ids}`);
  }
  const length = hours ?? terms.hours;
  if (!(length > 0 && length <= terms.hours))
    throw new Invalid('emergency-hours', `hours must be more than 0 and at most ${terms.hours}`);
  const until = at + Math.round(length * HOUR);
  const reviewDue = at + terms.reviewWithin * HOUR;
  const { clauses } = terms;
  return [{ type: 'emergency.opened', id, offender, by, purpose, reason, clauses, at, until, reviewDue }];
}

function isOfTeam(emergency: Emergency, { agency, team }: EmergencyActor): boolean {
  return emergency.by.agency === agency && emergency.by.team === team;
}

function close(emergencies: Emergencies, { id, by, reason, at }: Of<'close'>): readonly EmergencyEvent[] {
  const emergency = ofAgency(emergencies, id, by);
  if (!isOpen(emergency, at)) throw new Conflict('emergency-closed', `the emergency ${id} is closed`);
  return [{ type: 'emergency.closed', id, by, reason, at }];
}

function review(
  emergencies: Emergencies,
  { id, by, verdict, reason, at }: Of<'review'>,
): readonly EmergencyEvent[] {
  const emergency = by.agency === 'auditor' ? known(emergencies, id) : ofAgency(emergencies, id, by);
  if (emergency.by.agency === by.agency && emergency.by.user === by.user)
    throw new Forbidden('own-emergency', 'nobody reviews an emergency of their own');
  if (emergency.review !== null) throw new Conflict('emergency-reviewed', `the emergency ${id} is reviewed`);
  const end: readonly EmergencyEvent[] = isOpen(emergency, at)
    ? [{ type: 'emergency.closed', id, by, reason: 'its review has ended it', at }]
    : [];
  return [...end, { type: 'emergency.reviewed', id, by, verdict, reason, at }];
}

function ofAgency(emergencies: Emergencies, id: string, { agency }: EmergencyActor): Emergency {
  const found = emergencies.get(id);
  if (found?.by.agency !== agency) throw unknown();
  return found;
}

function known(emergencies: Emergencies, id: string): Emergency {
  const found = emergencies.get(id);
  if (found === undefined) throw unknown();
  return found;
}

/** The same whether there is none of that id or it is another agency's. */
function unknown(): Forbidden {
  return new Forbidden('no-such-emergency', 'your agency has no emergency of this id');
}
