import { type Receipt } from '../../hub-client.js';
import { emptySummary, type ImportSummary } from '../summary.js';
import { type Settled } from './revising.js';
import { type Fault, type Row } from './row.js';

/** Something a person should look at, by file and line: never what stands there. */
interface Finding {
  readonly outcome: 'refused' | 'not flagged' | 'held' | 'outdated';
  readonly file: string;
  readonly line: number;
  readonly column?: string;
  readonly reason: string;
  /** What `GET /quarantine` calls it. */
  readonly quarantine?: string;
}

/** What an import of extracts did. A record is one event, of one row or several. */
export interface CsvSummary {
  filesRead: number;
  /** Files that could not be read, or not to their end, and why. */
  readonly unread: { readonly file: string; readonly reason: string }[];
  readonly rows: { read: number; leftOut: number; refused: number };
  readonly records: Record<
    'made' | 'accepted' | 'corrected' | 'duplicate' | 'outdated' | 'notFlagged' | 'held' | 'refused',
    number
  >;
  readonly findings: Finding[];
  /** What the importers of all kinds count. */
  readonly general: ImportSummary;
}

export function emptyCsvSummary(): CsvSummary {
  return {
    filesRead: 0,
    unread: [],
    rows: { read: 0, leftOut: 0, refused: 0 },
    records: {
      made: 0,
      accepted: 0,
      corrected: 0,
      duplicate: 0,
      outdated: 0,
      notFlagged: 0,
      held: 0,
      refused: 0,
    },
    findings: [],
    general: emptySummary(),
  };
}

/** Counts rows that are not taken. */
export function countRefused(
  { rows: counted, records, findings }: CsvSummary,
  file: string,
  rows: readonly Row[],
  { line, column, reason }: Fault,
): void {
  counted.refused += rows.length;
  records.refused += 1;
  findings.push({ outcome: 'refused', file, line, ...(column !== undefined && { column }), reason });
}

/** Counts what the hub took, or holds. */
export function countSettled(
  { records, findings }: CsvSummary,
  { file, line }: { readonly file: string; readonly line: number },
  outcome: Exclude<Settled, 'rejected'>,
  receipt: Receipt,
): void {
  if (outcome === 'quarantined') {
    const { reason = 'held', id } = receipt.quarantine ?? {};
    const isUnflagged = reason === 'not-flagged';
    records[isUnflagged ? 'notFlagged' : 'held'] += 1;
    const why = isUnflagged ? NOT_FLAGGED : reasonOf(receipt);
    findings.push({
      outcome: isUnflagged ? 'not flagged' : 'held',
      file,
      line,
      reason: why,
      ...(id !== undefined && { quarantine: id }),
    });
    return;
  }
  records[outcome] += 1;
  if (outcome === 'outdated') findings.push({ outcome, file, line, reason: OUTDATED });
}

const NOT_FLAGGED = 'the hub holds it, because the person is not flagged';
const OUTDATED = 'newer content of the same record was sent before';

/** Why the hub did not take an event. */
export function reasonOf({ quarantine, problem, status }: Receipt): string {
  const why = quarantine?.reason ?? problem?.detail ?? `status ${String(status)}`;
  const faults = (quarantine?.errors ?? problem?.errors ?? []).map(
    ({ pointer, detail }) => `${pointer} ${detail}`,
  );
  return faults.length === 0 ? why : `${why} (${faults.join('; ')})`;
}

/** True when every row was read and the hub refused none; of people who are not flagged none is expected to be taken. */
export function isCleanCsv({ unread, records }: CsvSummary): boolean {
  return unread.length === 0 && records.refused === 0 && records.held === 0;
}

/** The summary in words, a line each. */
export function describeCsv(summary: CsvSummary, isDry: boolean): readonly string[] {
  const { filesRead, unread, rows, records, general } = summary;
  const failing = Object.entries(general.unverified).filter(([, count]) => count > 0);
  const unresolved = Object.keys(general.offences.unresolved).sort();
  return [
    `files: ${String(filesRead)} read, ${String(unread.length)} not read to the end`,
    `rows: ${String(rows.read)} read, ${String(rows.leftOut)} left out, ${String(rows.refused)} refused`,
    isDry
      ? `records: ${String(records.made)} made, none sent, ${String(records.refused)} refused`
      : `records: ${String(records.accepted)} accepted, ${String(records.corrected)} corrected, ${String(records.duplicate)} duplicate, ${String(records.outdated)} outdated, ${String(records.notFlagged)} held as not flagged, ${String(records.held)} held otherwise, ${String(records.refused)} refused`,
    ...failing.map(([scheme, count]) => `records with an unverified ${scheme}: ${String(count)}`),
    ...(unresolved.length > 0 ? [uncoded(unresolved)] : []),
    ...unread.map(({ file, reason }) => `${file}: ${reason}`),
    ...findingLines(summary.findings),
  ];
}

/** What follows from codes that the reference data do not resolve, and what helps. */
function uncoded(codes: readonly string[]): string {
  const what = 'published without one, and not costed in reports';
  return `no Home Office code is known for ${codes.join(', ')}: ${what} (concordat offence-codes load, then import again)`;
}

/** Findings of one kind together, with the lines at which they stand. */
function findingLines(findings: readonly Finding[]): readonly string[] {
  const kindOf = ({ outcome, file, column, reason }: Finding): string =>
    `${outcome}: ${file}: ${column === undefined ? '' : `${column} `}${reason}`;
  return [...Map.groupBy(findings, kindOf)].map(
    ([kind, group]) => `${kind} (line ${group.map(({ line }) => line).join(', ')})`,
  );
}
