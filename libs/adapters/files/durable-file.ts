import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The bytes of a file, or nothing when there is none. */
export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Files made by way of a folder of drafts beside them, so that each appears whole or not at all. */
export interface DurableFolder {
  /** The file is whole at once; that it lasts is certain only after `sync`. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Makes durable that the files written so far are there. */
  sync(): Promise<void>;
}

const DRAFTS = 'drafts';

/** Opens a folder, made if absent, and throws away what was being written when it was last left. */
export function openDurableFolder(folder: string): DurableFolder {
  const drafts = join(folder, DRAFTS);
  rmSync(drafts, { recursive: true, force: true });
  mkdirSync(drafts, { recursive: true, mode: 0o700 });
  const touched = new Set<string>();
  return {
    async write(path, bytes) {
      const draft = join(drafts, randomBytes(8).toString('hex'));
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      const file = join(folder, path);
      const made = await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await rename(draft, file);
      for (let at = dirname(file); at.length >= folder.length; at = dirname(at)) {
        touched.add(at);
        if (made === undefined) break;
      }
    },
    async sync() {
      const folders = [...touched];
      touched.clear();
      for (const each of folders) {
        const handle = await open(each, 'r');
        await handle.sync().finally(() => handle.close());
      }
    },
  };
}

/**
 * Makes a new file that only its owner may read, whole or not at all, and returns when that is durable. Of several
 * processes that try at once one makes it: throws `EEXIST` when the file is there.
 */
export function createDurably(file: string, text: string): void {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600, flush: true });
    linkSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(file));
}

/**
 * Puts text in place of what a file held, and returns when that is durable: the file is whole at every moment. For one
 * process at a time: the draft beside the file has a fixed name, so that one left behind is written over.
 */
export function replaceDurably(file: string, text: string): void {
  const draft = `${file}.draft`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(file));
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
