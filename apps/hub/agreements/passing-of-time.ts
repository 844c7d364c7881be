import { type Logger } from 'pino';
import { kindOf } from '../telemetry.module.js';
import { type Agreements } from './agreements.js';

/**
 * Gives a step that lets time act on the agreements and never rejects: a fault is logged by its kind, each kind once
 * until a step succeeds again, so that a lasting fault does not fill the log.
 */
export function passingOfTime(
  agreements: Pick<Agreements, 'elapse'>,
  logger: Pick<Logger, 'error'>,
): () => Promise<void> {
  const reported = new Set<string>();
  const report = (error: unknown): void => {
    const fault = kindOf(error);
    if (reported.has(fault)) return;
    reported.add(fault);
    logger.error({ fault }, 'agreements do not follow the passing of time');
  };
  return () => agreements.elapse().then(() => reported.clear(), report);
}
