import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { pageSize } from '../query/cursor.js';
import { type FactView } from '../query/fact-view.js';
import { FactModel } from '../query/model.js';
import { ReportCellModel } from './report-types.js';
import { type CellView } from './report-view.js';

/** What is behind a cell. */
@Resolver(() => ReportCellModel)
export class ReportCellResolver {
  @ResolveField('events', () => [FactModel], {
    description: "For the IOM team: the first facts behind it that the caller's own picture holds.",
  })
  events(
    @Parent() cell: CellView,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
  ): readonly FactView[] {
    return cell.events(pageSize(first));
  }
}
