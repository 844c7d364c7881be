import { existsSync, readFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { refused, specifying } from '../../testing/given.js';
import { signingKeyFor } from '../../testing/signing-keys.js';
import { generateSigningKey, keyId, signBytes, signingKeyOf, verifyBytes } from './ed25519.js';

const message = Buffer.from('what is signed');
const { publicKey, privateKeyPem } = generateSigningKey();
const signature = signBytes(message, privateKeyPem);

describe('a key', () => {
  it('is named by the SHA-256 of its 32 bytes', () => {
    const { key, publicKey: known } = signingKeyFor('police');
    expect(keyId(known)).toBe(key);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(signingKeyFor('housing').key).not.toBe(key);
  });

  it('is read back from its private half', () => {
    expect(signingKeyOf(privateKeyPem)).toEqual({ key: keyId(publicKey), publicKey, privateKeyPem });
  });

  const given = specifying((_: readonly never[], text: string) => keyId(text));
  const point = (...bytes: readonly number[]) =>
    Buffer.from([...bytes, ...Array.from({ length: 31 }, () => 0)]).subarray(0, 32);
  const hex = (text: string) => Buffer.from(text, 'hex');

  it.each([
    ['is empty', Buffer.alloc(0)],
    ['has 31 bytes', Buffer.alloc(31, 9)],
    ['has 33 bytes', Buffer.alloc(33, 9)],
    ['is the neutral element', point(1)],
    ['has order two', hex(`ec${'ff'.repeat(30)}7f`)],
    ['has order four', point(0)],
    ['has order eight', hex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')],
    ['has order eight, and a sign', hex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85')],
    ['has order eight, too', hex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a')],
    ['is not reduced', hex(`ee${'ff'.repeat(30)}7f`)],
  ])('is refused when it %s', (_, bytes) => {
    given([]).when(bytes.toString('base64url')).then(refused('invalid', 'public-key'));
    expect(verifyBytes(message, bytes.toString('base64url'), signature)).toBe(false);
  });

  it('is refused when it is of another kind, or none', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signing = specifying((__: readonly never[], pem: string) => signingKeyOf(pem));
    for (const pem of [privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 'no key', ''])
      signing([]).when(pem).then(refused('invalid', 'signing-key'));
  });
});

interface Vectors {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: 'valid' | 'invalid';
    }[];
  }[];
}

const path = '../shared/data/wycheproof/ed25519_test.json';

if (existsSync(path)) {
  const file = JSON.parse(readFileSync(path, 'utf8')) as Vectors;
  const base64url = (text: string): string => Buffer.from(text, 'hex').toString('base64url');
  const tried = file.testGroups.flatMap(({ publicKey: { pk }, tests }) =>
    tests.map(({ tcId, msg, sig, result }) => ({
      tcId,
      result,
      holds: verifyBytes(Buffer.from(msg, 'hex'), base64url(pk), base64url(sig)),
    })),
  );

  describe('the Wycheproof vectors for Ed25519', () => {
    it('are all there', () => {
      expect(tried).toHaveLength(file.numberOfTests);
    });

    it('hold exactly when they are valid', () => {
      const wrong = tried.filter(({ result, holds }) => holds !== (result === 'valid'));
      expect(wrong.map(({ tcId }) => tcId)).toEqual([]);
      expect(tried.filter(({ holds }) => holds).length).toBeGreaterThan(50);
    });
  });
} else {
  process.stderr.write(`the Wycheproof vectors are not run: ${path} is absent\n`);
}
