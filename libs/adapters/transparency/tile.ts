import { type HashAt, HASH_LENGTH, nodeHash } from './merkle.js';

/** A tile spans this many levels of the tree, and holds up to this many hashes (C2SP tlog-tiles). */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

/** The `index`th tile of a level; `width` hashes from its left, `TILE_WIDTH` when it is full. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** The path of a tile below `tile/`: `<L>/<N>`, and `.p/<W>` when it is partial. */
export function tilePath({ level, index, width }: Tile): string {
  return `${String(level)}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${String(width)}`}`;
}

/** The tile that a path names, or nothing when the path is not written in the one way there is. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level = '', index = '', width] =
    /^(\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  const tile = {
    level: Number(level),
    index: Number(index.replaceAll(/[x/]/g, '')),
    width: Number(width ?? TILE_WIDTH),
  };
  const isInRange = tile.level < 64 && tile.width > 0 && Number.isSafeInteger(tile.index);
  return isInRange && tilePath(tile) === path ? tile : undefined;
}

/** How many hashes a tile holds in a tree of so many leaves: 0 to `TILE_WIDTH`. */
export function widthIn(size: number, level: number, index: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH;
  return Math.min(TILE_WIDTH, Math.max(0, hashes));
}

/** The tiles at the right edge of a tree that are not full, lowest first. */
export function partialTiles(size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; size >= TILE_WIDTH ** level; level += 1) {
    const hashes = Math.floor(size / TILE_WIDTH ** level);
    const width = hashes % TILE_WIDTH;
    if (width > 0) tiles.push({ level, index: Math.floor(hashes / TILE_WIDTH), width });
  }
  return tiles;
}

/** The hash of the `place`th subtree of 2^`height` hashes within a tile. */
export type SubtreeHash = (height: number, place: number) => Uint8Array;

/** Computes every complete subtree of a tile from its bytes. */
export function expandTile(bytes: Uint8Array): SubtreeHash {
  const rows = [bytes];
  for (let row = bytes; row.length >= 2 * HASH_LENGTH;) rows.push((row = parentsOf(row)));
  return (height, place) => hashOf(rows[height] ?? bytes, place);
}

/** The subtrees of a tree whose tiles are given. */
export function hashesIn(tileOf: (level: number, index: number) => SubtreeHash): HashAt {
  return (level, index) => {
    const height = level % TILE_HEIGHT;
    const perTile = TILE_WIDTH / 2 ** height;
    const tile = tileOf(Math.floor(level / TILE_HEIGHT), Math.floor(index / perTile));
    return tile(height, index % perTile);
  };
}

/** A hash of a row of them, one after the other. */
export function hashOf(row: Uint8Array, place: number): Uint8Array {
  return row.subarray(place * HASH_LENGTH, (place + 1) * HASH_LENGTH);
}

function parentsOf(row: Uint8Array): Uint8Array {
  const pairs = Math.floor(row.length / HASH_LENGTH / 2);
  return Buffer.concat(
    Array.from({ length: pairs }, (_, pair) => nodeHash(hashOf(row, 2 * pair), hashOf(row, 2 * pair + 1))),
  );
}

function indexPath(index: number): string {
  const last = String(index % 1000).padStart(3, '0');
  return index < 1000 ? last : `${parentPath(Math.floor(index / 1000))}/${last}`;
}

function parentPath(index: number): string {
  const part = `x${String(index % 1000).padStart(3, '0')}`;
  return index < 1000 ? part : `${parentPath(Math.floor(index / 1000))}/${part}`;
}
