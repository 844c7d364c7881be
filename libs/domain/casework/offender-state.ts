import { type FactMetadata } from '../../contract/fact.js';
import { ageBegins } from './age.js';

export { ageHolds } from './age.js';

/** A court's restriction on reporting: the agency that imposed it, and when it ends (epoch milliseconds; null: when it is lifted). */
export interface ReportingRestriction {
  readonly by: string;
  readonly until: number | null;
}

/** An emergency disclosure that somebody has opened about the person, until a moment (epoch milliseconds). */
export interface OpenEmergency {
  readonly agency: string;
  readonly user: string;
  /** For which alone it is open. */
  readonly purpose: string;
  readonly until: number;
}

/**
 * What conditions of agreements need to know of a person. Folded from clear control attributes (see `stateOf`), so it
 * replays after erasure.
 */
export interface OffenderState {
  readonly cohorts: readonly string[];
  readonly levels: readonly string[];
  /** `1` to `4`, null when the person is in none (R40). */
  readonly mappaCategory: string | null;
  readonly management: 'statutory' | 'voluntary' | null;
  /** Whether the person was told of sharing, in any version of the notice (R15). */
  readonly informed: boolean;
  /** The area whose partnership manages the person, null when it is not known (KP 2.5). */
  readonly area: string | null;
  /** Scopes `<recipient agency>:<class, type/field path, or *>`. */
  readonly consents: readonly string[];
  /** Every month of birth (`1990-04`) that a standing fact claims: none when unknown, several when facts disagree. */
  readonly born: readonly string[];
  /** Agencies that mark their case of this person as limited in access (R53), with the marking. */
  readonly limitedAccess: Readonly<Record<string, 'RESTRICTED' | 'EXCLUDED'>>;
  readonly restrictions: readonly ReportingRestriction[];
  /** Who is responsible for the case: `<agency>:<user>`. */
  readonly responsible: readonly string[];
  readonly emergencies: readonly OpenEmergency[];
  /** Facts that nobody but their publisher may be shown (R18): all of the person's, or those of these publications. */
  readonly processingRestricted: 'all' | readonly string[];
}

export const UNMANAGED: OffenderState = {
  cohorts: [],
  levels: [],
  mappaCategory: null,
  management: null,
  informed: false,
  area: null,
  consents: [],
  born: [],
  limitedAccess: {},
  restrictions: [],
  responsible: [],
  emergencies: [],
  processingRestricted: [],
};

/** What identifies a publication for ever, as one text: `<source> <id>`. */
export function publicationKey({ source, sourceId }: Pick<FactMetadata, 'source' | 'sourceId'>): string {
  return `${source} ${sourceId}`;
}

/** Whether processing of a fact is restricted (DPA 2018 s.47, R18). Of a fact that cannot be told from others it is, in doubt. */
export function isProcessingRestricted(
  { processingRestricted }: OffenderState,
  { source, sourceId }: Partial<Pick<FactMetadata, 'source' | 'sourceId'>>,
): boolean {
  if (processingRestricted === 'all' || processingRestricted.length === 0)
    return processingRestricted === 'all';
  if (source === undefined || sourceId === undefined) return true;
  return processingRestricted.includes(publicationKey({ source, sourceId }));
}

/** Whether a publisher restricts the reporting of its facts about the person at a moment, epoch milliseconds. */
export function isRestricted({ restrictions }: OffenderState, publisher: string, at: number): boolean {
  return restrictions.some(({ by, until }) => by === publisher && (until === null || at < until));
}

/**
 * Whether what conditions say of the person may change between two moments (after `from`, no later than `to`) although
 * nothing happens: one of the ages in whole years begins, or a restriction or an emergency disclosure ends.
 */
export function crossings(
  { born, restrictions, emergencies }: OffenderState,
  ages: readonly number[],
  from: number,
  to: number,
): boolean {
  const isCrossed = ({ until }: { readonly until: number | null }): boolean =>
    until !== null && from < until && until <= to;
  return restrictions.some(isCrossed) || emergencies.some(isCrossed) || ageBegins(born, ages, from, to);
}
