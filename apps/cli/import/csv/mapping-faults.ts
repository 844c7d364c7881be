import { agencyOf } from '../../../../libs/contract/agency.js';
import { entryOf } from '../../../../libs/contract/catalogue/catalogue.js';
import { type CatalogueEntry, type PropertySchema } from '../../../../libs/contract/catalogue/entry.js';
import { type InputError } from '../../../../libs/contract/failure.js';
import { type EventDocument, type MappingDocument, type SourceDocument } from './mapping-document.js';
import { columnsOf, type EventMapping, isRowField, type Mapping, type ValueSource } from './mapping.js';
import { precisionOf } from './moments.js';
import { schemaAt, stepsOf } from './schema-at.js';

/** What is wrong with a mapping that its shape cannot tell: names that nothing bears, values that fit no field. */
export function mappingFaults(mapping: Mapping, document: MappingDocument): readonly InputError[] {
  const used = columnsOf(mapping);
  const names = mapping.events.map(({ name }) => name);
  return [
    ...mapping.ignore
      .filter((column) => used.has(column))
      .map(() => ({ pointer: '/file/ignore', detail: 'names a column that is used' })),
    ...mapping.events.flatMap((event, index) => {
      const at = (detail: string, key = ''): InputError => ({
        pointer: `/events/${String(index)}${key}`,
        detail,
      });
      return [
        ...(names.indexOf(event.name) < index ? [at('is the name of an event above', '/name')] : []),
        ...(mapping.events.slice(0, index).some(({ when }) => when.length === 0)
          ? [at('is never reached: an event above takes every row')]
          : []),
        ...eventFaults(event, mapping.agency, document, index),
      ];
    }),
  ];
}

function eventFaults(
  event: EventMapping,
  agency: string,
  document: MappingDocument,
  index: number,
): readonly InputError[] {
  const base = `/events/${String(index)}`;
  const entry = entryOf(event.type);
  if (entry === undefined) return [{ pointer: `${base}/type`, detail: 'is not in the catalogue' }];
  if (!entry.publishers.some((kind) => kind === agencyOf(agency)?.kind))
    return [{ pointer: `${base}/type`, detail: 'is not for this agency to publish' }];
  const written = document.events[index];
  const moments = momentFaults(event, base);
  const fields = Object.entries(event.fields).flatMap(([path, source]) =>
    fieldFaults(entry, path, source).map((detail) => ({ pointer: fieldPointer(base, path), detail })),
  );
  return [
    ...moments,
    ...fields,
    ...(written === undefined ? [] : codeListFaults(written, document, base)),
    ...requiredFaults(entry, event, base),
    ...listFaults(event, base),
    ...unchangedFaults(entry, event, base),
    ...identifierFaults(entry, event, base),
  ];
}

function momentFaults(event: EventMapping, base: string): readonly InputError[] {
  return (['time', 'recordedtime', 'newer'] as const).flatMap((key) => {
    const source = event[key];
    if (source === undefined) return [];
    const finest = key === 'recordedtime' ? (['instant'] as const) : undefined;
    return formatFaults(source, finest).map((detail) => ({ pointer: `${base}/${key}`, detail }));
  });
}

function fieldFaults(entry: CatalogueEntry, path: string, source: ValueSource): readonly string[] {
  const schema = schemaAt(entry.schema, path);
  if (schema === undefined) return [`is not a field of ${entry.type}`];
  if (path.split('[]').length > 2) return ['lies in a list within a list, which rows cannot fill'];
  const { constant, columns, split } = source;
  if ((constant === undefined) === (columns.length === 0)) return ['needs either a column or a constant'];
  const isList = schema.type === 'array';
  const leaf = isList ? schema.items : schema;
  if (leaf === undefined || leaf.type === 'object' || leaf.type === 'array')
    return ['is not a single value: name the field within it'];
  if (!isList && split !== undefined) return ['holds one value, so nothing is to be split'];
  if (isList && columns.length > 1 && split !== undefined) return ['is split from one column only'];
  return valueFaults(leaf, source);
}

function valueFaults(leaf: PropertySchema, source: ValueSource): readonly string[] {
  const { constant, formats, codes } = source;
  const fixed = constant === undefined ? Object.values(codes ?? {}) : [constant];
  if (fixed.some((value) => !fits(leaf, value))) return [`holds a value that is not ${wanted(leaf)}`];
  if (constant !== undefined || codes !== undefined) return [];
  if (leaf.format === 'date') return formatFaults(source, ['day', 'instant']);
  if (leaf.format === 'date-time') return formatFaults(source, ['instant']);
  if (formats.length > 0) return ['is no date or time, so it has no format'];
  return leaf.type === 'boolean' ? ['is yes or no: say with codes which text is which'] : [];
}

