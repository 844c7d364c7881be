import { Module } from '@nestjs/common';
import { GroundsModule } from '../grounds.module.js';
import { QueryModule } from '../query/query.module.js';
import { ReportCellResolver } from './report-cell.resolver.js';
import { ReportDocumentResolver } from './report-document.resolver.js';
import { ReportsResolver } from './reports.resolver.js';

/** Performance reports, with the same answers as `concordat report`. */
@Module({
  imports: [QueryModule, GroundsModule],
  providers: [ReportsResolver, ReportCellResolver, ReportDocumentResolver],
})
export class ReportsModule {}
