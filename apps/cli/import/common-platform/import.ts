import { createHash } from 'node:crypto';
import { Invalid } from '../../../../libs/contract/failure.js';
import { parseInstant } from '../../../../libs/contract/moment.js';
import { type Delivery } from '../delivery.js';
import { parseJson, readText } from '../files.js';
import { type Publication } from '../publication.js';
import { type ImportSummary } from '../summary.js';
import { readHearing } from './hearing.js';
import { headOf, type MessageHead, type ResultKind, resultKinds } from './message.js';
import { publicationsOf, type Share } from './publications.js';
import { readCreateResults, readPoliceResult } from './session.js';
import { type ShareLedger, type ShareVersion } from './share-ledger.js';

interface CommonPlatformImport {
  readonly delivery: Delivery;
  readonly ledger: ShareLedger;
  readonly summary: ImportSummary;
  /** The year of import, for identifiers with a short year. */
  readonly receivedYear: number;
  /** Called before each file is published. */
  readonly onFile: (done: number, total: number) => void;
}

/** A message file and where it belongs in the order of publication. */
interface Listed {
  readonly file: string;
  readonly head: MessageHead;
}

/**
 * Imports court messages. Every file is read twice: once for its head, to publish the best kind first and each
 * hearing's shares in the order of their sharing whatever the order of the files, then for its results.
 */
export async function importCommonPlatform(
  files: readonly string[],
  context: CommonPlatformImport,
): Promise<void> {
  const listed = files.flatMap(
    (file) => refusing(file, context.summary, () => list(file, context.summary)) ?? [],
  );
  listed.sort((a, b) => rank(a) - rank(b) || sharedAt(a.head) - sharedAt(b.head));
  for (const [done, { file, head }] of listed.entries()) {
    context.onFile(done, listed.length);
    const events = refusing(file, context.summary, () => publicationsIn(file, context)) ?? [];
    for (const event of events) await context.delivery.send(file, head.hearingId, event);
  }
  await context.delivery.finish();
}

function rank({ head }: Listed): number {
  return resultKinds.indexOf(head.kind);
}

function sharedAt({ sharedTime }: MessageHead): number {
  return parseInstant(sharedTime ?? '') ?? 0;
}

/** Runs work on a file; what is wrong with the file names it in the summary and stops nothing. */
function refusing<T>(file: string, summary: ImportSummary, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    summary.refused.push({ file, reason: error.message });
    return undefined;
  }
}

function list(file: string, summary: ImportSummary): readonly Listed[] {
  const head = headOf(parseJson(readText(file)));
  summary.filesRead += 1;
  if (head !== null) return [{ file, head }];
  summary.skipped.push({ file, reason: 'is a notification and holds no results' });
  return [];
}

function publicationsIn(file: string, context: CommonPlatformImport): readonly Publication[] {
  const text = readText(file);
  const message = parseJson(text);
  const head = headOf(message);
  if (head === null) return [];
  const results = readers[head.kind](message, head, context.receivedYear);
  const version = versionOf(head, text);
  return context.ledger.together(() => {
    const speaker = context.ledger.speaker(`${head.hearingId}:${head.hearingDay}`, head.kind);
    if (speaker !== head.kind) return asideFor(speaker, file, head, context.summary);
    context.summary.organisations += results.organisations;
    return publicationsOf(head, results, (key) => placed(context.ledger, key, version));
  });
}

const readers: Readonly<Record<ResultKind, typeof readHearing>> = {
  'hearing-results': readHearing,
  'create-results': readCreateResults,
  'police-result': readPoliceResult,
};

/** A message without a moment of sharing is known by its content, so that reading it again changes nothing. */
function versionOf({ sharedTime, isReshare }: MessageHead, text: string): ShareVersion {
  if (sharedTime === undefined) {
    const mark = createHash('sha256').update(text).digest('hex').slice(0, 16);
    return { mark, sharedAt: null, isReshare };
  }
  const sharedAt = parseInstant(sharedTime);
  if (sharedAt === undefined)
    throw new Invalid('court-message', 'has a sharedTime that is no RFC 3339 date-time');
  return { mark: sharedTime, sharedAt, isReshare };
}

function placed(ledger: ShareLedger, key: string, version: ShareVersion): Share {
  const share = ledger.place(key, version);
  if (share.outcome !== 'superseded') return share;
  throw new Invalid('court-message', 'is older than a share of the same results that was imported before it');
}

function asideFor(
  speaker: ResultKind,
  file: string,
  head: MessageHead,
  summary: ImportSummary,
): readonly Publication[] {
  if (resultKinds.indexOf(speaker) < resultKinds.indexOf(head.kind)) {
    summary.skipped.push({ file, reason: `repeats results that are published from ${speaker} messages` });
    return [];
  }
  throw new Invalid(
    'court-message',
    `comes too late: its hearing was already imported from ${speaker} messages`,
  );
}
