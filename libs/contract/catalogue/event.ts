import { type AgencyKind } from '../agency.js';
import { type CatalogueEntry, type PropertySchema } from './entry.js';
import { record } from './property.js';

type Properties = Readonly<Record<string, PropertySchema>>;

/** Makes the entries of one kind of agency; every one of them may hold what that agency knows of the person. */
export function eventsOf<K extends AgencyKind, S extends Properties>(
  kind: K,
  subject: S,
  alwaysKnown: readonly (keyof S & string)[] = [],
) {
  return <P extends Properties>(
    nature: CatalogueEntry['nature'],
    type: `${K}.${string}`,
    title: string,
    properties: P,
    required: readonly (keyof (S & P) & string)[],
  ): CatalogueEntry => ({
    type,
    version: 1,
    publishers: [kind],
    nature,
    title,
    schema: record<Properties>({ ...subject, ...properties }, [...alwaysKnown, ...required]),
  });
}
