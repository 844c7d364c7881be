import { rootHash } from './merkle.js';
import { expandTile, hashesIn, partialTiles, type Tile, TILE_WIDTH } from './tile.js';

/** A tile and its hashes, one after the other. */
export interface FilledTile extends Tile {
  readonly bytes: Uint8Array;
}

/** A growing tree, of which only the tiles at the right edge that are not full are held. */
export interface TreeEdge {
  size(): number;
  /** Adds a leaf hash; gives the tiles that are full with it, lowest first. */
  append(leaf: Uint8Array): readonly FilledTile[];
  root(): Uint8Array;
  /** The tiles that are not full, as they are now. */
  partials(): readonly FilledTile[];
}

/** The edge of a tree of `size` leaves, read from its partial tiles; one of none needs nothing. */
export function openEdge(size = 0, read: (tile: Tile) => Uint8Array = () => new Uint8Array()): TreeEdge {
  let leaves = size;
  const levels: Uint8Array[][] = [];
  for (const tile of partialTiles(size)) levels[tile.level] = [read(tile)];

  /** Puts a hash at the end of a level; a tile that it fills goes up one level as one hash. */
  function push(level: number, hash: Uint8Array): readonly FilledTile[] {
    const row = (levels[level] ??= []);
    row.push(hash);
    const index = Math.floor(leaves / TILE_WIDTH ** (level + 1)) - 1;
    if (leaves % TILE_WIDTH ** (level + 1) !== 0) return [];
    const bytes = Buffer.concat(row);
    levels[level] = [];
    return [{ level, index, width: TILE_WIDTH, bytes }, ...push(level + 1, expandTile(bytes)(8, 0))];
  }

  function partials(): readonly FilledTile[] {
    return partialTiles(leaves).map((tile) => ({ ...tile, bytes: Buffer.concat(levels[tile.level] ?? []) }));
  }

  return {
    size: () => leaves,
    append(leaf) {
      leaves += 1;
      return push(0, leaf);
    },
    root() {
      const tiles = new Map(partials().map(({ level, bytes }) => [level, expandTile(bytes)]));
      return rootHash(
        leaves,
        hashesIn((level) => {
          const tile = tiles.get(level);
          if (tile === undefined) throw new RangeError('the tree has no such tile at its edge');
          return tile;
        }),
      );
    },
    partials,
  };
}
