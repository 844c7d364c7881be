import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { inFormat } from '../../../libs/adapters/report/in-format.js';
import { DocumentFormat, ReportModel } from './report-types.js';
import { type ReportView } from './report-view.js';

/** The report as a document, the same as `concordat report` makes. */
@Resolver(() => ReportModel)
export class ReportDocumentResolver {
  @ResolveField('document', () => String, {
    description:
      'All of it as a text, as CSV, or as an HTML page with its charts, to be kept or printed: what the caller sees here.',
  })
  document(
    @Parent() { printed }: ReportView,
    @Args('format', { type: () => DocumentFormat }) format: DocumentFormat,
  ): Promise<string> {
    return inFormat(printed, format);
  }
}
