import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type ContentFile, type ListedFile } from './manifest.js';

const BUFFERED = 65_536;

/** A file of a bundle that is being written, a line at a time; `end` makes it durable and says what it is. */
export interface WrittenFile {
  line(text: string): void;
  end(): ListedFile;
}

/** Makes a new file that only its owner may read. */
export function openWrittenFile(folder: string, name: ContentFile): WrittenFile {
  const handle = openSync(join(folder, name), 'wx', 0o600);
  const hash = createHash('sha256');
  let [bytes, entries, waiting] = [0, 0, ''];

  function flush(): void {
    const chunk = Buffer.from(waiting);
    hash.update(chunk);
    for (let written = 0; written < chunk.length;) written += writeSync(handle, chunk, written);
    bytes += chunk.length;
    waiting = '';
  }

  return {
    line(text) {
      waiting += `${text}\n`;
      entries += text.split('\n').length;
      if (waiting.length > BUFFERED) flush();
    },
    end() {
      flush();
      fsyncSync(handle);
      closeSync(handle);
      return { name, bytes, entries, sha256: hash.digest('hex') };
    },
  };
}
