import { OWN_RECORD } from '../../agreement/decision.js';
import { type Register, versionKey, versions } from '../../agreement/register.js';
import { type Disclosure } from '../../disclosure/disclosure.js';
import { isWithin, type Span } from '../day.js';
import { type DisclosureFigures, isInForce } from './ground.js';

/**
 * How many recorded answers of a period showed facts of others, and how many of them under a clause whose agreement was
 * not in force then (1.6). An agency's own record needs no clause. How soon facts become visible, the log does not say.
 */
export function disclosureFigures(
  records: Iterable<Pick<Disclosure, 'at' | 'facts'>>,
  register: Register,
  span: Span,
): DisclosureFigures {
  const known = new Map(versions(register).map((version) => [versionKey(version), version]));
  const isLawful = (key: string, at: number): boolean => {
    const version = known.get(key);
    return version !== undefined && isInForce(version, at);
  };
  let [total, withoutAgreement] = [0, 0];
  for (const { at, facts } of records) {
    const keys = new Set(
      facts.flatMap(({ shown }) => Object.keys(shown)).filter((each) => each !== OWN_RECORD),
    );
    if (keys.size === 0 || !isWithin(span, at)) continue;
    total += 1;
    if (![...keys].every((clause) => isLawful(clause.slice(0, clause.indexOf('#')), at)))
      withoutAgreement += 1;
  }
  return { total, withoutAgreement, p95: null };
}
