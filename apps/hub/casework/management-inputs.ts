import { InputType } from '@nestjs/graphql';
import { cohorts } from '../../../libs/domain/casework/cohort.js';
import { exitOutcomes } from '../../../libs/domain/casework/exit.js';
import { type Level, levels, managements } from '../../../libs/domain/casework/level.js';
import {
  agencyId,
  agreementVersion,
  day,
  formsOf,
  Given,
  listOf,
  May,
  oneOf,
  OWN_ID,
  someOf,
  text,
  uuid,
  whole,
} from './given.js';

const RATIONALE = 4000;

@InputType('AttendeeInput')
export class AttendeeInput {
  @Given(agencyId) agency!: string;
  @May(text(200)) name?: string;
}

@InputType('ActionInput')
export class ActionInput {
  @Given(text(1000)) action!: string;
  @Given(text(200)) owner!: string;
  @May(day) due?: string;
}

@InputType('RaiseReferralInput')
export class RaiseReferralInput {
  @May(uuid, OWN_ID) id?: string;
  @Given(text(RATIONALE)) reason!: string;
  @Given(someOf(levels)) requestedLevels!: Level[];
  @May(listOf(uuid, 1, 100), 'Log event ids of the facts that it rests on.') evidenceRefs?: string[];
}

@InputType('HoldReferralMeetingInput')
export class HoldReferralMeetingInput {
  @May(uuid, OWN_ID) id?: string;
  @Given(uuid) referralId!: string;
  @Given(day) heldOn!: string;
  @May(text(200)) chairedBy?: string;
  @Given(formsOf(AttendeeInput, 1, 50)) attendees!: AttendeeInput[];
  @Given(listOf(agreementVersion, 1, 50), 'Agreements relied on: reference/version.') agreements!: string[];
}

@InputType('DecideManagementInput')
export class DecideManagementInput {
  @Given(someOf(levels, 0), 'Every level from now on; none: managed no more.') levels!: Level[];
  @May(uuid) referralId?: string;
  @May(oneOf(managements)) management?: string;
  @May(whole(1, 4)) mappaCategory?: number;
  @Given(text(RATIONALE)) rationale!: string;
  @May(text(RATIONALE)) dissent?: string;
  @May(day) nextReview?: string;
  @May(text(100), 'With Priority: the co-located team that becomes responsible.') toTeam?: string;
  @May(agencyId, 'With Priority: who was responsible until then.') fromAgency?: string;
  @May(
    uuid,
    'With no level, after one that was entered through the meeting: the plan that the exit rests on.',
  )
  exitPlanId?: string;
}

@InputType('TransferResponsibilityInput')
export class TransferResponsibilityInput {
  @Given(text(100)) toTeam!: string;
  @May(agencyId) fromAgency?: string;
}

@InputType('HoldConferenceInput')
export class HoldConferenceInput {
  @Given(day) heldOn!: string;
  @Given(formsOf(AttendeeInput, 1, 50)) attendees!: AttendeeInput[];
  @May(formsOf(ActionInput, 1, 50)) actions?: ActionInput[];
}

@InputType('SelectCohortInput')
export class SelectCohortInput {
  @Given(oneOf(cohorts)) cohort!: string;
  @May(text(RATIONALE), 'Always for Flex and PPO, and for Fixed unless every criterion is met.')
  rationale?: string;
  @May(text(RATIONALE)) dissent?: string;
  @May(text(64), 'The local priority that it serves.') priorityRef?: string;
  @May(listOf(agencyId, 1, 30), 'The partner set of Free.') partners?: string[];
  @May(listOf(uuid, 1, 10), 'Log event ids of facts that you rely on, besides those that the rule looks at.')
  relyingOn?: string[];
  @May(text(64)) exitPlanRef?: string;
  @May(day) nextReview?: string;
}

@InputType('ReviewCohortInput')
export class ReviewCohortInput {
  @Given(oneOf(cohorts)) cohort!: string;
  @Given(text(RATIONALE)) rationale!: string;
  @May(text(RATIONALE)) dissent?: string;
  @Given(day) nextReview!: string;
}

@InputType('DeselectCohortInput')
export class DeselectCohortInput {
  @Given(oneOf(cohorts)) cohort!: string;
  @Given(text(RATIONALE)) rationale!: string;
  @May(text(RATIONALE)) dissent?: string;
  @Given(uuid) exitPlanId!: string;
}

@InputType('PlanExitInput')
export class PlanExitInput {
  @May(uuid, OWN_ID) id?: string;
  @Given(text(RATIONALE)) plan!: string;
  @Given(whole(1, 36), 'How long the person is watched for after de-selection, in months.')
  watchMonths!: number;
}

@InputType('CompleteExitInput')
export class CompleteExitInput {
  @Given(uuid) exitPlanId!: string;
  @Given(day) completedOn!: string;
  @Given(oneOf(exitOutcomes)) outcome!: string;
  @May(day, 'With extended: the new last day of the watch.') watchUntil?: string;
}
