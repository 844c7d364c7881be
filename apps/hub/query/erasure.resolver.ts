import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Invalid } from '../../../libs/contract/failure.js';
import { parseMoment } from '../../../libs/contract/moment.js';
import {
  type ErasureGround,
  type HoldGround,
  type RectificationOutcome,
  type RestrictionGround,
  type ReviewOutcome,
} from '../../../libs/domain/erasure/data-protection.js';
import { mopiGroups } from '../../../libs/domain/erasure/retention-rules.js';
import { isOffenderId } from '../../../libs/domain/identity/offender-id.js';
import { type DataProtection } from '../erasure/data-protection.js';
import { DATA_PROTECTION } from '../erasure/erasure.tokens.js';
import {
  DataProtectionModel,
  dueModel,
  ErasureGroundName,
  erasureModel,
  ErasureModel,
  HoldGroundName,
  protectionModel,
  RectificationOutcomeName,
  RestrictionGroundName,
  RetentionDueModel,
  ReviewOutcomeName,
} from './erasure-view.js';
import { type QueryContext } from './query-context.js';

const offenderArgument = { type: () => ID, description: 'Hub id of the person.' };
const idArgument = { type: () => ID };

/** What is done about the data held of people: thin, because rights are decided in the room and in the domain. */
@Resolver(() => DataProtectionModel)
export class ErasureResolver {
  constructor(@Inject(DATA_PROTECTION) private readonly room: DataProtection) {}

  @Query(() => [RetentionDueModel], {
    description:
      'Whose facts have been kept as long as the rules say, longest due first: for operators, coordinators and signatories of the hub team.',
  })
  async retentionDue(
    @Context() { asking }: QueryContext,
    @Args('at', { type: () => String, nullable: true, description: 'A date, or a moment (RFC 3339).' })
    at?: string,
  ): Promise<RetentionDueModel[]> {
    const due = await this.room.retentionDue(asking.caller, at == null ? asking.now : momentOf(at));
    due.forEach(({ offender }) => asking.witness.met(offender));
    return due.map(dueModel);
  }

  @Query(() => DataProtectionModel, {
    description:
      'Holds, restrictions, reviews, requests and erasure of a person: all for the hub team and auditors, their own steps and those about their facts for other agencies.',
  })
  async dataProtection(
    @Context() { asking }: QueryContext,
    @Args('offender', offenderArgument) offender: string,
  ): Promise<DataProtectionModel> {
    const found = await this.room.of(asking.caller, hubId(offender));
    asking.witness.met(offender);
    return protectionModel(found);
  }

  @Mutation(() => ID, { description: "Forbids a person's erasure until the hold is lifted; gives its id." })
  placeHold(
    @Context() { asking: { caller } }: QueryContext,
    @Args('offender', offenderArgument) offender: string,
    @Args('ground', { type: () => HoldGroundName }) ground: HoldGround,
    @Args('reason') reason: string,
  ): Promise<string> {
    return this.room.placeHold(caller, hubId(offender), ground, reason);
  }

  @Mutation(() => ID)
  async liftHold(
    @Context() { asking: { caller } }: QueryContext,
    @Args('offender', offenderArgument) offender: string,
    @Args('id', idArgument) id: string,
    @Args('reason') reason: string,
  ): Promise<string> {
    await this.room.liftHold(caller, hubId(offender), id, reason);
    return id;
  }

  @Mutation(() => ID, {
    description:
      'Shows facts to nobody but their publisher until the restriction is lifted (DPA 2018 s.47): your own facts, or for the hub team any or the whole person; gives its id.',
  })
  restrictProcessing(
    @Context() { asking: { caller } }: QueryContext,
    @Args('offender', offenderArgument) offender: string,
    @Args('ground', { type: () => RestrictionGroundName }) ground: RestrictionGround,
    @Args('reason') reason: string,
    @Args('facts', { type: () => [ID], nullable: true, description: 'Log positions; absent: all.' })
    facts?: string[],
  ): Promise<string> {
    return this.room.restrict(caller, hubId(offender), facts?.map(positionOf), ground, reason);
  }

