import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { DEVELOPMENT_ISSUER, developmentIssuer } from './development-issuer.js';
import { localKeys } from './keys.js';
import { tokenVerifier } from './verify-token.js';

const request = {
  agency: 'probation',
  user: 'development',
  roles: ['practitioner'],
  purposes: ['reducing-reoffending'],
  hours: 8,
};
let dataDir: string;
const file = (): string => join(dataDir, 'development-issuer.jwk');

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'concordat-')), 'data');
});

afterEach(() => {
  rmSync(join(dataDir, '..'), { recursive: true });
});

describe('the development issuer', () => {
  it('signs tokens that a verifier with its public key accepts', async () => {
    const { issuer, audience, jwks, sign } = developmentIssuer(dataDir, {});
    expect({ issuer, audience }).toEqual({ issuer: DEVELOPMENT_ISSUER, audience: 'concordat' });
    const token = await sign(request);
    await expect(tokenVerifier({ issuer, audience, keys: localKeys(jwks) })(token)).resolves.toEqual({
      agency: 'probation',
      user: 'development',
      roles: ['practitioner'],
      purposes: ['reducing-reoffending'],
      expires: decodeJwt(token).exp,
    });
    const { iat = 0, exp } = decodeJwt(token);
    expect(exp).toBe(iat + 8 * 3600);
  });

  it('keeps its key to its owner, publishes no private part, and leaves nothing else behind', () => {
    const { jwks } = developmentIssuer(dataDir, {});
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(readdirSync(dataDir)).toEqual(['development-issuer.jwk']);
  });

  it('keeps its key from start to start', () => {
    expect(developmentIssuer(dataDir, {}).jwks).toEqual(developmentIssuer(dataDir, {}).jwks);
  });

  it('takes its audience from the environment', () => {
    expect(developmentIssuer(dataDir, { CONCORDAT_AUDIENCE: 'elsewhere' }).audience).toBe('elsewhere');
  });

  it.each(['production', 'Production', ' production '])('refuses NODE_ENV %j, and makes no key', (mode) => {
    expect(() => developmentIssuer(dataDir, { NODE_ENV: mode })).toThrow(
      expect.objectContaining({ name: 'Forbidden', code: 'development-issuer-in-production' }),
    );
    expect(() => statSync(file())).toThrow('ENOENT');
  });

  it.each([
    '',
    '{}',
    'null',
    '{"kty":"oct","k":"AAAA"}',
    '{"kty":"EC","crv":"P-256","alg":"ES256","kid":"k"}',
  ])('refuses a key file that holds %j, and leaves it', (content) => {
    mkdirSync(dataDir);
    writeFileSync(file(), content);
    expect(() => developmentIssuer(dataDir, {})).toThrow(
      expect.objectContaining({ name: 'Invalid', code: 'development-issuer-key' }),
    );
    expect(readFileSync(file(), 'utf8')).toBe(content);
  });

  it.each([
    [{ agency: 'nowhere' }, 'token-claims'],
    [{ roles: ['root'] }, 'token-claims'],
    [{ hours: 0 }, 'token-hours'],
    [{ hours: NaN }, 'token-hours'],
    [{ hours: Infinity }, 'token-hours'],
  ])('does not sign what no verifier would accept: %j', async (change, code) => {
    await expect(developmentIssuer(dataDir, {}).sign({ ...request, ...change })).rejects.toMatchObject({
      code,
    });
  });

  it('has one key for processes that start together', async () => {
    const resolveSources =
      'data:text/javascript,' +
      encodeURIComponent(
        `import { registerHooks } from 'node:module';
         const resolve = (name, context, next) => {
           try { return next(name, context); } catch { return next(name.replace(/\\.js$/, '.ts'), context); }
         };
         registerHooks({ resolve });`,
      );
    const script = `
      const { developmentIssuer } = await import(${JSON.stringify(join(import.meta.dirname, 'development-issuer.ts'))});
      const [dataDir, start] = process.argv.slice(1);
      const published = Array.from({ length: 10 }, (_, round) => {
        while (Date.now() < Number(start) + round * 50);
        return developmentIssuer(dataDir + '/' + round, {}).jwks;
      });
      process.stdout.write(JSON.stringify(published));`;
    const options = ['--no-warnings', '--experimental-transform-types', '--import', resolveSources];
    const start = String(Date.now() + 1500);
    const started = Array.from({ length: 3 }, async () =>
      promisify(execFile)(process.execPath, [
        ...options,
        '--input-type=module',
        '-e',
        script,
        dataDir,
        start,
      ]),
    );
    const published = new Set((await Promise.all(started)).map(({ stdout }) => stdout));
    const kept = Array.from(
      { length: 10 },
      (_, round) => developmentIssuer(join(dataDir, String(round)), {}).jwks,
    );
    expect([...published]).toEqual([JSON.stringify(kept)]);
  });
});
