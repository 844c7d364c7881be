import { hash } from 'node:crypto';
import { Invalid } from '../../contract/failure.js';

/** Bytes of a SHA-256 hash. */
export const HASH_LENGTH = 32;

const NODE_PREFIX = new Uint8Array([1]);

/** The hash of an inner node (RFC 6962 §2.1): SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([NODE_PREFIX, left, right]), 'buffer');
}

/** The root of a tree without leaves (RFC 6962 §2.1): SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = hash('sha256', '', 'buffer');

/**
 * The hash of a complete subtree: the `index`th of those that cover 2^`level` leaves. Level 0 is the leaf hashes. Asked
 * only for subtrees that are complete.
 */
export type HashAt = (level: number, index: number) => Uint8Array;

/** The root of the first `size` leaves. */
export function rootHash(size: number, hashAt: HashAt): Uint8Array {
  return size === 0 ? EMPTY_ROOT : rangeHash(0, size, hashAt);
}

/**
 * The hashes that prove a leaf's place in the tree of `size` leaves (RFC 6962 §2.1.1), lowest first.
 * @throws Invalid `proof-range` when the leaf is not in that tree.
 */
export function inclusionProof(index: number, size: number, hashAt: HashAt): readonly Uint8Array[] {
  if (!isWithin(index, 0, size - 1))
    throw new Invalid('proof-range', 'the leaf is not in a tree of that size');
  return pathTo(index, 0, size, hashAt);
}

/**
 * The hashes that prove that the tree of `to` leaves begins with that of `from` (RFC 6962 §2.1.2).
 * @throws Invalid `proof-range` when the sizes are not 1 ≤ from ≤ to.
 */
export function consistencyProof(from: number, to: number, hashAt: HashAt): readonly Uint8Array[] {
  if (!isWithin(from, 1, to))
    throw new Invalid('proof-range', 'the earlier tree must hold 1 to all of the leaves');
  return from === to ? [] : subproof(from, 0, to, true, hashAt);
}

/** Whether a proof shows that the leaf hash stands at `index` of the tree of `size` leaves with this root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(size) || !isWithin(index, 0, size - 1)) return false;
  if (![leafHash, ...proof].every(isHash)) return false;
  let [place, last, computed] = [index, size - 1, leafHash];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      computed = nodeHash(sibling, computed);
      [place, last] = toLeftEdge(place, last);
    } else {
      computed = nodeHash(computed, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isSame(computed, root);
}

/** Whether a proof shows that the tree with the second root begins with that of the first (RFC 9162 §2.1.4.2). */
export function verifyConsistency(
  from: number,
  to: number,
  first: Uint8Array,
  second: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(to) || !isWithin(from, 1, to)) return false;
  if (from === to) return proof.length === 0 && isSame(first, second);
  if (proof.length === 0 || !proof.every(isHash)) return false;
  const [start, ...rest] = isPowerOfTwo(from) ? [first, ...proof] : proof;
  if (start === undefined) return false;
  let [place, last] = downTrailingOnes(from - 1, to - 1);
  let [older, newer] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      [place, last] = toLeftEdge(place, last);
    } else {
      newer = nodeHash(newer, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isSame(older, first) && isSame(newer, second);
}

/** The hash over the leaves from `start` (a multiple of the largest power of two below their number) up to `end`. */
function rangeHash(start: number, end: number, hashAt: HashAt): Uint8Array {
  const size = end - start;
  if (isPowerOfTwo(size)) return hashAt(Math.log2(size), start / size);
  const left = largestPowerBelow(size);
  return nodeHash(rangeHash(start, start + left, hashAt), rangeHash(start + left, end, hashAt));
}

function pathTo(index: number, start: number, end: number, hashAt: HashAt): readonly Uint8Array[] {
  if (end - start === 1) return [];
  const middle = start + largestPowerBelow(end - start);
  return index < middle
    ? [...pathTo(index, start, middle, hashAt), rangeHash(middle, end, hashAt)]
    : [...pathTo(index, middle, end, hashAt), rangeHash(start, middle, hashAt)];
}

/** `isKnown`: the verifier has the hash of this very subtree already. */
function subproof(
  until: number,
  start: number,
  end: number,
  isKnown: boolean,
  hashAt: HashAt,
): readonly Uint8Array[] {
  if (until === end) return isKnown ? [] : [rangeHash(start, end, hashAt)];
  const middle = start + largestPowerBelow(end - start);
  return until <= middle
    ? [...subproof(until, start, middle, isKnown, hashAt), rangeHash(middle, end, hashAt)]
    : [...subproof(until, middle, end, false, hashAt), rangeHash(start, middle, hashAt)];
}

/** The greatest power of two that is smaller than a number of at least 2. */
function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function isPowerOfTwo(value: number): boolean {
  return value === 1 || largestPowerBelow(value) * 2 === value;
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

/** Up from a right child to where the way turns left, or to the edge of the tree. */
function toLeftEdge(place: number, last: number): [number, number] {
  while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
  return [place, last];
}

function downTrailingOnes(place: number, last: number): [number, number] {
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  return [place, last];
}

function isOdd(value: number): boolean {
  return value % 2 === 1;
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_LENGTH;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
