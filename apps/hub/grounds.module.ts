import { Module } from '@nestjs/common';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { openGrounds } from '../../libs/adapters/report/grounds.js';
import { EVENT_LOG, KEY_VAULT } from './storage.module.js';

/** What reports and silences are made from in this process: see `grounds.ts` in the adapters. */
export const GROUNDS = Symbol('grounds');

/** Everybody's history as the hub knows it, kept once for all who count it. The log is read when somebody first asks. */
@Module({
  providers: [
    {
      provide: GROUNDS,
      useFactory: (log: EventLog, vault: KeyVault) => openGrounds(log, vault),
      inject: [EVENT_LOG, KEY_VAULT],
    },
  ],
  exports: [GROUNDS],
})
export class GroundsModule {}
