import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Logger } from 'pino';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { openEmbeddedWriter } from '../../../libs/adapters/read-store/embedded-writer.js';
import { identifierPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { kindOf, LOGGER } from '../telemetry.module.js';
import { type Settings } from '../settings.js';
import { CLOCK, type Clock, EVENT_LOG, KEY_VAULT, SETTINGS } from '../storage.module.js';
import { type Follower, startFollower } from './follower.js';

export const FOLLOWER = Symbol('follower');

function follow(
  log: EventLog,
  vault: KeyVault,
  clock: Clock,
  { dataDir }: Settings,
  logger: Logger,
): Follower {
  return startFollower({
    log,
    vault,
    clock,
    openModels: () => openEmbeddedWriter(dataDir, identifierPseudonym(vault)),
    onFault: (error) => logger.error({ fault: kindOf(error) }, 'projection stopped and starts again'),
  });
}

/** Keeps the read models up with the log. */
@Global()
@Module({
  providers: [
    { provide: FOLLOWER, useFactory: follow, inject: [EVENT_LOG, KEY_VAULT, CLOCK, SETTINGS, LOGGER] },
  ],
  exports: [FOLLOWER],
})
export class ProjectorModule implements OnApplicationShutdown {
  constructor(@Inject(FOLLOWER) private readonly follower: Follower) {}

  onApplicationShutdown(): Promise<void> {
    return this.follower.stop();
  }
}
