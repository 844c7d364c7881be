import { Global, Module } from '@nestjs/common';
import { openLogger } from '../../libs/adapters/telemetry/logger.js';
import { openMetrics } from '../../libs/adapters/telemetry/metrics.js';
import { isFailure } from '../../libs/contract/failure.js';

export const LOGGER = Symbol('logger');
export const METRICS = Symbol('metrics');

/** What a fault may be called in a log: our own code, or the name of its class; never its message. */
export function kindOf(error: unknown): string {
  if (isFailure(error)) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

@Global()
@Module({
  providers: [
    { provide: LOGGER, useFactory: () => openLogger() },
    { provide: METRICS, useFactory: () => openMetrics() },
  ],
  exports: [LOGGER, METRICS],
})
export class TelemetryModule {}
