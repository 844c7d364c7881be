import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openKeyVault } from './embedded-key-vault.js';
import { ERASED, type KeyVault } from './key-vault.js';

const CONTEXT = 'offender-1\n6f0c7a6e-0000-4000-8000-000000000001';
const PLAIN = Buffer.from('{"address":"14 Mill Lane"}');

describe('the embedded key vault', () => {
  let folder: string;
  let file: string;
  let masterKey: Uint8Array;
  let vault: KeyVault;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'key-vault-'));
    file = join(folder, 'keys.sqlite');
    masterKey = randomBytes(32);
    vault = openKeyVault({ file, masterKey });
  });
  afterEach(async () => {
    vault.close();
    await rm(folder, { recursive: true });
  });

  /** What another process with the file open would do. */
  function elsewhere<T>(act: (db: Database.Database) => T): T {
    const db = new Database(file);
    try {
      return act(db);
    } finally {
      db.close();
    }
  }

  const countKeys = (): unknown =>
    elsewhere((db) => db.prepare('SELECT count(*) FROM data_key').pluck().get());
  const erase = (keyId: string): unknown =>
    elsewhere((db) => db.prepare('UPDATE data_key SET wrapped = NULL WHERE key_id = ?').run(keyId));

  it('opens what it sealed, also after it was closed and opened again', async () => {
    const sealed = await vault.seal('person-1', CONTEXT, PLAIN);
    expect(vault.open('person-1', CONTEXT, sealed)).toEqual(PLAIN);
    vault.close();
    vault = openKeyVault({ file, masterKey });
    expect(vault.open('person-1', CONTEXT, sealed)).toEqual(PLAIN);
  });

  it('seals the same payload differently each time', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => vault.seal('person-1', CONTEXT, PLAIN)));
    expect(one).not.toEqual(two);
  });

  it('opens a payload only where it was put and under its own key', async () => {
    const sealed = await vault.seal('person-1', CONTEXT, PLAIN);
    await vault.seal('person-2', CONTEXT, PLAIN);
    const refused = expect.objectContaining({ kind: 'unavailable', code: 'sealed-altered' });
    const tryOpen = (keyId: string, context: string) => () => vault.open(keyId, context, sealed);
    expect(tryOpen('person-1', 'offender-1\n6f0c7a6e-0000-4000-8000-000000000002')).toThrow(refused);
    expect(tryOpen('person-1', CONTEXT.replace('offender-1', 'offender-2'))).toThrow(refused);
    expect(tryOpen('person-2', CONTEXT)).toThrow(refused);
    expect(tryOpen('person-3', CONTEXT)).toThrow(expect.objectContaining({ code: 'key-unknown' }));
  });

  it('has a new key on the disk before it hands out what was sealed', async () => {
    const sealed = await vault.seal('person-1', CONTEXT, PLAIN);
    expect(countKeys()).toBe(1);
    const other = openKeyVault({ file, masterKey });
    expect(other.open('person-1', CONTEXT, sealed)).toEqual(PLAIN);
    other.close();
  });

  it('makes one key for a person who is sealed for many times at once', async () => {
    const sealed = await Promise.all(
      Array.from({ length: 20 }, () => vault.seal('person-1', CONTEXT, PLAIN)),
    );
    expect(countKeys()).toBe(1);
    expect(sealed.map((each) => vault.open('person-1', CONTEXT, each))).toEqual(sealed.map(() => PLAIN));
  });

  it('uses the key that another vault on the file made first', async () => {
    const other = openKeyVault({ file, masterKey });
    const [one, two] = await Promise.all([vault, other].map((each) => each.seal('person-1', CONTEXT, PLAIN)));
    expect(other.open('person-1', CONTEXT, one ?? PLAIN)).toEqual(PLAIN);
    expect(vault.open('person-1', CONTEXT, two ?? PLAIN)).toEqual(PLAIN);
    other.close();
    expect(countKeys()).toBe(1);
  });

  it('neither opens nor seals under an erased key, nor makes it anew', async () => {
    const sealed = await vault.seal('person-1', CONTEXT, PLAIN);
    const other = await vault.seal('person-2', CONTEXT, PLAIN);
    erase('person-1');
    await nextTurn();
    expect(vault.open('person-1', CONTEXT, sealed)).toBe(ERASED);
    expect(vault.open('person-2', CONTEXT, other)).toEqual(PLAIN);
    await expect(vault.seal('person-1', CONTEXT, PLAIN)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'key-erased',
    });
    vault.close();
    vault = openKeyVault({ file, masterKey });
    expect(vault.open('person-1', CONTEXT, sealed)).toBe(ERASED);
  });

  it('erases keys for good: nothing opens, nothing is sealed, also after a restart, and ids without a key are closed', async () => {
    const sealed = await vault.seal('person-1', CONTEXT, PLAIN);
    const other = await vault.seal('person-2', CONTEXT, PLAIN);
    vault.erase(['person-1', 'never-seen']);
    vault.erase(['person-1']);
    for (const restart of [false, true]) {
      if (restart) {
        vault.close();
        vault = openKeyVault({ file, masterKey });
      }
      expect(vault.open('person-1', CONTEXT, sealed)).toBe(ERASED);
      expect(vault.open('person-2', CONTEXT, other)).toEqual(PLAIN);
      for (const keyId of ['person-1', 'never-seen'])
        await expect(vault.seal(keyId, CONTEXT, PLAIN)).rejects.toMatchObject({ code: 'key-erased' });
    }
  });

  it('leaves nothing of an erased key in its files', async () => {
    await vault.seal('person-1', CONTEXT, PLAIN);
    const wrapped = elsewhere((db) => db.prepare<[], Buffer>('SELECT wrapped FROM data_key').pluck().get());
    const isThere = async (): Promise<boolean> => {
      const files = (await readdir(folder)).map((name) => readFile(join(folder, name)));
      return Buffer.concat(await Promise.all(files)).includes(wrapped ?? PLAIN);
    };
    expect(await isThere()).toBe(true);
    vault.erase(['person-1']);
    expect(await isThere()).toBe(false);
  });

  it('gives a seal that is on its way when the key is erased no key', async () => {
    await vault.seal('person-1', CONTEXT, PLAIN);
    const sealing = vault.seal('new-person', CONTEXT, PLAIN);
    vault.erase(['new-person']);
    await expect(sealing).rejects.toMatchObject({ code: 'key-erased' });
  });

  it('does not open with a wrong master key', () => {
    const open = (key: Uint8Array) => () => openKeyVault({ file, masterKey: key });
    expect(open(randomBytes(32))).toThrow(
      expect.objectContaining({ kind: 'unavailable', code: 'master-key-wrong' }),
    );
    expect(open(randomBytes(16))).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'master-key-malformed' }),
    );
  });

  it('finds a stored key that was altered', async () => {
    const sealed = await vault.seal('person-1', CONTEXT, PLAIN);
    elsewhere((db) => db.exec('UPDATE data_key SET wrapped = randomblob(40)'));
    await nextTurn();
    expect(() => vault.open('person-1', CONTEXT, sealed)).toThrow(
      expect.objectContaining({ code: 'key-altered' }),
    );
  });

  it('keeps its files to their owner, and nothing in them in the clear', async () => {
    await vault.seal('person-1', CONTEXT, PLAIN);
    for (const suffix of ['', '-wal', '-shm']) {
      expect(((await stat(file + suffix)).mode & 0o777).toString(8)).toBe('600');
    }
    const wrapped = elsewhere((db) => db.prepare<[], Buffer>('SELECT wrapped FROM data_key').pluck().get());
    expect(wrapped).toHaveLength(40);
    vault.close();
    const stored = Buffer.concat(
      await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name)))),
    );
    expect(stored.includes('person-1')).toBe(true);
    const key = Buffer.from(masterKey);
    for (const secret of ['Mill Lane', key, key.toString('base64url')]) {
      expect(stored.includes(secret)).toBe(false);
    }
  });

  it('gives one pseudonym to a value in a domain, others elsewhere', () => {
    const pseudonym = vault.pseudonym('pnc', '2012/0052631X');
    expect(pseudonym).toMatch(/^[0-9a-f]{64}$/);
    const other = openKeyVault({ file: join(folder, 'other.sqlite'), masterKey: randomBytes(32) });
    const others = [
      vault.pseudonym('pnc', '2012/0052631Y'),
      vault.pseudonym('cro', '2012/0052631X'),
      vault.pseudonym('pn', 'c2012/0052631X'),
      other.pseudonym('pnc', '2012/0052631X'),
    ];
    other.close();
    expect(new Set([pseudonym, ...others]).size).toBe(5);
    vault.close();
    vault = openKeyVault({ file, masterKey });
    expect(vault.pseudonym('pnc', '2012/0052631X')).toBe(pseudonym);
  });

  it('refuses a file that is no key vault, and everything after it was closed', async () => {
    await writeFile(
      join(folder, 'text'),
      'no database, only text that is long enough to be read as one'.repeat(9),
    );
    expect(() => openKeyVault({ file: join(folder, 'text'), masterKey })).toThrow(
      expect.objectContaining({ code: 'vault-unopenable' }),
    );
    const closed = expect.objectContaining({ kind: 'unavailable', code: 'vault-closed' });
    const making = vault.seal('person-1', CONTEXT, PLAIN);
    vault.close();
    await expect(making).rejects.toEqual(closed);
    await expect(vault.seal('person-1', CONTEXT, PLAIN)).rejects.toEqual(closed);
    expect(() => vault.open('person-1', CONTEXT, PLAIN)).toThrow(closed);
  });
});
