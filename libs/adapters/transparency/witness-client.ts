import { isFailure } from '../../contract/failure.js';
import { formatAddCheckpoint, TREE_SIZE_TYPE } from './add-checkpoint.js';
import { parseSize } from './checkpoint.js';
import { type VerifierKey } from './note-key.js';
import { verified } from './note-signature.js';
import { formatNote, type Note, parseSignatures, type SignatureLine } from './note.js';

/** A witness as the log knows it. */
export interface KnownWitness {
  readonly key: VerifierKey;
  /** The submission prefix. */
  readonly url: string;
}

/** A head to be cosigned, and how to prove that it continues an earlier one. */
export interface Submission {
  readonly note: Note;
  readonly size: number;
  readonly prove: (from: number) => readonly Uint8Array[];
}

/**
 * `ahead`: the witness has cosigned a greater tree of this log than the log knows; `split`: another of the same size, or
 * one that this does not continue. Either means that the log has shown two histories. `unreachable`: try again later.
 */
export type Submitted =
  | { readonly outcome: 'cosigned'; readonly lines: readonly SignatureLine[] }
  | { readonly outcome: 'ahead' | 'split'; readonly size: number }
  | { readonly outcome: 'refused' | 'unreachable'; readonly status: number };

const TIMEOUT = 5_000;
const LONGEST_ANSWER = 64 * 1024;

/** Asks a witness to cosign; `old` is the size that it is thought to have cosigned last, 0 when that is not known. */
export async function submit(witness: KnownWitness, head: Submission, old: number): Promise<Submitted> {
  const sent = Math.min(old, head.size);
  const first = await attempt(witness, head, sent);
  const seen = conflictingSize(first);
  if (seen === undefined || seen > head.size) return judged(witness, head, first);
  if (seen === sent) return { outcome: 'split', size: seen };
  return judged(witness, head, await attempt(witness, head, seen));
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function attempt({ url }: KnownWitness, { note, prove }: Submission, old: number): Promise<Answer> {
  const proof = old === 0 ? [] : prove(old);
  const body = formatAddCheckpoint({ old, proof, checkpoint: formatNote(note) });
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    const address = `${url.replace(/\/$/, '')}/add-checkpoint`;
    const response = await fetch(address, { method: 'POST', body, signal, redirect: 'error' });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, body: text.length > LONGEST_ANSWER ? '' : text };
  } catch {
    return { status: 0, type: '', body: '' };
  }
}

function judged({ key }: KnownWitness, { note, size }: Submission, answer: Answer): Submitted {
  const { status } = answer;
  const seen = conflictingSize(answer);
  if (seen !== undefined) return { outcome: seen > size ? 'ahead' : 'split', size: seen };
  if (status === 422) return { outcome: 'split', size };
  if (status === 0 || status >= 500) return { outcome: 'unreachable', status };
  const lines = status === 200 ? cosignatures(note, answer.body, key) : [];
  return lines.length > 0 ? { outcome: 'cosigned', lines } : { outcome: 'refused', status };
}

function conflictingSize({ status, type, body }: Answer): number | undefined {
  if (status !== 409 || !type.startsWith(TREE_SIZE_TYPE)) return undefined;
  return unlessUnreadable(() => parseSize(body.trimEnd()));
}

/** The lines of a witness's answer that are its own and hold, one of each key. */
function cosignatures(note: Note, body: string, key: VerifierKey): readonly SignatureLine[] {
  const lines = unlessUnreadable(() =>
    verified({ text: note.text, signatures: parseSignatures(body) }, [key]),
  );
  return (lines ?? []).slice(0, 1);
}

function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}
