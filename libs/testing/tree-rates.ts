import { hash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NewEvent } from '../adapters/event-log/event-log.js';
import { leafHash } from '../adapters/event-log/leaf-hash.js';
import { openDurableFolder } from '../adapters/files/durable-file.js';
import { proverFor } from '../adapters/transparency/stored-proofs.js';
import { openStoredTree, writeTiles } from '../adapters/transparency/tile-store.js';
import { openEdge } from '../adapters/transparency/tree-edge.js';

/** Runs work over and over and gives its rate a second. */
export type Rate = (work: () => void) => number;

export interface TreeRates {
  /** Events taken into the tree: leaf hash and the hashes above it. */
  readonly events: number;
  /** Plain SHA-256 over as many bytes as an event has: what the machine allows. */
  readonly plain: number;
  /** Proofs made and verified against the signed head, from tiles on the disk. */
  readonly inclusion: number;
  readonly consistency: number;
}

const METADATA = JSON.stringify({ of: 'an event', with: 'a'.repeat(300) });

/** Measures the transparency log over a tree of so many leaves, its events of about 800 bytes. */
export async function treeRates(leaves: number, rate: Rate): Promise<TreeRates> {
  const event: NewEvent = {
    id: randomUUID(),
    type: 'thing.happened',
    metadata: METADATA,
    data: randomBytes(400),
  };
  const bytes = randomBytes(METADATA.length + 400 + 100);
  const growing = openEdge();
  const events = rate(() => growing.append(leafHash('things', event)));
  const plain = rate(() => hash('sha256', bytes, 'buffer'));
  const dir = mkdtempSync(join(tmpdir(), 'concordat-tree-'));
  try {
    return { events, plain, ...(await proofRates(dir, leaves, rate)) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function proofRates(
  dir: string,
  leaves: number,
  rate: Rate,
): Promise<Omit<TreeRates, 'events' | 'plain'>> {
  const files = openDurableFolder(dir);
  const edge = openEdge();
  const leaf = Buffer.alloc(32);
  while (edge.size() < leaves) {
    leaf.writeUInt32BE(edge.size());
    await writeTiles(files, edge.append(Buffer.from(leaf)));
  }
  await writeTiles(files, edge.partials());
  const head = { origin: 'any', size: leaves, root: edge.root(), extensions: [] };
  const prover = proverFor(head, openStoredTree(dir));
  const next = walk(leaves);
  return {
    inclusion: rate(() => prover.inclusion(next(), leaves)),
    consistency: rate(() => prover.consistency(next(), leaves)),
  };
}

/** Numbers from 1 to a greatest one, far from one another. */
function walk(most: number): () => number {
  let at = 0;
  return () => {
    at = (at + 7919 * 31) % most;
    return at + 1;
  };
}
