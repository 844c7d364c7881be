import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { createHub } from '../../apps/hub/server.js';
import { readSettings } from '../../apps/hub/settings.js';
import { eventOf } from './fixtures.js';
import { runHub } from './running-hub.js';

describe('a hub that starts again', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'concordat-restart-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const start = async (): Promise<void> => {
    const app = await createHub({ settings: readSettings({ CONCORDAT_DATA: dir, PORT: '0' }) });
    await app.init();
    await app.close();
  };

  it('refuses a log that ends before the head it has signed', async () => {
    const hub = await runHub({}, dir);
    await hub.publish('police', eventOf('police.arrest.recorded'));
    await hub.settle();
    await hub.app.close();
    await start();
    const log = new Database(join(dir, 'log.sqlite'));
    log.exec('DELETE FROM event WHERE position > 1');
    log.close();
    await expect(start()).rejects.toMatchObject({ code: 'log-cut-off' });
  });

  it('refuses to make a new master key beside keys that another one wraps', async () => {
    await start();
    rmSync(join(dir, 'master.key'));
    await expect(start()).rejects.toMatchObject({ code: 'master-key-missing' });
  });
});
