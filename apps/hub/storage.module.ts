import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { openKeyVault } from '../../libs/adapters/key-vault/embedded-key-vault.js';
import { type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { readMasterKey } from '../../libs/adapters/key-vault/master-key.js';
import { readSettings, type Settings } from './settings.js';

export const SETTINGS = Symbol('settings');
export const EVENT_LOG = Symbol('event log');
export const KEY_VAULT = Symbol('key vault');
/** Epoch milliseconds; the only clock of the hub, so that tests can turn it. */
export const CLOCK = Symbol('clock');
export type Clock = () => number;

function openLog(settings: Settings): Promise<EventLog> {
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  return openEmbeddedLog(join(settings.dataDir, 'log.sqlite'));
}

function openVault(settings: Settings): KeyVault {
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const masterKey = readMasterKey(settings.masterKeyFile, { create: !settings.production });
  return openKeyVault({ file: join(settings.dataDir, 'keys.sqlite'), masterKey });
}

/** The log, the keys and the clock: opened once a process, closed last. */
@Global()
@Module({
  providers: [
    { provide: SETTINGS, useFactory: () => readSettings(process.env) },
    { provide: CLOCK, useValue: (): number => Date.now() },
    { provide: EVENT_LOG, useFactory: openLog, inject: [SETTINGS] },
    { provide: KEY_VAULT, useFactory: openVault, inject: [SETTINGS] },
  ],
  exports: [SETTINGS, CLOCK, EVENT_LOG, KEY_VAULT],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(KEY_VAULT) private readonly vault: KeyVault,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.log.close();
    this.vault.close();
  }
}
