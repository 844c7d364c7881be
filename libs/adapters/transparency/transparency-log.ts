import { setTimeout as sleep } from 'node:timers/promises';
import { isFailure, Unavailable } from '../../contract/failure.js';
import { type Position } from '../event-log/event-log.js';
import { type LogReader } from '../event-log/log-reader.js';
import { type SignedCheckpoint } from './checkpoint.js';
import { openDurableFolder } from '../files/durable-file.js';
import { keepCheckpoint, openIdentity, signHead } from './log-identity.js';
import { consistencyProof, verifyConsistency } from './merkle.js';
import { type VerifierKey } from './note-key.js';
import { type SignatureLine } from './note.js';
import { type ConsistencyProof, type InclusionProof, type Prover, proverFor } from './stored-proofs.js';
import { type Tile, widthIn } from './tile.js';
import { dropFilled, openStoredTree, readTile, writeTiles } from './tile-store.js';
import { positionOf, resumeTree, takeEvent } from './tree-growth.js';

/** The event log as a Merkle tree (RFC 6962) with signed heads. Everything it gives is of the last signed head. */
export interface TransparencyLog {
  readonly key: VerifierKey;
  checkpoint(): SignedCheckpoint;
  /** The bytes of a tile, or nothing where the signed tree has none so wide. */
  tile(tile: Tile): Uint8Array | undefined;
  /** Throws `Invalid` `proof-range`, `Unavailable` `tiles-damaged`. */
  inclusion(position: Position, size?: number): InclusionProof;
  /** Throws `Invalid` `proof-range`, `Unavailable` `tiles-damaged`. */
  consistency(from: number, to?: number): ConsistencyProof;
  /** Signs what was taken from the log since the last head, if anything. Throws `Unavailable` `tiles-damaged`. */
  sign(): Promise<SignedCheckpoint>;
  /** Puts cosignatures under the last head, if its text is still this one; a new one takes the place of an older. */
  addCosignatures(text: string, lines: readonly SignatureLine[]): void;
  /** Resolves when an event is in the tree, signed or not. */
  reach(position: Position): Promise<void>;
  /** Resolves once following has ended and what was taken is signed. */
  close(): Promise<void>;
}

export interface TransparencyParts {
  readonly log: LogReader;
  readonly folder: string;
  /** Told of what went wrong while the log was followed. After `log-altered` nothing more is taken or signed. */
  readonly onFault: (error: unknown) => void;
}

const RETRY_AFTER = 1_000;

/**
 * Opens the transparency log in a folder and follows the event log from where it was left. Before that it makes sure
 * that the event log still begins with what was signed: throws what `openIdentity` and `resumeTree` throw.
 */
export async function openTransparencyLog({
  log,
  folder,
  onFault,
}: TransparencyParts): Promise<TransparencyLog> {
  const { key, checkpoint } = await openIdentity(folder);
  const growth = { log, folder, files: openDurableFolder(folder) };
  const stored = openStoredTree(folder);
  const stopping = new AbortController();
  const waiting = new Set<() => void>();
  let signed = checkpoint;
  let prover: Prover | undefined;
  let edge = await resumeTree(growth, signed);
  let signing: Promise<unknown> = Promise.resolve();

  async function follow(): Promise<void> {
    const before = edge.size() === 0 ? 0 : positionOf(edge.size() - 1);
    for await (const event of log.follow(before, stopping.signal)) {
      await takeEvent(edge, event, growth);
      waiting.forEach((wake) => wake());
    }
  }

  /** After a fault the tree is taken up again from its last head: nothing half-taken is ever signed. */
  async function supervise(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await follow();
      } catch (error) {
        onFault(error);
        if (isFailure(error) && error.code === 'log-altered') return;
        await sleep(RETRY_AFTER, undefined, { signal: stopping.signal }).catch(() => undefined);
        await signing;
        edge = await resumeTree(growth, signed);
      }
    }
  }

  async function signNow(): Promise<SignedCheckpoint> {
    const [size, root, partials] = [edge.size(), edge.root(), edge.partials()];
    if (size <= signed.size) return signed;
    await writeTiles(growth.files, partials);
    await growth.files.sync();
    if (!isContinued(signed, size, root)) throw new Unavailable('tiles-damaged', DAMAGED);
    const before = signed.size;
    signed = signHead(folder, key, size, root);
    prover = undefined;
    await dropFilled(folder, before, size);
    return signed;
  }

  function isContinued(before: SignedCheckpoint, size: number, root: Uint8Array): boolean {
    if (before.size === 0) return true;
    const proof = consistencyProof(before.size, size, stored(size));
    return verifyConsistency(before.size, size, before.root, root, proof);
  }

  function sign(): Promise<SignedCheckpoint> {
    const next = signing.then(signNow);
    signing = next.catch(() => undefined);
    return next;
  }

  const following = supervise().catch(onFault);
  const proofs = (): Prover => (prover ??= proverFor(signed, stored));
  return {
    key,
    checkpoint: () => signed,
    tile(tile) {
      const isSigned = tile.width <= widthIn(signed.size, tile.level, tile.index);
      return isSigned ? readTile(folder, tile, signed.size) : undefined;
    },
    inclusion: (position, size = signed.size) => proofs().inclusion(position, size),
    consistency: (from, to = signed.size) => proofs().consistency(from, to),
    sign,
    addCosignatures(text, lines) {
      if (signed.note.text !== text || lines.length === 0) return;
      const kept = signed.note.signatures.filter((line) => !lines.some((each) => isOfSameKey(each, line)));
      signed = { ...signed, note: { text, signatures: [...kept, ...lines] } };
      keepCheckpoint(folder, signed);
    },
    reach: (position) =>
      new Promise((resolve) => {
        const wake = (): void => {
          if (edge.size() === 0 || positionOf(edge.size() - 1) < position) return;
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
        wake();
      }),
    async close() {
      stopping.abort();
      await following;
      await sign().catch(onFault);
    },
  };
}

const DAMAGED = 'the tiles of the transparency log do not fit its last checkpoint: nothing more is signed';

function isOfSameKey(one: SignatureLine, other: SignatureLine): boolean {
  return one.name === other.name && one.id === other.id;
}
