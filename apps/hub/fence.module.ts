import { Global, Module } from '@nestjs/common';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { openFence } from './fence.js';
import { EVENT_LOG } from './storage.module.js';

export const FENCE = Symbol('fence');

@Global()
@Module({
  providers: [
    {
      provide: FENCE,
      useFactory: async (log: EventLog) => openFence(await log.head()),
      inject: [EVENT_LOG],
    },
  ],
  exports: [FENCE],
})
export class FenceModule {}
