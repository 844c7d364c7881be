import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { elementsOf, MOST_EVENT_LENGTH, pointerOf, readJson as readKnown } from './raw-json.js';

const known = new Set(['a', 'b', 'x', 'a/b~', 'd']);
const readJson = (text: string) => readKnown(text, known);

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('readJson', () => {
  it('reads what JSON.parse reads, when nothing in it needs repair', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        const read = readJson(text);
        if (/__proto__|e[+-]?\d|\d{16}/.test(text)) return;
        expect(read).toEqual({ outcome: 'valid', value: JSON.parse(text) as unknown });
      }),
    );
  });

  it.each([
    ['{"a":1,"a":1}', '/a', 'is given twice'],
    ['{"a":1,"\\u0061":2}', '/a', 'is given twice'],
    ['{"x":[{"b":{}},{"b":1,"c":":","b":2}]}', '/x/1/b', 'is given twice'],
    ['{"a/b~":{"d":1,"d":1}}', '/a~1b~0/d', 'is given twice'],
    ['{"Sam":1,"Sam":1}', '', 'holds a name that is given twice'],
    ['{"a":[{"Sam":1,"S\\u0061m":1}]}', '/a/0', 'holds a name that is given twice'],
    ['{"Sam":{"9990000018":{"a":1,"a":1}}}', '/*/*/a', 'is given twice'],
    ['{"a":{"Sam":1e999}}', '/a/*', 'is a number beyond exact range'],
    ['{"Sam":["\\ud83d"]}', '/*/0', 'holds half a character'],
    ['{"Sam":{"__proto__":1}}', '/*', 'holds a name that is not allowed'],
    ['{"x":{"__proto__\":{"admin":true}}}', '/x', 'holds a name that is not allowed'],
    ['{"a":1e999}', '/a', 'is a number beyond exact range'],
    ['{"a":[9007199254740993]}', '/a/0', 'is a number beyond exact range'],
    ['{"a":"\\ud83d"}', '/a', 'holds half a character'],
    ['{"\\udc00":1}', '', 'holds a name that is not allowed'],
    ['', '', 'is not JSON (line 1, column 1)'],
    ['\ufeff{}', '', 'is not JSON (line 1, column 1)'],
    ['{"a":1}\n {"b":2}', '', 'is not JSON (line 2, column 2)'],
    ['{"a":1,}', '', 'is not JSON (line 1, column 8)'],
    ['{"a":/* no */1}', '', 'is not JSON (line 1, column 6)'],
    ['{"a":"unclosed', '', 'is not JSON (line 1, column 6)'],
    ["{'a':1}", '', 'is not JSON (line 1, column 2)'],
    [nested(33), '', 'nests deeper than 32 levels'],
    ['['.repeat(100_000), '', 'nests deeper than 32 levels'],
    [`"${'x'.repeat(MOST_EVENT_LENGTH)}"`, '', `is longer than ${MOST_EVENT_LENGTH} characters`],
  ])('refuses %.40j at %j', (text, pointer, detail) => {
    expect(readJson(text)).toEqual({ outcome: 'invalid', errors: [{ pointer, detail }] });
  });

  it('reads what only looks like trouble', () => {
    const value = { a: { n: 1 }, b: { n: '":\\"' }, ':"': ['x', ':y', '\\'], c: 0.1, d: -0, e: '😀' };
    expect(readJson(JSON.stringify(value))).toMatchObject({ outcome: 'valid' });
    expect(readJson(nested(32))).toMatchObject({ outcome: 'valid' });
  });

  it('names at most twenty faults', () => {
    const text = `{${'"a":1,'.repeat(50)}"a":1}`;
    const read = readJson(text);
    expect(read.outcome === 'invalid' && read.errors).toHaveLength(20);
  });
});

describe('elementsOf', () => {
  it('takes an array apart without changing its elements', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (values) => {
        const texts = values.map((value) => JSON.stringify(value, undefined, 1));
        expect(elementsOf(` [ ${texts.join(' , ')} ]\n`)?.map((text) => text.trim())).toEqual(texts);
      }),
    );
  });

  it.each([
    ['[{"a":1},{bad},"]"]', ['{"a":1}', '{bad}', '"]"']],
    ['[{},,{}]', ['{}', '', '{}']],
    ['[ ]', []],
    ['[{}, ]', ['{}', ' ']],
  ])('keeps a bad element of %s to itself', (text, expected) => {
    expect(elementsOf(text)).toEqual(expected);
  });

  it.each(['', '{}', '[', '[{}', '[{}]]', '[{}] x', '["]', '[{}}', '\ufeff[]'])('refuses %j', (text) => {
    expect(elementsOf(text)).toBeUndefined();
  });
});

it('repeats in a pointer only names it knows', () => {
  expect(pointerOf(['a/b~', 0, 'Sam', 'x'], known)).toBe('/a~1b~0/0/*/x');
});
