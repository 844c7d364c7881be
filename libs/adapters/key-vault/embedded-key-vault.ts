import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { Conflict, Invalid, Unavailable } from '../../contract/failure.js';
import { ERASED, type KeyVault } from './key-vault.js';
import { openWith, sealWith, unwrap, wrap } from './sealing.js';
import { openStoredKeys, type StoredKeys } from './stored-keys.js';

const CACHED_KEYS = 20_000;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

function deriveKey(masterKey: Uint8Array, use: string): KeyObject {
  return createSecretKey(
    Buffer.from(hkdfSync('sha256', masterKey, '', `concordat key vault: ${use}`, KEY_BYTES)),
  );
}

function authenticated(keyId: string, context: string): Buffer {
  return Buffer.from(`${context}\n${keyId}`);
}

/** Runs at most once in a turn of the event loop. */
function oncePerTurn(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    setImmediate(() => (done = false));
    run();
  };
}

/** Unwrapped keys, the latest used kept at hand and all forgotten when another connection wrote to the file. */
function openKeys(stored: StoredKeys, wrappingKey: KeyObject) {
  const atHand = new LRUCache<string, KeyObject>({ max: CACHED_KEYS });
  let version = stored.version();
  const notice = oncePerTurn(() => {
    if (version === stored.version()) return;
    version = stored.version();
    atHand.clear();
  });
  const load = (keyId: string): KeyObject | typeof ERASED | undefined => {
    const wrapped = stored.read(keyId);
    if (!wrapped) return wrapped === null ? ERASED : undefined;
    const key = createSecretKey(unwrap(wrappingKey, wrapped));
    atHand.set(keyId, key);
    return key;
  };
  return {
    find(keyId: string): KeyObject | typeof ERASED | undefined {
      if (!stored.isOpen()) throw new Unavailable('vault-closed', 'key vault is closed');
      notice();
      return atHand.get(keyId) ?? load(keyId);
    },
    forget: (keyIds: readonly string[]): void => keyIds.forEach((keyId) => atHand.delete(keyId)),
  };
}

/** Makes keys durably; those asked for in one turn of the event loop share a transaction. */
function openKeyMaker(stored: StoredKeys, wrappingKey: KeyObject) {
  const wanted = new Set<string>();
  let making: Promise<void> | undefined;
  async function makeWanted(): Promise<void> {
    await nextTurn();
    making = undefined;
    const keys = new Map([...wanted].map((keyId) => [keyId, wrap(wrappingKey, randomBytes(KEY_BYTES))]));
    wanted.clear();
    if (!stored.isOpen()) throw new Unavailable('vault-closed', 'key vault is closed');
    stored.add(keys);
  }
  return (keyId: string): Promise<void> => {
    wanted.add(keyId);
    return (making ??= makeWanted());
  };
}

/**
 * The key vault in one SQLite file: data keys wrapped under a key derived from the 32-byte master key (HKDF-SHA-256,
 * RFC 5869). A new key is durable before `seal` resolves. An erasure by another connection is honoured from the next
 * turn of the event loop on. Throws `Invalid` `master-key-malformed`; `Unavailable` `master-key-wrong`,
 * `vault-unopenable`, and `vault-closed` after `close`.
 */
export function openKeyVault({
  file,
  masterKey,
}: {
  readonly file: string;
  readonly masterKey: Uint8Array;
}): KeyVault {
  if (masterKey.length !== KEY_BYTES) throw new Invalid('master-key-malformed', 'master key is not 32 bytes');
  const stored = openStoredKeys(file, deriveKey(masterKey, 'check value').export());
  const wrappingKey = deriveKey(masterKey, 'wrapping of data keys');
  const pseudonymKey = deriveKey(masterKey, 'pseudonyms');
  const { find, forget } = openKeys(stored, wrappingKey);
  const make = openKeyMaker(stored, wrappingKey);

  async function findOrMake(keyId: string): Promise<KeyObject> {
    if (find(keyId) === undefined) await make(keyId);
    const key = find(keyId);
    if (key === ERASED)
      throw new Conflict('key-erased', 'the key was erased: nothing may be sealed under it');
    if (!key) throw new Unavailable('key-unknown', 'the key was not stored');
    return key;
  }

  return {
    async seal(keyId, context, plain) {
      const key = await findOrMake(keyId);
      return sealWith(key, randomBytes(NONCE_BYTES), authenticated(keyId, context), plain);
    },
    open(keyId, context, sealed) {
      const key = find(keyId);
      if (key === ERASED) return ERASED;
      if (!key) throw new Unavailable('key-unknown', 'no key is known for the sealed data');
      return openWith(key, authenticated(keyId, context), sealed);
    },
    erase(keyIds) {
      if (!stored.isOpen()) throw new Unavailable('vault-closed', 'key vault is closed');
      forget(keyIds);
      stored.erase(keyIds);
    },
    pseudonym: (domain, value) =>
      createHmac('sha256', pseudonymKey)
        .update(JSON.stringify([domain, value]))
        .digest('hex'),
    close: () => stored.close(),
  };
}
