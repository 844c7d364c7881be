import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { Invalid, Unavailable } from '../../contract/failure.js';

const VERSION = 1;
const NONCE_END = 13;
const TAG = 16;
const WRAP_IV = Buffer.alloc(8, 0xa6);

/**
 * Seals bytes with AES-256-GCM (NIST SP 800-38D) under a 32-byte key: one byte version (1), the 12-byte nonce, the
 * ciphertext, the 16-byte tag. A nonce is used once under a key. `aad` is authenticated, not stored.
 */
export function sealWith(key: KeyObject, nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
  cipher.setAAD(aad);
  const sealed = Buffer.allocUnsafe(NONCE_END + plain.length + TAG);
  sealed[0] = VERSION;
  sealed.set(nonce, 1);
  sealed.set(cipher.update(plain), NONCE_END);
  cipher.final();
  sealed.set(cipher.getAuthTag(), NONCE_END + plain.length);
  return sealed;
}

/** Opens what `sealWith` made. Throws `Unavailable` `sealed-altered` unless key, `aad` and every byte are the same. */
export function openWith(key: KeyObject, aad: Uint8Array, sealed: Uint8Array): Buffer {
  const tagStart = sealed.length - TAG;
  try {
    if (sealed[0] !== VERSION) throw new RangeError('unknown version');
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, NONCE_END), {
      authTagLength: TAG,
    });
    decipher.setAAD(aad);
    decipher.setAuthTag(sealed.subarray(tagStart));
    const plain = decipher.update(sealed.subarray(NONCE_END, tagStart));
    decipher.final();
    return plain;
  } catch {
    throw new Unavailable('sealed-altered', 'sealed data was altered, moved or sealed under another key');
  }
}

/** RFC 3394 §2: at least two blocks of 64 bits. */
function isWrappable(length: number): boolean {
  return length >= 16 && length % 8 === 0;
}

/** Wraps a key by AES-256 key wrap (RFC 3394): 8 bytes longer. Throws `Invalid` `key-length` unless 16, 24, 32 ... bytes. */
export function wrap(wrappingKey: KeyObject, key: Uint8Array): Buffer {
  if (!isWrappable(key.length))
    throw new Invalid('key-length', 'key to wrap is not 16 bytes or more in steps of 8');
  const cipher = createCipheriv('id-aes256-wrap', wrappingKey, WRAP_IV);
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

/** Unwraps what `wrap` made. Throws `Unavailable` `key-altered` unless every byte is the same. */
export function unwrap(wrappingKey: KeyObject, wrapped: Uint8Array): Buffer {
  try {
    if (!isWrappable(wrapped.length - 8)) throw new RangeError('impossible length');
    const decipher = createDecipheriv('id-aes256-wrap', wrappingKey, WRAP_IV);
    return Buffer.concat([decipher.update(wrapped), decipher.final()]);
  } catch {
    throw new Unavailable('key-altered', 'wrapped key was altered or wrapped under another key');
  }
}
