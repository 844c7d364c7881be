import { expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { documentsWithoutWords, holdsWords } from './asked-words.js';

it.each([
  ['{ offender(id: "P1") { id } }', true],
  ['{ offender(identifier: { scheme: pnc, value: "2001/0171310W" }) { id } }', true],
  ['{ offenders(search: { familyName: """Sam""" }) { edges { cursor } } }', true],
  ['query Q($id: ID = "P1") { offender(id: $id) { id } }', true],
  ['fragment F on Offender { timeline(after: "x") { edges { cursor } } } { offender(id: 1) { ...F } }', true],
  [
    'query Q($id: ID!) { offender(id: $id) { timeline(first: 20, order: received) { edges { cursor } } } }',
    false,
  ],
])('%s holds words of its asker: %s', (text, expected) => {
  expect(holdsWords(parse(text))).toBe(expected);
});

it('keeps only documents without them', async () => {
  const documents = documentsWithoutWords();
  const worded = parse('{ offender(id: "P1") { id } }');
  const wordless = parse('query Q($id: ID!) { offender(id: $id) { id } }');
  await documents.set('worded', worded);
  await documents.set('wordless', wordless);
  expect(await documents.get('worded')).toBeUndefined();
  expect(await documents.get('wordless')).toBe(wordless);
  expect(await documents.delete('wordless')).toBe(true);
  expect(await documents.get('wordless')).toBeUndefined();
});
