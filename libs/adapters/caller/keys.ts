import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import { Unavailable } from '../../contract/failure.js';

/**
 * Finds the public key a token names, by `kid` and `alg`, among keys meant for verifying: a JWK's own `alg`, `use`
 * and `key_ops` are respected (RFC 7517 §4.2 to §4.4), and several matches are no match.
 */
export type KeySource = JWTVerifyGetKey;

/** Keys that are at hand: the development issuer's, or a file's. */
export function localKeys(jwks: JSONWebKeySet): KeySource {
  return createLocalJWKSet(jwks);
}

export interface RemoteKeysOptions {
  /** Milliseconds before a fetch is given up. */
  readonly timeout?: number;
  /** Milliseconds after a fetch before an unknown `kid` may cause the next one. */
  readonly cooldown?: number;
  /** Milliseconds after which fetched keys must be fetched again: how long a withdrawn key may still be believed. */
  readonly maxAge?: number;
  /** Milliseconds after a failed fetch before the next attempt. */
  readonly pause?: number;
}

/**
 * Keys that the issuer publishes at an address (RFC 7517 §5), fetched when first needed and then kept. When they
 * cannot be had, throws `Unavailable` `issuer-unreachable`: whether the token is good is then not known.
 */
export function remoteKeys(
  url: URL,
  { timeout = 3_000, cooldown = 30_000, maxAge = 600_000, pause = 1_000 }: RemoteKeysOptions = {},
): KeySource {
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: timeout,
    cooldownDuration: cooldown,
    cacheMaxAge: maxAge,
  });
  let failedAt = -Infinity;
  return async (header, token) => {
    if (!remote.fresh && Date.now() - failedAt < pause) throw unreachable();
    try {
      return await remote(header, token);
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      failedAt = Date.now();
      throw unreachable();
    }
  };
}

function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function unreachable(): Unavailable {
  return new Unavailable('issuer-unreachable', "the token issuer's keys cannot be had now");
}
