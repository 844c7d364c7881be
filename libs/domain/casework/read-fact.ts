import { type Moment } from '../../contract/moment.js';

/** A fact as casework and reports read it: its log event id and position, and of its data what the reader may see. */
export interface ReadFact {
  readonly id: string;
  readonly position: number;
  readonly type: string;
  /** Agency id. */
  readonly publisher: string;
  readonly happened: Moment;
  /** When the publisher's own system recorded it (RFC 3339). */
  readonly recorded: string | null;
  /** When the hub received it, epoch milliseconds. */
  readonly received: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Log event id of the fact that this one corrects or retracts. */
  readonly corrects: string | null;
  readonly retracts: string | null;
}

type Superseding = Pick<ReadFact, 'id' | 'corrects' | 'retracts'>;

/**
 * What counts of facts in log order: neither what was corrected or retracted, nor a retraction itself; a correction in the
 * place of what it corrects, so that putting something old right overrides nothing newer.
 */
export function standingOf<F extends Superseding>(facts: readonly F[]): readonly F[] {
  const gone = new Set(facts.flatMap(({ corrects, retracts }) => [corrects, retracts]));
  return inPlace(facts).filter(({ id, retracts }) => retracts === null && !gone.has(id));
}

function inPlace<F extends Superseding>(facts: readonly F[]): readonly F[] {
  const places = new Map<string, number>();
  facts.forEach(({ id, corrects }, index) => places.set(id, places.get(corrects ?? '') ?? index));
  return facts.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
}

/** When a fact counts from: when it happened; when it was received where nobody says when it happened. Epoch milliseconds. */
export function beganAt({ happened, received }: Pick<ReadFact, 'happened' | 'received'>): number {
  return happened.from ?? received;
}
