import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyProof,
  EMPTY_ROOT,
  type HashAt,
  inclusionProof,
  nodeHash,
  rootHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.js';

const leaf = (index: number): Uint8Array => Buffer.alloc(32, index % 251);

/** Straight from RFC 6962 §2.1: MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n])). */
function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return only;
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

const leaves = Array.from({ length: 70 }, (_, index) => leaf(index));
const known = new Map<string, Uint8Array>();
const hashAt: HashAt = (level, index) => {
  const key = `${level} ${index}`;
  const found = known.get(key) ?? treeHash(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
  known.set(key, found);
  return found;
};
const rootOf = (size: number): Uint8Array => treeHash(leaves.slice(0, size));

it('makes the root that the definition gives, of every size', () => {
  for (let size = 0; size <= leaves.length; size += 1) expect(rootHash(size, hashAt)).toEqual(rootOf(size));
});

it('proves every leaf of every size, and no other leaf, place or root', () => {
  for (let size = 1; size <= leaves.length; size += 1) {
    const root = rootOf(size);
    for (let index = 0; index < size; index += 1) {
      const proof = inclusionProof(index, size, hashAt);
      expect(verifyInclusion(index, size, leaf(index), proof, root)).toBe(true);
      expect(verifyInclusion(index, size, leaf(index + 1), proof, root)).toBe(false);
      expect(verifyInclusion((index + 1) % size, size, leaf(index), proof, root)).toBe(size === 1);
      expect(verifyInclusion(index, size, leaf(index), proof, rootOf(size - 1))).toBe(false);
      expect(verifyInclusion(index, size, leaf(index), [...proof, leaf(0)], root)).toBe(false);
      if (proof.length > 0)
        expect(verifyInclusion(index, size, leaf(index), proof.slice(1), root)).toBe(false);
    }
  }
});

it('proves that every tree begins with every smaller one, and with no other', () => {
  for (let to = 1; to <= leaves.length; to += 1) {
    for (let from = 1; from <= to; from += 1) {
      const proof = consistencyProof(from, to, hashAt);
      expect(verifyConsistency(from, to, rootOf(from), rootOf(to), proof)).toBe(true);
      expect(verifyConsistency(from, to, leaf(1), rootOf(to), proof)).toBe(false);
      expect(verifyConsistency(from, to, rootOf(from), leaf(2), proof)).toBe(false);
      expect(verifyConsistency(from, to, rootOf(from), rootOf(to), [...proof, leaf(0)])).toBe(false);
    }
  }
});

it('notices any changed bit of a proof', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 70 }),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      (size, place, which, bit) => {
        const index = place % size;
        const proof = inclusionProof(index, size, hashAt);
        const changed = proof.map((each, at) => {
          const copy = Uint8Array.from(each);
          if (at === which % proof.length) copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          return copy;
        });
        expect(verifyInclusion(index, size, leaf(index), changed, rootOf(size))).toBe(false);
      },
    ),
  );
});

it.each([
  [-1, 5],
  [5, 5],
  [0.5, 5],
  [Number.NaN, 5],
  [0, 0],
])('refuses to prove leaf %s of %s', (index, size) => {
  expect(() => inclusionProof(index, size, hashAt)).toThrow('not in a tree of that size');
  expect(verifyInclusion(index, size, leaf(0), [], leaf(0))).toBe(false);
});

it.each([
  [0, 5],
  [6, 5],
  [-1, 5],
  [1.5, 5],
])('refuses to prove that %s leaves begin %s', (from, to) => {
  expect(() => consistencyProof(from, to, hashAt)).toThrow('1 to all');
  expect(verifyConsistency(from, to, leaf(0), leaf(0), [])).toBe(false);
});

interface Vector {
  readonly desc: string;
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly leafHash: string;
  readonly root: string;
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
}

const folder = join(process.cwd(), '..', 'shared', 'data', 'merkle');
const vectorsOf = (kind: string): readonly Vector[] =>
  readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      ...(JSON.parse(readFileSync(join(folder, kind, name), 'utf8')) as Vector),
      desc: name,
    }));
const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64');

if (existsSync(folder)) {
  describe('the public vectors of transparency-dev/merkle', () => {
    it('for inclusion are accepted and refused as they say', () => {
      const vectors = vectorsOf('inclusion');
      const wrong = vectors.filter(({ leafIdx, treeSize, leafHash, proof, root, wantErr }) => {
        const path = (proof ?? []).map(bytes);
        return verifyInclusion(leafIdx, treeSize, bytes(leafHash), path, bytes(root)) === wantErr;
      });
      expect(wrong.map(({ desc }) => desc)).toEqual([]);
      expect(vectors.length).toBeGreaterThan(90);
    });

    it('for consistency are accepted and refused as they say', () => {
      const vectors = vectorsOf('consistency');
      const wrong = vectors.filter(({ size1, size2, root1, root2, proof, wantErr }) => {
        const path = (proof ?? []).map(bytes);
        return verifyConsistency(size1, size2, bytes(root1), bytes(root2), path) === wantErr;
      });
      expect(wrong.map(({ desc }) => desc)).toEqual([]);
      expect(vectors.length).toBeGreaterThan(90);
    });
  });
} else {
  it('public Merkle vectors: skipped, ../shared/data/merkle is not there', () => {
    expect(existsSync(folder)).toBe(false);
  });
}
