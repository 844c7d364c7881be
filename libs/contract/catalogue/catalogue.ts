import { courtEvents } from './court.js';
import { type CatalogueEntry } from './entry.js';
import { healthEvents } from './health.js';
import { housingEvents } from './housing.js';
import { hubEvents } from './hub.js';
import { policeEvents } from './police.js';
import { prisonEvents } from './prison.js';
import { probationEvents } from './probation.js';
import { treatmentEvents } from './treatment.js';
import { vcseEvents } from './vcse.js';
import { youthEvents } from './youth.js';

/** Every event type that exists, at each of its versions (event catalogue §5). */
export const catalogue: readonly CatalogueEntry[] = [
  ...policeEvents,
  ...probationEvents,
  ...prisonEvents,
  ...courtEvents,
  ...housingEvents,
  ...treatmentEvents,
  ...youthEvents,
  ...vcseEvents,
  ...healthEvents,
  ...hubEvents,
];

const byType = new Map<string, CatalogueEntry[]>();
for (const entry of catalogue) byType.set(entry.type, [...(byType.get(entry.type) ?? []), entry]);

/** The entry of a type at a version, or at its latest one; undefined for what the catalogue does not know. */
export function entryOf(type: string, version?: number): CatalogueEntry | undefined {
  const versions = byType.get(type) ?? [];
  if (version !== undefined) return versions.find((entry) => entry.version === version);
  return versions.reduce<CatalogueEntry | undefined>(
    (latest, entry) => (latest === undefined || entry.version > latest.version ? entry : latest),
    undefined,
  );
}

const DATA_SCHEMA = /^urn:concordat:schema:([A-Za-z]{1,40}(?:\.[A-Za-z]{1,40}){1,5}):([1-9]\d{0,4})$/;

/** The CloudEvents `dataschema` of a type at a version: `urn:concordat:schema:<type>:<version>`. */
export function dataSchemaUri(type: string, version: number): string {
  return `urn:concordat:schema:${type}:${version}`;
}

/** The type and version that a `dataschema` names; undefined when it is not one of ours. */
export function parseDataSchemaUri(
  uri: string,
): { readonly type: string; readonly version: number } | undefined {
  const [, type, version] = DATA_SCHEMA.exec(uri) ?? [];
  return type === undefined || version === undefined ? undefined : { type, version: Number(version) };
}
