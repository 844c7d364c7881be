import { type Logger } from 'pino';
import { kindOf } from './telemetry.module.js';

/** A room on which time acts. */
export interface Elapsing {
  /** Lets what is due by now happen. */
  elapse(): Promise<void>;
}

/** How often (ms) time acts; questions look at the clock themselves. */
const EVERY = 1000;

/**
 * Gives a step that lets time act on a room and never rejects: a fault is logged by its kind, each kind once until a
 * step succeeds again, so that a lasting fault does not fill the log.
 */
export function passingOfTime(room: Elapsing, logger: Pick<Logger, 'error'>): () => Promise<void> {
  const reported = new Set<string>();
  const report = (error: unknown): void => {
    const fault = kindOf(error);
    if (reported.has(fault)) return;
    reported.add(fault);
    logger.error({ fault }, 'a room does not follow the passing of time');
  };
  return () => room.elapse().then(() => reported.clear(), report);
}

/** Lets time act on a room every second, and then does what follows; gives what ends it. */
export function startTime(room: Elapsing, logger: Pick<Logger, 'error'>, then = nothing): () => void {
  const pass = passingOfTime(room, logger);
  const timer = setInterval(() => void pass().then(then), EVERY);
  return () => clearInterval(timer);
}

function nothing(): void {
  return undefined;
}
