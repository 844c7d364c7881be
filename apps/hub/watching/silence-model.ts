import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { silenceRules } from '../../../libs/domain/silence/silence-rules.js';
import { FactModel, OffenderModel, PageInfoModel } from '../query/model.js';
import { CaseloadScope } from './model.js';
import { type Scope } from './sighting.js';

const RULE = `The rule that noticed it: ${silenceRules.map(({ id }) => id).join(', ')}.`;

@ObjectType('Silence', {
  description:
    'Something about a person that should have been heard of and was not, as far as your picture tells that it should, and only where you would be shown it.',
})
export class SilenceModel {
  @Field(() => String, { description: RULE }) rule!: string;
  @Field(() => Int, { description: 'Version of the rule.' }) version!: number;
  @Field(() => String) title!: string;
  @Field(() => OffenderModel) offender!: OffenderModel;
  @Field(() => String, { description: 'By when it should have been heard of.' }) due!: string;
  @Field(() => String, { description: 'Since when it is silent: the days of grace were over then.' })
  since!: string;
  @Field(() => [String], { description: 'Event types, any of which would be the answer.' }) awaits!: string[];
  @Field(() => [FactModel], { description: 'The facts that let it be expected.' }) facts!: FactModel[];
}

@ObjectType('SilenceEdge')
export class SilenceEdgeModel {
  @Field(() => String) cursor!: string;
  @Field(() => SilenceModel) node!: SilenceModel;
}

@ObjectType('SilenceConnection')
export class SilenceConnectionModel {
  @Field(() => [SilenceEdgeModel]) edges!: SilenceEdgeModel[];
  @Field(() => PageInfoModel) pageInfo!: PageInfoModel;
}

@ObjectType('FeedSilence', {
  description: 'An agency whose feed tells nothing for longer than it ever does.',
})
export class FeedSilenceModel {
  @Field(() => String, { description: RULE }) rule!: string;
  @Field(() => Int, { description: 'Version of the rule.' }) version!: number;
  @Field(() => String) title!: string;
  @Field(() => String) agency!: string;
  @Field(() => String, { nullable: true, description: 'The event type that is missing; null: every type.' })
  type!: string | null;
  @Field(() => String, { description: 'By when it would usually have told something.' }) due!: string;
  @Field(() => String, { description: 'Since when it counts as silent.' }) since!: string;
}

@ArgsType()
export class SilencesArgs {
  @Field(() => CaseloadScope, { defaultValue: 'MINE' }) scope!: Scope;
  @Field(() => [String], { nullable: true, description: 'By these rules only.' }) rules?: string[] | null;
  @Field(() => Int, { defaultValue: 20 }) first!: number;
  @Field(() => String, { nullable: true }) after?: string | null;
}
