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
import { startTime } from '../passing-of-time.js';
import { type Settings } from '../settings.js';
import { CLOCK, type Clock, EVENT_LOG, SETTINGS } from '../storage.module.js';
import { kindOf, LOGGER, METRICS } from '../telemetry.module.js';
import { CorrectionsController } from './corrections.controller.js';
import { CORRECTIONS } from './corrections.tokens.js';
import { type CorrectionRoom, openCorrectionRoom } from './room.js';

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
  private stop: (() => void) | undefined;

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
    this.stop = startTime(this.room, this.logger, () => overdue.set(this.room.countOverdue()));
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop?.();
    await this.room.stop();
  }
}
