/** The data key was destroyed: what it sealed is gone for good (design §1.6). */
export const ERASED = Symbol('erased');

/**
 * A data key per person, wrapped by the master key. `context` is bound into the ciphertext as additional
 * authenticated data (`<stream>\n<event id>`), so a sealed payload opens only where it was put.
 */
export interface KeyVault {
  /** Seals under the person's key, making the key (durably) when there is none. Refuses an erased key. */
  seal(keyId: string, context: string, plain: Uint8Array): Promise<Uint8Array>;
  /** Opens a sealed payload. Throws `Unavailable` when the bytes were altered or moved or the key is unknown. */
  open(keyId: string, context: string, sealed: Uint8Array): Uint8Array | typeof ERASED;
  /**
   * Destroys keys, durably and for good; ids that never had one are closed too, so that none is ever made under them.
   * Repeating it changes nothing. Throws `Unavailable` `vault-write-failed` when the disk does not take it.
   */
  erase(keyIds: readonly string[]): void;
  /** A keyed hash (HMAC-SHA-256, hex) for looking values up without storing them; `domain` keeps uses apart. */
  pseudonym(domain: string, value: string): string;
  close(): void;
}
