import { Inject } from '@nestjs/common';
import { Args, Context, Field, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { EVENT_LOG, KEY_VAULT } from '../storage.module.js';
import { ledgerPage } from './ledger.js';
import { PageInfoModel } from './model.js';
import { type Pictures } from './pictures.js';
import { PICTURES } from './query.tokens.js';
import { openPicture, type QueryContext } from './query-context.js';

@ObjectType('DisclosedFact')
class DisclosedFactModel {
  @Field(() => ID, { description: 'Log position of the fact.' }) position!: string;
  @Field(() => ID) offender!: string;
  @Field(() => [String], { description: 'Paths of the fields that were in the answer.' }) fields!: string[];
}

@ObjectType('Disclosure', {
  description: 'What one answer showed: to whom, when, why, under which clauses (DPA 2018 s.62).',
})
class DisclosureModel {
  @Field(() => ID) position!: string;
  @Field(() => String) at!: string;
  @Field(() => String) user!: string;
  @Field(() => String) purpose!: string;
  @Field(() => String, { nullable: true }) justification!: string | null;
  @Field(() => [String], { description: 'Root fields of the question.' }) asked!: string[];
  @Field(() => [ID]) offenders!: string[];
  @Field(() => [DisclosedFactModel]) facts!: DisclosedFactModel[];
  @Field(() => [String]) clauses!: string[];
}

@ObjectType('DisclosureEdge')
class DisclosureEdgeModel {
  @Field(() => String) cursor!: string;
  @Field(() => DisclosureModel) node!: DisclosureModel;
}

@ObjectType('DisclosureConnection')
class DisclosureConnectionModel {
  @Field(() => [DisclosureEdgeModel]) edges!: DisclosureEdgeModel[];
  @Field(() => PageInfoModel) pageInfo!: PageInfoModel;
}

/** The caller's agency's own ledger. */
@Resolver(() => DisclosureModel)
export class LedgerResolver {
  constructor(
    @Inject(PICTURES) private readonly pictures: Pictures,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(KEY_VAULT) private readonly vault: KeyVault,
  ) {}

  @Query(() => DisclosureConnectionModel, {
    description: 'What people of your agency were shown, newest first.',
  })
  async disclosures(
    @Context() context: QueryContext,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string,
  ) {
    return ledgerPage({ log: this.log, vault: this.vault }, await openPicture(this.pictures, context), {
      first,
      after: after ?? undefined,
    });
  }
}
