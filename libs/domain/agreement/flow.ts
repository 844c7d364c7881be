import { type Agency, type AgencyKind } from '../../contract/agency.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { type Conditions } from './document.js';
import { type Aim, type GatewayCitation } from './gateway-names.js';

/** One agency's facts of one type reaching another agency, a class of their fields at a time. */
export interface Flow {
  readonly gateway: GatewayCitation;
  readonly discloser: Pick<Agency, 'kind' | 'regime'>;
  readonly recipient: Pick<Agency, 'kind' | 'regime'>;
  /** Event type, exact. */
  readonly type: string;
  readonly class: SensitivityClass;
  /** Everything that the purposes of the flow serve. */
  readonly aims: readonly Aim[];
  readonly conditions?: Conditions | undefined;
  /** The authority for which an agency acts that is none itself. */
  readonly onBehalfOf?: AgencyKind | undefined;
  readonly publicInterest?: string | undefined;
  /** Calendar date of the law that applies. */
  readonly at: string;
}

/** The flow rests on the person's consent (R38). */
export function hasConsent({ conditions }: Flow): boolean {
  return conditions?.consent === true;
}

/** The flow is of MAPPA offenders alone: by its own condition, or by levels that are all MAPPA's (R34, R40). */
export function isMappa({ conditions }: Flow): boolean {
  if (conditions?.mappa !== undefined) return true;
  return conditions?.level?.every((level) => level.startsWith('MAPPA-')) ?? false;
}

/** The clause says why the public interest overrides confidence (R38). */
export function statesPublicInterest({ publicInterest }: Flow): boolean {
  return publicInterest !== undefined && publicInterest.trim() !== '';
}
