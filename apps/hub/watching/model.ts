import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { watchedKinds } from '../../../libs/domain/casework/watched.js';
import { FactModel, MomentModel, OffenderModel } from '../query/model.js';

export const CaseloadScope = { MINE: 'MINE', AGENCY: 'AGENCY' } as const;
registerEnumType(CaseloadScope, {
  name: 'CaseloadScope',
  description:
    'MINE: people for whom you are responsible. AGENCY: those, and everybody whom your own picture shows as managed.',
});

@ObjectType('CaseloadItem', {
  description: 'Something that happened to a person whom you watch over, as you may see it for your purpose.',
})
export class CaseloadItemModel {
  @Field(() => String, { description: `${watchedKinds.join(', ')}.` }) kind!: string;
  @Field(() => OffenderModel) offender!: OffenderModel;
  @Field(() => FactModel) fact!: FactModel;
  @Field(() => MomentModel) happened!: MomentModel;
  @Field(() => String, { description: 'When the hub received it, or what takes it back.' }) at!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'The fact that this one corrects, when you may see that too.',
  })
  corrects!: string | null;
  @Field(() => Boolean, {
    description: 'An item of before, taken back: the fact was retracted, or corrected into something else.',
  })
  retracted!: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Conditions of its publisher under which it may be used; they travel with it.',
  })
  handlingConditions!: string | null;
}
