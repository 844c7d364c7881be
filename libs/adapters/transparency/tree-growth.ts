import { Unavailable } from '../../contract/failure.js';
import { type LoggedEvent, type Position } from '../event-log/event-log.js';
import { verifyLeaf } from '../event-log/leaf-hash.js';
import { type LogReader } from '../event-log/log-reader.js';
import { type Checkpoint } from './checkpoint.js';
import { type DurableFolder } from '../files/durable-file.js';
import { TILE_WIDTH } from './tile.js';
import { clearTiles, readTile, writeTiles } from './tile-store.js';
import { openEdge, type TreeEdge } from './tree-edge.js';

/** What a tree grows from and into. */
export interface Growth {
  readonly log: LogReader;
  /** The folder of the transparency log, and the same for writing. */
  readonly folder: string;
  readonly files: DurableFolder;
}

/** The position of a leaf's event: the embedded log numbers its events from 1 without a gap, the tree its leaves from 0. */
export function positionOf(leaf: number): Position {
  return leaf + 1;
}

/** The inverse of `positionOf`. */
export function leafOf(position: Position): number {
  return position - 1;
}

/**
 * Adds the next event of the log to a tree, and writes the tiles that are full with it. Throws `Unavailable`
 * `log-altered` when the event does not fit its leaf hash or is not the next one.
 */
export async function takeEvent(edge: TreeEdge, event: LoggedEvent, growth: Growth): Promise<void> {
  const expected = positionOf(edge.size());
  if (event.position !== expected) throw altered(`position ${String(expected)} is missing`);
  if (!verifyLeaf(event)) throw altered(`position ${String(expected)} does not fit its leaf hash`);
  await writeTiles(growth.files, edge.append(event.leafHash));
}

/**
 * The edge of the tree that a checkpoint was signed over: from its tiles, and for the last of them from the log again.
 * Tiles that do not fit the checkpoint are made anew from the whole log. Throws `Unavailable` `log-cut-off` when the
 * log has fewer events than were signed, `log-altered` when it is not the log that was.
 */
export async function resumeTree(growth: Growth, { size, root }: Checkpoint): Promise<TreeEdge> {
  await requireLength(growth.log, size);
  const edge = edgeFromTiles(growth.folder, size) ?? openEdge();
  await growTo(edge, size, growth);
  if (Buffer.compare(edge.root(), root) === 0) return withPartials(edge, growth);
  await clearTiles(growth.folder);
  const anew = openEdge();
  await growTo(anew, size, growth);
  if (Buffer.compare(anew.root(), root) === 0) return withPartials(anew, growth);
  throw altered(`its first ${String(size)} events are not those that the last checkpoint was signed over`);
}

/** The tiles that are not full are made from the log, so they are put right where they differ on the disk. */
async function withPartials(edge: TreeEdge, { folder, files }: Growth): Promise<TreeEdge> {
  const wrong = edge.partials().filter((tile) => {
    const bytes = readTile(folder, tile, edge.size());
    return bytes === undefined || Buffer.compare(bytes, tile.bytes) !== 0;
  });
  await writeTiles(files, wrong);
  await files.sync();
  return edge;
}

function altered(detail: string): Unavailable {
  return new Unavailable('log-altered', `the event log was altered: ${detail}`);
}

async function requireLength(log: LogReader, size: number): Promise<void> {
  const head = await log.head();
  if (size === 0 || head >= positionOf(size - 1)) return;
  throw new Unavailable(
    'log-cut-off',
    `the event log was altered or cut off: it ends at position ${String(head)}, the last checkpoint was signed over ` +
      `${String(size)} events; restore the whole log`,
  );
}

/** As far as full tiles of leaves reach, short of the last: what follows is at most one tile's worth of events. */
function edgeFromTiles(folder: string, size: number): TreeEdge | undefined {
  const start = Math.max(0, Math.ceil(size / TILE_WIDTH) - 1) * TILE_WIDTH;
  let isWhole = true;
  const edge = openEdge(start, (tile) => {
    const bytes = readTile(folder, tile, size);
    if (bytes === undefined) isWhole = false;
    return bytes ?? new Uint8Array();
  });
  return isWhole ? edge : undefined;
}

async function growTo(edge: TreeEdge, size: number, growth: Growth): Promise<void> {
  if (edge.size() >= size) return;
  for await (const event of growth.log.readAll(edge.size())) {
    await takeEvent(edge, event, growth);
    if (edge.size() === size) return;
  }
}
