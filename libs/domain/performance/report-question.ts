import { DateTime } from 'luxon';
import { Invalid } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import { dayOf } from '../agreement/time.js';
import { standingOf } from '../audit/questions.js';
import { type ReportQuestion } from './report.js';

/** What somebody asked for, as they wrote it; what is absent is filled in. */
export interface ReportAsked {
  readonly at?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly known?: string | null | undefined;
}

/**
 * The question that somebody asks at a moment (epoch milliseconds): by default the state at the end of the period, which
 * is the year until today, as everything is known. `known` is a date, as at its end, or a moment (RFC 3339). Throws `Invalid` `day`, `period`
 * or `moment`.
 */
export function questionOf({ at, from, to, known }: ReportAsked, now: number): ReportQuestion {
  const end = to == null ? undefined : requireDay('to', to);
  const day = requireDay('at', at ?? end ?? dayOf(now));
  const last = end ?? day;
  const first = requireDay('from', from ?? yearUntil(last));
  if (first > last) throw new Invalid('period', 'to must not be a day before from');
  const knownAt = known == null ? null : standingOf('known', known);
  return { at: day, from: first, to: last, knownAt, askedAt: Math.min(now, knownAt ?? now) };
}

function requireDay(name: string, text: string): string {
  if (parseMoment(text)?.precision !== 'day')
    throw new Invalid('day', `${name} must be a calendar date such as 2016-03-31`);
  return text;
}

/** The first day of the year of which this is the last. */
function yearUntil(day: string): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).minus({ years: 1 }).toFormat('yyyy-MM-dd');
}
