import { knownNames, type ParsedPublication, parsePublication } from '../../../libs/contract/envelope.js';
import { Invalid } from '../../../libs/contract/failure.js';
import {
  type ContentMode,
  contentModeOf,
  MOST_IN_BATCH,
  parseBatch,
  parseBinary,
} from '../../../libs/contract/http-binding.js';
import { type InputError } from '../../../libs/contract/failure.js';
import { readJson } from '../../../libs/contract/raw-json.js';
import { type Release } from './quarantine.js';

/** What a request to `POST /events` holds. */
export interface Submission {
  readonly mode: ContentMode;
  readonly publications: readonly ParsedPublication[];
}

/** The part of a request that is read here; `rawHeaders` are names and values in turn, as they were sent. */
export interface EventRequest {
  readonly body: unknown;
  readonly raw: { readonly rawHeaders: readonly string[] };
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * Reads a request in any of the three content modes of the CloudEvents HTTP binding. Throws `Invalid`:
 * `unsupported-media-type`, `not-a-batch` for a batch that is no JSON array, `too-large` for one of too many events.
 */
export function readSubmission({ body, raw, headers }: EventRequest): Submission {
  const mode = contentModeOf(String(headers['content-type'] ?? ''));
  if (mode === undefined || typeof body !== 'string') {
    throw new Invalid('unsupported-media-type', 'the content type is missing or not one that is read here');
  }
  if (mode === 'batch') return { mode, publications: readBatch(body) };
  const publication = mode === 'binary' ? parseBinary(raw.rawHeaders, body) : parsePublication(body);
  return { mode, publications: [publication] };
}

function readBatch(body: string): readonly ParsedPublication[] {
  const batch = parseBatch(body);
  if (batch.outcome === 'valid') return batch.publications;
  if (batch.reason === 'too-many') throw new Invalid('too-large', `a batch may hold ${MOST_IN_BATCH} events`);
  throw new Invalid('not-a-batch', 'the batch is not a JSON array');
}

const members: Readonly<Record<string, (value: unknown) => boolean>> = {
  event: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  offender: (value) => typeof value === 'string',
  confirmed: (value) => typeof value === 'boolean',
  anew: (value) => typeof value === 'boolean',
};

const releaseNames: ReadonlySet<string> = new Set([...knownNames, ...Object.keys(members)]);

/**
 * Reads the body of a release: `{ "event": <corrected CloudEvent>, "offender": <hub id>, "confirmed": <boolean>,
 * "anew": <boolean> }`, all of it optional. Throws `Invalid` `invalid-release`.
 */
export function readRelease(body: unknown): Release {
  if (body === undefined || body === null || body === '') return {};
  const read = readJson(typeof body === 'string' ? body : JSON.stringify(body), releaseNames);
  if (read.outcome === 'invalid') throw invalidRelease(read.errors);
  const errors = errorsOf(read.value);
  if (errors.length > 0) throw invalidRelease(errors);
  const { event, ...rest } = read.value as Omit<Release, 'event'> & { readonly event?: object };
  return event === undefined ? rest : { ...rest, event: JSON.stringify(event) };
}

function errorsOf(value: unknown): readonly InputError[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ pointer: '', detail: 'must be a JSON object' }];
  }
  return Object.entries(value).flatMap(([name, member]) => {
    const fits = Object.hasOwn(members, name) ? members[name] : undefined;
    if (fits === undefined)
      return [{ pointer: '', detail: 'may hold event, offender, confirmed and anew only' }];
    return fits(member) ? [] : [{ pointer: `/${name}`, detail: 'is of the wrong kind' }];
  });
}

function invalidRelease(errors: readonly InputError[]): Invalid {
  return new Invalid('invalid-release', 'the release cannot be read', errors);
}
