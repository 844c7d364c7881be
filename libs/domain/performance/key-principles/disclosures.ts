import { OWN_RECORD } from '../../agreement/decision.js';
import { type Register, versionKey, versions } from '../../agreement/register.js';
import { isWithin, type Span } from '../day.js';
import { type DisclosureFigures, isInForce } from './ground.js';

/** An answer that was recorded: when, and under which clauses it showed facts (`<reference>/<version>#<clause>`, or the agency's own). */
export interface RecordedAnswer {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly clauses: readonly string[];
}

/**
 * How many recorded answers of a period showed facts of others, and how many of them under a clause whose agreement was
 * not in force then (1.6). An agency's own record needs no clause. How soon facts become visible the log does not say:
 * `p95` (milliseconds) is what the hub measured, null where nobody did.
 */
export function disclosureFigures(
  answers: Iterable<RecordedAnswer>,
  register: Register,
  span: Span,
  p95: number | null,
): DisclosureFigures {
  const known = new Map(versions(register).map((version) => [versionKey(version), version]));
  const isLawful = (key: string, at: number): boolean => {
    const version = known.get(key);
    return version !== undefined && isInForce(version, at);
  };
  let [total, withoutAgreement] = [0, 0];
  for (const { at, clauses } of answers) {
    const keys = clauses.filter((each) => each !== OWN_RECORD);
    if (keys.length === 0 || !isWithin(span, at)) continue;
    total += 1;
    if (!keys.every((clause) => isLawful(clause.slice(0, clause.indexOf('#')), at))) withoutAgreement += 1;
  }
  return { total, withoutAgreement, p95 };
}
