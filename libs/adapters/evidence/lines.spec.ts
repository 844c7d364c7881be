import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from './lines.js';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'concordat-lines-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function linesIn(text: string) {
  const file = join(dir, 'file');
  writeFileSync(file, text);
  const rest: string[] = [];
  const lines = [...linesOf(file, (bytes) => rest.push(bytes.toString()))].map(String);
  return { lines, rest };
}

describe('the lines of a file', () => {
  it('end at newlines alone, and what stands after the last is none', () => {
    expect(linesIn('a\r\n\u2028b\n\nc')).toEqual({ lines: ['a\r', '\u2028b', ''], rest: ['c'] });
    expect(linesIn('')).toEqual({ lines: [], rest: [] });
  });

  it('are whole, however long they are', () => {
    const lines = fc.array(fc.tuple(fc.constantFrom('a', 'é', ''), fc.nat(70_000)), { maxLength: 6 });
    fc.assert(
      fc.property(lines, (each) => {
        const texts = each.map(([letter, length]) => letter.repeat(length));
        expect(linesIn(texts.map((text) => `${text}\n`).join(''))).toEqual({ lines: texts, rest: [] });
      }),
      { numRuns: 30 },
    );
  });
});
