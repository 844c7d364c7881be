import { type Asked, type Maybe } from './asked.js';
import { type Cohort } from './cohort.js';
import { type ExitOutcome } from './exit.js';
import { type Level, type Management } from './level.js';

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
