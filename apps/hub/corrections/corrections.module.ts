import { join } from 'node:path';
import {
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type Logger } from 'pino';
import { Gauge } from 'prom-client';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type Metrics } from '../../../libs/adapters/telemetry/metrics.js';
import { passingOfTime } from '../agreements/passing-of-time.js';
import { type Settings } from '../settings.js';
import { CLOCK, type Clock, EVENT_LOG, SETTINGS } from '../storage.module.js';
import { kindOf, LOGGER, METRICS } from '../telemetry.module.js';
import { CorrectionsController } from './corrections.controller.js';
import { CORRECTIONS } from './corrections.tokens.js';
import { type CorrectionRoom, openCorrectionRoom } from './room.js';

/** How often (ms) it is written down what became overdue. */
const ELAPSE_EVERY = 1000;

function open(log: EventLog, clock: Clock, { dataDir }: Settings, logger: Logger): Promise<CorrectionRoom> {
  const onFault = (error: unknown): void =>
    logger.error({ fault: kindOf(error) }, 'corrections stopped following the log and start again');
  return openCorrectionRoom({ log, clock, onFault, file: join(dataDir, 'corrections.sqlite') });
}

/** Sees to it that everybody who was shown something hears when it was wrong. */
@Global()
@Module({
  controllers: [CorrectionsController],
  providers: [{ provide: CORRECTIONS, useFactory: open, inject: [EVENT_LOG, CLOCK, SETTINGS, LOGGER] }],
  exports: [CORRECTIONS],
})
export class CorrectionsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CORRECTIONS) private readonly room: CorrectionRoom,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    const overdue = new Gauge({
      name: 'concordat_corrections_overdue',
      help: 'Recipients who have not answered a correction by its deadline',
      registers: [this.metrics.registry],
    });
    const pass = passingOfTime(this.room, this.logger);
    const step = (): void => void pass().then(() => overdue.set(this.room.countOverdue()));
    this.timer = setInterval(step, ELAPSE_EVERY);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.room.stop();
  }
}
