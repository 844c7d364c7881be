import { isNode, LineCounter, parseDocument } from 'yaml';
import { type InputError, Invalid } from '../../../../libs/contract/failure.js';
import { readText } from '../files.js';
import { mappingFaults } from './mapping-faults.js';
import {
  type ConditionDocument,
  type EventDocument,
  type MappingDocument,
  mappingDocument,
  type SourceDocument,
} from './mapping-document.js';
import { type Condition, type EventMapping, type Mapping, type ValueSource } from './mapping.js';

/** Reads the mapping in a YAML or JSON file. Throws `Invalid` `mapping`, which names the line and key of each fault, or `file`. */
export function readMappingFile(file: string): Mapping {
  return readMapping(readText(file));
}

/** Reads a mapping from its YAML or JSON text. Throws `Invalid` `mapping`: each error points to a key and tells its line. */
export function readMapping(text: string): Mapping {
  const lines = new LineCounter();
  const tree = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const refuse = (errors: readonly InputError[]): Invalid =>
    new Invalid('mapping', 'the mapping is not valid', errors);
  const lineAt = (offset: number): string => `line ${String(lines.linePos(offset).line)}:`;
  if (tree.errors.length > 0)
    throw refuse(
      tree.errors.map(({ code, pos: [start] }) => ({
        pointer: lineAt(start),
        detail: `is neither YAML nor JSON (${code.toLowerCase().replaceAll('_', ' ')})`,
      })),
    );
  const placed = ({ pointer, detail }: InputError): InputError => {
    const path = pathOf(pointer);
    for (let length = path.length; length > 0; length -= 1) {
      const node = tree.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return { pointer: `${lineAt(node.range[0])} ${pointer}`, detail };
    }
    return { pointer: pointer === '' ? 'line 1:' : `line 1: ${pointer}`, detail };
  };
  const reading = mappingDocument(tree.toJS({ maxAliasCount: 100 }));
  if (reading.outcome === 'invalid') throw refuse(reading.errors.map(placed));
  const mapping = mappingOf(reading.document);
  const faults = mappingFaults(mapping, reading.document);
  if (faults.length > 0) throw refuse(faults.map(placed));
  return mapping;
}

function pathOf(pointer: string): readonly (string | number)[] {
  const steps = pointer.split('/').slice(1);
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function mappingOf({ title, agency, source, file = {}, codes = {}, skip, events }: MappingDocument): Mapping {
  return {
    title,
    agency,
    source: `/${agency}/${source}`,
    encoding: file.encoding ?? 'utf-8',
    delimiter: file.delimiter ?? ',',
    blank: file.blank ?? [],
    ignore: file.ignore ?? [],
    skip: (skip ?? []).map(conditionOf),
    events: events.map((event) => eventOf(event, codes)),
  };
}

function eventOf(event: EventDocument, codes: NonNullable<MappingDocument['codes']>): EventMapping {
  const { name, type, when, key, subject, unchanged = [], identifiers = {}, fields } = event;
  const sourceOf = (source: SourceDocument | undefined): ValueSource | undefined =>
    source === undefined ? undefined : valueSource(source, codes);
  const mapped = Object.entries(fields).map(([path, source]) => [path, valueSource(source, codes)] as const);
  return {
    name,
    type,
    when: listOf<ConditionDocument>(when).map(conditionOf),
    key,
    subject,
    time: sourceOf(event.time),
    recordedtime: sourceOf(event.recordedtime),
    newer: sourceOf(event.newer),
    unchanged,
    identifiers,
    fields: Object.fromEntries(mapped),
  };
}

function valueSource(source: SourceDocument, lists: NonNullable<MappingDocument['codes']>): ValueSource {
  const {
    column,
    constant,
    join = ' ',
    split,
    format,
    codes,
  } = typeof source === 'string' ? { column: source } : source;
  return {
    columns: listOf<string>(column),
    constant,
    join,
    split,
    formats: listOf<string>(format),
    codes: typeof codes === 'string' ? (lists[codes] ?? {}) : codes,
  };
}

function conditionOf({ column, is }: ConditionDocument): Condition {
  return { column, is: listOf<string>(is) };
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
