import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CompactSign, type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { localKeys, remoteKeys } from './keys.js';
import { bearerToken, tokenVerifier, type TokenVerifier } from './verify-token.js';

const NOW = 1_800_000_000;
const issuer = 'https://issuer.example';
const audience = 'concordat';
const ours = await generateKeyPair('ES256', { extractable: true });
const theirs = await generateKeyPair('ES256', { extractable: true });
const publicJwk: JWK = { ...(await exportJWK(ours.publicKey)), kid: 'ours', alg: 'ES256', use: 'sig' };

const claims: Readonly<Record<string, unknown>> = {
  iss: issuer,
  aud: audience,
  sub: 'p.officer',
  agency: 'police',
  roles: ['practitioner'],
  purposes: ['reducing-reoffending'],
  iat: NOW,
  exp: NOW + 300,
};

interface Signing {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: CryptoKey;
}

function signed(
  change: Readonly<Record<string, unknown>> = {},
  { header = {}, key = ours.privateKey }: Signing = {},
) {
  return new SignJWT({ ...claims, ...change })
    .setProtectedHeader({ alg: 'ES256', kid: 'ours', ...header })
    .sign(key);
}

function verifier(keys: readonly JWK[] = [publicJwk], clock = (): number => NOW * 1000): TokenVerifier {
  return tokenVerifier({ issuer, audience, keys: localKeys({ keys: [...keys] }), clock });
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const refusal = (code: string): object => expect.objectContaining({ name: 'Forbidden', code });

it('a good token gives its caller', async () => {
  await expect(verifier()(await signed())).resolves.toEqual({
    agency: 'police',
    user: 'p.officer',
    roles: ['practitioner'],
    purposes: ['reducing-reoffending'],
    expires: NOW + 300,
  });
});

describe('claims of the token', () => {
  it.each([
    ['another issuer', { iss: 'https://issuer.example.org' }, 'token-invalid'],
    ['no issuer', { iss: undefined }, 'token-invalid'],
    ['another audience', { aud: 'elsewhere' }, 'token-invalid'],
    ['no audience', { aud: undefined }, 'token-invalid'],
    ['no expiry', { exp: undefined }, 'token-invalid'],
    ['an expiry that is text', { exp: String(NOW + 300) }, 'token-invalid'],
    ['an expiry five seconds ago', { exp: NOW - 5, iat: NOW - 300 }, 'token-expired'],
    ['a start in six seconds', { nbf: NOW + 6 }, 'token-invalid'],
    ['an issue in six seconds', { iat: NOW + 6 }, 'token-invalid'],
    ['an issue after its expiry', { iat: NOW + 4, exp: NOW + 3 }, 'token-invalid'],
    ['an issue that is text', { iat: 'now' }, 'token-invalid'],
    ['no agency', { agency: undefined }, 'token-claims'],
    ['an unknown agency', { agency: 'nowhere' }, 'token-claims'],
    ['an unknown role', { roles: ['practitioner', 'root'] }, 'token-claims'],
    ['no roles', { roles: undefined }, 'token-claims'],
    ['no purposes', { purposes: undefined }, 'token-claims'],
    ['no subject', { sub: undefined }, 'token-claims'],
  ])('with %s are refused', async (_, change, code) => {
    await expect(verifier()(await signed(change))).rejects.toEqual(refusal(code));
  });

  it.each([
    ['expired four seconds ago', { exp: NOW - 4, iat: NOW - 300 }],
    ['starting in five seconds', { nbf: NOW + 5, iat: NOW + 5 }],
    ['for several audiences', { aud: ['elsewhere', audience] }],
    ['without the time of issue', { iat: undefined }],
  ])('are accepted when %s', async (_, change) => {
    await expect(verifier()(await signed(change))).resolves.toMatchObject({ agency: 'police' });
  });
});

describe('the signature', () => {
  it('by another key is refused', async () => {
    await expect(verifier()(await signed({}, { key: theirs.privateKey }))).rejects.toEqual(
      refusal('token-invalid'),
    );
  });

  it('naming an unknown key is refused', async () => {
    await expect(verifier()(await signed({}, { header: { kid: 'theirs' } }))).rejects.toEqual(
      refusal('token-invalid'),
    );
  });

  it('by a key that the token brings along is refused', async () => {
    const jwk = await exportJWK(theirs.publicKey);
    const token = await signed({}, { header: { jwk }, key: theirs.privateKey });
    await expect(verifier()(token)).rejects.toEqual(refusal('token-invalid'));
  });

  it('over no claims at all is refused', async () => {
    const jws = await new CompactSign(new Uint8Array())
      .setProtectedHeader({ alg: 'ES256', kid: 'ours' })
      .sign(ours.privateKey);
    await expect(verifier()(jws)).rejects.toEqual(refusal('token-invalid'));
  });

  it('does not cover a changed payload', async () => {
    const [header = '', , signature = ''] = (await signed()).split('.');
    const token = `${header}.${encode({ ...claims, agency: 'probation' })}.${signature}`;
    await expect(verifier()(token)).rejects.toEqual(refusal('token-invalid'));
  });

  it('of algorithm none is refused', async () => {
    const token = `${encode({ alg: 'none', kid: 'ours' })}.${encode(claims)}.`;
    await expect(verifier()(token)).rejects.toEqual(refusal('token-malformed'));
    await expect(verifier()(`${token}AAAA`)).rejects.toEqual(refusal('token-malformed'));
  });

  it('with the public key as a shared secret is refused', async () => {
    const body = `${encode({ alg: 'HS256', kid: 'ours' })}.${encode(claims)}`;
    const mac = createHmac('sha256', await exportSPKI(ours.publicKey))
      .update(body)
      .digest('base64url');
    await expect(verifier()(`${body}.${mac}`)).rejects.toEqual(refusal('token-malformed'));
  });

  it.each([
    ['encryption', { use: 'enc' }],
    ['signing only', { use: undefined, key_ops: ['sign'] }],
    ['another algorithm', { alg: 'ES384' }],
  ])('by a key meant for %s is refused', async (_, change) => {
    const key = Object.fromEntries(Object.entries({ ...publicJwk, ...change }).filter(([, value]) => value));
    await expect(verifier([{ ...key, kty: 'EC' }])(await signed())).rejects.toEqual(refusal('token-invalid'));
  });

  it('is refused when two keys have its name', async () => {
    const twin = { ...(await exportJWK(theirs.publicKey)), kid: 'ours', alg: 'ES256' };
    await expect(verifier([publicJwk, twin])(await signed())).rejects.toEqual(refusal('token-invalid'));
  });
});

describe('the form', () => {
  it.each(['JWT', 'jwt', 'at+jwt', 'application/at+jwt'])('of type %s is accepted', async (typ) => {
    await expect(verifier()(await signed({}, { header: { typ } }))).resolves.toMatchObject({
      agency: 'police',
    });
  });

  it.each(['logout+jwt', 'dpop+jwt', 'secevent+jwt'])('of type %s is refused', async (typ) => {
    await expect(verifier()(await signed({}, { header: { typ } }))).rejects.toEqual(refusal('token-invalid'));
  });

  it.each([
    ['a space before', (token: string): string => ` ${token}`],
    ['a newline after', (token: string): string => `${token}\n`],
    ['padding', (token: string): string => `${token}==`],
    ['a part less', (token: string): string => token.slice(0, token.lastIndexOf('.'))],
  ])('with %s is malformed', async (_, change) => {
    await expect(verifier()(change(await signed()))).rejects.toEqual(refusal('token-malformed'));
  });

  it.each([undefined, ''])('%j is no token', async (token) => {
    await expect(verifier()(token)).rejects.toEqual(refusal('token-missing'));
  });
});

describe('a token seen before', () => {
  it('is refused once it has expired', async () => {
    let now = NOW * 1000;
    const verify = verifier([publicJwk], () => now);
    const token = await signed({ exp: NOW + 20 });
    const caller = await verify(token);
    now += 19_000;
    await expect(verify(token)).resolves.toBe(caller);
    now += 6_000;
    await expect(verify(token)).rejects.toEqual(refusal('token-expired'));
  });

  it('is verified again after a minute, so that a withdrawn key is noticed', async () => {
    let now = NOW * 1000;
    let keys = localKeys({ keys: [publicJwk] });
    const options = { issuer, audience, clock: (): number => now };
    const verify = tokenVerifier({ ...options, keys: async (header, token) => keys(header, token) });
    const token = await signed({ exp: NOW + 3600 });
    await verify(token);
    keys = localKeys({ keys: [] });
    now += 59_000;
    await expect(verify(token)).resolves.toMatchObject({ agency: 'police' });
    now += 1_000;
    await expect(verify(token)).rejects.toEqual(refusal('token-invalid'));
  });

  it('does not lend its caller to a token that differs only in its signature', async () => {
    const verify = verifier();
    const [header = '', payload = '', signature = ''] = (await signed()).split('.');
    await verify(`${header}.${payload}.${signature}`);
    const other = (await signed({ jti: 'other' })).split('.')[2] ?? '';
    await expect(verify(`${header}.${payload}.${other}`)).rejects.toEqual(refusal('token-invalid'));
  });
});

it('keys that cannot be had make the hub unavailable, not the token invalid', async () => {
  const keys = remoteKeys(new URL('http://127.0.0.1:1/jwks'));
  const verify = tokenVerifier({ issuer, audience, keys, clock: () => NOW * 1000 });
  await expect(verify(await signed())).rejects.toMatchObject({
    name: 'Unavailable',
    code: 'issuer-unreachable',
  });
});

it('no refusal repeats anything of the token', async () => {
  const token = await signed({ agency: 'nowhere', sub: 'Jane Doe', iss: 'https://evil.example' });
  const error: unknown = await verifier()(token).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'token-invalid', message: 'the token is not valid here', errors: [] });
  expect(error).not.toHaveProperty('cause');
});

describe('an Authorization header', () => {
  it.each(['Bearer a.b.c', 'bearer  a.b.c'])('%j carries a token', (header) => {
    expect(bearerToken(header)).toBe('a.b.c');
  });

  it('keeps what is wrong with a token for the verifier to refuse', () => {
    expect(bearerToken('Bearer a.b.c ')).toBe('a.b.c ');
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'a.b.c'])('%j carries none', (header) => {
    expect(() => bearerToken(header)).toThrow(refusal('token-missing'));
  });
});
