import { join } from 'node:path';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Logger } from 'pino';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type Schedule, startSchedule } from '../../../libs/adapters/transparency/heads-on-schedule.js';
import { TRANSPARENCY as FOLDER } from '../../../libs/adapters/transparency/log-identity.js';
import {
  openTransparencyLog,
  type TransparencyLog,
} from '../../../libs/adapters/transparency/transparency-log.js';
import { readWitnesses } from '../../../libs/adapters/transparency/witness-policy.js';
import { type Settings } from '../settings.js';
import { EVENT_LOG, SETTINGS, STORED_LOG } from '../storage.module.js';
import { kindOf, LOGGER } from '../telemetry.module.js';
import { TransparencyController } from './transparency.controller.js';
import { SCHEDULE, TRANSPARENCY } from './transparency.tokens.js';

/** Milliseconds between signed heads while the log grows. */
const CHECKPOINT_EVERY = 10_000;

const folderOf = ({ dataDir }: Settings): string => join(dataDir, FOLDER);

async function open(log: EventLog, settings: Settings, logger: Logger): Promise<TransparencyLog> {
  const onFault = (error: unknown): void =>
    logger.error({ fault: kindOf(error) }, 'the transparency log stopped taking events');
  try {
    return await openTransparencyLog({ log, folder: folderOf(settings), onFault });
  } catch (error) {
    await log.close();
    throw error;
  }
}

function schedule(log: TransparencyLog, settings: Settings, logger: Logger): Schedule {
  return startSchedule({
    log,
    witnesses: readWitnesses(folderOf(settings)),
    every: CHECKPOINT_EVERY,
    onFault: (error) => logger.error({ fault: kindOf(error) }, 'no checkpoint could be signed or cosigned'),
    onRefusal: ({ key }, { outcome }) => {
      const isAlarm = outcome === 'ahead' || outcome === 'split';
      const text = isAlarm ? 'a witness has seen another history of the log' : 'a witness has not cosigned';
      logger[isAlarm ? 'error' : 'warn']({ kind: key.name, outcome }, text);
    },
  });
}

/**
 * Makes the log tamper-evident: it does not start on a log that is not the one whose heads it has signed, and gives the
 * log to nobody before that is known.
 */
@Global()
@Module({
  controllers: [TransparencyController],
  providers: [
    { provide: TRANSPARENCY, useFactory: open, inject: [STORED_LOG, SETTINGS, LOGGER] },
    { provide: EVENT_LOG, useFactory: (log: EventLog) => log, inject: [STORED_LOG, TRANSPARENCY] },
    { provide: SCHEDULE, useFactory: schedule, inject: [TRANSPARENCY, SETTINGS, LOGGER] },
  ],
  exports: [TRANSPARENCY, EVENT_LOG],
})
export class TransparencyModule implements OnApplicationShutdown {
  constructor(
    @Inject(TRANSPARENCY) private readonly log: TransparencyLog,
    @Inject(SCHEDULE) private readonly schedule: Schedule,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.schedule.stop();
    await this.log.close();
  }
}
