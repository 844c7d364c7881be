import { InputType } from '@nestjs/graphql';
import { tellingFormats, things } from '../../../libs/domain/casework/informing.js';
import { interventionOutcomes } from '../../../libs/domain/casework/intervention.js';
import { instruments } from '../../../libs/domain/casework/needs.js';
import {
  agencyId,
  agreementVersion,
  areaName,
  day,
  formsOf,
  Given,
  listOf,
  May,
  oneOf,
  OWN_ID,
  someOf,
  text,
  userName,
  uuid,
  whole,
  yesOrNo,
} from './given.js';

@InputType('AppointLeadInput')
export class AppointLeadInput {
  @Given(agencyId) agency!: string;
  @Given(text(200)) professional!: string;
  @Given(userName, "Who their agency's tokens say they are.") user!: string;
}

@InputType('EndLeadInput')
export class EndLeadInput {
  @Given(text(500)) reason!: string;
}

@InputType('OfferLeadHandoverInput')
export class OfferLeadHandoverInput {
  @May(uuid, OWN_ID) id?: string;
  @Given(agencyId) toAgency!: string;
  @Given(text(200)) toProfessional!: string;
  @Given(userName) toUser!: string;
  @May(text(500)) reason?: string;
}

@InputType('AcceptHandoverInput')
export class AcceptHandoverInput {
  @Given(uuid) handoverId!: string;
}

@InputType('AssignAreaInput')
export class AssignAreaInput {
  @Given(areaName) area!: string;
  @May(text(500)) reason?: string;
}

@InputType('OfferBorderHandoverInput')
export class OfferBorderHandoverInput {
  @May(uuid, OWN_ID) id?: string;
  @Given(areaName) toArea!: string;
  @Given(agencyId) toAgency!: string;
  @May(listOf(agreementVersion, 1, 50), 'Agreements of the receiving area: reference/version.')
  agreements?: string[];
  @May(text(1000)) reason?: string;
}

@InputType('CompleteBorderHandoverInput')
export class CompleteBorderHandoverInput {
  @Given(uuid) handoverId!: string;
  @Given(day) completedOn!: string;
}

@InputType('PathwayScoreInput')
export class PathwayScoreInput {
  @Given(text(60)) pathway!: string;
  @Given(yesOrNo, 'No: the pathway was not scored, which is not a score of 0.') scored!: boolean;
  @May(whole(0, 10)) score?: number;
  @Given(yesOrNo) needIdentified!: boolean;
}

@InputType('StarScoreInput')
export class StarScoreInput {
  @Given(text(60)) area!: string;
  @Given(whole(0, 10)) score!: number;
}

@InputType('AssessNeedsInput')
export class AssessNeedsInput {
  @Given(oneOf(instruments)) instrument!: string;
  @Given(day) assessedOn!: string;
  @May(formsOf(PathwayScoreInput, 1, 7)) pathways?: PathwayScoreInput[];
  @May(formsOf(StarScoreInput, 1, 10)) stars?: StarScoreInput[];
}

@InputType('PlanInterventionInput')
export class PlanInterventionInput {
  @May(uuid, OWN_ID) id?: string;
  @Given(text(60)) pathway!: string;
  @May(agencyId) provider?: string;
  @Given(whole(1, 99), 'Its place in the planned order, over all pathways.') sequence!: number;
  @May(text(200)) title?: string;
  @May(day) plannedFor?: string;
}

@InputType('ReferInterventionInput')
export class ReferInterventionInput {
  @Given(uuid) interventionId!: string;
  @May(agencyId, 'Unless the plan names it.') provider?: string;
  @Given(day) referredOn!: string;
}

@InputType('StartInterventionInput')
export class StartInterventionInput {
  @Given(uuid) interventionId!: string;
  @Given(day) startedOn!: string;
}

@InputType('CompleteInterventionInput')
export class CompleteInterventionInput {
  @Given(uuid) interventionId!: string;
  @Given(day) completedOn!: string;
  @Given(oneOf(interventionOutcomes)) outcome!: string;
}

@InputType('InformSubjectInput')
export class InformSubjectInput {
  @May(text(100)) notice?: string;
  @Given(text(20)) noticeVersion!: string;
  @Given(someOf(things)) told!: string[];
  @Given(oneOf(tellingFormats)) format!: string;
  @Given(text(35)) language!: string;
  @Given(day) informedOn!: string;
}
