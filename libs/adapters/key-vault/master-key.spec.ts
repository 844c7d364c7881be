import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readMasterKey } from './master-key.js';

describe('the master key', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'master-key-'));
    file = join(folder, 'master.key');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once when that is allowed, for its owner alone, and read from then on', async () => {
    const made = readMasterKey(file, { create: true });
    expect(made).toHaveLength(32);
    expect(readMasterKey(file, { create: true })).toEqual(made);
    expect(readMasterKey(file, { create: false })).toEqual(made);
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    expect(await readFile(file, 'utf8')).toBe(`${Buffer.from(made).toString('base64url')}\n`);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  it('is another one in every file', () => {
    const other = readMasterKey(join(folder, 'other.key'), { create: true });
    expect(readMasterKey(file, { create: true })).not.toEqual(other);
  });

  it('is missed when it may not be made', async () => {
    expect(() => readMasterKey(file, { create: false })).toThrow(
      expect.objectContaining({ kind: 'unavailable', code: 'master-key-missing' }),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('is read with and without a line end, and through a link as a mounted secret has it', async () => {
    const text = Buffer.alloc(32, 7).toString('base64url');
    for (const written of [text, `${text}\n`]) {
      await writeFile(file, written);
      expect(Buffer.from(readMasterKey(file, { create: false }))).toEqual(Buffer.alloc(32, 7));
    }
    await symlink(file, join(folder, 'link.key'));
    expect(Buffer.from(readMasterKey(join(folder, 'link.key'), { create: true }))).toEqual(
      Buffer.alloc(32, 7),
    );
  });

  it('is refused when the file holds anything else, which is left as it is', async () => {
    const key = Buffer.alloc(32, 7);
    const texts = [
      '',
      '\n',
      key.toString('hex'),
      key.toString('base64'),
      `${key.toString('base64url')}x`,
      'A'.repeat(42),
    ];
    for (const text of [...texts, `${'A'.repeat(42)}B`]) {
      await writeFile(file, text);
      expect(() => readMasterKey(file, { create: true })).toThrow(
        expect.objectContaining({ kind: 'invalid', code: 'master-key-malformed' }),
      );
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  });

  it('cannot be read from or made in what is no place for it', () => {
    expect(() => readMasterKey(folder, { create: true })).toThrow('master key file cannot be read: EISDIR');
    expect(() => readMasterKey(join(folder, 'absent', 'key'), { create: true })).toThrow(
      'cannot be made: ENOENT',
    );
  });
});
