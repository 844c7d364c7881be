import { parseMoment } from '../../contract/moment.js';
import { type AgreementVersion, isOver } from './agreement.js';
import { elapse, startOf } from './decide.js';
import { type Register, type RegisterEvent, versions } from './register.js';

const DAY = 86_400_000;

/** What the passing of time brings about by `at` (epoch milliseconds): the day begins, agreements begin and end. */
export function timePasses(register: Register, at: number): readonly RegisterEvent[] {
  const agreements = [...register.agreements.values()];
  const day = dayOf(at);
  const begins = agreements.length > 0 && (register.day === null || register.day < day);
  const began: readonly RegisterEvent[] = begins ? [{ type: 'clock.dayBegan', day, at }] : [];
  return [...began, ...agreements.flatMap((agreement) => elapse(agreement, at))];
}

/**
 * The next moment (epoch milliseconds) at which `timePasses` brings something about: the next midnight in
 * Europe/London, or the first or last day of an agreement. `Number.MAX_SAFE_INTEGER` while there is no agreement.
 */
export function dueAt(register: Register): number {
  if (register.agreements.size === 0) return Number.MAX_SAFE_INTEGER;
  const midnight = register.day === null ? 0 : startOf(following(register.day));
  return Math.min(midnight, ...versions(register).flatMap(datesOf));
}

function datesOf(version: AgreementVersion): readonly number[] {
  const { document, status } = version;
  if (isOver(version)) return [];
  const end = startOf(document.expires);
  return status === 'signed' ? [startOf(document.inForceFrom), end] : [end];
}

/** The calendar date in Europe/London, `2026-11-22`, at a moment in epoch milliseconds; London is never behind UTC. */
export function dayOf(at: number): string {
  const day = new Date(at).toISOString().slice(0, 10);
  const next = following(day);
  return at < startOf(next) ? day : next;
}

function following(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}

/** Whether the review of a version that binds its parties was due on a day that is over: it warns, and stops nothing. */
export function isReviewOverdue({ status, reviewDue }: AgreementVersion, at: number): boolean {
  const end = parseMoment(reviewDue)?.to ?? null;
  return (status === 'in-force' || status === 'suspended') && end !== null && at >= end;
}
