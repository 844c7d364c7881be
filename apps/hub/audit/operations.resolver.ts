import { Inject } from '@nestjs/common';
import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  Int,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { positionOf } from '../../../libs/adapters/audit/log-window.js';
import { operationsPage } from '../../../libs/adapters/audit/operations.js';
import { BEFORE_FIRST } from '../../../libs/adapters/event-log/event-log.js';
import { type OperationKind } from '../../../libs/domain/audit/operations.js';
import {
  ALL_KINDS,
  beginningOf,
  endOf,
  type OperationsQuestion,
  SHOWING_KINDS,
} from '../../../libs/domain/audit/questions.js';
import { pageOf, pageSize } from '../query/cursor.js';
import { IdentifierInput, PageInfoModel } from '../query/model.js';
import { type QueryContext } from '../query/query-context.js';
import { validated } from '../query/validated.js';
import { AUDITING } from './audit.tokens.js';
import { type Auditing } from './auditing.js';

const AuditOperationKind: { readonly [Kind in OperationKind]: Kind } = {
  collection: 'collection',
  alteration: 'alteration',
  consultation: 'consultation',
  disclosure: 'disclosure',
  combination: 'combination',
  erasure: 'erasure',
};
registerEnumType(AuditOperationKind, {
  name: 'AuditOperationKind',
  description: 'The operations that DPA 2018 s.62 has logged.',
});

@ObjectType('AuditOperatedFact', {
  description: 'What an operation did with a fact: names of fields, no values.',
})
class OperatedFactModel {
  @Field(() => ID, { nullable: true, description: 'Log position; null where a lookup was confirmed.' })
  position!: string | null;
  @Field(() => ID) offender!: string;
  @Field(() => String, { nullable: true }) clause!: string | null;
  @Field(() => String, { nullable: true, description: '`<reference>/<version>`' }) agreement!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'clear, generalise, mask, absent, exists or confirmed.',
  })
  as!: string | null;
  @Field(() => [String]) fields!: string[];
}

@ObjectType('AuditOperation', { description: 'One operation of DPA 2018 s.62 as the log records it.' })
class OperationModel {
  @Field(() => ID) position!: string;
  @Field(() => AuditOperationKind) kind!: OperationKind;
  @Field(() => String) at!: string;
  @Field(() => String) type!: string;
  @Field(() => String) agency!: string;
  @Field(() => String, { nullable: true }) user!: string | null;
  @Field(() => String, { nullable: true }) purpose!: string | null;
  @Field(() => String, { nullable: true }) justification!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The version of the law on logging that governed then.',
  })
  law!: string | null;
  @Field(() => String, { nullable: true }) recipient!: string | null;
  @Field(() => [String]) asked!: string[];
  @Field(() => [ID]) offenders!: string[];
  @Field(() => [OperatedFactModel]) facts!: OperatedFactModel[];
}

@ObjectType('AuditOperationEdge')
class OperationEdgeModel {
  @Field(() => String) cursor!: string;
  @Field(() => OperationModel) node!: OperationModel;
}

@ObjectType('AuditOperationConnection')
class OperationConnectionModel {
  @Field(() => [OperationEdgeModel]) edges!: OperationEdgeModel[];
  @Field(() => PageInfoModel) pageInfo!: PageInfoModel;
}

const DATE = 'A date, or a moment (RFC 3339).';

@ArgsType()
class OperationsArgs {
  @Field(() => ID, { nullable: true, description: 'Hub id.' }) person?: string | null;
  @Field(() => IdentifierInput, { nullable: true, description: 'In the place of the hub id.' })
  identifier?: IdentifierInput | null;
  @Field(() => String, { nullable: true }) agency?: string | null;
  @Field(() => String, { nullable: true }) user?: string | null;
  @Field(() => String, { nullable: true, description: '`<reference>/<version>#<clause>`' }) clause?:
    string | null;
  @Field(() => String, { nullable: true, description: DATE }) from?: string | null;
  @Field(() => String, { nullable: true, description: `${DATE} A day is taken in.` }) to?: string | null;
  @Field(() => Int, { defaultValue: 50 }) first!: number;
  @Field(() => String, { nullable: true }) after?: string | null;
}

const BOUNDED =
  'Oldest first. Names a person, a user or a clause, or an agency with a period of at most 92 days; anything wider is refused.';

/** What was done with people's data, from the log. */
@Resolver(() => OperationModel)
export class OperationsResolver {
  constructor(@Inject(AUDITING) private readonly auditing: Auditing) {}

  @Query(() => OperationConnectionModel, {
    description: `For auditors: who was shown what, or asked in vain. ${BOUNDED}`,
  })
  auditDisclosures(@Context() context: QueryContext, @Args() args: OperationsArgs) {
    return this.page(context, args, SHOWING_KINDS);
  }

  @Query(() => OperationConnectionModel, {
    description: `For auditors: all six operations of DPA 2018 s.62. ${BOUNDED}`,
  })
  auditOperations(
    @Context() context: QueryContext,
    @Args() args: OperationsArgs,
    @Args('kinds', {
      type: () => [AuditOperationKind],
      nullable: true,
      description:
        'Consultation and disclosure alone are of answers; packs for access requests stand among all.',
    })
    kinds?: OperationKind[],
  ) {
    return this.page(context, args, kinds ?? ALL_KINDS);
  }

  private async page(context: QueryContext, args: OperationsArgs, kinds: readonly OperationKind[]) {
    const { agency, user, clause } = args;
    const reading = await this.auditing.begin(context, { agency, user, clause });
    const first = pageSize(args.first);
    const after = args.after == null ? BEFORE_FIRST : positionOf('after', args.after);
    const question = await this.question(context, args, kinds);
    const { operations, more } = await operationsPage(this.auditing.log, question, { after, first }, reading);
    for (const { offenders } of operations) offenders.forEach(context.asking.witness.met);
    const edges = operations.map((node) => ({ cursor: node.position, node }));
    return pageOf(edges, args.after != null, more);
  }

  private async question(
    context: QueryContext,
    { person, identifier, agency, user, clause, from, to }: OperationsArgs,
    kinds: readonly OperationKind[],
  ): Promise<OperationsQuestion> {
    const named = identifier == null ? { person } : { identifier: validated(IdentifierInput, identifier) };
    return {
      person: await this.auditing.person(context, named),
      agency: agency ?? undefined,
      user: user ?? undefined,
      clause: clause ?? undefined,
      from: from == null ? undefined : beginningOf('from', from),
      to: to == null ? undefined : endOf('to', to),
      kinds,
    };
  }
}
