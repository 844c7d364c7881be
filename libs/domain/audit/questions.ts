import { agencyOf } from '../../contract/agency.js';
import { Invalid } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import { isOffenderId } from '../identity/offender-id.js';
import { type Operation, type OperationKind, operationKinds } from './operations.js';

/** Which operations an auditor asks for; what is absent does not limit. Moments are epoch milliseconds, half open. */
export interface OperationsQuestion {
  /** Hub id. */
  readonly person?: string | undefined;
  readonly agency?: string | undefined;
  readonly user?: string | undefined;
  /** `<reference>/<version>#<clause>` */
  readonly clause?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly kinds: readonly OperationKind[];
}

/** The longest period that may be asked for about an agency as a whole. */
export const MOST_DAYS = 92;
const DAY = 86_400_000;

export const ALL_KINDS: readonly OperationKind[] = operationKinds;
export const SHOWING_KINDS: readonly OperationKind[] = ['consultation', 'disclosure'];

/**
 * Refuses a trawl: a question names a person, a user or a clause, or one agency and a period of at most `MOST_DAYS`
 * days (R26: a log is read for a reason). Throws `Invalid` `audit-unbounded`, `person`, `agency` or `period`.
 */
export function requireBounded({ person, agency, user, clause, from, to }: OperationsQuestion): void {
  if (person !== undefined) requirePerson(person);
  if (agency !== undefined) requireAgency(agency);
  if (from !== undefined && to !== undefined && to <= from)
    throw new Invalid('period', 'the period must end after it begins');
  if (person !== undefined || user !== undefined || clause !== undefined) return;
  const length = from === undefined || to === undefined ? Infinity : to - from;
  if (agency === undefined || length > MOST_DAYS * DAY + DAY / 24)
    throw new Invalid(
      'audit-unbounded',
      `name a person, a user or a clause, or an agency with a period of at most ${MOST_DAYS} days`,
    );
}

/** Throws `Invalid` `person` unless it is a hub id. */
export function requirePerson(person: string): void {
  if (!isOffenderId(person)) throw new Invalid('person', "person must be the hub's id of somebody");
}

/** Throws `Invalid` `agency` unless the hub knows it. */
export function requireAgency(agency: string): void {
  if (agencyOf(agency) === undefined) throw new Invalid('agency', 'agency is not an agency of the hub');
}

/** The beginning of a day in Europe/London, or a moment (RFC 3339); epoch milliseconds. Throws `Invalid` `moment` naming the option. */
export function beginningOf(option: string, text: string): number {
  return momentOf(option, text).from;
}

/** The end (exclusive) of a day, or the moment itself: a period `--to 2026-03-31` takes that day in. */
export function endOf(option: string, text: string): number {
  return momentOf(option, text).to;
}

/** The last millisecond of a day, or the moment itself: as things stood then. */
export function standingOf(option: string, text: string): number {
  const { precision, from, to } = momentOf(option, text);
  return precision === 'day' ? to - 1 : from;
}

function momentOf(option: string, text: string) {
  const moment = parseMoment(text);
  if (moment?.precision !== 'day' && moment?.precision !== 'instant')
    throw new Invalid('moment', `${option} must be a date (2026-04-01) or a moment (RFC 3339)`);
  return moment;
}

/**
 * An operation as far as a question asks for it, undefined when it does not. Where a person is asked about, nobody else in
 * the same answer is told of; where a clause is, nothing else that was shown.
 */
export function asAsked(question: OperationsQuestion, operation: Operation): Operation | undefined {
  const { person, agency, user, clause, from, to, kinds } = question;
  const at = Date.parse(operation.at);
  const asked =
    kinds.includes(operation.kind) &&
    (agency === undefined || operation.agency === agency) &&
    (user === undefined || operation.user === user) &&
    (from === undefined || at >= from) &&
    (to === undefined || at < to) &&
    (person === undefined || operation.offenders.includes(person));
  if (!asked) return undefined;
  const facts = operation.facts.filter(
    (fact) =>
      (person === undefined || fact.offender === person) && (clause === undefined || fact.clause === clause),
  );
  if (clause !== undefined && facts.length === 0) return undefined;
  return { ...operation, offenders: person === undefined ? operation.offenders : [person], facts };
}
