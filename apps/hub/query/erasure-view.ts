import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { type DataProtectionEvent, type Erased } from '../../../libs/domain/erasure/data-protection.js';
import { type Subject } from '../../../libs/domain/erasure/decide.js';
import { mopiGroupOf, type RetentionDue } from '../../../libs/domain/erasure/retention.js';
import { type RecordedStep } from '../erasure/protection-record.js';

export const HoldGroundName = {
  legalProceedings: 'legal-proceedings',
  independentInquiry: 'independent-inquiry',
  complaintOrAppeal: 'complaint-or-appeal',
  missingOrWanted: 'missing-or-wanted',
} as const;
export const RestrictionGroundName = {
  accuracyContested: 'accuracy-contested',
  neededAsEvidence: 'needed-as-evidence',
  retentionEnded: 'retention-ended',
} as const;
export const ErasureGroundName = {
  retentionEnded: 'retention-ended',
  unlawful: 'unlawful',
  legalObligation: 'legal-obligation',
} as const;
export const ReviewOutcomeName = { keep: 'keep', erase: 'erase', restrict: 'restrict' } as const;
export const RectificationOutcomeName = {
  corrected: 'corrected',
  restricted: 'restricted',
  refused: 'refused',
} as const;
registerEnumType(HoldGroundName, { name: 'HoldGround' });
registerEnumType(RestrictionGroundName, { name: 'RestrictionGround' });
registerEnumType(ErasureGroundName, { name: 'ErasureGround' });
registerEnumType(ReviewOutcomeName, { name: 'RetentionReviewOutcome' });
registerEnumType(RectificationOutcomeName, { name: 'RectificationOutcome' });

@ObjectType('RetentionDue', {
  description: 'Facts of one class about a person that have been kept as long as a rule says.',
})
export class RetentionDueModel {
  @Field(() => ID, { description: 'Hub id of the person.' }) offender!: string;
  @Field(() => String) class!: string;
  @Field(() => [String]) publishers!: string[];
  @Field(() => String) rule!: string;
  @Field(() => String) title!: string;
  @Field(() => String) source!: string;
  @Field(() => String, { description: 'Whether its figures were read in the source: read or unverified.' })
  standing!: string;
  @Field(() => Int, { description: 'Version of the retention schedule.' }) schedule!: number;
  @Field(() => String, { description: 'When the clock started.' }) started!: string;
  @Field(() => String) due!: string;
  @Field(() => String, { description: 'review, erase, or restrict while other facts are to be kept.' })
  need!: string;
  @Field(() => Boolean, { description: 'A hold forbids to erase.' }) held!: boolean;
  @Field(() => Boolean) restricted!: boolean;
}

@ObjectType('DataProtectionStep')
class StepModel {
  @Field(() => ID, { description: 'Of the hold, restriction, review, request or erasure.' }) id!: string;
  @Field(() => String, { description: 'hold.placed, processing.restricted, and so on.' }) what!: string;
  @Field(() => String) agency!: string;
  @Field(() => String) user!: string;
  @Field(() => String) at!: string;
  @Field(() => String, { nullable: true }) ground!: string | null;
  @Field(() => String, { nullable: true }) requirement!: string | null;
  @Field(() => String, { nullable: true, description: 'Of a review or of a request for rectification.' })
  outcome!: string | null;
  @Field(() => String, { nullable: true, description: 'Day of the next review.' }) nextReview!: string | null;
  @Field(() => [ID], { nullable: true, description: 'Log positions of the facts; null: the whole person.' })
  facts!: string[] | null;
  @Field(() => String, { nullable: true, description: 'As it was written; gone with an erased person.' })
  reason!: string | null;
}

@ObjectType('DataProtection', { description: 'What is done about the data held of a person.' })
export class DataProtectionModel {
  @Field(() => ID) offender!: string;
  @Field(() => Boolean) erased!: boolean;
  @Field(() => Boolean, { description: 'A hold forbids to erase.' }) held!: boolean;
  @Field(() => Boolean, { description: 'Processing of some facts or of the whole person is restricted.' })
  restricted!: boolean;
  @Field(() => String, { description: 'Group of the Management of Police Information, 1 to 4.' })
  group!: string;
  @Field(() => [StepModel]) steps!: StepModel[];
}

@ObjectType('Erasure', { description: 'That a person was erased: never what.' })
export class ErasureModel {
  @Field(() => ID) id!: string;
  @Field(() => ID) offender!: string;
  @Field(() => String) at!: string;
  @Field(() => String) reason!: string;
  @Field(() => String) requirement!: string;
  @Field(() => Int) facts!: number;
  @Field(() => Int, { description: 'Publications in quarantine, or released from it, that went too.' })
  quarantined!: number;
}

export function dueModel({ rule, started, due, publishers, ...rest }: RetentionDue): RetentionDueModel {
  const { id, title, source, standing } = rule;
  const told = { rule: id, title, source, standing, started: isoOf(started), due: isoOf(due) };
  return { ...rest, ...told, publishers: [...publishers] };
}

export function protectionModel({
  holding,
  protection,
  steps,
}: Subject & { readonly steps: readonly RecordedStep[] }): DataProtectionModel {
  const { erased, holds, restrictions } = protection;
  return {
    offender: holding.offender,
    erased: erased !== null,
    held: holds.length > 0,
    restricted: restrictions.length > 0,
    group: mopiGroupOf(holding, protection),
    steps: steps.map(stepModel),
  };
}

export function erasureModel({ id, offender, at, reason, requirement, counts }: Erased): ErasureModel {
  return { id, offender, at: isoOf(at), reason, requirement, ...counts };
}

function stepModel({ event, reason }: RecordedStep): StepModel {
  const { id, type, by, at } = event;
  const facts = 'facts' in event ? event.facts.map(String) : null;
  return {
    id,
    what: type,
    ...by,
    at: isoOf(at),
    ...decisionIn(event),
    facts,
    reason: reason ?? spoken(event),
  };
}

function decisionIn(event: DataProtectionEvent) {
  return {
    ground: 'ground' in event ? event.ground : null,
    requirement: 'requirement' in event ? event.requirement : null,
    outcome: 'outcome' in event ? event.outcome : null,
    nextReview: 'nextReview' in event ? event.nextReview : null,
  };
}

function spoken(event: DataProtectionEvent): string | null {
  return event.type === 'erasure.made' ? event.reason : null;
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
