import { Invalid } from './failure.js';

/** What a reason must have, in characters without white space at either end. */
export interface ReasonLength {
  readonly least: number;
  readonly most: number;
}

/** A justification as systems ask for it of whoever looks something up (R57). */
export const SHORT_REASON: ReasonLength = { least: 3, most: 250 };
/** What a step that weighs on somebody needs. */
export const FULL_REASON: ReasonLength = { least: 10, most: 1000 };

/** A reason without white space at either end; throws `Invalid` `reason` when it is too short or too long. */
export function statedReason(reason: string, { least, most }: ReasonLength): string {
  const trimmed = reason.trim();
  if (trimmed.length < least || trimmed.length > most)
    throw new Invalid('reason', `reason must have ${least} to ${most} characters`);
  return trimmed;
}
