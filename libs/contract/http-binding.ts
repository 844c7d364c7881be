import { knownNames, type ParsedPublication, parsePublication } from './envelope.js';
import { type InputError } from './failure.js';
import { elementsOf, givenTwice, pointerOf } from './raw-json.js';

export const MOST_IN_BATCH = 1_000;

export type ContentMode = 'structured' | 'batch' | 'binary';

const modes: Readonly<Record<string, ContentMode>> = {
  'application/cloudevents+json': 'structured',
  'application/cloudevents-batch+json': 'batch',
  'application/json': 'binary',
};

/**
 * The content mode that a `Content-Type` announces (CloudEvents HTTP binding §3); undefined for a media type or a
 * charset that we do not read.
 */
export function contentModeOf(contentType: string): ContentMode | undefined {
  const [, mediaType = '', parameters = ''] = /^([^;\s]+)[ \t]*(;.*)?$/.exec(contentType) ?? [];
  const isUtf8 = /^(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i.test(parameters);
  const name = mediaType.toLowerCase();
  return isUtf8 && Object.hasOwn(modes, name) ? modes[name] : undefined;
}

export type ParsedBatch =
  | { readonly outcome: 'valid'; readonly publications: readonly ParsedPublication[] }
  | { readonly outcome: 'invalid'; readonly reason: 'not-an-array' | 'too-many' };

/**
 * Reads a batch element by element, each on its own raw text, so that a bad element fails alone: even one that is
 * not JSON, as long as its brackets and quotes still show where it ends.
 */
export function parseBatch(text: string): ParsedBatch {
  const elements = elementsOf(text);
  if (elements === undefined) return { outcome: 'invalid', reason: 'not-an-array' };
  if (elements.length > MOST_IN_BATCH) return { outcome: 'invalid', reason: 'too-many' };
  return { outcome: 'valid', publications: elements.map(parsePublication) };
}

/**
 * Reads an event in binary mode (CloudEvents HTTP binding §3.1): attributes from `ce-` headers, `datacontenttype`
 * from `Content-Type`, data from the body. `rawHeaders` holds names and values in turn, as they were sent, so that a
 * header given twice is seen.
 */
export function parseBinary(rawHeaders: readonly string[], body: string): ParsedPublication {
  const attributes = new Map<string, string>();
  const errors: InputError[] = [];
  for (const [header, value] of pairs(rawHeaders)) {
    const name = attributeOf(header);
    if (name === undefined) continue;
    const decoded = name === 'datacontenttype' ? value : decodeHeader(value);
    const detail = faultOf(header, name, decoded);
    if (attributes.has(name)) errors.push(givenTwice([], name, knownNames));
    else if (detail !== undefined) errors.push({ pointer: pointerOf([name], knownNames), detail });
    attributes.set(name, decoded ?? '');
  }
  if (!isJson(body)) errors.push({ pointer: '/data', detail: 'is not JSON' });
  if (errors.length === 0) return parsePublication(assemble(attributes, body));
  return {
    outcome: 'invalid',
    errors,
    source: attributes.get('source') ?? null,
    id: attributes.get('id') ?? null,
  };
}

function* pairs(rawHeaders: readonly string[]): Generator<readonly [string, string]> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    yield [(rawHeaders[at] ?? '').toLowerCase(), rawHeaders[at + 1] ?? ''];
  }
}

function attributeOf(header: string): string | undefined {
  if (header === 'content-type') return 'datacontenttype';
  return header.startsWith('ce-') ? header.slice('ce-'.length) : undefined;
}

function faultOf(header: string, name: string, decoded: string | undefined): string | undefined {
  if (name === 'data' || header === 'ce-datacontenttype') return 'cannot be given in a ce- header';
  return decoded === undefined ? 'is not percent-encoded UTF-8' : undefined;
}

/** Undoes double quotes, then one round of percent-encoding (§3.1.3.2); undefined when the value is not in that form. */
function decodeHeader(value: string): string | undefined {
  if (!/^[ -~]*$/.test(value)) return undefined;
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(value);
  const plain = quoted ? (quoted[1] ?? '').replace(/\\(.)/g, '$1') : value;
  try {
    return decodeURIComponent(plain);
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The body is known to be one JSON value, so it cannot add attributes of its own. */
function assemble(attributes: ReadonlyMap<string, string>, body: string): string {
  return `${JSON.stringify(Object.fromEntries(attributes)).slice(0, -1)},"data":${body}}`;
}
