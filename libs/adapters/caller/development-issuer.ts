import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { Forbidden, Invalid } from '../../contract/failure.js';
import { createDurably } from '../files/durable-file.js';
import { type Caller, callerFromClaims } from './caller.js';

export const DEVELOPMENT_ISSUER = 'urn:concordat:development';
const KEY_FILE = 'development-issuer.jwk';
const MOST_HOURS = 24 * 366;

/** What a development token is to say; `hours` is how long it lasts. */
export interface TokenRequest extends Omit<Caller, 'expires' | 'roles'> {
  readonly roles: readonly string[];
  readonly hours: number;
}

export interface DevelopmentIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly jwks: JSONWebKeySet;
  readonly sign: (request: TokenRequest) => Promise<string>;
}

/**
 * An issuer for development and the demonstration, so that neither needs an identity provider. Its ES256 key lies in
 * `<dataDir>/development-issuer.jwk` (mode 0600) and is made on first use; processes that start together agree on
 * one. The audience is `CONCORDAT_AUDIENCE` or `concordat`. Whoever can read the file can be anyone, hence
 * `Forbidden` `development-issuer-in-production` when `NODE_ENV` is `production`; a file that holds no such key is
 * `Invalid` `development-issuer-key`. `sign` throws as `callerFromClaims` does, and `Invalid` `token-hours`.
 */
export function developmentIssuer(
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
): DevelopmentIssuer {
  if (env['NODE_ENV']?.trim().toLowerCase() === 'production') {
    throw new Forbidden(
      'development-issuer-in-production',
      'the development issuer does not run in production',
    );
  }
  const file = join(dataDir, KEY_FILE);
  if (!existsSync(file)) makeKey(dataDir, file);
  const key = readKey(file);
  const audience = env['CONCORDAT_AUDIENCE'] || 'concordat';
  return {
    issuer: DEVELOPMENT_ISSUER,
    audience,
    jwks: { keys: [publicPart(key)] },
    sign: (request) => sign(request, audience, key),
  };
}

async function sign(request: TokenRequest, audience: string, key: SigningKey): Promise<string> {
  const { agency, user, team, roles, purposes, hours } = request;
  if (!(hours > 0 && hours <= MOST_HOURS)) throw new Invalid('token-hours', 'hours must be from 0 to 8784');
  const issued = Math.floor(Date.now() / 1000);
  const expires = issued + Math.ceil(hours * 3600);
  const claims = { sub: user, agency, ...(team && { team }), roles, purposes, iat: issued, exp: expires };
  callerFromClaims(claims);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: key.kid })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(audience)
    .sign(key);
}

type SigningKey = JWK & Readonly<Record<'kty' | 'kid' | 'crv' | 'x' | 'y' | 'd', string>>;

function publicPart({ kty, kid, crv, x, y }: SigningKey): JWK {
  return { kty, kid, crv, x, y, alg: 'ES256', use: 'sig' };
}

function readKey(file: string): SigningKey {
  try {
    const key: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isSigningKey(key)) return key;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Invalid(
    'development-issuer-key',
    `${KEY_FILE} holds no ES256 key: remove it to have a new one made`,
  );
}

function isSigningKey(key: unknown): key is SigningKey {
  if (typeof key !== 'object' || key === null) return false;
  const { kty, crv, alg, ...texts } = Object.fromEntries(Object.entries(key));
  const known = kty === 'EC' && crv === 'P-256' && alg === 'ES256';
  return known && ['kid', 'x', 'y', 'd'].every((name) => typeof texts[name] === 'string');
}

/** Of several processes that try at once, one makes the key. */
function makeKey(dataDir: string, file: string): void {
  mkdirSync(dataDir, { recursive: true });
  try {
    createDurably(file, JSON.stringify(newKey()));
  } catch (error) {
    if (!existsSync(file)) throw error;
  }
}

function newKey(): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: randomUUID() };
}
