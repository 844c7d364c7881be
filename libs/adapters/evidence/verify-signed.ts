import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Invalid, isFailure } from '../../contract/failure.js';
import { openCheckpoint, type SignedCheckpoint } from '../transparency/checkpoint.js';
import { isOf, type VerifierKey } from '../transparency/note-key.js';
import { verified } from '../transparency/note-signature.js';
import { formatNote, type Note, parseNote } from '../transparency/note.js';
import { chunksOf } from './lines.js';
import {
  aboutCheckpoint,
  bundleFiles,
  type ContentFile,
  contentFiles,
  FORM,
  type Manifest,
  MANIFEST_FILE,
  manifestText,
  SIGNATURE_FILE,
  signedText,
} from './manifest.js';
import { type Fault, faultIn } from './verdict.js';

/** Whether there are exactly the files of a bundle. Throws `Invalid` `bundle` when there is no such folder. */
export function filesFault(folder: string): Fault | undefined {
  const entries = entriesOf(folder);
  const files = new Map(entries.map((entry) => [entry.name, entry]));
  const missing = bundleFiles.find((name) => files.get(name)?.isFile() !== true);
  if (missing !== undefined) return faultIn(missing, null, files.has(missing) ? 'is no file' : 'is missing');
  const further = entries.find(({ name }) => !bundleFiles.includes(name));
  return further && faultIn(further.name, null, 'is no part of the bundle');
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    throw new Invalid('bundle', `${folder} is not a folder that can be read`);
  }
}

/** The manifest that a key has signed, or what is wrong. Throws `Invalid` `bundle-form` for one of another form. */
export function readSigned(folder: string, signer: VerifierKey): Manifest | Fault {
  const note = readNote(readFileSync(join(folder, SIGNATURE_FILE)), signer);
  if (typeof note === 'string') return faultIn(SIGNATURE_FILE, null, note);
  const bytes = readFileSync(join(folder, MANIFEST_FILE));
  if (note.text !== signedText(bytes)) return faultIn(MANIFEST_FILE, null, 'is not what was signed');
  return manifestIn(bytes) ?? faultIn(MANIFEST_FILE, null, 'is not written as manifests are');
}

/** A note with one signature, which is of this key and holds, and no byte beside. */
function readNote(bytes: Buffer, key: VerifierKey): Note | string {
  try {
    const note = parseNote(bytes);
    const [line, ...others] = note.signatures;
    if (line === undefined || others.length > 0) return 'has not one signature';
    if (!isOf(line, key)) return `is of the key ${line.name} ${line.id}, not of the one that was given`;
    verified(note, [key]);
    return bytes.equals(Buffer.from(formatNote(note))) ? note : 'is not written as notes are';
  } catch (error) {
    if (isFailure(error)) return `does not hold: ${error.message}`;
    throw error;
  }
}

function manifestIn(bytes: Buffer): Manifest | undefined {
  const value = parsed(bytes) as Partial<Manifest> | undefined;
  if (value?.form === undefined) return undefined;
  if (value.form !== FORM) throw new Invalid('bundle-form', 'the bundle is of a form that is not known here');
  return isWhole(value) && bytes.equals(Buffer.from(manifestText(value))) ? value : undefined;
}

function isWhole(value: Partial<Manifest>): value is Manifest {
  const { question, asOf, hub, checkpoint, signer, files, agreements, counts } = value;
  const parts: readonly unknown[] = [question, asOf, checkpoint, signer, files, agreements, counts];
  return (
    parts.every((part) => typeof part === 'object' && part !== null) &&
    typeof hub === 'string' &&
    !Number.isNaN(Date.parse(asOf?.at ?? '')) &&
    JSON.stringify(files?.map(({ name }) => name)) === JSON.stringify(contentFiles)
  );
}

function parsed(bytes: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The files whose bytes are not those that the manifest lists. */
export function alteredFiles(folder: string, { files }: Manifest): ReadonlySet<ContentFile> {
  return new Set(
    files.filter((file) => digestOf(join(folder, file.name)) !== file.sha256).map(({ name }) => name),
  );
}

function digestOf(file: string): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** The checkpoint if its log has signed it, every one of the witnesses has cosigned it, and the manifest means it. */
export function readHead(
  folder: string,
  manifest: Manifest,
  log: VerifierKey,
  witnesses: readonly VerifierKey[],
): SignedCheckpoint | Fault {
  try {
    const head = openCheckpoint(readFileSync(join(folder, 'checkpoint')), log, witnesses);
    const absent = witnesses.find((key) => !head.note.signatures.some((line) => isOf(line, key)));
    if (absent !== undefined) return faultIn('checkpoint', null, `is not cosigned by ${absent.name}`);
    const isMeant = JSON.stringify(aboutCheckpoint(head)) === JSON.stringify(manifest.checkpoint);
    return isMeant ? head : faultIn(MANIFEST_FILE, 'checkpoint', 'is another than the file holds');
  } catch (error) {
    if (isFailure(error)) return faultIn('checkpoint', null, error.message);
    throw error;
  }
}
