import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  compactVerify,
  CompactSign,
  type CompactVerifyGetKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import { checkCompact } from './compact.js';
import { localKeys } from './keys.js';
import { defaultAlgorithms } from './verify-token.js';

/** The form check and the verification that every token passes, without the claims that these payloads lack. */
async function accepts(jws: string, key: JWK, algorithms: readonly string[]): Promise<boolean> {
  try {
    checkCompact(jws, algorithms);
    await compactVerify(jws, await keyFor(key), { algorithms: [...algorithms] });
    return true;
  } catch {
    return false;
  }
}

async function keyFor(key: JWK): Promise<CompactVerifyGetKey> {
  if (key.kty !== 'oct') return localKeys({ keys: [key] });
  const secret = await importJWK(key, 'HS256');
  return () => secret;
}

describe('the path that the vectors take', () => {
  it('accepts a good signature and refuses it under another key', async () => {
    const [ours, theirs] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
    const jws = await new CompactSign(Buffer.from('foo'))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(ours.privateKey);
    expect(await accepts(jws, await exportJWK(ours.publicKey), defaultAlgorithms)).toBe(true);
    expect(await accepts(jws, await exportJWK(theirs.publicKey), defaultAlgorithms)).toBe(false);
  });
});

interface Vector {
  readonly tcId: number;
  readonly jws: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

interface VectorFile {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly public?: JWK;
    readonly private: JWK;
    readonly tests: readonly Vector[];
  }[];
}

/** Good signatures that are refused all the same, each with the reason. */
const strict: Readonly<Record<number, string>> = {
  346: "the key's own alg is PS256, the signature is PS384 (RFC 7517 §4.4)",
  347: "the key's own alg is ES521, which is no algorithm",
  350: "the key's own alg is PS256, the signature is PS384 (RFC 7517 §4.4)",
  351: "the key's own alg is ES521, which is no algorithm",
  372: 'a question mark in the header: RFC 7515 §2 allows only base64url characters',
  373: 'a question mark in the payload: RFC 7515 §2 allows only base64url characters',
};

/** Marked invalid, but letter for letter the valid vector 357 under the same key. */
const contradictory = [367, 370];
const VALID_TWIN = 357;

const everyAlgorithm = [
  'HS256',
  ...['RS', 'PS', 'ES'].flatMap((kind) => [256, 384, 512].map((n) => `${kind}${String(n)}`)),
];
const path = '../shared/data/wycheproof/json_web_signature_test.json';

if (existsSync(path)) {
  const file = JSON.parse(readFileSync(path, 'utf8')) as VectorFile;
  const vectors = file.testGroups.flatMap((group) =>
    group.tests.map((vector) => ({ ...vector, key: group.public ?? group.private })),
  );
  const outcomes = async (algorithms: readonly string[]) =>
    Promise.all(
      vectors.map(async (vector) => ({
        ...vector,
        accepted: await accepts(vector.jws, vector.key, algorithms),
      })),
    );
  const idsOf = (some: readonly Vector[]): readonly number[] => some.map(({ tcId }) => tcId);

  describe('the Wycheproof vectors for JSON Web Signature', () => {
    it('are all there', () => {
      expect(vectors).toHaveLength(file.numberOfTests);
    });

    it('are accepted when valid and refused when not, every algorithm of theirs allowed', async () => {
      const tried = await outcomes(everyAlgorithm);
      expect(idsOf(tried.filter(({ result, accepted }) => result === 'invalid' && accepted))).toEqual(
        contradictory,
      );
      expect(idsOf(tried.filter(({ result, accepted }) => result !== 'invalid' && !accepted))).toEqual(
        Object.keys(strict).map(Number),
      );
    });

    it('contradict themselves where the list says so', () => {
      const twin = vectors.find(({ tcId }) => tcId === VALID_TWIN);
      expect(twin?.result).toBe('valid');
      for (const { jws, key } of vectors.filter(({ tcId }) => contradictory.includes(tcId))) {
        expect({ jws, key }).toEqual({ jws: twin?.jws, key: twin?.key });
      }
    });

    it('are never accepted under a shared secret or an algorithm outside the default list', async () => {
      const tried = await outcomes(defaultAlgorithms);
      expect(tried.filter(({ key, accepted }) => key.kty === 'oct' && accepted)).toEqual([]);
      expect(tried.filter(({ result, accepted }) => result === 'invalid' && accepted)).toEqual([]);
      expect(tried.filter(({ accepted }) => accepted).length).toBeGreaterThan(10);
    });
  });
} else {
  process.stderr.write(`the Wycheproof vectors are not run: ${path} is absent\n`);
}
