import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { type IdentifierScheme } from '../../contract/catalogue/entry.js';
import { parseIdentifier } from './identifiers.js';
import { checkLetter, type InvalidReason } from './reading.js';

const YEAR = 2026;
const schemes: readonly IdentifierScheme[] = ['pnc', 'cro', 'asn', 'noms', 'crn', 'nhs', 'ycrn'];

type Vector = readonly [scheme: IdentifierScheme, raw: string, canonical: string];
type Refusal = readonly [scheme: IdentifierScheme, raw: string, reason: InvalidReason];

const valid: readonly Vector[] = [
  ['pnc', '1981/0000034U', '1981/0000034U'],
  ['pnc', '2002/0073319Z', '2002/0073319Z'],
  ['pnc', '2000/0000223R', '2000/0000223R'],
  ['pnc', '1979/0163001B', '1979/0163001B'],
  ['pnc', '2003/0000003Y', '2003/0000003Y'],
  ['pnc', '1967/9893091D', '1967/9893091D'],
  ['pnc', '2001/0171310W', '2001/0171310W'],
  ['pnc', '20010171310W', '2001/0171310W'],
  ['pnc', ' 1981/34u ', '1981/0000034U'],
  ['cro', '65656/91H', '065656/91H'],
  ['cro', '065656/91h', '065656/91H'],
  ['cro', 'SF05/482703J', 'SF05/482703J'],
  ['cro', 'SF83/50058Z', 'SF83/50058Z'],
  ['asn', '2202XC0200000000021R', '2202XC0200000000021R'],
  ['asn', '2005FF0500000000555P', '2005FF0500000000555P'],
  ['asn', '9700000000000123456K', '9700000000000123456K'],
  ['asn', '22FD112200001234560X', '22FD112200001234560X'],
  ['asn', '0416BH0000000090557N', '0416BH0000000090557N'],
  ['asn', '04/16BH/00/00000090557N', '0416BH0000000090557N'],
  ['asn', '04/16bh/00/90557n', '0416BH0000000090557N'],
  ['noms', 'A3695EA', 'A3695EA'],
  ['noms', 'a3695ea', 'A3695EA'],
  ['crn', 'X371199', 'X371199'],
  ['nhs', '9434765919', '9434765919'],
  ['nhs', '943 476 5919', '9434765919'],
  ['nhs', '450-557-7104', '4505577104'],
  ['nhs', '9990000018', '9990000018'],
  ['ycrn', 'yot-2024/17', 'YOT-2024/17'],
];

const refused: readonly Refusal[] = [
  ['pnc', '20030011985Z', 'check-character'],
  ['pnc', '20120052494O', 'check-character'],
  ['pnc', '20230583843N', 'check-character'],
  ['pnc', '2001/0171310S', 'check-character'],
  ['pnc', '2001/0171310', 'format'],
  ['pnc', '810000034U', 'format'],
  ['pnc', '198/0000034U', 'format'],
  ['pnc', '2081/0000034U', 'year'],
  ['pnc', '1881/0000034U', 'year'],
  ['pnc', '2000/0000000Z', 'placeholder'],
  ['pnc', 'PNCidentifier', 'format'],
  ['cro', '85227/65G', 'check-character'],
  ['cro', '000000/00Z', 'placeholder'],
  ['cro', '0/00Z', 'placeholder'],
  ['cro', 'SF83/050058Z', 'format'],
  ['cro', 'SF83/50058B', 'check-character'],
  ['cro', 'BB123456BCDE', 'format'],
  ['asn', '2202XC0200000000021', 'format'],
  ['asn', '0999HERF00000000666H', 'check-character'],
  ['asn', '2391NX000001109535', 'format'],
  ['asn', '2391NX000001069934', 'format'],
  ['asn', 'D28GC01129410771', 'format'],
  ['asn', '547215884133616830', 'format'],
  ['asn', '0416BH90557N', 'format'],
  ['asn', '0416BH0000000000000Z', 'placeholder'],
  ['noms', 'A3695E', 'format'],
  ['noms', '3A695EA', 'format'],
  ['crn', 'X37119', 'format'],
  ['crn', 'XX37119', 'format'],
  ['nhs', '4857773456', 'check-character'],
  ['nhs', '94347659190', 'format'],
  ['nhs', '943 4765919', 'format'],
  ['nhs', '0000000000', 'placeholder'],
  ['nhs', '2222222222', 'placeholder'],
  ['ycrn', 'A'.repeat(33), 'format'],
  ['ycrn', '../etc', 'format'],
  ['crn', '   ', 'empty'],
  ['cro', 'ſF05/482703J', 'format'],
  ['crn', 'X３７１１９９', 'format'],
  ['crn', 'X371199\n', 'format'],
];

describe('published vectors (requirements §3.6)', () => {
  it.each(valid)('%s %s reads as %s', (scheme, raw, value) => {
    expect(parseIdentifier(scheme, raw, YEAR)).toEqual({ outcome: 'valid', scheme, value });
  });

  it.each(refused)('%s %j is refused: %s', (scheme, raw, reason) => {
    expect(parseIdentifier(scheme, raw, YEAR)).toEqual({ outcome: 'invalid', scheme, reason });
  });

  it('gives the check letter of an arrest summons number whose year and sequence pass 2^53', () => {
    expect(checkLetter('02022200000000021')).toBe('R');
    expect(checkLetter('99999999999999999999')).toBe(checkLetter(String(99999999999999999999n % 23n)));
  });
});

