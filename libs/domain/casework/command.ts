import { type CohortRules } from './cohort-rules.js';
import { type Cohort } from './cohort.js';
import { type ExitOutcome } from './exit.js';
import { type TellingFormat, type Told } from './informing.js';
import { type InterventionOutcome } from './intervention.js';
import { type Level, type Management } from './level.js';
import { type Instrument, type PathwayScore, type StarScore } from './needs.js';
import { type ReadFact } from './read-fact.js';

/** Who asks, by their token. */
export interface Actor {
  /** Agency id. */
  readonly agency: string;
  readonly user: string;
  readonly roles: readonly string[];
}

interface Asked {
  readonly by: Actor;
}

/** Optional text, as forms leave it out. */
type Maybe<V> = V | null | undefined;

export interface Attendee {
  /** Agency id. */
  readonly agency: string;
  readonly name?: Maybe<string>;
}

export interface Action {
  readonly action: string;
  readonly owner: string;
  readonly due?: Maybe<string>;
}

export interface RaiseReferral extends Asked {
  readonly type: 'raise-referral';
  readonly referralId: string;
  readonly reason: string;
  readonly requestedLevels: readonly Level[];
  readonly evidenceRefs?: Maybe<readonly string[]>;
}

export interface HoldReferralMeeting extends Asked {
  readonly type: 'hold-referral-meeting';
  readonly meetingId: string;
  readonly referralId: string;
  readonly heldOn: string;
  readonly chairedBy?: Maybe<string>;
  readonly attendees: readonly Attendee[];
  /** Agreements relied on, `<reference>/<version>`. */
  readonly agreements: readonly string[];
}

export interface DecideManagement extends Asked {
  readonly type: 'decide-management';
  /** Every level from now on; none: managed no more. */
  readonly levels: readonly Level[];
  readonly referralId?: Maybe<string>;
  readonly management?: Maybe<Management>;
  readonly mappaCategory?: Maybe<number>;
  readonly rationale: string;
  readonly dissent?: Maybe<string>;
  readonly nextReview?: Maybe<string>;
  /** With Priority: the co-located team that becomes responsible, and the agency that was until then. */
  readonly toTeam?: Maybe<string>;
  readonly fromAgency?: Maybe<string>;
  /** With no level, for whoever leaves a level entered through the meeting: the plan that the exit rests on. */
  readonly exitPlanId?: Maybe<string>;
}

export interface TransferResponsibility extends Asked {
  readonly type: 'transfer-responsibility';
  readonly toTeam: string;
  readonly fromAgency?: Maybe<string>;
}

export interface HoldConference extends Asked {
  readonly type: 'hold-conference';
  readonly heldOn: string;
  readonly attendees: readonly Attendee[];
  readonly actions?: Maybe<readonly Action[]>;
}

export interface SelectCohort extends Asked {
  readonly type: 'select-cohort';
  readonly cohort: Cohort;
  /** Why: always for Flex and PPO, and for Fixed unless every criterion is met. */
  readonly rationale?: Maybe<string>;
  readonly dissent?: Maybe<string>;
  readonly priorityRef?: Maybe<string>;
  /** Agency ids: the partner set of Free. */
  readonly partners?: Maybe<readonly string[]>;
  /** Log event ids of facts that whoever decides relies on, besides those that the criteria rest on. */
  readonly relyingOn?: Maybe<readonly string[]>;
  readonly exitPlanRef?: Maybe<string>;
  readonly nextReview?: Maybe<string>;
}

export interface ReviewCohort extends Asked {
  readonly type: 'review-cohort';
  readonly cohort: Cohort;
  readonly rationale: string;
  readonly dissent?: Maybe<string>;
  readonly nextReview: string;
}

export interface DeselectCohort extends Asked {
  readonly type: 'deselect-cohort';
  readonly cohort: Cohort;
  readonly rationale: string;
  readonly dissent?: Maybe<string>;
  readonly exitPlanId: string;
}

export interface PlanExit extends Asked {
  readonly type: 'plan-exit';
  readonly exitPlanId: string;
  readonly plan: string;
  readonly watchMonths: number;
}

export interface CompleteExit extends Asked {
  readonly type: 'complete-exit';
  readonly exitPlanId: string;
  readonly completedOn: string;
  readonly outcome: ExitOutcome;
  /** With `extended`: the new last day of the watch. */
  readonly watchUntil?: Maybe<string>;
}

export interface AppointLead extends Asked {
  readonly type: 'appoint-lead';
  readonly agency: string;
  readonly professional: string;
  readonly user: string;
}

export interface EndLead extends Asked {
  readonly type: 'end-lead';
  readonly reason: string;
}

export interface OfferLeadHandover extends Asked {
  readonly type: 'offer-lead-handover';
  readonly handoverId: string;
  readonly toAgency: string;
  readonly toProfessional: string;
  readonly toUser: string;
  readonly reason?: Maybe<string>;
}

export interface AcceptLeadHandover extends Asked {
  readonly type: 'accept-lead-handover';
  readonly handoverId: string;
}

export interface AssignArea extends Asked {
  readonly type: 'assign-area';
  readonly area: string;
  readonly reason?: Maybe<string>;
}

export interface OfferBorderHandover extends Asked {
  readonly type: 'offer-border-handover';
  readonly handoverId: string;
  readonly toArea: string;
  readonly toAgency: string;
  /** Agreements of the receiving area, `<reference>/<version>`. */
  readonly agreements?: Maybe<readonly string[]>;
  readonly reason?: Maybe<string>;
}

export interface AcceptBorderHandover extends Asked {
  readonly type: 'accept-border-handover';
  readonly handoverId: string;
}

export interface CompleteBorderHandover extends Asked {
  readonly type: 'complete-border-handover';
  readonly handoverId: string;
  readonly completedOn: string;
}

export interface AssessNeeds extends Asked {
  readonly type: 'assess-needs';
  readonly instrument: Instrument;
  readonly assessedOn: string;
  readonly pathways?: Maybe<readonly PathwayScore[]>;
  readonly stars?: Maybe<readonly StarScore[]>;
}

export interface PlanIntervention extends Asked {
  readonly type: 'plan-intervention';
  readonly interventionId: string;
  readonly pathway: string;
  readonly provider?: Maybe<string>;
  readonly sequence: number;
  readonly title?: Maybe<string>;
  readonly plannedFor?: Maybe<string>;
}

export interface ReferIntervention extends Asked {
  readonly type: 'refer-intervention';
  readonly interventionId: string;
  /** Unless the plan names it. */
  readonly provider?: Maybe<string>;
  readonly referredOn: string;
}

export interface StartIntervention extends Asked {
  readonly type: 'start-intervention';
  readonly interventionId: string;
  readonly startedOn: string;
}

export interface CompleteIntervention extends Asked {
  readonly type: 'complete-intervention';
  readonly interventionId: string;
  readonly completedOn: string;
  readonly outcome: InterventionOutcome;
}

export interface InformSubject extends Asked {
  readonly type: 'inform-subject';
  readonly notice?: Maybe<string>;
  readonly noticeVersion: string;
  readonly told: readonly Told[];
  readonly format: TellingFormat;
  readonly language: string;
  readonly informedOn: string;
}

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
