import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

const MOMENT = 'ISO 8601 in UTC.';
const DAY = 'A calendar date in London.';
const FACTS = 'The facts that say so (log event ids).';

@ObjectType('CasePeriod', { description: 'Something that held from one moment until another.' })
export class PeriodModel {
  @Field(() => [String]) values!: readonly string[];
  @Field(() => String, { description: MOMENT }) from!: string;
  @Field(() => String, { nullable: true, description: 'Null: it still does.' }) to!: string | null;
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('CaseReferral')
export class ReferralModel {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: MOMENT }) raised!: string;
  @Field(() => String, { nullable: true, description: 'Agency that raised it.' }) agency!: string | null;
  @Field(() => [String], { description: 'Levels asked for.' }) levels!: readonly string[];
  @Field(() => String, { nullable: true, description: 'The day of the single referral meeting.' })
  meeting!: string | null;
  @Field(() => [String], { description: 'Agencies that attended.' }) attendees!: readonly string[];
  @Field(() => [String], { description: 'Agreements relied on.' }) agreements!: readonly string[];
  @Field(() => ID, { nullable: true, description: 'The fact that decided it.' }) decidedBy!: string | null;
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('CaseResponsibility', {
  description: 'Responsibility for management, passed to a co-located team.',
})
export class ResponsibilityModel {
  @Field(() => String, { description: MOMENT }) from!: string;
  @Field(() => String, { nullable: true }) toTeam!: string | null;
  @Field(() => String, { nullable: true, description: 'Agency that was responsible until then.' })
  fromAgency!: string | null;
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('CaseSelection')
export class SelectionModel {
  @Field(() => String) cohort!: string;
  @Field(() => String, { description: MOMENT }) from!: string;
  @Field(() => String, { nullable: true }) to!: string | null;
  @Field(() => String, { nullable: true, description: 'Version of the rule that it was judged by.' })
  ruleVersion!: string | null;
  @Field(() => [String], { description: 'Each criterion and whether it was met, as known then.' })
  criteria!: readonly string[];
  @Field(() => [ID], { description: 'What was known then.' }) inputs!: readonly string[];
  @Field(() => String, { nullable: true, description: 'The last day of the watch after it.' })
  watchUntil!: string | null;
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('CaseLead')
export class LeadModel {
  @Field(() => String, { nullable: true }) agency!: string | null;
  @Field(() => String, { nullable: true }) professional!: string | null;
  @Field(() => String, { description: MOMENT }) from!: string;
  @Field(() => String, { nullable: true }) to!: string | null;
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('CaseHandover', { description: 'A handover of the lead, or between areas; open until accepted.' })
export class HandoverModel {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'lead or area.' }) of!: string;
  @Field(() => String, { nullable: true }) from!: string | null;
  @Field(() => String, { nullable: true }) to!: string | null;
  @Field(() => String, { description: MOMENT }) offered!: string;
  @Field(() => String, { nullable: true }) accepted!: string | null;
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('CaseScore', { description: 'A pathway, or an area of the Justice Star; never converted.' })
export class ScoreModel {
  @Field(() => String) name!: string;
  @Field(() => Int, { nullable: true, description: 'Null: not scored, which is not a score of 0.' })
  score!: number | null;
  @Field(() => Boolean, { nullable: true }) needIdentified!: boolean | null;
}

@ObjectType('CaseAssessment')
export class AssessmentModel {
  @Field(() => String, { description: DAY }) at!: string;
  @Field(() => String, { nullable: true }) instrument!: string | null;
  @Field(() => [ScoreModel]) scores!: readonly ScoreModel[];
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('CaseIntervention')
export class InterventionModel {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true }) pathway!: string | null;
  @Field(() => Int, { nullable: true }) sequence!: number | null;
  @Field(() => String, { nullable: true }) provider!: string | null;
  @Field(() => String, { nullable: true }) planned!: string | null;
  @Field(() => String, { nullable: true, description: DAY }) referred!: string | null;
  @Field(() => String, { nullable: true, description: DAY }) started!: string | null;
  @Field(() => String, { nullable: true, description: DAY }) completed!: string | null;
  @Field(() => String, { nullable: true }) outcome!: string | null;
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('CaseInformed')
export class InformedModel {
  @Field(() => String, { description: DAY }) at!: string;
  @Field(() => String, { nullable: true }) noticeVersion!: string | null;
  @Field(() => [String], { description: 'What the person was told.' }) told!: readonly string[];
  @Field(() => String, { nullable: true }) format!: string | null;
  @Field(() => String, { nullable: true }) language!: string | null;
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('CaseExit')
export class ExitModel {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: MOMENT }) planned!: string;
  @Field(() => Int, { nullable: true }) watchMonths!: number | null;
  @Field(() => String, { nullable: true, description: 'The last day of the watch.' }) watchUntil!:
    string | null;
  @Field(() => String, { nullable: true }) outcome!: string | null;
  @Field(() => [ID], { description: FACTS }) facts!: readonly string[];
}

@ObjectType('Casework', {
  description: 'How the person is managed together, from referral to exit, as far as it is shared with you.',
})
export class CaseworkModel {
  @Field(() => [ReferralModel]) referrals!: readonly ReferralModel[];
  @Field(() => [PeriodModel]) levels!: readonly PeriodModel[];
  @Field(() => [PeriodModel], { description: 'statutory or voluntary.' }) management!: readonly PeriodModel[];
  @Field(() => [ResponsibilityModel]) responsibilities!: readonly ResponsibilityModel[];
  @Field(() => [PeriodModel]) areas!: readonly PeriodModel[];
  @Field(() => [SelectionModel]) selections!: readonly SelectionModel[];
  @Field(() => [LeadModel]) leads!: readonly LeadModel[];
  @Field(() => [HandoverModel]) handovers!: readonly HandoverModel[];
  @Field(() => [AssessmentModel]) assessments!: readonly AssessmentModel[];
  @Field(() => String, {
    nullable: true,
    description: 'The last day on which needs may be assessed again in time; null: never yet.',
  })
  reassessmentDue!: string | null;
  @Field(() => [InterventionModel]) interventions!: readonly InterventionModel[];
  @Field(() => [InformedModel]) informed!: readonly InformedModel[];
  @Field(() => [ExitModel]) exits!: readonly ExitModel[];
}
