import { Invalid, Unavailable } from '../../contract/failure.js';
import { type Position } from '../event-log/event-log.js';
import { type Checkpoint } from './checkpoint.js';
import {
  consistencyProof,
  type HashAt,
  inclusionProof,
  rootHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.js';
import { leafOf } from './tree-growth.js';

/** Shows that an event stands at its position of the log. */
export interface InclusionProof {
  readonly position: Position;
  readonly size: number;
  readonly root: Uint8Array;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Shows that the log of `to` events begins with that of `from`. */
export interface ConsistencyProof {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Makes proofs for trees of any size up to that of a signed head. Both throw `Invalid` `proof-range`, `Unavailable` `tiles-damaged`. */
export interface Prover {
  inclusion(position: Position, size: number): InclusionProof;
  consistency(from: number, to: number): ConsistencyProof;
}

/** Every proof is verified against the signed head before it is given, so that damaged tiles prove nothing. */
export function proverFor(head: Checkpoint, stored: (size: number) => HashAt): Prover {
  const hashAt = stored(head.size);

  /** The root of the tree of `size` leaves, shown to be the beginning of what was signed. */
  function rootOf(size: number): Uint8Array {
    if (!Number.isSafeInteger(size) || size < 1 || size > head.size)
      throw new Invalid('proof-range', 'the tree size must be from 1 to that of the last checkpoint');
    const root = rootHash(size, hashAt);
    const proof = consistencyProof(size, head.size, hashAt);
    if (!verifyConsistency(size, head.size, root, head.root, proof)) throw damaged();
    return root;
  }

  return {
    inclusion(position, size) {
      const root = rootOf(size);
      const proof = inclusionProof(leafOf(position), size, hashAt);
      const leafHash = hashAt(0, leafOf(position));
      if (!verifyInclusion(leafOf(position), size, leafHash, proof, root)) throw damaged();
      return { position, size, root, leafHash, proof };
    },
    consistency(from, to) {
      const toRoot = rootOf(to);
      const proof = consistencyProof(from, to, hashAt);
      return { from, to, fromRoot: rootOf(from), toRoot, proof };
    },
  };
}

function damaged(): Unavailable {
  return new Unavailable('tiles-damaged', 'the tiles of the transparency log do not fit its last checkpoint');
}
