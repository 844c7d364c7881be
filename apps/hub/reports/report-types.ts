import { ArgsType, Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

/** JSON is what GraphQL answers anyhow. */
export enum DocumentFormat {
  table = 'table',
  csv = 'csv',
  html = 'html',
}

registerEnumType(DocumentFormat, { name: 'ReportDocumentFormat' });

@ObjectType('ReportName')
export class ReportNameModel {
  @Field(() => String) name!: string;
  @Field(() => String) title!: string;
  @Field(() => String) description!: string;
  @Field(() => String, {
    description: 'aggregate: numbers alone; people: it also lists people, for the IOM team.',
  })
  audience!: string;
}

@ObjectType('ReportHeading')
export class ReportHeadingModel {
  @Field(() => String) key!: string;
  @Field(() => String) label!: string;
}

@ObjectType('ReportCell')
export class ReportCellModel {
  @Field(() => String, { description: 'Key of its column.' }) column!: string;
  @Field(() => String, { description: 'count, percent, mean, money, minutes or text.' }) kind!: string;
  @Field(() => Float, { nullable: true, description: 'Rounded as printed; null where no number is shown.' })
  value!: number | null;
  @Field(() => String, { description: 'As printed; [c] confidential, [x] not available.' }) text!: string;
}

@ObjectType('ReportRow')
export class ReportRowModel {
  @Field(() => String) key!: string;
  @Field(() => String) label!: string;
  @Field(() => [ReportCellModel]) cells!: ReportCellModel[];
}

@ObjectType('ReportTable')
export class ReportTableModel {
  @Field(() => String) id!: string;
  @Field(() => String) title!: string;
  @Field(() => String, { description: 'What is counted, by which rule, and what is not.' }) note!: string;
  @Field(() => String, { description: 'Heading of the column of row labels.' }) of!: string;
  @Field(() => [ReportHeadingModel]) columns!: ReportHeadingModel[];
  @Field(() => [ReportRowModel]) rows!: ReportRowModel[];
}

@ObjectType('SuppressionRule', { description: 'How small a number must not be to be shown.' })
export class SuppressionRuleModel {
  @Field(() => Int) version!: number;
  @Field(() => Int) smallestShown!: number;
  @Field(() => String) source!: string;
  @Field(() => Boolean) verified!: boolean;
}

@ObjectType('Report', { description: 'A performance report, as far as the caller may see it.' })
export class ReportModel {
  @Field(() => String) name!: string;
  @Field(() => String) title!: string;
  @Field(() => String, { description: 'board: aggregates with small numbers hidden; team: every number.' })
  view!: string;
  @Field(() => String) at!: string;
  @Field(() => String) from!: string;
  @Field(() => String) to!: string;
  @Field(() => String, { nullable: true, description: 'Facts received by then count; null: all.' })
  known!: string | null;
  @Field(() => SuppressionRuleModel, { nullable: true, description: 'Null for the team.' })
  rule!: SuppressionRuleModel | null;
  @Field(() => [ReportTableModel]) tables!: ReportTableModel[];
  @Field(() => [String], { description: 'What the marks in it mean.' }) legend!: string[];
}

const DAY = 'A calendar date in London.';

@ArgsType()
export class ReportArgs {
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true, description: `${DAY} The state at its end; today when absent.` })
  at?: string | null;
  @Field(() => String, { nullable: true, description: `${DAY} Of the year that ends with to when absent.` })
  from?: string | null;
  @Field(() => String, { nullable: true, description: `${DAY} Taken in; at when absent.` })
  to?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Only what had been received by this date or moment (RFC 3339) counts.',
  })
  known?: string | null;
}
