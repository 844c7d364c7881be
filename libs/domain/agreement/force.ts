import { type AgreementVersion } from './agreement.js';
import { type Interval } from './interval.js';

/**
 * When a version's permissions let facts flow from a publisher to a recipient: while it is in force, until one of
 * the two withdraws (requirements §3.3: one signatory's withdrawal ends only its flows). Epoch milliseconds, half open.
 */
export function forceOf(
  { force, withdrawn }: AgreementVersion,
  publisher: string,
  recipient: string,
): readonly Interval[] {
  const left = withdrawn.filter(({ party }) => party === publisher || party === recipient);
  if (left.length === 0) return force;
  const end = Math.min(...left.map(({ at }) => at));
  return force.flatMap(({ from, to }) => (from < end ? [{ from, to: Math.min(to ?? end, end) }] : []));
}
