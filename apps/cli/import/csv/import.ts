import { type OffenceLookup } from '../../../../libs/contract/offence-codes/offence-code.js';
import { Invalid } from '../../../../libs/contract/failure.js';
import { type Publish } from '../../hub-client.js';
import { type Delivery, deliverTo, dryDelivery } from '../delivery.js';
import { resolvingOffences } from '../offence-codes.js';
import { eventOfRecord } from './event-of-record.js';
import { type Mapping } from './mapping.js';
import { recordsOf, type SourceRecord } from './records.js';
import { type Rejects } from './rejects.js';
import { revising, type Underway } from './revising.js';
import { type Revisions } from './revisions.js';
import { type Fault, type Row } from './row.js';
import { rowsOf } from './rows.js';
import { countRefused, countSettled, type CsvSummary, reasonOf } from './summary.js';

/** Where events go: to a hub, as revisions of their records; or nowhere, written down if somebody asks. */
export type Destination =
  | { readonly kind: 'hub'; readonly publish: Publish; readonly revisions: Revisions }
  | { readonly kind: 'dry'; readonly write: ((line: string) => void) | undefined };

interface CsvImport {
  readonly mapping: Mapping;
  readonly destination: Destination;
  readonly rejects: Rejects;
  readonly summary: CsvSummary;
  readonly lookUp: OffenceLookup;
  /** The year of import, for identifiers with a short year. */
  readonly receivedYear: number;
  /** Called before each file is read. */
  readonly onFile: (done: number, total: number) => void;
}

interface Sent extends Underway {
  readonly file: string;
  readonly rows: readonly Row[];
}

/**
 * Imports extracts in the order given. A row that cannot be taken is counted, named by its line and written aside; it
 * stops nothing. Events about one person reach the hub in the order of the rows.
 */
export async function importCsv(files: readonly string[], context: CsvImport): Promise<void> {
  const underway = new Map<string, Sent>();
  const delivery = deliveryTo(context, underway);
  for (const [done, file] of files.entries()) {
    context.onFile(done, files.length);
    await importFile(file, context, (record) => sendRecord(file, record, context, underway, delivery));
  }
  await delivery.finish();
}

async function importFile(
  file: string,
  { mapping, summary, rejects }: CsvImport,
  send: (record: SourceRecord & { readonly outcome: 'record' }) => Promise<void>,
): Promise<void> {
  try {
    for await (const record of recordsOf(rowsOf(file, mapping), mapping)) {
      summary.rows.read += record.rows.length;
      if (record.outcome === 'skipped') summary.rows.leftOut += record.rows.length;
      else if (record.outcome === 'refused') refuse({ summary, rejects }, file, record.rows, record.fault);
      else await send(record);
    }
    summary.filesRead += 1;
  } catch (error) {
    if (!(error instanceof Invalid) || (error.code !== 'csv' && error.code !== 'file')) throw error;
    summary.unread.push({ file, reason: error.message });
  }
}

async function sendRecord(
  file: string,
  record: SourceRecord & { readonly outcome: 'record' },
  { mapping, summary, rejects, receivedYear, destination }: CsvImport,
  underway: Map<string, Sent>,
  delivery: Delivery,
): Promise<void> {
  const { rows } = record;
  const made = eventOfRecord(record, mapping, receivedYear);
  if (made.outcome === 'refused') return refuse({ summary, rejects }, file, rows, made.fault);
  summary.records.made += 1;
  const { event, newer } = made;
  if (destination.kind === 'dry') return delivery.send(file, event.subject, event);
  const id = `${event.id}#${String(summary.records.made)}`;
  underway.set(id, { record: event.id, unchanged: record.event.unchanged, newer, file, rows });
  await delivery.send(file, event.subject, { ...event, id });
}

function deliveryTo(
  { destination, lookUp, summary, rejects }: CsvImport,
  underway: Map<string, Sent>,
): Delivery {
  const { general } = summary;
  if (destination.kind === 'dry')
    return resolvingOffences(dryDelivery(general, destination.write), lookUp, general);
  const { publish, revisions } = destination;
  const revised = revising(publish, revisions, underway, ({ file, rows }, outcome, receipt) => {
    const line = rows[0]?.line ?? 0;
    if (outcome !== 'rejected') countSettled(summary, { file, line }, outcome, receipt);
    else refuse({ summary, rejects }, file, rows, { line, column: undefined, reason: reasonOf(receipt) });
  });
  return resolvingOffences(deliverTo(revised, general), lookUp, general);
}

function refuse(
  { summary, rejects }: Pick<CsvImport, 'summary' | 'rejects'>,
  file: string,
  rows: readonly Row[],
  fault: Fault,
): void {
  countRefused(summary, file, rows, fault);
  rejects.write(file, rows, fault);
}
