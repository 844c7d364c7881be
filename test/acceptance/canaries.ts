import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PropertySchema } from '../../libs/contract/catalogue/entry.js';

/** Makes texts that occur nowhere else, and remembers them. */
export interface Canaries {
  readonly texts: readonly string[];
  next(): string;
  /** A text that was chosen elsewhere. */
  also(text: string): string;
  /** An event's data with a canary in every text that its schema leaves free, also where the sample has none. */
  fill(schema: PropertySchema, sample: unknown): unknown;
}

export function openCanaries(): Canaries {
  const texts: string[] = [];
  const also = (text: string): string => {
    texts.push(text);
    return text;
  };
  const next = (): string => also(`ZQX${texts.length.toString(36).toUpperCase().padStart(4, '0')}`);

  /** What stands in the clear by design, has a form of its own or names the person to intake stays as it is. */
  function isFree({ type, maxLength = Infinity, pattern, ...schema }: PropertySchema): boolean {
    return (
      type === 'string' &&
      schema.enum === undefined &&
      schema.format === undefined &&
      schema['x-control'] === undefined &&
      schema['x-identifier'] === undefined &&
      maxLength >= 7 &&
      new RegExp(pattern ?? '').test('ZQX0000')
    );
  }

  function fill(schema: PropertySchema, sample: unknown): unknown {
    if (schema.type === 'object') {
      const before = (sample ?? {}) as Readonly<Record<string, unknown>>;
      const filled = Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
        before[name] !== undefined || isFree(each) ? [[name, fill(each, before[name])] as const] : [],
      );
      return Object.fromEntries(filled);
    }
    if (schema.type === 'array' && Array.isArray(sample) && schema.items !== undefined) {
      const { items } = schema;
      return sample.map((each: unknown) => fill(items, each));
    }
    return isFree(schema) ? next() : sample;
  }

  return { texts, next, also, fill };
}

/** Which of the texts lie in which files under a folder, in whatever case, as UTF-8 or UTF-16. */
export function textsUnder(folder: string, texts: readonly string[]): readonly string[] {
  return filesUnder(folder).flatMap((file) => {
    const content = readFileSync(file).toString('latin1').toLowerCase();
    const beginnings = new Set(texts.map((text) => text.slice(0, 3)));
    const occurring = new Set([...beginnings].filter((each) => isIn(content, each)));
    return texts
      .filter((text) => occurring.has(text.slice(0, 3)) && isIn(content, text))
      .map((text) => `${text} in ${file.slice(folder.length + 1)}`);
  });
}

function isIn(content: string, text: string): boolean {
  const lower = text.toLowerCase();
  return (['utf8', 'utf16le'] as const).some((encoding) =>
    content.includes(Buffer.from(lower, encoding).toString('latin1')),
  );
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
