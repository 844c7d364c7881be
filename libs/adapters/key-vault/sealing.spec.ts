import { createSecretKey, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openWith, sealWith, unwrap, wrap } from './sealing.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const key = createSecretKey(randomBytes(32));
const aad = Buffer.from('offender-1\nevent-1');

describe('sealing', () => {
  it('lays out version, nonce, ciphertext and tag', () => {
    const nonce = randomBytes(12);
    const sealed = sealWith(key, nonce, aad, Buffer.from('payload'));
    expect(sealed).toHaveLength(1 + 12 + 7 + 16);
    expect(sealed[0]).toBe(1);
    expect(sealed.subarray(1, 13)).toEqual(nonce);
    expect(openWith(key, aad, sealed)).toEqual(Buffer.from('payload'));
  });

  it('seals nothing as well', () => {
    expect(openWith(key, aad, sealWith(key, randomBytes(12), aad, new Uint8Array()))).toHaveLength(0);
  });

  it('does not open when a bit of any byte was changed, or bytes were cut off or added', () => {
    const sealed = sealWith(key, randomBytes(12), aad, Buffer.from('payload'));
    const altered = Array.from(sealed, (_, at) =>
      sealed.map((byte, index) => (index === at ? byte ^ 1 : byte)),
    );
    const cut = Array.from(sealed, (_, length) => sealed.subarray(0, length));
    for (const bytes of [...altered, ...cut, Buffer.concat([sealed, hex('00')])]) {
      expect(() => openWith(key, aad, bytes)).toThrow('altered, moved or sealed under another key');
    }
  });

  it('does not open under another key or with other authenticated data', () => {
    const sealed = sealWith(key, randomBytes(12), aad, Buffer.from('payload'));
    expect(() => openWith(createSecretKey(randomBytes(32)), aad, sealed)).toThrow('altered');
    expect(() => openWith(key, Buffer.from('offender-1\nevent-2'), sealed)).toThrow('altered');
  });
});

describe('key wrap', () => {
  it('agrees with the 256-bit vector of RFC 3394 section 4.6', () => {
    const wrapping = createSecretKey(hex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'));
    const data = hex('00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f');
    const wrapped = hex('28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21');
    expect(wrap(wrapping, data)).toEqual(wrapped);
    expect(unwrap(wrapping, wrapped)).toEqual(data);
  });

  it('does not unwrap an altered key', () => {
    const wrapped = wrap(key, randomBytes(32));
    for (const at of wrapped.keys()) {
      const altered = wrapped.map((byte, index) => (index === at ? byte ^ 1 : byte));
      expect(() => unwrap(key, altered)).toThrow('wrapped key was altered');
    }
  });
});

interface Vector {
  readonly flags: readonly string[];
  readonly result: 'valid' | 'acceptable' | 'invalid';
  readonly key: string;
  readonly iv: string;
  readonly aad: string;
  readonly msg: string;
  readonly ct: string;
  readonly tag: string;
}

interface Group {
  readonly keySize: number;
  readonly ivSize?: number;
  readonly tagSize?: number;
  readonly tests: readonly Vector[];
}

const vectors = '../shared/data/wycheproof';

function readVectors(file: string, wanted: (group: Group) => boolean): readonly Vector[] {
  const { testGroups } = JSON.parse(readFileSync(`${vectors}/${file}`, 'utf8')) as {
    testGroups: readonly Group[];
  };
  return testGroups.filter(wanted).flatMap(({ tests }) => tests);
}

if (existsSync(vectors)) {
  describe('the Wycheproof vectors', () => {
    it('for AES-256-GCM with a 96-bit nonce and a 128-bit tag are sealed and opened, or refused', () => {
      const isOurs = ({ keySize, ivSize, tagSize }: Group): boolean =>
        keySize === 256 && ivSize === 96 && tagSize === 128;
      const chosen = readVectors('aes_gcm_test.json', isOurs);
      expect(chosen.length).toBeGreaterThan(60);
      for (const { result, iv, msg, ct, tag, ...vector } of chosen) {
        const sealed = Buffer.concat([hex('01'), hex(iv), hex(ct), hex(tag)]);
        const open = (): Buffer => openWith(createSecretKey(hex(vector.key)), hex(vector.aad), sealed);
        if (result === 'valid') {
          expect(sealWith(createSecretKey(hex(vector.key)), hex(iv), hex(vector.aad), hex(msg))).toEqual(
            sealed,
          );
          expect(open()).toEqual(hex(msg));
        } else expect(open).toThrow('altered');
      }
    });

    it('for AES-256 key wrap are wrapped and unwrapped, or refused', () => {
      const chosen = readVectors('aes_wrap_test.json', ({ keySize }) => keySize === 256);
      expect(chosen.length).toBeGreaterThan(60);
      for (const { result, flags, msg, ct, ...vector } of chosen) {
        const wrapping = createSecretKey(hex(vector.key));
        if (result === 'valid') {
          expect(wrap(wrapping, hex(msg))).toEqual(hex(ct));
          expect(unwrap(wrapping, hex(ct))).toEqual(hex(msg));
        } else expect(() => unwrap(wrapping, hex(ct))).toThrow('altered');
        if (flags.includes('WrongDataSize')) expect(() => wrap(wrapping, hex(msg))).toThrow('steps of 8');
      }
    });
  });
} else {
  it('has no Wycheproof vectors to read at ../shared/data', () => {
    expect(existsSync(vectors)).toBe(false);
  });
}
