import { type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
import { type ReadFact } from '../../../libs/domain/casework/read-fact.js';
import { restored } from '../../../libs/domain/picture/restore.js';
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

/** A fact of the picture, what the picture shows of it in the clear by path, and that as one reads it. */
export interface ReadableFact {
  readonly row: VisibleFact;
  readonly values: Readonly<Record<string, unknown>>;
  readonly fact: ReadFact;
}

/** Where a fact lies in the log and in whose picture, which its row says too. */
export type PlacedFact = Pick<VisibleFact, 'offender' | 'position' | 'type' | 'received'>;

/** A fact as it lies in the picture; undefined where it lies there under nothing that the caller is shown. */
export function factIn(
  { reader, sight }: Picture,
  { offender, position, type, received }: PlacedFact,
): VisibleFact | undefined {
  const [found] = reader.timeline({
    offender,
    decisions: sight.of(offender).decisions,
    order: 'received',
    types: [type],
    asOf: position,
    after: { key: received, position: position + 1 },
    limit: 1,
  });
  return found?.position === position ? found : undefined;
}

/** SQLite's word for no limit. */
const ALL = -1;

/**
 * Facts of a person in log order, of each what the picture shows in the clear: looking at them shows nothing yet. What may
 * be used only under conditions is left out, because none can stand beside what is made of it (R51).
 */
export function readableFacts(
  picture: Picture,
  offender: string,
  types: readonly string[],
): readonly ReadableFact[] {
  const { reader, sight, now } = picture;
  const { decisions } = sight.of(offender);
  return reader
    .latest({ offender, types, decisions, until: now, limit: ALL })
    .filter(({ handlingConditions }) => handlingConditions === null)
    .toSorted((one, other) => one.position - other.position)
    .map((row) => {
      const values = clearValues(picture, row);
      return { row, values, fact: readFact(row, values) };
    });
}

function readFact(row: VisibleFact, values: ReadableFact['values']): ReadFact {
  const { id, position, type, publisher, happened, recorded, received } = row;
  const standing = { corrects: null, retracts: null };
  return { id, position, type, publisher, happened, recorded, received, data: restored(values), ...standing };
}
