import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { agencies, agencyOf, type AgencyKind, ownsSource } from '../../../libs/contract/agency.js';
import { entryOf } from '../../../libs/contract/catalogue/catalogue.js';
import { unknownScopes } from '../../../libs/contract/catalogue/consent-scope.js';
import { type CatalogueEntry } from '../../../libs/contract/catalogue/entry.js';
import { controlOf } from '../../../libs/contract/catalogue/fields.js';
import { validateData } from '../../../libs/contract/catalogue/validate.js';
import { type Publication } from '../../../libs/contract/envelope.js';
import { type FactIdentifier, handlingConditionsOf, strictestHandling } from '../../../libs/contract/fact.js';
import { type Failure, Forbidden, type InputError } from '../../../libs/contract/failure.js';
import { readNamedPerson } from '../../../libs/domain/identity/named-person.js';
import { type Hold, type QuarantineReason } from './receipt.js';

/** A publication that may become a fact, once it is clear whose. `offender` is set when its subject names the person. */
export interface Admitted {
  readonly outcome: 'admitted';
  readonly entry: CatalogueEntry;
  readonly identifiers: readonly FactIdentifier[];
  readonly offender: string | undefined;
}

export type Admission = Admitted | ({ readonly outcome: 'held' } & Hold);

export interface AdmissionContext {
  readonly publisher: string;
  /** Epoch milliseconds. */
  readonly received: number;
  /** A person has confirmed values that look like stand-ins. */
  readonly confirmed: boolean;
}

const kinds: ReadonlySet<string> = new Set(agencies.map(({ kind }) => kind));

/** Throws `Forbidden` `not-a-publisher` unless the caller's token lets it publish. */
export function requirePublisher({ roles }: Caller): void {
  if (roles.includes('publisher')) return;
  throw new Forbidden('not-a-publisher', 'publishing needs the role publisher');
}

/**
 * Why an agency may not publish this at all: it is not under its own source, or not one of the event types of its kind. A type that nobody has registered is not refused here: it is held until somebody knows it.
 */
export function refusalOf(agency: string, { source, type }: Publication): Failure | undefined {
  if (!ownsSource(agency, source)) {
    return new Forbidden('not-your-source', 'the source does not belong to the agency of the token');
  }
  if (isRegisteredElsewhere(type, agencyOf(agency)?.kind)) {
    return new Forbidden('not-your-event-type', "the event type is not registered to the agency's kind");
  }
  return undefined;
}

function isRegisteredElsewhere(type: string, kind: AgencyKind | undefined): boolean {
  const entry = entryOf(type);
  if (entry !== undefined) return kind === undefined || !entry.publishers.includes(kind);
  const [owner = ''] = type.split('.');
  return kinds.has(owner) && owner !== kind;
}

/** Whether a publication can be recorded as it stands: a known type, data that fits it, a person named without doubt. */
export function admit(publication: Publication, context: AdmissionContext): Admission {
  const { type, version, event } = publication;
  const entry = entryOf(type, version);
  if (entry === undefined) return unknownType(type);
  const errors = isBareRetraction(publication)
    ? []
    : [...validateData(entry, event.data), ...faultsOf(entry, publication)];
  if (errors.length > 0) return held('schema-failed', errors);
  if (!context.confirmed && isToCome(publication, context.received)) return held('future-time', [toCome]);
  const receivedYear = new Date(context.received).getUTCFullYear();
  const person = readNamedPerson(entry, publication, { ...context, receivedYear });
  if (person.outcome === 'doubtful') return held(person.reason, person.errors);
  return { outcome: 'admitted', entry, identifiers: person.identifiers, offender: person.offender };
}

/** What only takes a fact back need not say it again. */
function isBareRetraction({ retracts, event: { data } }: Publication): boolean {
  return retracts !== null && Object.keys(data).length === 0;
}

/** Clocks differ, and a day somewhere begins before it does here. */
const TOLERANCE = 86_400_000;

/** What is published has happened; what is planned happened when it was planned (R8). */
function isToCome({ happened }: Publication, received: number): boolean {
  return happened.from !== null && happened.from > received + TOLERANCE;
}

const toCome: InputError = { pointer: '/time', detail: 'lies in the future' };

/** What the schema alone cannot tell to be wrong. */
function faultsOf(entry: CatalogueEntry, publication: Publication): readonly InputError[] {
  const { event, handling, nature } = publication;
  return [
    ...(nature !== null && nature !== entry.nature ? [otherNature(entry)] : []),
    ...(strictestHandling(handling, event.data['handlingCode']) === 'C' &&
    handlingConditionsOf({ event }) === null
      ? [unconditional(event.data['handlingCode'] === 'C')]
      : []),
    ...unknownScopes(controlOf(entry, event.data).consentScope),
  ];
}

/** A personal assessment may not pass for a fact, nor a fact for one (R6). */
function otherNature({ nature }: CatalogueEntry): InputError {
  return { pointer: '/nature', detail: `must be ${nature}, which this event type is (R6)` };
}

/** What may be shared only with conditions says which they are (R51). */
function unconditional(isReport: boolean): InputError {
  const pointer = isReport ? '/data/handlingConditions' : '/handlingconditions';
  return { pointer, detail: 'is required where the handling is C (R51)' };
}

function unknownType(type: string): Admission {
  return entryOf(type) === undefined
    ? held('unknown-type', [{ pointer: '/type', detail: 'is not in the catalogue' }])
    : held('unknown-version', [
        { pointer: '/dataschema', detail: 'names a version that the catalogue does not have' },
      ]);
}

export function held(reason: QuarantineReason, errors: readonly InputError[]): Admission {
  return { outcome: 'held', reason, errors };
}
