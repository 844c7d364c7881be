import { type Held } from '../casework/held.js';
import { startIn, textIn } from '../casework/read-data.js';
import { beganAt, type ReadFact } from '../casework/read-fact.js';

const ALLOCATED = 'probation.case.allocated';

/** Who supervised from when: each allocation that names a provider ends the one before it. Its name stays as it was then. */
export function providersOf(facts: readonly ReadFact[]): readonly Held<string>[] {
  const allocations = facts
    .flatMap((fact) => {
      const provider = fact.type === ALLOCATED ? textIn(fact.data, 'provider') : null;
      return provider === null
        ? []
        : [{ provider, from: startIn(fact.data, 'from') ?? beganAt(fact), id: fact.id }];
    })
    .toSorted((one, other) => one.from - other.from);
  return allocations.map(({ provider, from, id }, index) => ({
    value: provider,
    from,
    to: allocations[index + 1]?.from ?? null,
    by: [id],
  }));
}
