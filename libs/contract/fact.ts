import { type ControlAttribute, type IdentifierScheme } from './catalogue/entry.js';
import { type Moment } from './moment.js';

/**
 * What stands in the clear beside a fact's sealed payload (design §5): enough to replay every decision after the
 * payload's key was destroyed, and no personal data. Stored as the log event's `metadata`, JSON.
 */
export interface FactMetadata {
  /** The hub's identifier of the person: the fact lies in the stream `offender-<offender>`. */
  readonly offender: string;
  /** Agency id. */
  readonly publisher: string;
  /** CloudEvents `source` and `id`, which identify the publication for ever. */
  readonly source: string;
  readonly sourceId: string;
  /** Version of the event type in the catalogue. */
  readonly version: number;
  readonly happened: Moment;
  /** When the publisher's own system recorded it (RFC 3339), as received. */
  readonly recorded: string | null;
  /** When the hub received it, epoch milliseconds. Short PNC years pivot on this moment's year. */
  readonly received: number;
  /** Paths of the catalogue fields that the payload holds. */
  readonly fields: readonly string[];
  readonly control: Readonly<Partial<Record<ControlAttribute, string | readonly string[]>>>;
  /** Publisher's own restriction: `P` may be shared, `C` only with conditions (R51), null not graded. */
  readonly handling: 'P' | 'C' | null;
  /** Log event id of the fact that this one corrects or retracts. */
  readonly corrects: string | null;
  readonly retracts: string | null;
  /** Keyed hash of the canonical publication: tells a resend from a conflict. */
  readonly contentHash: string;
}

/** An identifier of the person in its canonical form, and the field it came from (`subject` for the attribute). */
export interface FactIdentifier {
  readonly scheme: IdentifierScheme | 'ref';
  readonly value: string;
  readonly path: string;
}

/** The sealed payload of a fact: the CloudEvent as received, and its identifiers made canonical at intake. */
export interface SealedFact {
  readonly event: Readonly<Record<string, unknown>> & { readonly data: Readonly<Record<string, unknown>> };
  readonly identifiers: readonly FactIdentifier[];
}

/** The stricter of the envelope's handling code and the one that an intelligence report carries in itself (R51). */
export function strictestHandling(
  envelope: FactMetadata['handling'],
  reported: unknown,
): FactMetadata['handling'] {
  if (envelope === 'C' || reported === 'C') return 'C';
  return envelope ?? (reported === 'P' ? 'P' : null);
}

/**
 * The conditions under which a fact handled `C` may be shared, in the publisher's words: those of the envelope, and
 * those in the report itself; null when there are none. They travel with every field that is shown (R51).
 */
export function handlingConditionsOf({ event }: Pick<SealedFact, 'event'>): string | null {
  const said = [event['handlingconditions'], event.data['handlingConditions']].filter(
    (each): each is string => typeof each === 'string' && each.trim() !== '',
  );
  return said.length === 0 ? null : [...new Set(said)].join('\n');
}

/**
 * Metadata of `identity.linked`, alone in the stream `identifier-<pseudonym>`: this identifier is that person's. After an
 * erasure a second one may follow, by which a record begins anew: the last counts.
 */
export interface LinkMetadata {
  readonly offender: string;
  readonly scheme: IdentifierScheme | 'ref';
  readonly pseudonym: string;
  /** Log event id of the publication that carried it. */
  readonly by: string;
  readonly received: number;
}

export const LINKED = 'identity.linked';
export const QUARANTINED = 'intake.quarantined';
export const RELEASED = 'intake.released';

/** Every stream of the log: `offender-<id>`, `identifier-<pseudonym>`, `quarantine-<id>`, `agreements`, `disclosure-<agency>`, `emergencies`, `corrections`, `data-protection`, `governance`. */
export const streamOf = {
  offender: (id: string): string => `offender-${id}`,
  identifier: (pseudonym: string): string => `identifier-${pseudonym}`,
  quarantine: (id: string): string => `quarantine-${id}`,
  agreements: 'agreements',
  disclosure: (agency: string): string => `disclosure-${agency}`,
  emergencies: 'emergencies',
  corrections: 'corrections',
  dataProtection: 'data-protection',
  governance: 'governance',
} as const;

/** True for the streams that hold facts about people. */
export function isFactStream(stream: string): boolean {
  return stream.startsWith('offender-');
}
