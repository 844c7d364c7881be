import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isFailure, Unavailable } from '../../libs/contract/failure.js';
import { type Position } from '../../libs/adapters/event-log/event-log.js';
import { openCheckpoint, type SignedCheckpoint } from '../../libs/adapters/transparency/checkpoint.js';
import {
  readCheckpointFile,
  readLogKey,
  TRANSPARENCY,
} from '../../libs/adapters/transparency/log-identity.js';
import { parseVerifierKey } from '../../libs/adapters/transparency/note-key.js';
import { hashOf, tilePath, TILE_WIDTH, widthIn } from '../../libs/adapters/transparency/tile.js';
import { readTile } from '../../libs/adapters/transparency/tile-store.js';
import { type FilledTile, openEdge } from '../../libs/adapters/transparency/tree-edge.js';
import { positionOf } from '../../libs/adapters/transparency/tree-growth.js';

/** The last signed head of a data folder, by which its log is checked; or why its checkpoint cannot be believed. */
export type SignedHead =
  | { readonly outcome: 'signed'; readonly checkpoint: SignedCheckpoint; readonly folder: string }
  | { readonly outcome: 'forged'; readonly reason: string };

/** Where a log is not as it was signed. */
export interface TreeFault {
  readonly position: Position;
  readonly reason: string;
}

/**
 * Reads the last checkpoint of a data folder and verifies its signature: with the log's verifier key, if an auditor
 * brings it, or else with the key in the folder. Nothing for a folder that never had a transparency log. Throws
 * `Invalid` `verifier-key`, `Unavailable` `log-key-missing` when there is no key, `checkpoint-missing` when there are
 * tiles without it.
 */
export function readSignedHead(dataDir: string, logKey?: string): SignedHead | undefined {
  const folder = join(dataDir, TRANSPARENCY);
  const bytes = readCheckpointFile(folder);
  if (bytes === undefined && existsSync(join(folder, 'tile')))
    throw new Unavailable('checkpoint-missing', 'the last checkpoint of the transparency log is missing');
  if (bytes === undefined) return undefined;
  const key = logKey === undefined ? readLogKey(folder) : parseVerifierKey(logKey);
  if (key === undefined)
    throw new Unavailable('log-key-missing', "give the log's verifier key with --log-key");
  try {
    return { outcome: 'signed', checkpoint: openCheckpoint(bytes, key), folder };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { outcome: 'forged', reason: error.message };
  }
}

/** Builds the tree of a log's events anew beside the tiles and the root that were signed. */
export interface TreeCheck {
  take(leafHash: Uint8Array): void;
  /** After the last event. */
  fault(): TreeFault | undefined;
}

export function openTreeCheck({ checkpoint, folder }: Extract<SignedHead, { outcome: 'signed' }>): TreeCheck {
  const { size, root } = checkpoint;
  const edge = openEdge();
  let tileFault: TreeFault | undefined;
  let isAsSigned = size === 0 && isSame(edge.root(), root);

  function compare(tiles: readonly FilledTile[]): void {
    for (const tile of tiles) {
      if (tile.width > widthIn(size, tile.level, tile.index)) continue;
      tileFault ??= faultIn(tile, readTile(folder, tile, size));
    }
  }

  return {
    take(leafHash) {
      compare(edge.append(leafHash));
      if (edge.size() !== size) return;
      compare(edge.partials());
      isAsSigned = isSame(edge.root(), root);
    },
    fault() {
      if (edge.size() < size) return cutOff(edge.size(), size);
      if (isAsSigned)
        return tileFault && { ...tileFault, reason: `is as it was signed, but ${tileFault.reason}` };
      return tileFault
        ? { ...tileFault, reason: `is not as it was signed: ${tileFault.reason}` }
        : {
            position: positionOf(size - 1),
            reason: 'or one before it is not as it was signed: the root differs',
          };
    },
  };
}

function cutOff(length: number, size: number): TreeFault {
  const reason = `is missing: the log was cut off, its last checkpoint was signed over ${String(size)} events`;
  return { position: positionOf(length), reason };
}

/** What differs first between a tile as the log gives it and as it lies on the disk. */
function faultIn(tile: FilledTile, stored: Uint8Array | undefined): TreeFault | undefined {
  const name = `tile/${tilePath(tile)}`;
  const place = Array.from({ length: tile.width }, (_, each) => each).find(
    (each) => stored === undefined || !isSame(hashOf(stored, each), hashOf(tile.bytes, each)),
  );
  if (place === undefined) return undefined;
  const leaf = (tile.index * TILE_WIDTH + place) * TILE_WIDTH ** tile.level;
  const reason = stored === undefined ? `${name} is missing or damaged` : `${name} has another hash for it`;
  return { position: positionOf(leaf), reason };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
