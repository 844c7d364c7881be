import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDurably, openDurableFolder, readIfThere, replaceDurably } from './durable-file.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'durable-file-'));
  file = join(folder, 'file');
});
afterEach(() => rmSync(folder, { recursive: true }));

const mode = (): string => (statSync(file).mode & 0o777).toString(8);

describe('a durable file', () => {
  it('is made for its owner alone, and nothing is left beside it', () => {
    createDurably(file, 'first');
    expect(readIfThere(file)?.toString()).toBe('first');
    expect([mode(), readdirSync(folder)]).toEqual(['600', ['file']]);
  });

  it('is not made over one that is there, which stays as it is', () => {
    writeFileSync(file, 'first');
    expect(() => createDurably(file, 'second')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['first', ['file']]);
  });

  it('is replaced, whatever a draft left behind holds', () => {
    writeFileSync(file, 'first');
    writeFileSync(`${file}.draft`, 'longer than the second', { mode: 0o600 });
    replaceDurably(file, 'second');
    expect([readFileSync(file, 'utf8'), readdirSync(folder), mode()]).toEqual(['second', ['file'], '600']);
  });

  it('is nothing where there is none', () => {
    expect(readIfThere(file)).toBeUndefined();
    expect(readIfThere(join(folder, 'absent', 'file'))).toBeUndefined();
  });

  it('comes into a folder by way of drafts, which begin empty', async () => {
    const files = openDurableFolder(folder);
    writeFileSync(join(folder, 'drafts', 'left'), 'half');
    await files.write(join('deep', 'er', 'one'), Buffer.from('whole'));
    await files.sync();
    expect(readFileSync(join(folder, 'deep', 'er', 'one'), 'utf8')).toBe('whole');
    openDurableFolder(folder);
    expect(readdirSync(join(folder, 'drafts'))).toEqual([]);
  });
});
