import { ageHolds } from '../casework/age.js';
import { dayOf } from '../agreement/time.js';

const FULL_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Whether a person was surely younger than an age in whole years at a moment (epoch milliseconds): by every claim of
 * their birth, dates (`1990-04-17`) or months (`1990-04`). An age begins with the birthday in Europe/London, on 1 March
 * for who was born on 29 February, in years that have none. Of whom nothing is known nothing is sure (R37, R41).
 */
export function isSurelyYounger(born: readonly string[], age: number, at: number): boolean {
  return born.length > 0 && born.every((claim) => isYoungerBy(claim, age, at));
}

/** As text `2010-03-01` comes after the `2010-02-29` that there never was. */
function isYoungerBy(claim: string, age: number, at: number): boolean {
  if (!FULL_DATE.test(claim)) return ageHolds([claim], { to: age - 1 }, at, at);
  return dayOf(at) < `${Number(claim.slice(0, 4)) + age}${claim.slice(4)}`;
}
