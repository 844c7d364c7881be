import { describe, expect, it } from '@jest/globals';
import { entryOf } from '../../contract/catalogue/catalogue.js';
import { sampleData } from '../../testing/samples.js';
import { type NamedPerson, readNamedPerson } from './named-person.js';
import { offenderIdFrom } from './offender-id.js';

const TYPE = 'police.arrest.recorded';
const entry = entryOf(TYPE);
if (entry === undefined) throw new Error(`the catalogue has no ${TYPE}`);

const person = {
  asn: '2202XC0200000000021R',
  name: { family: 'Rook', given: 'Ada' },
  dateOfBirth: '1984-06-09',
};

const context = { publisher: 'police', receivedYear: 2026, confirmed: false };

function read(
  subject: string,
  changes: Readonly<Record<string, unknown>> = {},
  confirmed = false,
): NamedPerson {
  const data = { ...person, ...changes };
  return readNamedPerson(entry!, { subject, event: { data } }, { ...context, confirmed });
}

describe('the person a publication names', () => {
  it('is read from subject and data, each identifier in its canonical form', () => {
    expect(read('pnc:01/171310w', { cro: '65656/91H' })).toEqual({
      outcome: 'named',
      offender: undefined,
      identifiers: [
        { scheme: 'pnc', value: '2001/0171310W', path: 'subject' },
        { scheme: 'asn', value: '2202XC0200000000021R', path: 'asn' },
        { scheme: 'cro', value: '065656/91H', path: 'cro' },
      ],
    });
  });

  it('by a reference of its publisher means that publisher alone', () => {
    const named = read('ref:case 12:3');
    expect(named.outcome === 'named' && named.identifiers[0]).toEqual({
      scheme: 'ref',
      value: 'police:case 12:3',
      path: 'subject',
    });
  });

  it("may be named by the hub's own identifier", () => {
    const offender = offenderIdFrom(new Uint8Array(10));
    expect(read(`offender:${offender}`)).toMatchObject({ outcome: 'named', offender });
  });

  it('is certain in the sample of this type', () => {
    const data = sampleData[TYPE] ?? {};
    expect(readNamedPerson(entry, { subject: 'ref:1', event: { data } }, context)).toMatchObject({
      outcome: 'named',
    });
  });

  it.each([
    [
      'a wrong check character in data',
      'ref:1',
      { pnc: '2001/0171310S' },
      '/data/pnc',
      'identifier-check-failed',
    ],
    ['a wrong check character in subject', 'pnc:2001/0171310S', {}, '/subject', 'identifier-check-failed'],
    ['another form', 'crn:371199', {}, '/subject', 'identifier-check-failed'],
    ['an empty value', 'ref:1', { cro: ' ' }, '/data/cro', 'identifier-check-failed'],
    ['a damaged hub id', 'offender:P0000000000A', {}, '/subject', 'identifier-check-failed'],
    ['an identifier for none', 'ref:1', { cro: '000000/00Z' }, '/data/cro', 'placeholder-value'],
    [
      'a default date of birth',
      'ref:1',
      { dateOfBirth: '1970-01-01' },
      '/data/dateOfBirth',
      'placeholder-value',
    ],
    ['a first of January', 'ref:1', { dateOfBirth: '1984-01-01' }, '/data/dateOfBirth', 'placeholder-value'],
    [
      'a made-up name',
      'ref:1',
      { name: { family: 'MIG_ERROR_1', given: 'Ada' } },
      '/data/name/family',
      'placeholder-value',
    ],
    [
      'a postcode for no abode',
      'ref:1',
      { address: { lines: ['-'], postcode: 'NF1 1NF' } },
      '/data/address/postcode',
      'placeholder-value',
    ],
  ])('is doubtful by %s', (_, subject, changes, pointer, reason) => {
    expect(read(subject, changes)).toEqual({
      outcome: 'doubtful',
      reason,
      errors: [{ pointer, detail: expect.any(String) as unknown }],
    });
  });

  it('is certain when somebody confirmed a value that looks like a stand-in, but never against a check', () => {
    expect(read('ref:1', { dateOfBirth: '1984-01-01' }, true).outcome).toBe('named');
    expect(read('pnc:2001/0171310S', {}, true).outcome).toBe('doubtful');
    expect(read('ref:1', { cro: '000000/00Z' }, true).outcome).toBe('doubtful');
  });

  it('is never quoted in an error', () => {
    const text = JSON.stringify(read('pnc:2001/0171310S', { cro: '85227/65G', dateOfBirth: '1900-01-01' }));
    expect(text).not.toMatch(/171310|85227|1900/);
  });
});
