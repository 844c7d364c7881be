import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Conflict, Invalid, Unavailable } from '../../contract/failure.js';
import { type AuditedLog, eventsWithin } from '../audit/log-window.js';
import { BEFORE_FIRST, type Position } from '../event-log/event-log.js';
import { verifyLeaf } from '../event-log/leaf-hash.js';
import { type SignedCheckpoint } from '../transparency/checkpoint.js';
import { type SignerKey } from '../transparency/note-key.js';
import { signText } from '../transparency/note-signature.js';
import { formatNote } from '../transparency/note.js';
import { type Prover } from '../transparency/stored-proofs.js';
import { positionOf } from '../transparency/tree-growth.js';
import { derive } from './derive.js';
import { eventLine, type EvidenceEvent, proofLine, readEvent } from './entries.js';
import { linesOf } from './lines.js';
import {
  type About,
  aboutCheckpoint,
  aboutSigner,
  type AskedOf,
  FORM,
  type ListedFile,
  type Manifest,
  MANIFEST_FILE,
  manifestText,
  questionOf,
  SIGNATURE_FILE,
  signedText,
} from './manifest.js';
import { reportOf } from './report.js';
import { selectionFor } from './selection.js';
import { openWrittenFile, type WrittenFile } from './written-file.js';

/** What a bundle is made from. */
export interface ExportParts {
  readonly log: AuditedLog;
  /** The signed head that everything is proven against: the log is read as far as it goes. */
  readonly checkpoint: SignedCheckpoint;
  readonly prover: Prover;
  /** Who signs the bundle: the log itself, or an auditor. */
  readonly signer: SignerKey;
  readonly question: AskedOf;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Version of the hub. */
  readonly hub: string;
  readonly progress?: (done: Position) => void;
}

/**
 * Makes an evidence bundle in a new folder, which is there whole or not at all. The same log, question, moment and key
 * give the same bytes. Throws `Conflict` `bundle-exists`; `Invalid` for a question that is refused; `Unavailable`
 * `log-altered` when the log is not as it was signed, `tiles-damaged`.
 */
export async function exportBundle(out: string, parts: ExportParts): Promise<Manifest> {
  if (parts.checkpoint.size === 0)
    throw new Invalid(
      'checkpoint-empty',
      'the last signed head is of the empty log: there is nothing to prove',
    );
  if (existsSync(out)) throw new Conflict('bundle-exists', `${out} exists already`);
  const draft = `${resolve(out)}.draft`;
  makeNew(draft);
  try {
    const manifest = await written(draft, parts);
    moveInPlace(draft, out);
    return manifest;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

async function written(folder: string, parts: ExportParts): Promise<Manifest> {
  const { checkpoint, signer, question, at, hub } = parts;
  const about: About = {
    form: FORM,
    question,
    asOf: { position: positionOf(checkpoint.size - 1), at: new Date(at).toISOString() },
    hub,
    checkpoint: aboutCheckpoint(checkpoint),
    signer: aboutSigner(signer),
  };
  const head = writtenWhole(folder, 'checkpoint', formatNote(checkpoint.note));
  const [events, proofs] = await writeEvents(folder, about, parts);
  const csv = openWrittenFile(folder, 'disclosures.csv');
  const derived = derive(storedEvents(folder), about, csv.line);
  const report = writtenWhole(folder, 'report.html', await reportOf(about, derived));
  const { agreements, counts } = derived;
  const manifest = { ...about, agreements, counts, files: [head, events, proofs, csv.end(), report] };
  sign(folder, manifest, signer);
  return manifest;
}

/** Every event that the answer rests on, and the proof of each, in the order of the log. */
async function writeEvents(
  folder: string,
  { question, asOf }: About,
  { log, checkpoint, prover, progress }: ExportParts,
): Promise<readonly [ListedFile, ListedFile]> {
  const reading = { upTo: asOf.position, progress };
  const selects = await selectionFor(log, questionOf(question), reading);
  const [events, proofs] = [
    openWrittenFile(folder, 'events.ndjson'),
    openWrittenFile(folder, 'proofs.ndjson'),
  ];
  for await (const event of eventsWithin(log, BEFORE_FIRST, reading)) {
    if (!selects(event)) continue;
    const { proof, leafHash } = prover.inclusion(event.position, checkpoint.size);
    if (!verifyLeaf(event) || Buffer.compare(leafHash, event.leafHash) !== 0)
      throw new Unavailable('log-altered', `the event at position ${event.position} is not as it was signed`);
    events.line(eventLine(event));
    proofs.line(proofLine({ position: event.position, proof }));
  }
  return [events.end(), proofs.end()];
}

/** The events as whoever gets the bundle reads them. Throws `Unavailable` `log-altered` for one that cannot be read so. */
function* storedEvents(folder: string): Generator<EvidenceEvent> {
  for (const line of linesOf(join(folder, 'events.ndjson'))) {
    const event = readEvent(line);
    if (typeof event === 'string') throw new Unavailable('log-altered', `an event of the log ${event}`);
    yield event;
  }
}

function writtenWhole(folder: string, name: Parameters<typeof openWrittenFile>[1], text: string): ListedFile {
  const file: WrittenFile = openWrittenFile(folder, name);
  file.line(text.replace(/\n$/, ''));
  return file.end();
}

function sign(folder: string, manifest: Manifest, signer: SignerKey): void {
  const bytes = Buffer.from(manifestText(manifest));
  writeNew(join(folder, MANIFEST_FILE), bytes);
  const text = signedText(bytes);
  writeNew(
    join(folder, SIGNATURE_FILE),
    Buffer.from(formatNote({ text, signatures: [signText(text, signer)] })),
  );
}

function writeNew(file: string, bytes: Uint8Array): void {
  writeFileSync(file, bytes, { flag: 'wx', mode: 0o600, flush: true });
}

function makeNew(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    throw refusalOf(error, folder);
  }
}

function moveInPlace(draft: string, out: string): void {
  try {
    renameSync(draft, out);
  } catch (error) {
    throw refusalOf(error, out);
  }
}

function refusalOf(error: unknown, path: string): Error {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(code))
    return new Conflict('bundle-exists', `${path} exists already`);
  return new Invalid('out', `${path} cannot be written (${code.toLowerCase()})`);
}
