import { createHash } from 'node:crypto';
import { columnsOfRecord, type Condition, type EventMapping, isRowField, type Mapping } from './mapping.js';
import { type Fault, type Row, textIn } from './row.js';

/** The rows of an extract that are one event; or that cannot be, and why. */
export type SourceRecord =
  | {
      readonly outcome: 'record';
      readonly event: EventMapping;
      readonly key: string;
      readonly rows: readonly Row[];
    }
  | { readonly outcome: 'refused'; readonly rows: readonly Row[]; readonly fault: Fault }
  | { readonly outcome: 'skipped'; readonly rows: readonly Row[] };

interface NamedRow {
  readonly outcome: 'named';
  readonly event: EventMapping;
  readonly key: string;
  /** The key, and how new the row is: what rows of one record have in common. */
  readonly version: string;
  readonly row: Row;
}

type Named = NamedRow | (SourceRecord & { readonly outcome: 'refused' | 'skipped' });

/**
 * Puts rows together to records as they come: rows that follow one another with the same key are one record. What they
 * say of the record as a whole must be the same in each, and a record that has ended does not begin again in the same
 * file, for half a record must never pass for a correction of the other half.
 */
export async function* recordsOf(rows: AsyncIterable<Row>, mapping: Mapping): AsyncGenerator<SourceRecord> {
  const ended = new Set<string>();
  let open: Open | undefined;
  const close = function* ({ first, rows: all }: Open): Generator<SourceRecord> {
    yield ended.has(first.version)
      ? refused(all, first.row, undefined, ENDED)
      : wholeRecord(first, all, mapping);
    ended.add(first.version);
  };
  try {
    for await (const row of rows) {
      const named = nameOf(row, mapping);
      if (named.outcome === 'named' && open?.first.version === named.version) {
        open.rows.push(row);
        continue;
      }
      if (open !== undefined) yield* close(open);
      open = named.outcome === 'named' ? { first: named, rows: [row] } : undefined;
      if (named.outcome !== 'named') yield named;
    }
  } catch (error) {
    if (open !== undefined) yield refused(open.rows, open.first.row, undefined, UNREADABLE);
    throw error;
  }
  if (open !== undefined) yield* close(open);
}

interface Open {
  readonly first: NamedRow;
  readonly rows: Row[];
}

const UNREADABLE = 'belongs to a record whose end cannot be read';
const ENDED = 'belongs to a record that ended further up: its rows must stand together';

function nameOf(row: Row, mapping: Mapping): Named {
  const { blank, skip, events } = mapping;
  if (row.record.length !== Object.keys(row.cells).length)
    return refused([row], row, undefined, 'has more or fewer cells than there are columns');
  const holds = (condition: Condition): boolean =>
    condition.is.includes(textIn(row, condition.column, blank) ?? '');
  if (skip.some(holds)) return { outcome: 'skipped', rows: [row] };
  const event = events.find(({ when }) => when.every(holds));
  if (event === undefined)
    return refused([row], row, events[0]?.when[0]?.column, 'is of no kind that the mapping knows');
  const bare = event.key.find((column) => textIn(row, column, blank) === undefined);
  if (bare !== undefined) return refused([row], row, bare, 'is blank, and it is part of the key');
  const key = keyOf(event, row, mapping);
  const newer = (event.newer?.columns ?? []).map((column) => textIn(row, column, blank) ?? '');
  return { outcome: 'named', event, key, version: JSON.stringify([key, ...newer]), row };
}

/**
 * A name for the record that is the same in every extract and says nothing of whom it is about: ids are kept in the
 * clear where an event is held.
 */
function keyOf({ name, key }: EventMapping, row: Row, { source, blank }: Mapping): string {
  const values = key.map((column) => textIn(row, column, blank));
  const digest = createHash('sha256')
    .update(JSON.stringify([source, name, ...values]))
    .digest('hex');
  return `${name}:${digest.slice(0, 32)}`;
}

function wholeRecord(
  { event, key, row: first }: NamedRow,
  rows: readonly Row[],
  { blank }: Mapping,
): SourceRecord {
  const second = rows[1];
  if (second !== undefined && !Object.keys(event.fields).some(isRowField))
    return refused(rows, second, undefined, 'is a second row of a record that has one');
  for (const column of new Set(columnsOfRecord(event))) {
    const odd = rows.find((row) => textIn(row, column, blank) !== textIn(first, column, blank));
    if (odd !== undefined) return refused(rows, odd, column, 'differs from the first row of its record');
  }
  return { outcome: 'record', event, key, rows };
}

function refused(rows: readonly Row[], { line }: Row, column: string | undefined, reason: string) {
  return { outcome: 'refused' as const, rows, fault: { line, column, reason } };
}
