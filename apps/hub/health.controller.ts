import { Controller, Get, Header, Inject, Module } from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { type Metrics } from '../../libs/adapters/telemetry/metrics.js';
import { type Follower } from './projector/follower.js';
import { FOLLOWER } from './projector/projector.module.js';
import { STALE_AFTER } from './query/stale-node.js';
import { CLOCK, type Clock, EVENT_LOG } from './storage.module.js';
import { METRICS } from './telemetry.module.js';

/** Liveness: the process answers. Readiness: the log answers and the read models keep up with it. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(FOLLOWER) private readonly follower: Follower,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  @Get('health/liveness')
  @HealthCheck()
  liveness() {
    return this.health.check([]);
  }

  @Get('health/readiness')
  @HealthCheck()
  readiness() {
    return this.health.check([() => this.logAnswers(), () => this.readModelsKeepUp()]);
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  figures(): Promise<string> {
    this.metrics.projected.set(this.follower.position());
    return this.metrics.registry.metrics();
  }

  private async logAnswers() {
    const indicator = this.indicators.check('log');
    return this.log.head().then(
      (position) => indicator.up({ position }),
      () => indicator.down(),
    );
  }

  private readModelsKeepUp() {
    const indicator = this.indicators.check('readModels');
    const silence = this.clock() - this.follower.lastHeard();
    return silence > STALE_AFTER
      ? indicator.down({ silence })
      : indicator.up({ position: this.follower.position() });
  }
}

@Module({ imports: [TerminusModule], controllers: [HealthController] })
export class HealthModule {}
