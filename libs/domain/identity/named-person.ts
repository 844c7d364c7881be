import { type CatalogueEntry, type IdentifierScheme } from '../../contract/catalogue/entry.js';
import { type Field, fieldsOf, identifiersOf, valuesOf } from '../../contract/catalogue/fields.js';
import { type FactIdentifier } from '../../contract/fact.js';
import { type InputError } from '../../contract/failure.js';
import { parseIdentifier } from './identifiers.js';
import { isOffenderId } from './offender-id.js';
import { placeholderReason, type PlaceholderReason } from './placeholders.js';
import { type InvalidReason } from './reading.js';

/** What a publication says about who it is about: the hub's own id of the person, or identifiers of others. */
export type NamedPerson =
  | {
      readonly outcome: 'named';
      readonly offender: string | undefined;
      readonly identifiers: readonly FactIdentifier[];
    }
  | {
      readonly outcome: 'doubtful';
      readonly reason: 'identifier-check-failed' | 'placeholder-value';
      readonly errors: readonly InputError[];
    };

interface Received {
  readonly scheme: IdentifierScheme | 'ref';
  readonly value: string;
  readonly path: string;
}

type Data = Readonly<Record<string, unknown>>;
type PlaceholderKind = Parameters<typeof placeholderReason>[0];

/** The path under which an identifier that came in the attribute `subject` is known. */
export const SUBJECT = 'subject';

/**
 * Reads every identifier of the person in a publication: its `subject` and the fields of its data that the catalogue
 * marks. One that fails its check, or stands for "none", makes the whole publication doubtful: nothing is guessed
 * (requirements §3.6, R8). A `ref` means something to its publisher alone, so it is scoped by agency. `confirmed`
 * says that a person has checked the dates, names and postcodes that look like stand-ins.
 */
export function readNamedPerson(
  entry: CatalogueEntry,
  publication: { readonly subject: string; readonly event: { readonly data: Data } },
  context: { readonly publisher: string; readonly receivedYear: number; readonly confirmed: boolean },
): NamedPerson {
  const { data } = publication.event;
  const [scheme, value] = splitSubject(publication.subject);
  const fromData: readonly Received[] = identifiersOf(entry, data);
  if (scheme === 'offender') {
    return isOffenderId(value) ? read(entry, data, fromData, context, value) : unreadableOffender;
  }
  return read(entry, data, [{ scheme, value, path: SUBJECT }, ...fromData], context, undefined);
}

const unreadableOffender: NamedPerson = {
  outcome: 'doubtful',
  reason: 'identifier-check-failed',
  errors: [{ pointer: `/${SUBJECT}`, detail: "is not an identifier of the hub's own" }],
};

function splitSubject(subject: string): readonly [Received['scheme'] | 'offender', string] {
  const colon = subject.indexOf(':');
  return [subject.slice(0, colon) as Received['scheme'] | 'offender', subject.slice(colon + 1)];
}

function read(
  entry: CatalogueEntry,
  data: Data,
  received: readonly Received[],
  context: Parameters<typeof readNamedPerson>[2],
  offender: string | undefined,
): NamedPerson {
  const identifiers: FactIdentifier[] = [];
  const failed: InputError[] = [];
  const placeholders: InputError[] = context.confirmed ? [] : [...placeholdersIn(entry, data)];
  for (const each of received) {
    const reading = canonical(each, context);
    if (typeof reading !== 'string') identifiers.push(reading);
    else if (reading === 'placeholder') placeholders.push(errorAt(each.path, details.placeholder));
    else failed.push(errorAt(each.path, details[reading]));
  }
  if (failed.length > 0) return { outcome: 'doubtful', reason: 'identifier-check-failed', errors: failed };
  if (placeholders.length > 0)
    return { outcome: 'doubtful', reason: 'placeholder-value', errors: placeholders };
  return { outcome: 'named', offender, identifiers };
}

function canonical(
  { scheme, value, path }: Received,
  { publisher, receivedYear }: { readonly publisher: string; readonly receivedYear: number },
): FactIdentifier | InvalidReason {
  if (scheme === 'ref') return { scheme, value: `${publisher}:${value}`, path };
  const parsed = parseIdentifier(scheme, value, receivedYear);
  return parsed.outcome === 'valid' ? { scheme, value: parsed.value, path } : parsed.reason;
}

const details: Readonly<Record<InvalidReason | PlaceholderReason, string>> = {
  empty: 'holds no identifier',
  format: 'is not in a written form of its scheme',
  year: 'has a year in which it cannot have been issued',
  'check-character': 'has a check character that does not fit the rest',
  placeholder: 'is known to stand for "none"',
  'default-date': 'is a date that systems enter by default',
  'first-of-january': 'is a first of January, which often stands for an unknown day',
  'system-name': 'is a name that a system made up',
  'no-fixed-abode-postcode': 'is a postcode that stands for no fixed abode',
};

function errorAt(path: string, detail: string): InputError {
  const [beforeList = ''] = path.split('[]');
  const pointer = path === SUBJECT ? `/${SUBJECT}` : `/data/${beforeList.replaceAll('.', '/')}`;
  return { pointer, detail };
}

const suspects = new WeakMap<CatalogueEntry, readonly (readonly [Field, PlaceholderKind])[]>();

function placeholdersIn(entry: CatalogueEntry, data: Data): readonly InputError[] {
  const checked = suspects.get(entry) ?? fieldsOf(entry).flatMap(kindOf);
  suspects.set(entry, checked);
  return checked.flatMap(([field, kind]) =>
    valuesOf(field, data).flatMap((value) => {
      const reason = typeof value === 'string' ? placeholderReason(kind, value) : null;
      return reason === null ? [] : [errorAt(field.path, details[reason])];
    }),
  );
}

function kindOf(field: Field): readonly (readonly [Field, PlaceholderKind])[] {
  if (field.search === 'date-of-birth') return [[field, 'date-of-birth']];
  if (field.search === 'family-name' || field.search === 'given-name') return [[field, 'name']];
  return field.generalise === 'outward' ? [[field, 'postcode']] : [];
}
