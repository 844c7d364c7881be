import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { Unavailable } from '../../contract/failure.js';
import { type DurableFolder, readIfThere } from '../files/durable-file.js';
import { HASH_LENGTH, type HashAt } from './merkle.js';
import {
  expandTile,
  hashesIn,
  partialTiles,
  type SubtreeHash,
  type Tile,
  TILE_WIDTH,
  tilePath,
  widthIn,
} from './tile.js';
import { type FilledTile } from './tree-edge.js';

const TILES = 'tile';
/** Expanded tiles that are kept, 16 kB each. */
const MOST_EXPANDED = 512;

/** Where the tile of a path lies under the folder of the transparency log. */
export function tileFile(tile: Tile): string {
  return join(TILES, tilePath(tile));
}

/**
 * The bytes of a tile of a tree of `size` leaves: its own file, or the front of the widest that the tree has there
 * (partial tiles may be gone once a full one is there). Nothing when it is missing or too short.
 */
export function readTile(folder: string, tile: Tile, size: number): Uint8Array | undefined {
  const { level, index, width } = tile;
  for (const each of [width, widthIn(size, level, index), TILE_WIDTH]) {
    const bytes = readIfThere(join(folder, tileFile({ level, index, width: each })));
    if (bytes?.length === each * HASH_LENGTH && each >= width) return bytes.subarray(0, width * HASH_LENGTH);
  }
  return undefined;
}

/** Writes tiles; they last once the folder is synced. */
export async function writeTiles(files: DurableFolder, tiles: readonly FilledTile[]): Promise<void> {
  for (const tile of tiles) await files.write(tileFile(tile), tile.bytes);
}

const RECURSIVE = { recursive: true, force: true };

/** Deletes the partial tiles of a tree of `before` leaves whose full ones are there in one of `now`. */
export async function dropFilled(folder: string, before: number, now: number): Promise<void> {
  for (const { level, index } of partialTiles(before)) {
    if (widthIn(now, level, index) < TILE_WIDTH) continue;
    await rm(`${join(folder, tileFile({ level, index, width: TILE_WIDTH }))}.p`, RECURSIVE);
  }
}

/** Deletes all tiles, to make them anew. */
export async function clearTiles(folder: string): Promise<void> {
  await rm(join(folder, TILES), RECURSIVE);
}

export async function hasTiles(folder: string): Promise<boolean> {
  return (await readdir(join(folder, TILES)).catch(() => [])).length > 0;
}

/**
 * The hashes of the tree of `size` leaves that stands on the disk, for making proofs. They throw `Unavailable`
 * `tiles-damaged` when a tile is missing. Tiles never change, so what was read is kept.
 */
export function openStoredTree(folder: string): (size: number) => HashAt {
  const expanded = new LRUCache<string, SubtreeHash>({ max: MOST_EXPANDED });
  return (size) =>
    hashesIn((level, index) => {
      const tile = { level, index, width: widthIn(size, level, index) };
      const path = tilePath(tile);
      const known = expanded.get(path);
      if (known !== undefined) return known;
      const bytes = readTile(folder, tile, size);
      if (bytes === undefined) throw new Unavailable('tiles-damaged', `transparency tile ${path} is damaged`);
      const made = expandTile(bytes);
      expanded.set(path, made);
      return made;
    });
}
