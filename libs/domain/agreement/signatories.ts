import { Conflict, Forbidden } from '../../contract/failure.js';
import { type Actor } from './agreement.js';

/** What happens to the keys with which agencies sign; log events' metadata, JSON. */
export type SignatoryKeyEvent =
  | {
      readonly type: 'signatory.keyRegistered';
      readonly key: string;
      readonly publicKey: string;
      readonly by: Actor;
      readonly at: number;
    }
  | {
      readonly type: 'signatory.keyRevoked';
      readonly key: string;
      readonly by: Actor;
      readonly at: number;
      readonly reason: string;
    };

/** An Ed25519 public key with which the signatories of an agency sign (RFC 8032). */
export interface SignatoryKey {
  /** SHA-256 (hex) of the 32 bytes of the public key. */
  readonly key: string;
  /** The 32 bytes, base64url without padding. */
  readonly publicKey: string;
  readonly agency: string;
  readonly registered: { readonly by: Actor; readonly at: number };
  readonly revoked: { readonly by: Actor; readonly at: number; readonly reason: string } | null;
}

/** By key id. */
export type SignatoryKeys = ReadonlyMap<string, SignatoryKey>;

/** The keys after an event. A key stays whose it was, and revoked once it is, whatever comes after. */
export function evolveKeys(keys: SignatoryKeys, event: SignatoryKeyEvent): SignatoryKeys {
  const known = keys.get(event.key);
  const { key, by, at } = event;
  if (event.type === 'signatory.keyRegistered') {
    if (known !== undefined) return keys;
    const { publicKey } = event;
    return new Map(keys).set(key, {
      key,
      publicKey,
      agency: by.agency,
      registered: { by, at },
      revoked: null,
    });
  }
  if (known === undefined || known.revoked !== null) return keys;
  return new Map(keys).set(key, { ...known, revoked: { by, at, reason: event.reason } });
}

/** What can be asked about keys. `at` is epoch milliseconds. */
export type SignatoryKeyCommand =
  | {
      readonly type: 'register';
      readonly key: string;
      readonly publicKey: string;
      readonly by: Actor;
      readonly at: number;
    }
  | {
      readonly type: 'revoke';
      readonly key: string;
      readonly reason: string;
      readonly by: Actor;
      readonly at: number;
    };

/**
 * The event that follows, or a refusal. A signatory registers and revokes the keys of its own agency; a key belongs to
 * one agency for ever and is registered once, so that no revoked key comes back.
 */
export function decideKey(keys: SignatoryKeys, command: SignatoryKeyCommand): readonly SignatoryKeyEvent[] {
  const { key, by, at } = command;
  if (command.type === 'register') {
    if (keys.has(key)) throw new Conflict('key-registered', 'this key is or was registered already');
    return [{ type: 'signatory.keyRegistered', key, publicKey: command.publicKey, by, at }];
  }
  usableKey(keys, key, by.agency);
  return [{ type: 'signatory.keyRevoked', key, by, at, reason: command.reason }];
}

/**
 * The key with which an agency may sign now. Throws `Forbidden` `key-unknown` unless it is registered for this agency,
 * and `Conflict` `key-revoked` once it is revoked; what was signed with it before stays signed.
 */
export function usableKey(keys: SignatoryKeys, key: string, agency: string): SignatoryKey {
  const known = keys.get(key);
  if (known?.agency !== agency) throw new Forbidden('key-unknown', `${agency} has registered no such key`);
  if (known.revoked !== null) throw new Conflict('key-revoked', 'this key is revoked');
  return known;
}
