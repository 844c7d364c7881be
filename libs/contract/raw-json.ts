import { visit } from 'jsonc-parser';
import { type InputError } from './failure.js';

/** Bounds of one event: length in UTF-16 code units, and how deep objects and arrays may nest. */
export const MOST_EVENT_LENGTH = 262_144;
const MOST_DEPTH = 32;
/** A sender needs no more than this to see what is wrong. */
export const MOST_ERRORS = 20;
/** A surrogate without its other half, which no UTF-8 can hold. */
const HALF_CHARACTER = /\p{Cs}/u;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

export type ReadJson =
  | { readonly outcome: 'valid'; readonly value: unknown }
  | { readonly outcome: 'invalid'; readonly errors: readonly InputError[] };

/**
 * Reads JSON that means the same to every reader (I-JSON, RFC 7493): no name twice in an object, no `__proto__`, no
 * integer beyond what a double holds exactly, no lone surrogate; within the bounds of length and depth. `JSON.parse`
 * repairs all of these silently. Errors point at the place by the names that are `known`, and never quote a value or
 * another name, which may be as personal as a value.
 */
export function readJson(text: string, known: ReadonlySet<string>): ReadJson {
  if (text.length > MOST_EVENT_LENGTH) return invalid(`is longer than ${MOST_EVENT_LENGTH} characters`);
  const { members, depth } = shapeOf(text);
  if (depth > MOST_DEPTH) return invalid(`nests deeper than ${MOST_DEPTH} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid(`is not JSON${placeOfError(text)}`);
  }
  if (membersOf(value) === members) return { outcome: 'valid', value };
  return { outcome: 'invalid', errors: faultsOf(text, known) };
}

function invalid(detail: string): ReadJson {
  return { outcome: 'invalid', errors: [{ pointer: '', detail }] };
}

/** Counts the members of all objects by their colons outside strings: true of JSON, harmless for anything else. */
function shapeOf(text: string): { readonly members: number; readonly depth: number } {
  let members = 0;
  let open = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COLON) members++;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth = Math.max(depth, ++open);
    else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) open--;
  }
  return { members, depth };
}

/** Where the string that opens at `start` closes, or the text's length when it does not. */
function endOfString(text: string, start: number): number {
  for (let end = start; ;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let before = end;
    while (text.charCodeAt(before - 1) === BACKSLASH) before--;
    if ((end - before) % 2 === 0) return end;
  }
}

/** How many members the objects in a value have; not a number when something in it is not as it was written. */
function membersOf(value: unknown): number {
  if (typeof value === 'string') return HALF_CHARACTER.test(value) ? NaN : 0;
  if (typeof value === 'number') return isExact(value) ? 0 : NaN;
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) members += membersOf(item);
    return members;
  }
  for (const name of Object.keys(value)) {
    if (name === '__proto__' || HALF_CHARACTER.test(name)) return NaN;
    members += 1 + membersOf((value as Readonly<Record<string, unknown>>)[name]);
  }
  return members;
}

function isExact(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
}

function placeOfError(text: string): string {
  let place: string | undefined;
  const onError = (_: number, __: number, ___: number, line: number, column: number): void => {
    place ??= ` (line ${line + 1}, column ${column + 1})`;
  };
  visit(text, { onError }, { disallowComments: true });
  return place ?? '';
}

/** The slow path, for JSON that is known to be faulty: names each fault. */
function faultsOf(text: string, known: ReadonlySet<string>): readonly InputError[] {
  const faults: InputError[] = [];
  const names: Set<string>[] = [];
  const add = (error: InputError): void => {
    if (faults.length < MOST_ERRORS) faults.push(error);
  };
  const fault = (path: Path, detail: string): void => add({ pointer: pointerOf(path, known), detail });
  visit(text, {
    onObjectBegin: () => void names.push(new Set()),
    onObjectEnd: () => void names.pop(),
    onObjectProperty: (name, _, __, ___, ____, path) => {
      const seen = names.at(-1);
      if (seen?.has(name)) add(givenTwice(path(), name, known));
      if (name === '__proto__' || HALF_CHARACTER.test(name))
        fault(path(), 'holds a name that is not allowed');
      seen?.add(name);
    },
    onLiteralValue: (value: unknown, _, __, ___, ____, path) => {
      if (typeof value === 'number' && !isExact(value)) fault(path(), 'is a number beyond exact range');
      if (typeof value === 'string' && HALF_CHARACTER.test(value)) fault(path(), 'holds half a character');
    },
  });
  return faults;
}

type Path = readonly (string | number)[];

/** The JSON Pointer (RFC 6901) of a path, `*` in place of every name that is not known. */
export function pointerOf(path: Path, known: ReadonlySet<string>): string {
  const steps = path.map((step) => (typeof step === 'number' || known.has(step) ? String(step) : '*'));
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** That an object, at `path`, has a name twice: at the name if it is known, else at the object. */
export function givenTwice(path: Path, name: string, known: ReadonlySet<string>): InputError {
  return known.has(name)
    ? { pointer: pointerOf([...path, name], known), detail: 'is given twice' }
    : { pointer: pointerOf(path, known), detail: 'holds a name that is given twice' };
}

/**
 * The text of each element of a JSON array, so that one bad element costs only itself; undefined when the text has
 * not the outer form of an array. The elements are not validated here.
 */
export function elementsOf(text: string): readonly string[] | undefined {
  const opening = /^[ \t\n\r]*\[/.exec(text);
  if (opening === null) return undefined;
  const elements: string[] = [];
  let open = 0;
  let start = opening[0].length;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) open++;
    else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && open > 0) open--;
    else if (code === COMMA && open === 0) {
      elements.push(text.slice(start, at));
      start = at + 1;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      if (code === CLOSE_OBJECT || !isBlank(text.slice(at + 1))) return undefined;
      const last = text.slice(start, at);
      return elements.length === 0 && isBlank(last) ? [] : [...elements, last];
    }
  }
  return undefined;
}

function isBlank(text: string): boolean {
  return /^[ \t\n\r]*$/.test(text);
}
