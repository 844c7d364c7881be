import { Global, Module } from '@nestjs/common';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { CLOCK, type Clock, EVENT_LOG } from '../storage.module.js';
import { GovernanceController } from './governance.controller.js';
import { GovernanceResolver } from './governance.resolver.js';
import { openGovernance } from './governance.js';
import { GOVERNANCE } from './governance.tokens.js';

/** Governance of the partnership; nothing about a managed person. */
@Global()
@Module({
  controllers: [GovernanceController],
  providers: [
    {
      provide: GOVERNANCE,
      useFactory: (log: EventLog, clock: Clock) => openGovernance({ log, clock }),
      inject: [EVENT_LOG, CLOCK],
    },
    GovernanceResolver,
  ],
  exports: [GOVERNANCE],
})
export class GovernanceModule {}
