import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HashAt, nodeHash, rootHash } from './merkle.js';
import { expandTile, hashesIn, parseTilePath, partialTiles, TILE_WIDTH, tilePath, widthIn } from './tile.js';
import { type FilledTile, openEdge } from './tree-edge.js';

describe('the path of a tile', () => {
  it.each([
    [{ level: 0, index: 1234067, width: 256 }, '0/x001/x234/067'],
    [{ level: 0, index: 0, width: 256 }, '0/000'],
    [{ level: 0, index: 273, width: 112 }, '0/273.p/112'],
    [{ level: 1, index: 1, width: 17 }, '1/001.p/17'],
    [{ level: 63, index: 1000, width: 1 }, '63/x001/000.p/1'],
  ])('of %j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    '',
    '0',
    '0/',
    '00/000',
    '64/000',
    '-1/000',
    '0/0',
    '0/00',
    '0/1000',
    '0/x000/001',
    '0/001/002',
    '0/x001',
    '0/x01/002',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/01',
    '0/000.p/',
    '0/000.p',
    '0/000/',
    '/0/000',
    '0/000\n',
    '0/../000',
    '0/x999/x999/x999/x999/x999/999',
    'entries/000',
  ])('is not %j', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  it('is one for every tile', () => {
    const tiles = fc.record({
      level: fc.integer({ min: 0, max: 63 }),
      index: fc.integer({ min: 0, max: 10 ** 15 }),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(fc.property(tiles, (tile) => expect(parseTilePath(tilePath(tile))).toEqual(tile)));
  });
});

describe('the tiles of a tree', () => {
  it('of 70,000 leaves are those of the specification', () => {
    expect(partialTiles(70_000)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect([widthIn(70_000, 0, 272), widthIn(70_000, 0, 274), widthIn(70_000, 1, 0)]).toEqual([256, 0, 256]);
    expect(partialTiles(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
    expect(partialTiles(0)).toEqual([]);
    expect(partialTiles(Number.MAX_SAFE_INTEGER)).toHaveLength(7);
  });

  const leaf = (index: number): Uint8Array => {
    const bytes = Buffer.alloc(32);
    bytes.writeUInt32BE(index);
    return bytes;
  };

  /** Straight from RFC 6962 §2.1, a level at a time. */
  const known = new Map<string, Uint8Array>();
  const hashAt: HashAt = (level, index) => {
    const path = `${level} ${index}`;
    const hash =
      known.get(path) ??
      (level === 0 ? leaf(index) : nodeHash(hashAt(level - 1, 2 * index), hashAt(level - 1, 2 * index + 1)));
    known.set(path, hash);
    return hash;
  };

  it('hold the hashes that the specification defines, however the tree grew', () => {
    const tiles = new Map<string, FilledTile>();
    const edge = openEdge();
    const sizes = [0, 1, 2, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, 66_000];
    for (const size of sizes) {
      while (edge.size() < size)
        for (const tile of edge.append(leaf(edge.size()))) tiles.set(tilePath(tile), tile);
      const partials = edge.partials();
      expect(partials.map(({ level, index, width }) => ({ level, index, width }))).toEqual(
        partialTiles(size),
      );
      expect(edge.root()).toEqual(rootHash(size, hashAt));
      const reopened = openEdge(size, (tile) => {
        const found = partials.find(({ level }) => level === tile.level);
        if (found === undefined) throw new Error('an edge needs its partial tiles only');
        return found.bytes;
      });
      expect(reopened.root()).toEqual(edge.root());
      for (let more = 0; more < 300; more += 1) reopened.append(leaf(size + more));
      expect(reopened.root()).toEqual(rootHash(size + 300, hashAt));
    }
    for (const { level, index, width, bytes } of tiles.values()) {
      expect([width, bytes.length]).toEqual([TILE_WIDTH, 8192]);
      for (const place of [0, 1, 128, 255]) {
        const expected = hashAt(8 * level, index * 256 + place);
        expect(Buffer.from(bytes.subarray(place * 32, place * 32 + 32))).toEqual(Buffer.from(expected));
      }
    }
    const inTiles = hashesIn((level, index) => {
      const tile = tiles.get(tilePath({ level, index, width: 256 }));
      if (tile === undefined) throw new Error('no such full tile');
      return expandTile(tile.bytes);
    });
    for (const [level, index] of [
      [3, 1000],
      [7, 400],
      [8, 200],
      [10, 31],
      [15, 1],
    ] as const)
      expect(Buffer.from(inTiles(level, index))).toEqual(Buffer.from(hashAt(level, index)));
  });
});
