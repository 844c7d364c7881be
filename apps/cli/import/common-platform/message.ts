import { DateTime } from 'luxon';
import { Invalid } from '../../../../libs/contract/failure.js';
import { at, flagAt, listAt, textAt, type Tree } from '../tree.js';

/**
 * Kinds of Common Platform message that carry results, best first. The court's hearing-results message is the fact
 * itself: every judicial result once, with the moment of sharing and the person across cases (`masterDefendantId`).
 * `create-results` and `police-result-generated` are made from it on the way to the police and repeat the same
 * results without either. So one kind speaks for a hearing day, the best that there is, and the others are copies.
 */
export const resultKinds = ['hearing-results', 'create-results', 'police-result'] as const;
export type ResultKind = (typeof resultKinds)[number];

/** Which message this is: enough to put many in order without holding them. */
export interface MessageHead {
  readonly kind: ResultKind;
  readonly hearingId: string;
  readonly hearingDay: string;
  /** When the court shared these results (RFC 3339); only hearing-results messages say so. */
  readonly sharedTime: string | undefined;
  /** What the message says of itself; undefined when it does not. */
  readonly isReshare: boolean | undefined;
}

/** Reads the head of a court message; null for a notification, which holds no results. Throws `Invalid` `court-message`. */
export function headOf(message: Tree): MessageHead | null {
  if (at(message, 'notificationId') !== undefined) return null;
  const kind = kindOf(message);
  const hearingId = required(textAt(message, ...hearingPath[kind]), hearingPath[kind].join('.'));
  const hearingDay = required(hearingDayOf(message), 'hearingDay');
  const shared = textAt(message, 'sharedTime');
  return {
    kind,
    hearingId,
    hearingDay,
    sharedTime: kind === 'hearing-results' ? required(shared, 'sharedTime') : undefined,
    isReshare: flagAt(message, 'isReshare'),
  };
}

const hearingPath = {
  'hearing-results': ['hearing', 'id'],
  'create-results': ['session', 'id'],
  'police-result': ['id'],
} as const;

function kindOf(message: Tree): ResultKind {
  if (at(message, 'hearing') !== undefined) return 'hearing-results';
  if (at(message, 'session') !== undefined && at(message, 'cases') !== undefined) return 'create-results';
  if (at(message, 'sessionDays') !== undefined && at(message, 'defendant') !== undefined)
    return 'police-result';
  throw new Invalid('court-message', 'is not a court message that holds results');
}

/** The day as the message names it, or the one day, in London, on which its session sat. */
function hearingDayOf(message: Tree): string | undefined {
  const [sitting, ...more] = listAt(message, 'sessionDays');
  const sat = more.length === 0 ? textAt(sitting, 'sittingDay') : undefined;
  const named = textAt(message, 'hearingDay');
  if (named !== undefined || sat === undefined) return named;
  return DateTime.fromISO(sat, { zone: 'Europe/London' }).toISODate() ?? undefined;
}

/** A value that a message cannot do without. Throws `Invalid` `court-message` naming where it should stand. */
export function required(value: string | undefined, path: string): string {
  if (value === undefined) throw new Invalid('court-message', `has no ${path}`);
  return value;
}
