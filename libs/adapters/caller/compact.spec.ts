import { describe, expect, it } from '@jest/globals';
import { checkCompact } from './compact.js';

const encode = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');
const header = '{"alg":"ES256","kid":"k"}';
const token = `${encode(header)}.${encode('{}')}.${encode('signature')}`;
const withHeader = (text: string | Uint8Array): string => `${encode(text)}.${encode('{}')}.c2ln`;
const check = (text: string): unknown => checkCompact(text, ['ES256']);

it('returns the header of a well-formed token', () => {
  expect(check(token)).toEqual({ alg: 'ES256', kid: 'k' });
});

describe('a malformed token', () => {
  const [first = '', second = '', third = ''] = token.split('.');
  const malformed: Readonly<Record<string, string>> = {
    'without a part': `${first}.${second}`,
    'with a part too many': `${token}.${third}`,
    'with an empty header': `.${second}.${third}`,
    'with an empty signature': `${first}.${second}.`,
    'with padding': `${first}.${encode('{}')}=.${third}`,
    'with a space before': ` ${token}`,
    'with a newline after': `${token}\n`,
    'with a space inside': token.replace('.', ' .'),
    'in base64 that is not base64url': `${first}.${second}.ab+/`,
    'with spare bits set': `${first}.e31.${third}`,
    'of an impossible length': `${first}.${second}.abcde`,
    'with a look-alike letter': `${first}.${second}.ſabc`,
    'too long': `${first}.${second}.${'A'.repeat(8192)}`,
    'with a header that is not JSON': withHeader('alg=ES256'),
    'with a header that has a comment': withHeader('{"alg":"ES256"/**/}'),
    'with a header that is an array': withHeader('["ES256"]'),
    'with a header that is null': withHeader('null'),
    'with a header that is not UTF-8': withHeader(
      Uint8Array.of(...Buffer.from('{"alg":"ES256","x":"'), 0xff, 0x22, 0x7d),
    ),
    'with a byte order mark': withHeader(`\uFEFF${header}`),
    'with a name twice': withHeader('{"alg":"none","alg":"ES256"}'),
    'with a name twice, once escaped': withHeader('{"alg":"ES256","kid":"a","k\\u0069d":"b"}'),
    'with a name twice further in': withHeader('{"alg":"ES256","jwk":{"x":1,"x":2}}'),
    'with critical extensions': withHeader('{"alg":"ES256","crit":["exp"],"exp":1}'),
    'with an unencoded payload': withHeader('{"alg":"ES256","b64":false}'),
    'with no algorithm': withHeader('{"kid":"k"}'),
    'with algorithm none': withHeader('{"alg":"none"}'),
    'with another case of the algorithm': withHeader('{"alg":"es256"}'),
    'with a shared-secret algorithm': withHeader('{"alg":"HS256"}'),
    'with a list of algorithms': withHeader('{"alg":["ES256"]}'),
  };

  it.each(Object.entries(malformed))('%s is refused', (_, text) => {
    expect(() => check(text)).toThrow(
      expect.objectContaining({ name: 'Forbidden', code: 'token-malformed' }),
    );
  });
});

it('leaves an empty payload to whoever needs claims', () => {
  expect(check(`${encode(header)}..c2ln`)).toMatchObject({ alg: 'ES256' });
});

it('allows the same name in two objects', () => {
  expect(check(withHeader('{"alg":"ES256","a":{"x":1},"b":{"x":1},"x":1}'))).toMatchObject({ alg: 'ES256' });
});
