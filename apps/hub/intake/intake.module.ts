import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { type Logger } from 'pino';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { versions } from '../../../libs/domain/agreement/register.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { type Settings } from '../settings.js';
import { CLOCK, type Clock, EVENT_LOG, KEY_VAULT, SETTINGS } from '../storage.module.js';
import { kindOf, LOGGER } from '../telemetry.module.js';
import { IntakeController } from './intake.controller.js';
import { type Intake, openIntake } from './intake.js';
import { BINDING_AGREEMENTS, type BindingAgreements, INTAKE } from './intake.tokens.js';
import { PublishHandler } from './publish.handler.js';

export { INTAKE };

function intake(
  log: EventLog,
  vault: KeyVault,
  now: Clock,
  { dataDir }: Settings,
  logger: Logger,
): Promise<Intake> {
  return openIntake({
    log,
    vault,
    now,
    random: randomBytes,
    indexFile: join(dataDir, 'intake.sqlite'),
    unexpected: (error) => logger.error({ fault: kindOf(error) }, 'a publication could not be recorded'),
  });
}

function bindingAgreements(agreements: Agreements): BindingAgreements {
  return (agency) =>
    versions(agreements.register())
      .filter(({ document }) => document.parties.some((party) => party.agency === agency))
      .map(({ document: { reference, version, title }, status }) => ({ reference, version, title, status }));
}

@Module({
  imports: [CqrsModule],
  controllers: [IntakeController],
  providers: [
    { provide: INTAKE, useFactory: intake, inject: [EVENT_LOG, KEY_VAULT, CLOCK, SETTINGS, LOGGER] },
    { provide: BINDING_AGREEMENTS, useFactory: bindingAgreements, inject: [AGREEMENTS] },
    PublishHandler,
  ],
  exports: [INTAKE],
})
export class IntakeModule implements OnApplicationShutdown {
  constructor(@Inject(INTAKE) private readonly intake: Intake) {}

  onApplicationShutdown(): void {
    this.intake.close();
  }
}
