import { hash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { Forbidden, isFailure } from '../../contract/failure.js';
import { type Caller, callerFromClaims } from './caller.js';
import { checkCompact, type UnverifiedHeader } from './compact.js';
import { type KeySource } from './keys.js';

/** Signatures by key pair only: a shared secret, or `none`, would let whoever checks a token make one. */
export const defaultAlgorithms: readonly string[] = ['ES256', 'EdDSA', 'RS256', 'PS256'];

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: KeySource;
  readonly algorithms?: readonly string[];
  /** Epoch milliseconds. */
  readonly clock?: () => number;
}

export type TokenVerifier = (token: string | undefined) => Promise<Caller>;

const CLOCK_TOLERANCE_S = 5;
const CACHED_MS = 60_000;
const MOST_CACHED = 10_000;
const tokenTypes: readonly unknown[] = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/**
 * Makes the function that turns a bearer token into its caller. It holds the token to issuer, audience, `exp`
 * (required), `nbf` and `iat`, with five seconds' tolerance, and to the claims of `callerFromClaims` (RFC 7519,
 * RFC 8725). A verified token is remembered, by its SHA-256, for a minute or until it expires.
 * Throws `Forbidden` with `token-missing`, `token-malformed`, `token-invalid`, `token-expired` or `token-claims`,
 * and says no more than the code; `Unavailable` `issuer-unreachable` when the keys cannot be had.
 */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { clock = Date.now } = options;
  const verified = new LRUCache<string, { readonly caller: Caller; readonly until: number }>({
    max: MOST_CACHED,
  });
  return async (token) => {
    if (token === undefined || token === '') throw new Forbidden('token-missing', 'no token was sent');
    const key = hash('sha256', token, 'base64url');
    const known = verified.get(key);
    if (known && clock() < known.until) return known.caller;
    const caller = await callerOf(token, options, clock);
    verified.set(key, { caller, until: Math.min(caller.expires * 1000, clock() + CACHED_MS) });
    return caller;
  };
}

/** The token of an `Authorization` header (RFC 6750 §2.1). Throws `Forbidden` `token-missing` when it has none. */
export function bearerToken(authorization: string | undefined): string {
  const [, token] = /^Bearer +([^ ].*)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) throw new Forbidden('token-missing', 'no bearer token was sent');
  return token;
}

async function callerOf(token: string, options: TokenVerifierOptions, clock: () => number): Promise<Caller> {
  const algorithms = options.algorithms ?? defaultAlgorithms;
  checkType(checkCompact(token, algorithms));
  const now = clock();
  const { payload } = await jwtVerify(token, options.keys, {
    issuer: options.issuer,
    audience: options.audience,
    algorithms: [...algorithms],
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_TOLERANCE_S,
    currentDate: new Date(now),
  }).catch((error: unknown) => {
    throw refusalOf(error);
  });
  checkIssuedAt(payload, now / 1000);
  return callerFromClaims(payload);
}

/** A token made for something else (a logout, a DPoP proof) is no access token: RFC 8725 §3.11, RFC 9068 §4. */
function checkType({ typ }: UnverifiedHeader): void {
  if (!tokenTypes.includes(typeof typ === 'string' ? typ.toLowerCase() : typ)) throw invalid();
}

function checkIssuedAt({ iat, exp = Infinity }: JWTPayload, now: number): void {
  if (iat !== undefined && (iat > now + CLOCK_TOLERANCE_S || iat > exp)) throw invalid();
}

function refusalOf(error: unknown): unknown {
  if (isFailure(error)) return error;
  if (error instanceof errors.JWTExpired) return new Forbidden('token-expired', 'the token has expired');
  return invalid();
}

function invalid(): Forbidden {
  return new Forbidden('token-invalid', 'the token is not valid here');
}
