import { describe, it } from '@jest/globals';
import { agreementOf, custodyClause } from '../../testing/agreements.js';
import { refused, specifying } from '../../testing/given.js';
import { parseAgreement } from './agreement-document.js';

const document = agreementOf({
  reference: 'resettlement',
  clauses: [custodyClause],
});
const text = JSON.stringify(document);
const given = specifying((_: readonly never[], written: string) => [parseAgreement(written)]);

describe('the text of an agreement', () => {
  it('is read as YAML, and so as JSON', () => {
    given([]).when(text).then([document]);
    given([]).when(`# as signed\n${text}\n`).then([document]);
  });

  it.each([
    ['is neither', '{', 'agreement-syntax'],
    ['names a member twice', `{ "title": "x", ${text.slice(1)}`, 'agreement-syntax'],
    ['stands for more than it says', 'parties: &all [a]\npurposes: *all', 'agreement-syntax'],
    ['is no agreement', '[]', 'agreement'],
    ['is longer than any agreement', text.padEnd(500_001), 'agreement-too-long'],
  ])('is refused when it %s', (_, written, code) => {
    given([]).when(written).then(refused('invalid', code));
  });

  it('may be as long as is allowed', () => {
    given([]).when(text.padEnd(500_000)).then([document]);
  });
});
