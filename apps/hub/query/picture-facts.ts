import { type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
import { FactView } from './fact-view.js';
import { type Picture } from './picture.js';
import { type Shown } from './visibility.js';

const NOTHING_SHOWN: Shown = { shared: [], clear: new Set(), prohibited: new Map(), restricted: false };

/** A fact of a picture as GraphQL reads it: from here on it counts as shown. */
export function factViewOf({ sight, asking, contact, reader }: Picture, fact: VisibleFact): FactView {
  const shown = sight.of(fact.offender).shown.get(fact.decision) ?? NOTHING_SHOWN;
  const holds = (position: number): boolean => {
    const other = reader.factAt(position);
    return other !== undefined && sight.of(other.offender).shown.has(other.decision);
  };
  return new FactView(fact, shown, asking.witness, { contact, holds });
}

/** What of a fact the picture shows as it is, by path: looking at it shows nothing yet. */
export function clearValues({ sight }: Picture, fact: VisibleFact): Readonly<Record<string, unknown>> {
  const values = JSON.parse(fact.values) as Readonly<Record<string, unknown>>;
  const { clear } = sight.of(fact.offender).shown.get(fact.decision) ?? NOTHING_SHOWN;
  return Object.fromEntries(Object.entries(values).filter(([path]) => clear.has(path)));
}
