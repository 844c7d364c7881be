import { Inject } from '@nestjs/common';
import { Args, Context, Field, Float, ID, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { patternsIn } from '../../../libs/adapters/audit/patterns.js';
import { type PatternFinding } from '../../../libs/domain/audit/pattern-findings.js';
import { beginningOf, endOf } from '../../../libs/domain/audit/questions.js';
import { type QueryContext } from '../query/query-context.js';
import { AUDITING } from './audit.tokens.js';
import { type Auditing } from './auditing.js';

@ObjectType('AuditFigure')
class FigureModel {
  @Field(() => String) name!: string;
  @Field(() => Float) value!: number;
}

@ObjectType('AuditPattern', {
  description:
    'Something worth a look: which rule, whose doing, every figure of the rule, and where it stands.',
})
class PatternModel {
  @Field(() => String) rule!: string;
  @Field(() => String) agency!: string;
  @Field(() => String) user!: string;
  @Field(() => String, { nullable: true, description: 'Null when the rule looks at the whole period.' })
  day!: string | null;
  @Field(() => [FigureModel]) figures!: FigureModel[];
  @Field(() => [ID], { description: 'Log positions of the answers, the first fifty.' }) positions!: string[];
}

@Resolver(() => PatternModel)
export class PatternsResolver {
  constructor(@Inject(AUDITING) private readonly auditing: Auditing) {}

  @Query(() => [PatternModel], {
    description: 'For auditors: patterns of asking that are worth a look, in at most 92 days.',
  })
  async auditPatterns(
    @Context() context: QueryContext,
    @Args('from', { description: 'A date, or a moment (RFC 3339).' }) from: string,
    @Args('to', { description: 'A date, which is taken in, or a moment.' }) to: string,
    @Args('agency', { type: () => String, nullable: true }) agency?: string,
  ): Promise<readonly PatternFinding[]> {
    const reading = await this.auditing.begin(context, { agency });
    const question = { from: beginningOf('from', from), to: endOf('to', to), agency: agency ?? undefined };
    return patternsIn(this.auditing.log, question, reading);
  }
}
