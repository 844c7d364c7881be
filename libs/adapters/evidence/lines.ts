import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 65_536;
const NEWLINE = 0x0a;

/**
 * The lines of a file as bytes, without their newlines, one at a time. What stands after the last newline is no line:
 * `rest` is given it, when there is anything.
 */
export function* linesOf(file: string, rest: (bytes: Buffer) => void = () => undefined): Generator<Buffer> {
  let pending = Buffer.alloc(0);
  for (const chunk of chunksOf(file)) {
    pending = Buffer.concat([pending, chunk]);
    let start = 0;
    for (let end = pending.indexOf(NEWLINE); end >= 0; end = pending.indexOf(NEWLINE, start)) {
      yield pending.subarray(start, end);
      start = end + 1;
    }
    pending = pending.subarray(start);
  }
  if (pending.length > 0) rest(pending);
}

/** The bytes of a file, piece by piece. */
export function* chunksOf(file: string): Generator<Buffer> {
  const handle = openSync(file, 'r');
  try {
    for (;;) {
      const chunk = Buffer.alloc(CHUNK);
      const length = readSync(handle, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(handle);
  }
}
