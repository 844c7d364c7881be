import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  Field,
  Float,
  ID,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { type Role } from '../../../libs/adapters/caller/caller.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { isAuditor } from '../../../libs/domain/audit/auditor.js';
import { type Emergency, isOpen, isOverdue, type Verdict } from '../../../libs/domain/emergency/emergency.js';
import { isOffenderId } from '../../../libs/domain/identity/offender-id.js';
import { type EmergencyRoom } from '../emergencies/emergencies.js';
import { EMERGENCIES } from '../emergencies/emergencies.tokens.js';
import { type Asking } from './asking.js';
import { IdentifierInput } from './model.js';
import { type QueryContext } from './query-context.js';
import { validated } from './validated.js';

const VerdictName = { lawful: 'lawful', unlawful: 'unlawful' } as const;
registerEnumType(VerdictName, { name: 'Verdict' });

@ObjectType('EmergencyReview')
class ReviewModel {
  @Field(() => VerdictName) verdict!: Verdict;
  @Field(() => String) user!: string;
  @Field(() => String) agency!: string;
  @Field(() => String, { nullable: true, description: 'Null once the person was erased.' }) reason!:
    string | null;
  @Field(() => String) at!: string;
}

@ObjectType('Emergency', {
  description:
    'An emergency disclosure: opened for some hours under clauses that allow it, and reviewed afterwards.',
})
class EmergencyModel {
  @Field(() => ID) id!: string;
  @Field(() => String) team!: string;
  @Field(() => String) user!: string;
  @Field(() => String) purpose!: string;
  @Field(() => String, { nullable: true, description: 'Null once the person was erased.' }) reason!:
    string | null;
  @Field(() => [String], { description: 'The clauses that say what it opens.' }) clauses!: string[];
  @Field(() => String) opened!: string;
  @Field(() => String) until!: string;
  @Field(() => String) reviewDue!: string;
  @Field(() => Boolean) isOpen!: boolean;
  @Field(() => Boolean, { description: 'Its review is overdue: the team can open no further one.' })
  isOverdue!: boolean;
  @Field(() => ReviewModel, { nullable: true }) review!: ReviewModel | null;
}

/** Emergency disclosures: opened by whoever needs one, reviewed by somebody else. */
@Resolver(() => EmergencyModel)
export class EmergenciesResolver {
  constructor(@Inject(EMERGENCIES) private readonly room: EmergencyRoom) {}

  @Query(() => [EmergencyModel], {
    description:
      'Emergency disclosures: your own; all of your agency for its coordinators, signatories and auditors; all for the auditing agency.',
  })
  emergencies(@Context() { asking }: QueryContext): EmergencyModel[] {
    return this.room
      .all()
      .filter((each) => mayKnow(asking, each))
      .map((each) => modelOf(each, asking.now));
  }

  @Mutation(() => EmergencyModel, {
    description:
      'Opens an emergency disclosure about one person, named by hub id or identifier, for the purpose of this request; answers alike whether the hub knows the person or not.',
  })
  async openEmergency(
    @Context() { asking }: QueryContext,
    @Args('reason') reason: string,
    @Args('id', { type: () => ID, nullable: true }) id?: string,
    @Args('identifier', { type: () => IdentifierInput, nullable: true }) identifier?: IdentifierInput,
    @Args('hours', { type: () => Float, nullable: true }) hours?: number,
  ): Promise<EmergencyModel> {
    const offender = await this.named(id ?? undefined, identifier ?? undefined);
    const { caller, purpose } = asking;
    const request = { offender, purpose, reason, hours: hours ?? undefined };
    return modelOf(await this.room.open(caller, request), asking.now);
  }

  @Mutation(() => EmergencyModel, { description: 'Ends an emergency disclosure before its hours are over.' })
  async closeEmergency(
    @Context() { asking }: QueryContext,
    @Args('id', { type: () => ID }) id: string,
    @Args('reason') reason: string,
  ): Promise<EmergencyModel> {
    return modelOf(await this.room.close(asking.caller, id, reason), asking.now);
  }

  @Mutation(() => EmergencyModel, {
    description: 'Gives the verdict on an emergency disclosure; an unlawful one opens its correction.',
  })
  async reviewEmergency(
    @Context() { asking }: QueryContext,
    @Args('id', { type: () => ID }) id: string,
    @Args('verdict', { type: () => VerdictName }) verdict: Verdict,
    @Args('reason') reason: string,
  ): Promise<EmergencyModel> {
    return modelOf(await this.room.review(asking.caller, id, verdict, reason), asking.now);
  }

  private named(id: string | undefined, identifier: IdentifierInput | undefined): Promise<string | null> {
    if ((id === undefined) === (identifier === undefined))
      throw new Invalid('offender-by', 'name either id or identifier');
    if (id !== undefined) return Promise.resolve(isOffenderId(id) ? id : null);
    if (identifier === undefined) return Promise.resolve(null);
    const { scheme, value } = validated(IdentifierInput, identifier);
    return this.room.find(scheme, value);
  }
}

/** Those who lead an agency or audit it know of its own. */
const leading: ReadonlySet<Role> = new Set<Role>(['coordinator', 'signatory', 'auditor']);

function mayKnow({ caller }: Asking, { by }: Emergency): boolean {
  const { agency, user, roles } = caller;
  if (isAuditor(caller)) return true;
  const isLeading = roles.some((role) => leading.has(role));
  return by.agency === agency && (by.user === user || isLeading);
}

function modelOf(emergency: Emergency, now: number): EmergencyModel {
  const { id, by, purpose, reason, clauses, at, until, reviewDue, review } = emergency;
  return {
    id,
    team: by.team,
    user: by.user,
    purpose,
    reason,
    clauses: [...clauses],
    opened: told(at),
    until: told(until),
    reviewDue: told(reviewDue),
    isOpen: isOpen(emergency, now),
    isOverdue: isOverdue(emergency, now),
    review: review && { ...review, user: review.by.user, agency: review.by.agency, at: told(review.at) },
  };
}

function told(at: number): string {
  return new Date(at).toISOString();
}
