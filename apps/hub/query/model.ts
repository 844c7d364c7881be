import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { JsonValue } from './json-value.js';

const asEnum = <const Names extends readonly string[]>(names: Names): { [Name in Names[number]]: Name } =>
  Object.fromEntries(names.map((name) => [name, name])) as { [Name in Names[number]]: Name };

export const FieldStatus = asEnum(['SHARED', 'GENERALISED', 'MASKED', 'WITHHELD']);
registerEnumType(FieldStatus, {
  name: 'FieldStatus',
  description: 'Whether a field is shown as it is, made coarser, hidden, or not shared with you.',
});

export const Precision = asEnum(['instant', 'day', 'month', 'interval', 'unknown']);
registerEnumType(Precision, {
  name: 'Precision',
  description: 'How precisely the publisher said when something happened.',
});

export const TimelineOrderName = asEnum(['happened', 'received']);
registerEnumType(TimelineOrderName, { name: 'TimelineOrder' });

export const IdentifierSchemeName = asEnum(['pnc', 'cro', 'asn', 'noms', 'crn', 'nhs', 'ycrn']);
registerEnumType(IdentifierSchemeName, { name: 'IdentifierScheme' });

@ObjectType('Moment', { description: 'When something happened, no more precisely than its publisher said.' })
export class MomentModel {
  @Field(() => Precision) precision!: string;
  @Field(() => String, { nullable: true, description: 'As received.' }) verbatim!: string | null;
}

@ObjectType('Supersession', { description: 'A later fact of the same source corrects or retracts this one.' })
export class SupersessionModel {
  @Field(() => ID, { nullable: true, description: 'The fact that does it, when you may see that too.' })
  by!: string | null;
  @Field(() => String, { description: 'corrected or retracted.' }) kind!: string;
}

const HANDLING = 'Conditions of its publisher under which it may be used; they travel with it.';

@ObjectType('FactField')
export class FactFieldModel {
  @Field(() => String, { description: 'Path in the event type, `offences[].cjsCode`.' }) name!: string;
  @Field(() => FieldStatus) status!: string;
  @Field(() => JsonValue, { nullable: true }) value!: unknown;
  @Field(() => String, { nullable: true, description: 'The clause that decided: agreement/version#clause.' })
  clause!: string | null;
  @Field(() => String, { nullable: true, description: HANDLING }) handlingConditions!: string | null;
  @Field(() => String, { nullable: true, description: 'Whom to ask about what is withheld.' }) ask!:
    string | null;
}

@ObjectType('Fact')
export class FactModel {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'Event type of the catalogue.' }) type!: string;
  @Field(() => String) title!: string;
  @Field(() => String, { description: 'FACT, ASSESSMENT or PROCESS (DPA 2018 s.38(2)).' }) nature!: string;
  @Field(() => String, { description: 'Agency that published it.' }) publisher!: string;
  @Field(() => MomentModel) happened!: MomentModel;
  @Field(() => String, { nullable: true, description: 'When its publisher recorded it.' }) recorded!:
    string | null;
  @Field(() => String, { description: 'When the hub received it.' }) received!: string;
  @Field(() => SupersessionModel, { nullable: true }) superseded!: SupersessionModel | null;
  @Field(() => String, { nullable: true, description: HANDLING }) handlingConditions!: string | null;
  @Field(() => Boolean, {
    description: 'Your own record, which nobody else is shown now: processing is restricted (DPA 2018 s.47).',
  })
  restricted!: boolean;
  @Field(() => [FactFieldModel], { description: 'What is shared with you.' })
  fields!: FactFieldModel[];
  @Field(() => [String], { description: 'Fields that are shared with you, but were not recorded.' })
  notRecorded!: string[];
  @Field(() => [FactFieldModel], {
    description: 'The fields of this type that are not shared with you, recorded or not.',
  })
  withheld!: FactFieldModel[];
}

@ObjectType('PageInfo')
export class PageInfoModel {
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => Boolean) hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true }) startCursor!: string | null;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
}

@ObjectType('FactEdge')
export class FactEdgeModel {
  @Field(() => String) cursor!: string;
  @Field(() => FactModel) node!: FactModel;
}

@ObjectType('FactConnection')
export class FactConnectionModel {
  @Field(() => [FactEdgeModel]) edges!: FactEdgeModel[];
  @Field(() => PageInfoModel) pageInfo!: PageInfoModel;
}

@ObjectType('Circumstance', { description: 'The present state of one topic, and the fact that tells it.' })
export class CircumstanceModel {
  @Field(() => String, { description: 'custody, licence, accommodation, treatment or leadProfessional.' })
  topic!: string;
  @Field(() => String, {
    description:
      'SHARED; NOTHING_SHARED when nothing is shared with you now, recorded or not; NOT_SHARED when no agreement shares the topic with you.',
  })
  status!: string;
  @Field(() => String, { nullable: true }) state!: string | null;
  @Field(() => String, { nullable: true }) detail!: string | null;
  @Field(() => MomentModel, { nullable: true }) since!: MomentModel | null;
  @Field(() => String, { nullable: true, description: HANDLING }) handlingConditions!: string | null;
  @Field(() => FactModel, { nullable: true }) fact!: FactModel | null;
}

@ObjectType('Management')
export class ManagementModel {
  @Field(() => [String]) cohorts!: string[];
  @Field(() => [String]) levels!: string[];
  @Field(() => [FactModel]) facts!: FactModel[];
}

@ObjectType('Identity', {
  description: 'What the person is called and when born, as far as shared with you.',
})
export class IdentityModel {
  @Field(() => String, { nullable: true }) familyName!: string | null;
  @Field(() => String, { nullable: true }) givenName!: string | null;
  @Field(() => String, { nullable: true }) dateOfBirth!: string | null;
}

@ObjectType('Offender', { description: 'A person, as your agency may see them for the purpose you named.' })
export class OffenderModel {
  @Field(() => ID) id!: string;
  @Field(() => IdentityModel) identity!: IdentityModel;
  @Field(() => [CircumstanceModel]) circumstances!: CircumstanceModel[];
  @Field(() => ManagementModel) management!: ManagementModel;
}

@ObjectType('OffenderEdge')
export class OffenderEdgeModel {
  @Field(() => String) cursor!: string;
  @Field(() => OffenderModel) node!: OffenderModel;
}

@ObjectType('OffenderConnection')
export class OffenderConnectionModel {
  @Field(() => [OffenderEdgeModel]) edges!: OffenderEdgeModel[];
  @Field(() => PageInfoModel) pageInfo!: PageInfoModel;
}

@ObjectType('Freshness', { description: 'How recent what you may see from a publishing agency is.' })
export class FreshnessModel {
  @Field(() => String) publisher!: string;
  @Field(() => String, { description: 'When the hub received its newest fact that you may see.' })
  received!: string;
  @Field(() => Int) facts!: number;
}

@InputType('IdentifierInput')
export class IdentifierInput {
  @Field(() => IdentifierSchemeName)
  @IsIn(Object.keys(IdentifierSchemeName))
  scheme!: keyof typeof IdentifierSchemeName;
  @Field(() => String) @IsString() @Length(1, 64) value!: string;
}

@InputType('OffenderSearch', { description: 'Every term given must match, names by their beginning.' })
export class OffenderSearchInput {
  @Field(() => String, { nullable: true }) @IsOptional() @IsString() @Length(2, 100) familyName?: string;
  @Field(() => String, { nullable: true }) @IsOptional() @IsString() @Length(2, 100) givenName?: string;
  @Field(() => String, { nullable: true }) @IsOptional() @IsString() @Length(4, 10) dateOfBirth?: string;
}
