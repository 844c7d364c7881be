import { type Held } from '../casework/held.js';
import { startIn, textIn } from '../casework/read-data.js';
import { beganAt, type ReadFact } from '../casework/read-fact.js';

const RECEIVED = 'prison.received';
const RELEASED = 'prison.released';

/** Releases after which the person is still in custody: away for a time, at court, on the way to another prison. */
const stillInCustody: ReadonlySet<string> = new Set([
  'TEMPORARY_ABSENCE_RELEASE',
  'SENT_TO_COURT',
  'TRANSFERRED',
]);

/**
 * Times in custody by the prisons' standing facts. Temporary absence, court and transfer do not end one; nor does a
 * hospital, as long as the person is under prison care. A release that no receipt precedes says nothing about since when.
 */
export function custodyOf(facts: readonly ReadFact[]): readonly Held<'custody'>[] {
  const movements = facts
    .filter(({ type }) => type === RECEIVED || type === RELEASED)
    .map((fact) => ({ fact, at: momentOf(fact) }))
    .toSorted((one, other) => one.at - other.at);
  return movements.reduce<readonly Held<'custody'>[]>((held, { fact, at }) => moved(held, fact, at), []);
}

function moved(held: readonly Held<'custody'>[], fact: ReadFact, at: number): readonly Held<'custody'>[] {
  const last = held.at(-1);
  const isInside = last?.to === null;
  if (fact.type === RECEIVED && !isInside)
    return [...held, { value: 'custody', from: at, to: null, by: [fact.id] }];
  if (!isInside) return held;
  const to = fact.type === RELEASED && endsCustody(fact) ? at : null;
  return [...held.slice(0, -1), { ...last, to, by: [...last.by, fact.id] }];
}

function endsCustody({ data }: ReadFact): boolean {
  const reason = textIn(data, 'reason');
  if (reason !== null) return !stillInCustody.has(reason);
  return textIn(data, 'currentPrisonStatus') !== 'UNDER_PRISON_CARE';
}

function momentOf(fact: ReadFact): number {
  return startIn(fact.data, fact.type === RECEIVED ? 'receivedAt' : 'releasedAt') ?? beganAt(fact);
}
