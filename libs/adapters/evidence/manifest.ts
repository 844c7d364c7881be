import { createHash } from 'node:crypto';
import { type OperationsQuestion, SHOWING_KINDS } from '../../domain/audit/questions.js';
import { type Checkpoint } from '../transparency/checkpoint.js';
import { type VerifierKey } from '../transparency/note-key.js';

/** The form of a bundle; a reader refuses a form that it does not know. */
export const FORM = 'concordat-evidence/1';

/** The files of a bundle, in the order in which they are checked. There are no others. */
export const SIGNATURE_FILE = 'signature';
export const MANIFEST_FILE = 'manifest.json';
export const contentFiles = [
  'checkpoint',
  'events.ndjson',
  'proofs.ndjson',
  'disclosures.csv',
  'report.html',
] as const;
export type ContentFile = (typeof contentFiles)[number];
export const bundleFiles: readonly string[] = [SIGNATURE_FILE, MANIFEST_FILE, ...contentFiles];

/** What was asked; what is absent did not limit. Moments are ISO 8601, UTC, half open. */
export interface AskedOf {
  readonly person?: string;
  readonly agency?: string;
  readonly user?: string;
  readonly clause?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What a bundle says of itself before anything is counted. */
export interface About {
  readonly form: typeof FORM;
  readonly question: AskedOf;
  /** When it was made (ISO 8601, UTC), and the position up to which the log was read for it. */
  readonly asOf: { readonly position: number; readonly at: string };
  /** Version of the hub that made it. */
  readonly hub: string;
  /** The signed head that everything is proven against. */
  readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: string };
  /** Whose signature it bears. */
  readonly signer: { readonly name: string; readonly id: string };
}

/** An agreement version under which something was shown. */
export interface ConcernedAgreement {
  readonly reference: string;
  readonly version: number;
  readonly title: string;
  readonly hash: string;
  readonly status: string;
  /** Parties whose signatures hold. */
  readonly signed: readonly string[];
}

export interface Counts {
  readonly answers: number;
  readonly disclosures: number;
  readonly consultations: number;
  readonly people: number;
  readonly facts: number;
}

/** What follows from the events of a bundle. */
export interface Findings {
  readonly agreements: readonly ConcernedAgreement[];
  readonly counts: Counts;
}

/** A file by its bytes; `entries` are its lines. */
export interface ListedFile {
  readonly name: ContentFile;
  readonly bytes: number;
  readonly entries: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

export interface Manifest extends About, Findings {
  readonly files: readonly ListedFile[];
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * What is signed of a manifest: its hash, and so every file. No checkpoint and no name of a key looks like the first line,
 * so that a key's signature of the one is never that of the other.
 */
export function signedText(manifest: Uint8Array): string {
  const sha256 = createHash('sha256').update(manifest).digest('hex');
  return `concordat evidence bundle, form 1\n${MANIFEST_FILE} sha256 ${sha256}\n`;
}

export function aboutCheckpoint({ origin, size, root }: Checkpoint): About['checkpoint'] {
  return { origin, size, root: Buffer.from(root).toString('base64') };
}

export function aboutSigner({ name, id }: VerifierKey): About['signer'] {
  return { name, id };
}

/** The question as the log is asked it. */
export function questionOf({ from, to, ...asked }: AskedOf): OperationsQuestion {
  return {
    ...asked,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
    kinds: SHOWING_KINDS,
  };
}
