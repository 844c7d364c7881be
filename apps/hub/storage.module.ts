import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { openKeyVault } from '../../libs/adapters/key-vault/embedded-key-vault.js';
import { type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { readMasterKey } from '../../libs/adapters/key-vault/master-key.js';
import { type Settings } from './settings.js';

export const SETTINGS = Symbol('settings');
/** The log, once it is known to be the one whose heads were signed: see `TransparencyModule`. */
export const EVENT_LOG = Symbol('event log');
/** The log as it lies on the disk. */
export const STORED_LOG = Symbol('stored log');
export const KEY_VAULT = Symbol('key vault');
/** Epoch milliseconds; the only clock of the hub, so that tests can turn it. */
export const CLOCK = Symbol('clock');
export type Clock = () => number;

/** What a process is started with. Tests give their own clock, or a log that fails. */
export interface Start {
  readonly settings: Settings;
  readonly clock?: Clock;
  readonly openLog?: (file: string) => Promise<EventLog>;
}

function openVault(settings: Settings): KeyVault {
  const file = join(settings.dataDir, 'keys.sqlite');
  const create = !settings.production && !existsSync(file);
  return openKeyVault({ file, masterKey: readMasterKey(settings.masterKeyFile, { create }) });
}

/** The settings, the clock, the log and the keys: opened once a process, closed last. */
@Global()
@Module({})
export class StorageModule implements OnApplicationShutdown {
  constructor(
    @Inject(STORED_LOG) private readonly log: EventLog,
    @Inject(KEY_VAULT) private readonly vault: KeyVault,
  ) {}

  static with({ settings, clock = Date.now, openLog = openEmbeddedLog }: Start): DynamicModule {
    mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
    return {
      module: StorageModule,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: CLOCK, useValue: clock },
        { provide: KEY_VAULT, useFactory: () => openVault(settings) },
        {
          provide: STORED_LOG,
          useFactory: () => openLog(join(settings.dataDir, 'log.sqlite')),
          inject: [KEY_VAULT],
        },
      ],
      exports: [SETTINGS, CLOCK, STORED_LOG, KEY_VAULT],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.log.close();
    this.vault.close();
  }
}
