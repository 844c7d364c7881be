import { Invalid } from '../../contract/failure.js';
import { isKeyName } from './note-key.js';

/** One signature under a note: whose it says it is, and its bytes without the key id. */
export interface SignatureLine {
  readonly name: string;
  /** 8 hexadecimal digits. */
  readonly id: string;
  readonly signature: Uint8Array;
}

/** Text with signatures (C2SP signed-note). The text ends in a newline; that it is signed at all must be verified first. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly SignatureLine[];
}

/** Most bytes and signatures of a note that is read; sixteen signatures must be accepted. */
const LONGEST = 1_000_000;
const MOST_SIGNATURES = 100;
const ID_LENGTH = 4;
const DASH = '\u2014';

/** Reads a note. Throws `Invalid` `note` for anything that is not exactly as C2SP signed-note §Format says. */
export function parseNote(input: string | Uint8Array): Note {
  const whole = typeof input === 'string' ? input : decoded(input);
  if (whole.length > LONGEST) throw wrong('is too long');
  if (!whole.isWellFormed() || CONTROL.test(whole)) throw wrong('has characters that no note may have');
  const end = whole.lastIndexOf('\n\n');
  if (end < 0) throw wrong('has no empty line before its signatures');
  return { text: whole.slice(0, end + 1), signatures: parseSignatures(whole.slice(end + 2)) };
}

/** Reads signature lines that stand by themselves, as a witness answers with them. Throws `Invalid` `note`. */
export function parseSignatures(text: string): readonly SignatureLine[] {
  if (!text.endsWith('\n')) throw wrong('does not end in a signature line with a newline');
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw wrong('has too many signatures');
  return lines.map(parseSignature);
}

export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${formatSignatures(signatures)}`;
}

export function formatSignatures(signatures: readonly SignatureLine[]): string {
  return signatures
    .map(({ name, id, signature }) => {
      const bytes = Buffer.concat([Buffer.from(id, 'hex'), signature]);
      return `${DASH} ${name} ${bytes.toString('base64')}\n`;
    })
    .join('');
}

/** Everything below U+0020 but the newline. */
const CONTROL = /[^\P{Cc}\n\u007f-\u009f]/u;

function wrong(detail: string): Invalid {
  return new Invalid('note', `note ${detail}`);
}

function decoded(bytes: Uint8Array): string {
  if (bytes.length > LONGEST) throw wrong('is too long');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw wrong('is not UTF-8');
  }
}

function parseSignature(line: string): SignatureLine {
  const [dash, name = '', encoded = '', ...more] = line.split(' ');
  const bytes = Buffer.from(encoded, 'base64');
  const isWhole = bytes.length > ID_LENGTH && bytes.toString('base64') === encoded;
  if (dash !== DASH || !isKeyName(name) || !isWhole || more.length > 0)
    throw wrong('has a signature line that is not "\u2014 name base64"');
  return { name, id: bytes.toString('hex', 0, ID_LENGTH), signature: bytes.subarray(ID_LENGTH) };
}
