import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { type Grounds } from '../../../libs/adapters/report/grounds.js';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type Metrics, visibleWithin } from '../../../libs/adapters/telemetry/metrics.js';
import { agencyOf } from '../../../libs/contract/agency.js';
import { dayOf } from '../../../libs/domain/agreement/time.js';
import { isAuditor } from '../../../libs/domain/audit/auditor.js';
import { type ReportMaker, reportNamed, reports } from '../../../libs/domain/performance/registry.js';
import { questionOf } from '../../../libs/domain/performance/report-question.js';
import { suppress } from '../../../libs/domain/performance/suppress.js';
import { suppressionRuleAt } from '../../../libs/domain/performance/suppress-rules.js';
import { GROUNDS } from '../grounds.module.js';
import { type Asking, requireRole } from '../query/asking.js';
import { type Picture } from '../query/picture.js';
import { type Pictures } from '../query/pictures.js';
import { PICTURES } from '../query/query.tokens.js';
import { METRICS } from '../telemetry.module.js';
import { openPicture, type QueryContext } from '../query/query-context.js';
import { pictureEvents } from './picture-events.js';
import { ReportArgs, ReportModel, ReportNameModel } from './report-types.js';
import { boardView, teamView } from './report-view.js';

/** Performance reports: the IOM team's coordinators see every number, everybody else what the board sees. */
@Resolver(() => ReportModel)
export class ReportsResolver {
  constructor(
    @Inject(PICTURES) private readonly pictures: Pictures,
    @Inject(GROUNDS) private readonly grounds: Grounds,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  @Query(() => [ReportNameModel], {
    description: 'For coordinators, signatories and auditors: the reports there are.',
  })
  async reports(@Context() context: QueryContext): Promise<readonly ReportMaker[]> {
    await this.open(context);
    return reports;
  }

  @Query(() => ReportModel, {
    description:
      "For coordinators, signatories and auditors: one report; coordinators of the IOM team see every number, the others the board's view.",
  })
  async report(@Context() context: QueryContext, @Args() { name, ...asked }: ReportArgs): Promise<object> {
    const picture = await this.open(context);
    const maker = reportNamed(name);
    context.asking.witness.sought(`report:${maker.name}`);
    const question = questionOf(asked, picture.now);
    const ground = await this.grounds.ground(question.knownAt);
    const report = maker.make({ ...ground, visibleWithin: await visibleWithin(this.metrics) }, question);
    return isOfTeam(context.asking.caller)
      ? teamView(report, pictureEvents(picture, ground))
      : boardView(suppress(report, suppressionRuleAt(dayOf(picture.now))));
  }

  private async open(context: QueryContext): Promise<Picture> {
    const picture = await openPicture(this.pictures, context);
    requireReader(context.asking);
    return picture;
  }
}

function requireReader(asking: Asking): void {
  if (!isAuditor(asking.caller)) requireRole(asking, 'coordinator', 'signatory');
}

function isOfTeam({ agency, roles }: Caller): boolean {
  return agencyOf(agency)?.kind === 'hub' && roles.includes('coordinator');
}
