import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { offenceCodes } from '../../../libs/adapters/reference-data/offence-codes.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { type Fence } from '../fence.js';
import { FENCE } from '../fence.module.js';
import { type Intake } from '../intake/intake.js';
import { INTAKE, IntakeModule } from '../intake/intake.module.js';
import { QueryModule } from '../query/query.module.js';
import { type Settings } from '../settings.js';
import { CLOCK, type Clock, KEY_VAULT, SETTINGS } from '../storage.module.js';
import { CaseResolver } from './case.resolver.js';
import { CaseworkController } from './casework.controller.js';
import { CaseworkHandler } from './casework.handler.js';
import { CaseworkResolver } from './casework.resolver.js';
import { type Casework, openCasework } from './casework.js';
import { CASEWORK } from './casework.tokens.js';

function casework(
  intake: Intake,
  vault: KeyVault,
  clock: Clock,
  { register }: Agreements,
  fence: Fence,
  { dataDir }: Settings,
): Casework {
  return openCasework({ intake, vault, clock, register, fence, offences: offenceCodes(dataDir) });
}

/** Managing people together, from referral to exit: commands that become facts of the IOM team. */
@Module({
  imports: [CqrsModule, IntakeModule, QueryModule],
  controllers: [CaseworkController],
  providers: [
    {
      provide: CASEWORK,
      useFactory: casework,
      inject: [INTAKE, KEY_VAULT, CLOCK, AGREEMENTS, FENCE, SETTINGS],
    },
    CaseworkHandler,
    CaseworkResolver,
    CaseResolver,
  ],
})
export class CaseworkModule {}
