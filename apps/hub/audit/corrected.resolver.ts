import { Inject } from '@nestjs/common';
import { Args, Context, Field, ID, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { correctedReceipts, correctedQuestion } from '../../../libs/adapters/audit/corrected.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type CorrectedReceipt } from '../../../libs/domain/audit/corrected.js';
import { type QueryContext } from '../query/query-context.js';
import { AUDITING } from './audit.tokens.js';
import { type Auditing } from './auditing.js';
import { AuditSupersessionModel } from './explanation.resolver.js';

@ObjectType('AuditCorrectedReceipt', {
  description: 'That somebody was shown a fact which was corrected or retracted, before or after.',
})
class CorrectedReceiptModel {
  @Field(() => ID, { description: 'Log position.' }) fact!: string;
  @Field(() => String) type!: string;
  @Field(() => AuditSupersessionModel) superseded!: AuditSupersessionModel;
  @Field(() => ID, { description: 'Log position.' }) disclosure!: string;
  @Field(() => String) at!: string;
  @Field(() => String) agency!: string;
  @Field(() => String, { nullable: true }) user!: string | null;
  @Field(() => String, { nullable: true }) purpose!: string | null;
  @Field(() => String, { nullable: true }) clause!: string | null;
  @Field(() => String, { nullable: true }) as!: string | null;
  @Field(() => [String]) fields!: string[];
  @Field(() => Boolean, { description: 'Shown although it had been superseded by then.' })
  afterwards!: boolean;
}

/** No answer holds more. */
const MOST_RECEIPTS = 5000;

@Resolver(() => CorrectedReceiptModel)
export class CorrectedResolver {
  constructor(@Inject(AUDITING) private readonly auditing: Auditing) {}

  @Query(() => [CorrectedReceiptModel], {
    description:
      'For auditors: who was shown a fact, or any of a person, that was later corrected or retracted.',
  })
  async auditCorrected(
    @Context() context: QueryContext,
    @Args('position', { type: () => ID, nullable: true, description: 'Of the fact.' }) position?: string,
    @Args('person', { type: () => ID, nullable: true, description: 'Hub id.' }) person?: string,
  ): Promise<readonly CorrectedReceipt[]> {
    const reading = await this.auditing.begin(context, { fact: position });
    const named = await this.auditing.person(context, { person });
    const question = correctedQuestion(position ?? undefined, named);
    const receipts: CorrectedReceipt[] = [];
    for await (const receipt of correctedReceipts(this.auditing.log, question, reading)) {
      if (receipts.length === MOST_RECEIPTS)
        throw new Invalid('answer-too-large', 'the answer would be too large: ask about one fact');
      receipts.push(receipt);
    }
    if (receipts.length > 0 && question.person !== undefined) context.asking.witness.met(question.person);
    return receipts;
  }
}
