import { type CatalogueEntry } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { UNKNOWN_MOMENT } from '../../contract/moment.js';
import { type DisclosedFact } from '../disclosure/disclosure.js';
import { circumstance, circumstanceTopics, managementTypes } from '../picture/circumstances.js';

/**
 * Whether an answer told the fields of a fact as a whole. A picture tells single fields of a fact where it says who
 * somebody is, in which circumstances, and how managed; every other field is told only with all that are shared.
 */
export function toldTogether(entry: CatalogueEntry, shown: DisclosedFact['shown']): boolean {
  const single = toldSingly(entry);
  return Object.values(shown).some(({ clear = [], generalise = [], mask = [] }) =>
    [...clear, ...generalise, ...mask].some((path) => !single.has(path)),
  );
}

const known = new WeakMap<CatalogueEntry, ReadonlySet<string>>();

function toldSingly(entry: CatalogueEntry): ReadonlySet<string> {
  const before = known.get(entry);
  if (before !== undefined) return before;
  const fact = { type: entry.type, happened: UNKNOWN_MOMENT, values: {} };
  const paths = new Set([
    ...fieldsOf(entry).flatMap(({ search, path }) => (search === undefined ? [] : [path])),
    ...circumstanceTopics.flatMap((topic) => circumstance(topic, [fact])?.told ?? []),
    ...(managementTypes.some((type) => type === entry.type) ? ['cohort', 'levels'] : []),
  ]);
  known.set(entry, paths);
  return paths;
}
