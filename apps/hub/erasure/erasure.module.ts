import { type DynamicModule, Global, Module } from '@nestjs/common';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type Fence } from '../fence.js';
import { FENCE } from '../fence.module.js';
import { type Intake } from '../intake/intake.js';
import { IntakeModule } from '../intake/intake.module.js';
import { INTAKE } from '../intake/intake.tokens.js';
import { type Follower } from '../projector/follower.js';
import { FOLLOWER } from '../projector/projector.module.js';
import { type Settings } from '../settings.js';
import { CLOCK, type Clock, EVENT_LOG, KEY_VAULT } from '../storage.module.js';
import { type DataProtection, openDataProtection } from './data-protection.js';
import { DATA_PROTECTION } from './erasure.tokens.js';

/** How long (ms) an erasure waits for the read models before it says that they are behind. */
const REACH_WITHIN = 30_000;

function dataProtection(
  log: EventLog,
  vault: KeyVault,
  clock: Clock,
  fence: Fence,
  follower: Follower,
  intake: Intake | undefined,
): Promise<DataProtection> {
  const reach = (position: number): Promise<void> => follower.reach(position, REACH_WITHIN);
  return openDataProtection({ log, vault, clock, fence, intake, reach });
}

/** Erasure, restriction, retention: what is done about the data held of people. */
@Global()
@Module({})
export class ErasureModule {
  static with({ roles }: Pick<Settings, 'roles'>): DynamicModule {
    return {
      module: ErasureModule,
      imports: roles.includes('intake') ? [IntakeModule] : [],
      providers: [
        {
          provide: DATA_PROTECTION,
          useFactory: dataProtection,
          inject: [EVENT_LOG, KEY_VAULT, CLOCK, FENCE, FOLLOWER, { token: INTAKE, optional: true }],
        },
      ],
      exports: [DATA_PROTECTION],
    };
  }
}
