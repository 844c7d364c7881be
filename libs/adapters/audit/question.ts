import { createSecretKey, randomBytes } from 'node:crypto';
import { type AskedWords, type Disclosure, isDisclosure } from '../../domain/disclosure/disclosure.js';
import { type LoggedEvent } from '../event-log/event-log.js';
import { ERASED, type KeyVault } from '../key-vault/key-vault.js';
import { openWith, sealWith } from '../key-vault/sealing.js';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/** The event of which the words become part: nothing that is sealed opens anywhere else. */
export type Place = Pick<LoggedEvent, 'stream' | 'id'>;

/** What goes into the event's data, and into its metadata. */
export interface SealedWords {
  readonly data: Uint8Array;
  readonly shares: Readonly<Record<string, string>>;
}

/**
 * Seals what a caller wrote under a fresh key (AES-256-GCM) and splits that key over the keys of the given ids, n of n:
 * destroying any one of them makes the words unreadable for good. Throws `Conflict` `key-erased` when one is gone already.
 */
export async function sealWords(
  vault: Pick<KeyVault, 'seal'>,
  place: Place,
  keyIds: readonly string[],
  words: AskedWords,
): Promise<SealedWords> {
  const key = randomBytes(KEY_BYTES);
  const parts = split(key, keyIds.length);
  const shares = await Promise.all(
    keyIds.map(async (keyId, index) => {
      const share = await vault.seal(keyId, contextOf(place), parts[index] ?? key);
      return [keyId, Buffer.from(share).toString('base64')] as const;
    }),
  );
  const plain = Buffer.from(JSON.stringify(words));
  const data = sealWith(createSecretKey(key), randomBytes(NONCE_BYTES), authenticated(place), plain);
  return { data, shares: Object.fromEntries(shares) };
}

/**
 * What the caller of a recorded answer wrote; `ERASED` when a person of the answer was, undefined when the record holds
 * nothing sealed, as those of before. Throws `Unavailable` when the event was altered or a key is unknown.
 */
export function openWords(
  vault: Pick<KeyVault, 'open'>,
  event: LoggedEvent,
): AskedWords | typeof ERASED | undefined {
  const { shares = {} } = JSON.parse(event.metadata) as Disclosure;
  const parts: Uint8Array[] = [];
  for (const [keyId, share] of Object.entries(shares)) {
    const part = vault.open(keyId, contextOf(event), Buffer.from(share, 'base64'));
    if (part === ERASED) return ERASED;
    parts.push(part);
  }
  if (parts.length === 0) return undefined;
  const key = createSecretKey(parts.reduce(xor));
  return JSON.parse(openWith(key, authenticated(event), event.data).toString()) as AskedWords;
}

/** Why somebody asked, from the record of the answer: null when they gave no reason, or a person of the answer was erased. */
export function justificationOf(vault: Pick<KeyVault, 'open'>, event: LoggedEvent): string | null {
  if (!isDisclosure(event.type)) return null;
  const { justification } = JSON.parse(event.metadata) as Disclosure;
  const words = justification === null ? openWords(vault, event) : undefined;
  return words === undefined || words === ERASED ? justification : words.justification;
}

function contextOf({ stream, id }: Place): string {
  return `${stream}\n${id}`;
}

function authenticated(place: Place): Buffer {
  return Buffer.from(`${contextOf(place)}\nwords`);
}

/** Random parts of which all together, one over the other, give the key, and any fewer say nothing of it. */
function split(key: Uint8Array, count: number): readonly Uint8Array[] {
  const random = Array.from({ length: count - 1 }, () => randomBytes(key.length));
  return [...random, random.reduce<Uint8Array>(xor, key)];
}

function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, index) => byte ^ (other[index] ?? 0));
}