  @Mutation(() => ID, { description: 'Ends a restriction; the person must have been told before (R20).' })
  async liftProcessingRestriction(
    @Context() { asking: { caller } }: QueryContext,
    @Args('offender', offenderArgument) offender: string,
    @Args('id', idArgument) id: string,
    @Args('subjectInformed', { description: 'Day on which the person was told.' }) subjectInformed: string,
    @Args('reason') reason: string,
  ): Promise<string> {
    await this.room.liftRestriction(caller, hubId(offender), id, subjectInformed, reason);
    return id;
  }

  @Mutation(() => DataProtectionModel, {
    description: 'Records a review of whether to keep what is held of a person (MoPI).',
  })
  async reviewRetention(
    @Context() { asking: { caller } }: QueryContext,
    @Args('offender', offenderArgument) offender: string,
    @Args('outcome', { type: () => ReviewOutcomeName }) outcome: ReviewOutcome,
    @Args('reason') reason: string,
    @Args('nextReview', { type: () => String, nullable: true, description: 'A day; not when it is erase.' })
    nextReview?: string,
    @Args('group', { type: () => String, nullable: true, description: 'The MoPI group found, 1 to 4.' })
    group?: string,
  ): Promise<DataProtectionModel> {
    const request = { outcome, nextReview: nextReview ?? null, group: groupOf(group ?? undefined) };
    await this.room.review(caller, hubId(offender), request, reason);
    return protectionModel(await this.room.of(caller, offender));
  }

  @Mutation(() => ID, { description: 'Records that a person asks for facts to be put right; gives its id.' })
  requestRectification(
    @Context() { asking: { caller } }: QueryContext,
    @Args('offender', offenderArgument) offender: string,
    @Args('facts', { type: () => [ID], description: 'Log positions.' }) facts: string[],
    @Args('reason', { description: 'What is said to be wrong.' }) reason: string,
  ): Promise<string> {
    return this.room.requestRectification(caller, hubId(offender), facts.map(positionOf), reason);
  }

  @Mutation(() => ID, { description: 'Decides a request about facts of your agency.' })
  async decideRectification(
    @Context() { asking: { caller } }: QueryContext,
    @Args('offender', offenderArgument) offender: string,
    @Args('id', idArgument) id: string,
    @Args('outcome', { type: () => RectificationOutcomeName }) outcome: RectificationOutcome,
    @Args('reason') reason: string,
  ): Promise<string> {
    await this.room.decideRectification(caller, hubId(offender), id, outcome, reason);
    return id;
  }

  @Mutation(() => ErasureModel, {
    description:
      'Erases a person for good, everywhere: for signatories of the hub team. Refused while a hold stands, and before a review where a rule asks for one. Asking again is harmless.',
  })
  async eraseOffender(
    @Context() { asking: { caller } }: QueryContext,
    @Args('offender', offenderArgument) offender: string,
    @Args('ground', { type: () => ErasureGroundName }) ground: ErasureGround,
  ): Promise<ErasureModel> {
    return erasureModel(await this.room.erase(caller, hubId(offender), ground));
  }
}

/** Anything else is nobody's, and is looked for under a name that nobody has. */
function hubId(offender: string): string {
  return isOffenderId(offender) ? offender : 'no hub id';
}

function positionOf(text: string): number {
  const position = Number(text);
  if (!Number.isSafeInteger(position) || position < 1)
    throw new Invalid('facts', 'facts must be log positions of facts about the person');
  return position;
}

function groupOf(text: string | undefined) {
  if (text === undefined) return null;
  const group = mopiGroups.find((each) => each === text);
  if (group === undefined) throw new Invalid('group', 'group must be 1, 2, 3 or 4');
  return group;
}

/** The end of a day, or the moment itself. */
function momentOf(text: string): number {
  const moment = parseMoment(text);
  if (moment?.precision === 'day') return moment.to - 1;
  if (moment?.precision === 'instant') return moment.from;
  throw new Invalid('at', 'at must be a date (2026-04-01) or a moment (RFC 3339)');
}
