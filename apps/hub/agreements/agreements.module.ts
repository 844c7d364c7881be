import {
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { type Logger } from 'pino';
import { type Metrics } from '../../../libs/adapters/telemetry/metrics.js';
import { versions } from '../../../libs/domain/agreement/register.js';
import { isReviewOverdue } from '../../../libs/domain/agreement/time.js';
import { FENCE } from '../fence.module.js';
import { startTime } from '../passing-of-time.js';
import { CLOCK, type Clock, EVENT_LOG } from '../storage.module.js';
import { LOGGER, METRICS } from '../telemetry.module.js';
import { type Agreements, openAgreements } from './agreements.js';
import { agreementHandlers } from './agreements.handler.js';
import { AGREEMENTS } from './agreements.tokens.js';

@Global()
@Module({
  imports: [CqrsModule],
  providers: [
    {
      provide: AGREEMENTS,
      useFactory: openAgreements,
      inject: [EVENT_LOG, CLOCK, FENCE],
    },
    ...agreementHandlers,
  ],
  exports: [AGREEMENTS],
})
export class AgreementsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: (() => void) | undefined;

  constructor(
    @Inject(AGREEMENTS) private readonly agreements: Agreements,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = startTime(this.agreements, this.logger, () => this.count());
  }

  onApplicationShutdown(): void {
    this.stop?.();
  }

  private count(): void {
    const now = this.clock();
    const overdue = versions(this.agreements.register()).filter((each) => isReviewOverdue(each, now));
    this.metrics.reviewOverdue.set(overdue.length);
  }
}
