import { Inject } from '@nestjs/common';
import { Args, Context, Field, ID, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { explain } from '../../../libs/adapters/audit/explain.js';
import { positionOf } from '../../../libs/adapters/audit/log-window.js';
import { type Explanation } from '../../../libs/domain/audit/explain.js';
import { type QueryContext } from '../query/query-context.js';
import { AUDITING } from './audit.tokens.js';
import { type Auditing } from './auditing.js';

@ObjectType('AuditExplainedDisclosure')
class DisclosureModel {
  @Field(() => ID) position!: string;
  @Field(() => String) at!: string;
  @Field(() => String) agency!: string;
  @Field(() => String) user!: string;
  @Field(() => String) purpose!: string;
  @Field(() => String, { nullable: true }) justification!: string | null;
  @Field(() => ID, { description: 'Position up to which the read models had followed the log.' })
  asOf!: string;
}

@ObjectType('AuditExplainedField')
class FieldModel {
  @Field(() => String) path!: string;
  @Field(() => String, { description: 'clear, generalise, mask or absent.' }) as!: string;
  @Field(() => String) clause!: string;
  @Field(() => String, { nullable: true, description: 'Its class of sensitivity.' }) class!: string | null;
}

@ObjectType('AuditSupersession')
export class AuditSupersessionModel {
  @Field(() => String, { description: 'corrected or retracted.' }) kind!: string;
  @Field(() => ID) position!: string;
  @Field(() => String) received!: string;
}

@ObjectType('AuditExplainedFact')
class FactModel {
  @Field(() => ID) position!: string;
  @Field(() => ID) id!: string;
  @Field(() => String) type!: string;
  @Field(() => String) title!: string;
  @Field(() => ID) offender!: string;
  @Field(() => String) publisher!: string;
  @Field(() => String, { nullable: true, description: 'As its publisher wrote it.' }) happened!:
    string | null;
  @Field(() => String) received!: string;
  @Field(() => String, { description: 'Keyed hash of the publication.' }) contentHash!: string;
  @Field(() => AuditSupersessionModel, { nullable: true }) superseded!: AuditSupersessionModel | null;
}

@ObjectType('AuditExplainedLink', { description: 'That an identifier is this person’s.' })
class LinkModel {
  @Field(() => ID) position!: string;
  @Field(() => String) scheme!: string;
  @Field(() => String) received!: string;
  @Field(() => Boolean, { description: 'Whether this very fact brought it.' }) byThisFact!: boolean;
}

@ObjectType('AuditExplainedSignature')
class SignatureModel {
  @Field(() => String) party!: string;
  @Field(() => String) user!: string;
  @Field(() => String) key!: string;
  @Field(() => String) at!: string;
  @Field(() => Boolean, { description: 'Whether it holds over the document as the log has it.' })
  holds!: boolean;
  @Field(() => String, { nullable: true, description: 'Since when the key signs no more.' }) revoked!:
    string | null;
}

@ObjectType('AuditExplainedAgreement')
class AgreementModel {
  @Field(() => String) reference!: string;
  @Field(() => Int) version!: number;
  @Field(() => String) title!: string;
  @Field(() => String) hash!: string;
  @Field(() => String) clause!: string;
  @Field(() => String, { description: 'The clause as it was signed, JSON text.' }) text!: string;
  @Field(() => String, { nullable: true }) gateway!: string | null;
  @Field(() => [String], { description: '`<regime>: <provision>`' }) lawfulBasis!: string[];
  @Field(() => [SignatureModel]) signatures!: SignatureModel[];
}

@ObjectType('AuditDecision', {
  description: 'What is decided when it is decided once more as of the answer.',
})
class DecisionModel {
  @Field(() => String, { description: 'clear, generalise, mask or withhold.' }) outcome!: string;
  @Field(() => String, { nullable: true }) clause!: string | null;
  @Field(() => String, { nullable: true, description: 'Why it is withheld.' }) reason!: string | null;
  @Field(() => Boolean, { description: 'Whether the record says the same.' }) agrees!: boolean;
}

@ObjectType('AuditExplanation', {
  description: 'One field of one answer, back to fact, link, agreement version, clause and signatures.',
})
class ExplanationModel {
  @Field(() => DisclosureModel) disclosure!: DisclosureModel;
  @Field(() => FieldModel) field!: FieldModel;
  @Field(() => FactModel) fact!: FactModel;
  @Field(() => [LinkModel]) links!: LinkModel[];
  @Field(() => AgreementModel, { nullable: true, description: "Null for an agency's own record." })
  agreement!: AgreementModel | null;
  @Field(() => DecisionModel) decision!: DecisionModel;
}

@Resolver(() => ExplanationModel)
export class ExplanationResolver {
  constructor(@Inject(AUDITING) private readonly auditing: Auditing) {}

  @Query(() => ExplanationModel, { description: 'For auditors: why one field was shown in one answer.' })
  async auditExplanation(
    @Context() context: QueryContext,
    @Args('disclosure', { type: () => ID, description: 'Its log position.' }) disclosure: string,
    @Args('fact', { type: () => ID, description: 'Its log position.' }) fact: string,
    @Args('field', { description: 'Path of the field.' }) field: string,
  ): Promise<Explanation> {
    const reading = await this.auditing.begin(context, { disclosure, fact, field });
    const question = {
      disclosure: positionOf('disclosure', disclosure),
      fact: positionOf('fact', fact),
      field,
    };
    const explanation = await explain(this.auditing.log, question, reading);
    context.asking.witness.met(explanation.fact.offender);
    return explanation;
  }
}
