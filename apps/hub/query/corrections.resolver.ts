import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { agencies } from '../../../libs/contract/agency.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type CorrectionAction, type OnwardRecipient } from '../../../libs/domain/correction/correction.js';
import { type CorrectionView, viewOf } from '../corrections/correction-view.js';
import { type Listed } from '../corrections/correction-table.js';
import { CORRECTIONS } from '../corrections/corrections.tokens.js';
import { type CorrectionRoom } from '../corrections/room.js';
import { type Asking } from './asking.js';
import { type QueryContext } from './query-context.js';
import { validated } from './validated.js';

const ActionName = {
  corrected: 'corrected',
  erased: 'erased',
  restricted: 'restricted',
  noneHeld: 'none-held',
  told: 'told',
} as const;
registerEnumType(ActionName, {
  name: 'CorrectionAction',
  description: 'What a recipient did; `told` of a recipient outside the hub, by whoever passed it on.',
});

@ObjectType('WronglyShownFact')
class WronglyShownModel {
  @Field(() => ID, { description: 'Log position of the fact.' }) position!: string;
  @Field(() => String) type!: string;
  @Field(() => [String]) fields!: string[];
  @Field(() => [String]) clauses!: string[];
  @Field(() => [ID], { description: 'Log positions of the disclosures.' }) disclosures!: string[];
}

@ObjectType('PassedOn')
class PassedOnModel {
  @Field(() => String, { description: 'The agency that passed it on.' }) by!: string;
  @Field(() => ID, { description: 'The correction that agency had to answer itself.' }) correction!: string;
  @Field(() => String) when!: string;
}

@ObjectType('CorrectionNotice')
class NoticeModel {
  @Field(() => String) at!: string;
  @Field(() => String) agency!: string;
  @Field(() => String, { nullable: true, description: 'For the agency itself and auditors.' })
  user!: string | null;
}

@ObjectType('OnwardRecipient')
class OnwardModel {
  @Field(() => String) recipient!: string;
  @Field(() => Boolean) isOutside!: boolean;
  @Field(() => String) when!: string;
}

@ObjectType('CorrectionAcknowledgement')
class AcknowledgementModel extends NoticeModel {
  @Field(() => ActionName) action!: CorrectionAction;
  @Field(() => String) reason!: string;
  @Field(() => [OnwardModel]) onward!: OnwardModel[];
}

@ObjectType('Correction', {
  description:
    'Somebody was shown what no longer stands, and must hear of it and do the same (DPA 2018 s.38(5)(c), s.48(9)).',
})
class CorrectionModel {
  @Field(() => ID) id!: string;
  @Field(() => ID, { description: 'Place in the list: ask for what comes after it.' }) position!: string;
  @Field(() => String, { description: 'corrected, retracted, erased, restricted or unlawful.' })
  kind!: string;
  @Field(() => ID, { description: 'The person, by hub id.' }) offender!: string;
  @Field(() => String) recipient!: string;
  @Field(() => Boolean, { description: 'The recipient is no agency of the hub.' }) isOutside!: boolean;
  @Field(() => String, { description: 'The agency that must answer.' }) answerable!: string;
  @Field(() => [String]) publishers!: string[];
  @Field(() => ID, { nullable: true }) emergency!: string | null;
  @Field(() => ID, { nullable: true, description: 'What put it in the wrong: for publishers and auditors.' })
  supersededBy!: string | null;
  @Field(() => [WronglyShownModel]) shown!: WronglyShownModel[];
  @Field(() => PassedOnModel, { nullable: true }) passedOn!: PassedOnModel | null;
  @Field(() => String) opened!: string;
  @Field(() => String) due!: string;
  @Field(() => Boolean) isOverdue!: boolean;
  @Field(() => String, { nullable: true }) overdueSince!: string | null;
  @Field(() => NoticeModel, { nullable: true, description: 'When the recipient was first told.' })
  notified!: NoticeModel | null;
  @Field(() => AcknowledgementModel, { nullable: true }) acknowledged!: AcknowledgementModel | null;
}

@InputType('OnwardRecipientInput', {
  description: 'Either an agency of the hub, or an organisation outside.',
})
class OnwardInput {
  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsIn(agencies.map(({ id }) => id))
  agency?: string;

  @Field(() => String, { nullable: true, description: 'Name of an organisation, never of a person.' })
  @IsOptional()
  @IsString()
  organisation?: string;

  @Field(() => String, { description: 'Day on which it was passed on, YYYY-MM-DD.' })
  @IsString()
  when!: string;
}

/** Corrections: who must hear that what they were shown was wrong, and what they answered. */
@Resolver(() => CorrectionModel)
export class CorrectionsResolver {
  constructor(@Inject(CORRECTIONS) private readonly room: CorrectionRoom) {}

  @Query(() => [CorrectionModel], {
    description:
      'What no longer stands: for practitioners of what they were shown themselves, for coordinators and signatories of what their agency was shown, published or passed on, for an auditor of everything.',
  })
  async corrections(
    @Context() { asking }: QueryContext,
    @Args('overdue', { type: () => Boolean, nullable: true }) overdue?: boolean,
    @Args('acknowledged', { type: () => Boolean, nullable: true }) acknowledged?: boolean,
    @Args('first', { type: () => Int, defaultValue: 50 }) first = 50,
    @Args('after', { type: () => ID, nullable: true }) after?: string,
  ): Promise<CorrectionView[]> {
    const found = await this.room.list(asking.caller, {
      overdue: overdue ?? undefined,
      acknowledged: acknowledged ?? undefined,
      after: placeOf(after ?? '0'),
      limit: first,
    });
    return found.map((each) => witnessed(each, asking));
  }

  @Mutation(() => CorrectionModel, {
    description:
      'Answers a correction: what your agency did, and to whom it had passed on what was wrong; each of those gets a correction of its own.',
  })
  async acknowledgeCorrection(
    @Context() { asking }: QueryContext,
    @Args('id', { type: () => ID }) id: string,
    @Args('action', { type: () => ActionName }) action: CorrectionAction,
    @Args('reason') reason: string,
    @Args('onward', { type: () => [OnwardInput], defaultValue: [] }) onward: OnwardInput[],
  ): Promise<CorrectionView> {
    const answer = { action, reason, onward: onward.map(onwardOf) };
    return viewOf(await this.room.acknowledge(asking.caller, id, answer), asking.caller);
  }
}

/** The person is in the answer when their id is. */
function witnessed(listed: Listed, { caller, witness }: Asking): CorrectionView {
  const view = viewOf(listed, caller);
  return {
    ...view,
    get offender() {
      witness.met(view.offender);
      return view.offender;
    },
  };
}

function onwardOf(input: OnwardInput): OnwardRecipient {
  const { agency, organisation, when } = validated(OnwardInput, input);
  if ((agency == null) === (organisation == null))
    throw new Invalid('correction-onward', 'onward must name either an agency or an organisation');
  return { recipient: agency ?? organisation ?? '', isOutside: agency == null, when };
}

function placeOf(after: string): number {
  if (/^\d{1,15}$/.test(after)) return Number(after);
  throw new Invalid('cursor', 'after is not a position of this list');
}
