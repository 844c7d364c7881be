import { type AgencyKind } from '../../contract/agency.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { type Aim, type GatewayCitation } from './gateway-names.js';

/** What a clause must state before some gateways carry anything. */
export type Need = 'consent' | 'mappa' | 'public-interest';

/** Kinds of agency in one role of a gateway; `anyone` where the law says "any person". */
export type Ends = readonly AgencyKind[] | 'anyone';

/** What one gateway can carry, as the law stood from one date until another (both Europe/London; until excluded). */
export interface GatewayLaw {
  readonly citation: GatewayCitation;
  readonly title: string;
  /** The requirement that the rules below encode (requirements §3.2), named when they refuse. */
  readonly requirement: string;
  readonly kind: 'statute' | 'common-law';
  /** `read`: in a consolidated text; `unverified`: general knowledge, to be confirmed before it is relied on. */
  readonly standing: 'read' | 'unverified';
  readonly from: string;
  readonly until?: string;
  /** Who may disclose to whom, and the same in words. */
  readonly reach: readonly { readonly from: Ends; readonly to: Ends }[];
  readonly reachInWords: string;
  /** Authorities on whose behalf somebody who is none may receive, or both receive and disclose. */
  readonly agentsOf?: {
    readonly kinds: readonly AgencyKind[];
    readonly may: 'receive' | 'receive-and-disclose';
  };
  /** Everything that a flow serves must be among these. */
  readonly aims: readonly Aim[];
  /** Limits it to these classes; for event types that begin with `wholeTypes`, to none. */
  readonly only?: { readonly classes: readonly SensitivityClass[]; readonly wholeTypes?: string };
  readonly never?: readonly SensitivityClass[];
  readonly neverFrom?: readonly AgencyKind[];
  readonly needs?: readonly Need[];
  /** Classes that no other gateway carries. */
  readonly alone?: readonly SensitivityClass[];
  /** It stands above the confidence that patients are owed (R38). */
  readonly overridesConfidence?: true;
}