describe('the century of a short PNC', () => {
  it('comes from the year of receipt, which is returned to be stored', () => {
    expect(parseIdentifier('pnc', '81/34U', YEAR)).toEqual({
      outcome: 'valid',
      scheme: 'pnc',
      value: '1981/0000034U',
      pivot: YEAR,
    });
  });

  it.each([
    [2026, '1930'],
    [2029, '1930'],
    [2030, '2030'],
    [2031, '2030'],
    [2131, '2130'],
  ])('30/… received in %i is of %s', (receivedYear, year) => {
    const letter = checkLetter('300000034');
    expect(parseIdentifier('pnc', `30/34${letter}`, receivedYear)).toMatchObject({
      value: `${year}/0000034${letter}`,
      pivot: receivedYear,
    });
  });

  it('does not depend on the clock', () => {
    jest.useFakeTimers({ now: new Date('2041-06-01T00:00:00Z') });
    const parsed = parseIdentifier('pnc', '30/34T', YEAR);
    jest.useRealTimers();
    expect(parsed).toEqual(parseIdentifier('pnc', '30/34T', YEAR));
    expect(parsed).toMatchObject({ outcome: 'valid', value: '1930/0000034T' });
  });

  it('is refused when the year of receipt is not a year', () => {
    expect(parseIdentifier('pnc', '81/34U', NaN)).toMatchObject({ outcome: 'invalid', reason: 'year' });
  });
});

const digits = (length: number): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'));
const code = (length: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'),
    minLength: length,
    maxLength: length,
  });
const allDigits = (text: string): string => (/^\d+$/.test(text) ? text : '');

const canonical: Readonly<Record<'pnc' | 'cro' | 'asn', fc.Arbitrary<string>>> = {
  pnc: fc
    .tuple(fc.integer({ min: 1900, max: YEAR }), digits(7))
    .map(([year, serial]) => `${String(year)}/${serial}${checkLetter(String(year).slice(2) + serial)}`),
  cro: fc.oneof(
    fc.tuple(digits(6), digits(2)).map(([serial, year]) => `${serial}/${year}${checkLetter(year + serial)}`),
    fc
      .tuple(fc.integer({ min: 1, max: 999999 }), digits(2))
      .map(([serial, year]) => `SF${year}/${String(serial)}${checkLetter(year + String(serial))}`),
  ),
  asn: fc
    .tuple(digits(2), fc.oneof(code(2), code(3)), code(2), code(2), digits(11))
    .map(([year, force, unit, system, sequence]) => {
      const letter = checkLetter(allDigits(force) + allDigits(system) + year + sequence);
      return year + force + unit + system + sequence + letter;
    }),
};

describe.each(['pnc', 'cro', 'asn'] as const)('every %s with its right check letter', (scheme) => {
  it('is its own canonical form, whatever its case', () => {
    fc.assert(
      fc.property(canonical[scheme], (id) => {
        const expected = { outcome: 'valid', scheme, value: id };
        expect(parseIdentifier(scheme, id, YEAR)).toEqual(expected);
        expect(parseIdentifier(scheme, ` ${id.toLowerCase()} `, YEAR)).toEqual(expected);
      }),
    );
  });

  it('is refused with any other check letter', () => {
    fc.assert(
      fc.property(canonical[scheme], fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), (id, letter) => {
        fc.pre(!id.endsWith(letter));
        expect(parseIdentifier(scheme, id.slice(0, -1) + letter, YEAR)).toEqual({
          outcome: 'invalid',
          scheme,
          reason: 'check-character',
        });
      }),
    );
  });
});

it('finds any one wrong digit of an NHS number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
      const right = '9434765919';
      const wrong = right.slice(0, at) + String(digit) + right.slice(at + 1);
      expect(parseIdentifier('nhs', wrong, YEAR).outcome).toBe(wrong === right ? 'valid' : 'invalid');
    }),
  );
});

it('never throws, and reads what it made canonical as itself', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789ASFXZ/ -') }),
    fc.constantFrom(...valid.map(([, raw]) => raw)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...schemes),
      text,
      fc.integer({ min: 2000, max: 2099 }),
      (scheme, raw, year) => {
        const parsed = parseIdentifier(scheme, raw, year);
        if (parsed.outcome === 'valid') {
          expect(parseIdentifier(scheme, parsed.value, year)).toMatchObject({ value: parsed.value });
        }
      },
    ),
    { numRuns: 2000 },
  );
});

const messages = '../shared/data/common-platform';

if (existsSync(messages)) {
  it('says of every arrest summons number in the court messages whether it is one', () => {
    const found = new Set(
      readdirSync(messages, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.json'))
        .flatMap((name) => [
          ...readFileSync(join(messages, name), 'utf8').matchAll(/"arrestSummonsNumber"\s*:\s*"([^"]*)"/g),
        ])
        .map((match) => match[1] ?? ''),
    );
    const outcomes = Object.fromEntries(
      [...found].sort().map((asn) => {
        const parsed = parseIdentifier('asn', asn, YEAR);
        return [asn, parsed.outcome === 'valid' ? 'valid' : parsed.reason];
      }),
    );
    expect(outcomes).toEqual({
      '0999HERF00000000666H': 'check-character',
      '170909936254731460': 'format',
      '2391NX000001069934': 'format',
      '2391NX000001109535': 'format',
      '547215884133616830': 'format',
      '573405783438007100': 'format',
      D27GC01129410771: 'format',
      D27GC01124164138: 'format',
      D28GC01129410771: 'format',
      D28GC01124164138: 'format',
    });
  });
} else {
  process.stderr.write(`the court messages are not read: ${messages} is absent\n`);
}
