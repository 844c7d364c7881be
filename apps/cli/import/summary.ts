import { type Receipt } from '../hub-client.js';
import { type Publication } from './publication.js';

interface NamedFile {
  readonly file: string;
  readonly reason: string;
}

/** A publication that the hub did not take, by the file it came from; no value of it is repeated. */
interface Refused {
  readonly file: string;
  readonly type: string;
  readonly outcome: 'quarantined' | 'rejected';
  readonly reason: string;
  /** What `GET /quarantine` calls it. */
  readonly quarantine?: string;
}

/** What an import did. */
export interface ImportSummary {
  filesRead: number;
  /** Files with nothing to publish, and why. */
  readonly skipped: NamedFile[];
  /** Files that could not be read or understood, and why. */
  readonly refused: NamedFile[];
  readonly publications: Record<'made' | Receipt['outcome'], number>;
  readonly problems: Refused[];
  /** Publications that hold an identifier which fails its check, by scheme. */
  readonly unverified: Record<'asn' | 'pnc' | 'cro', number>;
  /** Offences whose CJS code the reference data resolved to a Home Office code, and how often each other code came. */
  readonly offences: { resolved: number; readonly unresolved: Record<string, number> };
  /** Defendants that are companies or other bodies; nothing is published about them. */
  organisations: number;
}

export function emptySummary(): ImportSummary {
  return {
    filesRead: 0,
    skipped: [],
    refused: [],
    publications: { made: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 },
    problems: [],
    unverified: { asn: 0, pnc: 0, cro: 0 },
    offences: { resolved: 0, unresolved: {} },
    organisations: 0,
  };
}

/** Counts a publication that is about to be sent. */
export function countMade(summary: ImportSummary, event: Publication): void {
  summary.publications.made += 1;
  const unverified = event.data['unverified'];
  for (const scheme of ['asn', 'pnc', 'cro'] as const) {
    if (typeof unverified === 'object' && unverified !== null && scheme in unverified) {
      summary.unverified[scheme] += 1;
    }
  }
}

/** Counts a receipt, and keeps what the hub did not take. */
export function countReceipt(summary: ImportSummary, file: string, type: string, receipt: Receipt): void {
  const { outcome, problem, quarantine } = receipt;
  summary.publications[outcome] += 1;
  if (outcome === 'accepted' || outcome === 'duplicate') return;
  const why = quarantine?.reason ?? problem?.detail ?? `status ${String(receipt.status)}`;
  const errors = quarantine?.errors ?? problem?.errors ?? [];
  const faults = errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
  summary.problems.push({
    file,
    type,
    outcome,
    reason: faults.length === 0 ? why : `${why} (${faults.join('; ')})`,
    ...(quarantine !== undefined && { quarantine: quarantine.id }),
  });
}

/** True when everything was read and everything sent was taken. */
export function isClean({ refused, publications }: ImportSummary): boolean {
  return refused.length === 0 && publications.quarantined === 0 && publications.rejected === 0;
}

/** The summary in words, a line each. */
export function describe(summary: ImportSummary, dryRun: boolean): readonly string[] {
  const { publications, unverified } = summary;
  const failing = Object.entries(unverified).filter(([, count]) => count > 0);
  return [
    `${counted(summary.filesRead, 'file')} read, ${String(summary.skipped.length)} skipped, ${String(summary.refused.length)} refused`,
    dryRun
      ? `${counted(publications.made, 'publication')} made, none sent`
      : `${counted(publications.made, 'publication')}: ${String(publications.accepted)} accepted, ${String(publications.duplicate)} duplicate, ${String(publications.quarantined)} quarantined, ${String(publications.rejected)} rejected`,
    ...failing.map(([scheme, count]) => `${counted(count, 'publication')} with an unverified ${scheme}`),
    ...offenceLines(summary.offences),
    ...(summary.organisations > 0 ? [`${counted(summary.organisations, 'organisation')} left out`] : []),
    ...byReason('skipped', summary.skipped),
    ...byReason('refused', summary.refused),
    ...summary.problems.map((each) => `${each.outcome}: ${each.file}: ${each.type}: ${each.reason}`),
  ];
}

function offenceLines({ resolved, unresolved }: ImportSummary['offences']): readonly string[] {
  const codes = Object.keys(unresolved).sort();
  return [
    ...(resolved > 0 ? [`${counted(resolved, 'offence')} with a Home Office code`] : []),
    ...(codes.length > 0 ? [`no Home Office code is known for ${codes.join(', ')}`] : []),
  ];
}

/** Each reason once, and under it the files that it names. */
function byReason(what: string, files: readonly NamedFile[]): readonly string[] {
  return [...Map.groupBy(files, ({ reason }) => reason)].flatMap(([reason, group]) => [
    `${what}: ${reason}`,
    ...group.map(({ file }) => `  ${file}`),
  ]);
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
