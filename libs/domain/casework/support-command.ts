import { type Asked, type Maybe } from './asked.js';
import { type TellingFormat, type Told } from './informing.js';
import { type InterventionOutcome } from './intervention.js';
import { type Instrument, type PathwayScore, type StarScore } from './needs.js';

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
