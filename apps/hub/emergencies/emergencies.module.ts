import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Logger } from 'pino';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { soughtPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { type Fence } from '../fence.js';
import { FENCE } from '../fence.module.js';
import { startTime } from '../passing-of-time.js';
import { CLOCK, type Clock, EVENT_LOG, KEY_VAULT } from '../storage.module.js';
import { LOGGER } from '../telemetry.module.js';
import { type EmergencyRoom, openEmergencies } from './emergencies.js';
import { EMERGENCIES } from './emergencies.tokens.js';

@Global()
@Module({
  providers: [
    {
      provide: EMERGENCIES,
      useFactory: (log: EventLog, clock: Clock, { register }: Agreements, fence: Fence, vault: KeyVault) =>
        openEmergencies({
          log,
          vault,
          clock,
          register,
          fence,
          pseudonym: soughtPseudonym(vault, () => new Date(clock()).getUTCFullYear()),
        }),
      inject: [EVENT_LOG, CLOCK, AGREEMENTS, FENCE, KEY_VAULT],
    },
  ],
  exports: [EMERGENCIES],
})
export class EmergenciesModule implements OnApplicationShutdown {
  private readonly stop: () => void;

  constructor(@Inject(EMERGENCIES) emergencies: EmergencyRoom, @Inject(LOGGER) logger: Logger) {
    this.stop = startTime(emergencies, logger);
  }

  onApplicationShutdown(): void {
    this.stop();
  }
}
