import { Inject } from '@nestjs/common';
import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { knowledge, type KnowledgeQuestion } from '../../../libs/adapters/audit/knowledge.js';
import {
  type AuditClock,
  differenceOf,
  type Knowledge,
  type KnowledgeDifference,
} from '../../../libs/domain/audit/knowledge.js';
import { standingOf } from '../../../libs/domain/audit/questions.js';
import { type QueryContext } from '../query/query-context.js';
import { AUDITING } from './audit.tokens.js';
import { type Auditing } from './auditing.js';

const AuditClockName: { readonly [Clock in AuditClock]: Clock } = {
  received: 'received',
  happened: 'happened',
  disclosed: 'disclosed',
};
registerEnumType(AuditClockName, {
  name: 'AuditClock',
  description:
    'What the hub had received by a moment, what had happened by then as far as is known now, or what answers had shown.',
});

@ObjectType('AuditKnownField')
class KnownFieldModel {
  @Field(() => String) path!: string;
  @Field(() => String, { description: 'clear, generalise, mask or absent.' }) as!: string;
  @Field(() => String) purpose!: string;
  @Field(() => String, { description: 'Who of the agency; empty for anybody.' }) audience!: string;
  @Field(() => String) clause!: string;
}

@ObjectType('AuditKnownSupersession')
class KnownSupersessionModel {
  @Field(() => String) kind!: string;
  @Field(() => ID) position!: string;
}

@ObjectType('AuditKnownFact')
class KnownFactModel {
  @Field(() => ID) position!: string;
  @Field(() => String) type!: string;
  @Field(() => String) publisher!: string;
  @Field(() => String, { nullable: true }) happened!: string | null;
  @Field(() => String) received!: string;
  @Field(() => KnownSupersessionModel, { nullable: true }) superseded!: KnownSupersessionModel | null;
  @Field(() => [KnownFieldModel]) fields!: KnownFieldModel[];
}

@ObjectType('AuditKnowledge', {
  description: 'What an agency could see of a person: names of fields, no values.',
})
class KnowledgeModel {
  @Field(() => String) agency!: string;
  @Field(() => ID) person!: string;
  @Field(() => String) at!: string;
  @Field(() => AuditClockName) clock!: AuditClock;
  @Field(() => [KnownFactModel]) facts!: KnownFactModel[];
}

@ObjectType('AuditKnowledgeSide')
class SideModel {
  @Field(() => String) agency!: string;
  @Field(() => String) at!: string;
  @Field(() => AuditClockName) clock!: AuditClock;
}

@ObjectType('AuditShape')
class ShapeModel {
  @Field(() => String) as!: string;
  @Field(() => String) clause!: string;
}

@ObjectType('AuditFieldDifference')
class FieldDifferenceModel {
  @Field(() => ID) position!: string;
  @Field(() => String) type!: string;
  @Field(() => String) publisher!: string;
  @Field(() => String) path!: string;
  @Field(() => String) purpose!: string;
  @Field(() => String) audience!: string;
  @Field(() => String, { description: 'gained, lost or changed, from the one to the other.' })
  change!: string;
  @Field(() => ShapeModel, { nullable: true }) before!: ShapeModel | null;
  @Field(() => ShapeModel, { nullable: true }) after!: ShapeModel | null;
}

@ObjectType('AuditSupersededDifference')
class SupersededDifferenceModel {
  @Field(() => ID) position!: string;
  @Field(() => String, { nullable: true }) before!: string | null;
  @Field(() => String, { nullable: true }) after!: string | null;
}

@ObjectType('AuditKnowledgeDifference')
class DifferenceModel {
  @Field(() => SideModel) one!: SideModel;
  @Field(() => SideModel) other!: SideModel;
  @Field(() => [FieldDifferenceModel]) fields!: FieldDifferenceModel[];
  @Field(() => [SupersededDifferenceModel], {
    description: 'Facts that are superseded in one of the two alone.',
  })
  superseded!: SupersededDifferenceModel[];
}

const MOMENT = 'A date, as at its end, or a moment (RFC 3339).';

@ArgsType()
class KnowledgeArgs {
  @Field(() => String) agency!: string;
  @Field(() => ID, { description: 'Hub id.' }) person!: string;
  @Field(() => String, { description: MOMENT }) at!: string;
  @Field(() => AuditClockName, { defaultValue: 'received' }) clock!: AuditClock;
}

@ArgsType()
class DifferenceArgs extends KnowledgeArgs {
  @Field(() => String, { nullable: true, description: 'The other moment.' }) andAt?: string | null;
  @Field(() => String, { nullable: true, description: 'The other agency.' }) andAgency?: string | null;
  @Field(() => AuditClockName, { nullable: true, description: 'The other clock.' })
  andClock?: AuditClock | null;
}

/** What agencies could see of somebody, and when. */
@Resolver(() => KnowledgeModel)
export class KnowledgeResolver {
  constructor(@Inject(AUDITING) private readonly auditing: Auditing) {}

  @Query(() => KnowledgeModel, {
    description: 'For auditors: what an agency could see of a person at a moment.',
  })
  async auditKnowledge(@Context() context: QueryContext, @Args() args: KnowledgeArgs): Promise<Knowledge> {
    const know = await this.begin(context, args);
    return know(questionOf(args));
  }

  @Query(() => DifferenceModel, {
    description: 'For auditors: what differs between two moments, two agencies or two clocks.',
  })
  async auditDifference(
    @Context() context: QueryContext,
    @Args() args: DifferenceArgs,
  ): Promise<KnowledgeDifference> {
    const know = await this.begin(context, args);
    const one = questionOf(args);
    const other = {
      ...one,
      agency: args.andAgency ?? one.agency,
      clock: args.andClock ?? one.clock,
      at: args.andAt == null ? one.at : standingOf('andAt', args.andAt),
    };
    return differenceOf(await know(one), await know(other));
  }

  private async begin(context: QueryContext, { agency, person }: KnowledgeArgs) {
    const reading = await this.auditing.begin(context, { agency });
    await this.auditing.person(context, { person });
    return async (question: KnowledgeQuestion): Promise<Knowledge> => {
      const known = await knowledge(this.auditing.log, question, reading);
      if (known.facts.length > 0) context.asking.witness.met(person);
      return known;
    };
  }
}

function questionOf({ agency, person, at, clock }: KnowledgeArgs): KnowledgeQuestion {
  return { agency, person, at: standingOf('at', at), clock };
}
