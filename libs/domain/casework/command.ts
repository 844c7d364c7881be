import { type CohortRules } from './cohort-rules.js';
import {
  type CompleteExit,
  type DecideManagement,
  type DeselectCohort,
  type HoldConference,
  type HoldReferralMeeting,
  type PlanExit,
  type RaiseReferral,
  type ReviewCohort,
  type SelectCohort,
  type TransferResponsibility,
} from './management-command.js';
import { type ReadFact } from './read-fact.js';
import {
  type AcceptBorderHandover,
  type AcceptLeadHandover,
  type AppointLead,
  type AssessNeeds,
  type AssignArea,
  type CompleteBorderHandover,
  type CompleteIntervention,
  type EndLead,
  type InformSubject,
  type OfferBorderHandover,
  type OfferLeadHandover,
  type PlanIntervention,
  type ReferIntervention,
  type StartIntervention,
} from './support-command.js';

/** What can be asked of a case. Every id is made by the caller; days are calendar dates in London. */
export type CaseworkCommand =
  | RaiseReferral
  | HoldReferralMeeting
  | DecideManagement
  | TransferResponsibility
  | HoldConference
  | SelectCohort
  | ReviewCohort
  | DeselectCohort
  | PlanExit
  | CompleteExit
  | AppointLead
  | EndLead
  | OfferLeadHandover
  | AcceptLeadHandover
  | AssignArea
  | OfferBorderHandover
  | AcceptBorderHandover
  | CompleteBorderHandover
  | AssessNeeds
  | PlanIntervention
  | ReferIntervention
  | StartIntervention
  | CompleteIntervention
  | InformSubject;

/** What the deciders need to know besides the case. */
export interface Ground {
  /** Now, epoch milliseconds. */
  readonly at: number;
  /** Every month of birth (`1990-04`) that a standing fact claims. */
  readonly born: readonly string[];
  /** The version in force at `at`. */
  readonly rules: CohortRules;
  /** Inputs of rules, in log order: what the IOM team may see of the person, as they may see it. */
  readonly facts: readonly ReadFact[];
  /** The Home Office code of a CJS offence code, where reference data tell it. */
  readonly homeOfficeCodeOf: (cjsCode: string) => string | undefined;
  /** By key, `<reference>/<version>`, and the agencies that each binds. */
  readonly agreementsInForce: readonly { readonly key: string; readonly parties: readonly string[] }[];
  /** Ids of the agencies of the partnership, those of areas next door included. */
  readonly agencies: readonly string[];
}

/** A fact to be published by the IOM team about the person. `happened` is an RFC 3339 date-time or a date. */
export interface CaseworkEvent {
  readonly type: `hub.${string}`;
  readonly data: Readonly<Record<string, unknown>>;
  readonly happened: string;
}