function formatFaults({ formats, columns }: ValueSource, allowed?: readonly string[]): readonly string[] {
  if (columns.length === 0) return ['needs a column'];
  if (formats.length === 0) return ['needs a format'];
  const precisions = formats.map(precisionOf);
  if (precisions.includes(undefined))
    return ['has a format that is not understood (it needs yyyy, and mm where it has hours)'];
  return allowed === undefined || precisions.every((each) => each !== undefined && allowed.includes(each))
    ? []
    : [allowed.length === 1 ? 'needs a format with a time of day' : 'needs a format with a day'];
}

function fits(leaf: PropertySchema, value: unknown): boolean {
  if (leaf.enum !== undefined) return leaf.enum.some((each) => each === value);
  if (leaf.type === 'integer') return Number.isInteger(value);
  return typeof value === (leaf.type ?? 'string');
}

function wanted(leaf: PropertySchema): string {
  return leaf.enum === undefined ? `of type ${String(leaf.type)}` : `one of ${leaf.enum.join(', ')}`;
}

function codeListFaults(
  { time, recordedtime, newer, fields }: EventDocument,
  { codes = {} }: MappingDocument,
  base: string,
): readonly InputError[] {
  const unknown = (source: SourceDocument | undefined): boolean =>
    typeof source === 'object' && typeof source.codes === 'string' && !Object.hasOwn(codes, source.codes);
  const detail = 'names a list of codes that is not under codes';
  return [
    ...Object.entries({ time, recordedtime, newer })
      .filter(([, source]) => unknown(source))
      .map(([key]) => ({ pointer: `${base}/${key}`, detail })),
    ...Object.entries(fields)
      .filter(([, source]) => unknown(source))
      .map(([path]) => ({ pointer: `${fieldPointer(base, path)}/codes`, detail })),
  ];
}

/** Fields that the type asks for always; those within a part only where the part is mapped. */
function requiredFaults(
  { type, schema }: CatalogueEntry,
  event: EventMapping,
  base: string,
): readonly InputError[] {
  const paths = [...Object.keys(event.fields), ...Object.keys(event.identifiers)].map(stepsOf);
  const missing = (part: PropertySchema, within: readonly string[]): readonly string[] => {
    const here = paths.filter((steps) => within.every((step, n) => steps[n] === step));
    if (here.length === 0) return [];
    const names = Object.entries(part.properties ?? {});
    return names.flatMap(([name, each]) => {
      const path = [...within, name];
      if (here.some((steps) => steps[within.length] === name)) {
        const isRows = each.type === 'array' && each.items?.type === 'object';
        return isRows ? missing(each.items ?? each, [...path, '[]']) : missing(each, path);
      }
      return part.required?.includes(name) === true ? [path.join('.').replaceAll('.[]', '[]')] : [];
    });
  };
  return missing(schema, []).map((path) => ({
    pointer: `${base}/fields`,
    detail: `needs ${path}, which ${type} requires`,
  }));
}

/** A row adds an element to one list: two lists would be the product of each other. */
function listFaults({ fields }: EventMapping, base: string): readonly InputError[] {
  const lists = new Set(
    Object.keys(fields)
      .filter(isRowField)
      .map((path) => path.split('[]')[0]),
  );
  return lists.size < 2 ? [] : [{ pointer: `${base}/fields`, detail: 'fills more than one list from rows' }];
}

function unchangedFaults(
  { schema, type }: CatalogueEntry,
  { unchanged }: EventMapping,
  base: string,
): readonly InputError[] {
  return unchanged.flatMap((path, index) =>
    !path.includes('.') && !isRowField(path) && schemaAt(schema, path) !== undefined
      ? []
      : [{ pointer: `${base}/unchanged/${String(index)}`, detail: `is not a field at the top of ${type}` }],
  );
}

function identifierFaults(
  { schema, type }: CatalogueEntry,
  event: EventMapping,
  base: string,
): readonly InputError[] {
  return Object.keys(event.identifiers)
    .filter(
      (scheme) =>
        schemaAt(schema, scheme) === undefined || schemaAt(schema, `unverified.${scheme}`) === undefined,
    )
    .map((scheme) => ({
      pointer: `${base}/identifiers/${scheme}`,
      detail: `is not an identifier of ${type}`,
    }));
}

function fieldPointer(base: string, path: string): string {
  return `${base}/fields/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
